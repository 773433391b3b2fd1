"""The last step on the tree: what rules want to know is noted, what readers need is added.

Tables scroll, notes speak French, images have a size, text_filters set the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from plancher.cache import slots
from plancher.markdown import highlight, notes, pictures, raw_html, safety, self_links, task_lists, tree_text
from plancher.markdown.place import Place
from plancher.markdown.raw_html import Inspection
from plancher.markdown.tree_findings import TreeFindings
from plancher.text.grammar import TextFilter
from plancher.text.html import DECORATIVE, LINK_ROLE, NOT_COUNTED, PASSAGE, SELF_LINK, SOURCE_LINKS

_QUOTES = {"\x0234\x03": '"', "\x0239\x03": "'"}
"""Escaped quotes, as Markdown keeps them: word processors export them so, and French sets them like any other."""


class _Conversion(Protocol):
    """The text that is being converted."""

    findings: TreeFindings
    place: Place | None
    text_filters: tuple[TextFilter, ...]


class FinalTreeprocessor(Treeprocessor):
    """Collects findings, and gives tables, notes and images what readers need."""

    def __init__(self, md: Markdown, conversion: _Conversion) -> None:
        super().__init__(md)
        self.markdown = md
        self.conversion = conversion
        self.decorative: list[Element] = []
        self.pictures: list[Element] = []
        """Of the site, in several sizes."""

    def run(self, root: Element) -> None:
        """Collect, repair, filter; then label tables and figures, whose words a filter may have changed."""
        findings = self.conversion.findings
        findings.root, findings.raw_html = root, tuple(self._raw_html(findings))
        findings.references = frozenset(self.markdown.references)
        paragraphs = (tree_text.words(child, findings.raw_html, with_images=False) for child in root if child.tag == "p")
        findings.first_paragraph = next((text for text in paragraphs if text), "")
        elements = list(root.iter())
        self_linked = [element for element in elements if SELF_LINK in element.attrib]
        names = [element.attrib.pop(SELF_LINK) for element in self_linked]
        sources, findings.uncounted = _take(elements, LINK_ROLE, SOURCE_LINKS), _take(elements, NOT_COUNTED)
        findings.passages = [(element, element.attrib.pop(PASSAGE)) for element in elements if PASSAGE in element.attrib]
        self.decorative, self.pictures = _take(elements, DECORATIVE), []
        self._mend(root, elements, findings)
        task_lists.finish(root)
        notes.drop_returns(root, findings.called_notes)
        for text_filter in self.conversion.text_filters:
            text_filter.tree(root, self.markdown.htmlStash.rawHtmlBlocks)
        _name_tables_and_figures(root)
        for element in sources:
            _mark_source(element)
        self_links.after_headings(root, findings.raw_html)
        self_links.in_blocks(zip(self_linked, names, strict=True))
        if self.pictures:
            pictures.mark(root, self.pictures)
        highlight.colour(root)

    def _mend(self, root: Element, elements: Sequence[Element], findings: TreeFindings) -> None:
        """Repairs that need one element only."""
        text = "".join(root.itertext())
        if "[^" in text:
            findings.undefined_notes.extend(notes.undefined(elements))
        if any(element.tag == "img" for element in elements):
            for element in elements:
                for child in list(element):
                    if child.tag == "p":
                        pictures.captioned(element, child)
        has_quote = any(sign in text for sign in _QUOTES)
        for element in elements:
            if element.attrib:
                _permit(element, findings)
            if element.tag == "pre":
                element.set("tabindex", "0")
            if has_quote:
                _set_quotes(element)
            notes.number_call(element, findings.called_notes)
            self._addresses(element, findings)

    def _addresses(self, element: Element, findings: TreeFindings) -> None:
        if element.tag == "a":
            _finish_link(element, findings)
        elif element.tag in {"video", "source", "track"}:
            findings.links.extend(element.get(name, "") for name in ("src", "poster") if element.get(name))
        elif element.tag == "img":
            findings.images.append((element.get("src", ""), "décor" if element in self.decorative else element.get("alt", "")))
            if pictures.finish(element, self.conversion.place):
                self.pictures.append(element)

    def _raw_html(self, findings: TreeFindings) -> Iterator[Inspection]:
        """Each piece of raw HTML, parsed; what is refused becomes text."""
        stash = self.markdown.htmlStash.rawHtmlBlocks
        for index, piece in enumerate(stash):
            if not isinstance(piece, str):
                yield Inspection()
                continue
            inspection = raw_html.inspect(piece)
            findings.refused_html.extend((piece, code, message) for code, message in inspection.refused)
            if not inspection.refused:
                findings.links.extend(inspection.links)
                findings.images.extend(inspection.images)
                stash[index] = pictures.in_raw_html(piece, inspection.image_tags, self.conversion.place)
            if inspection.refused or raw_html.closes_refused_tag(piece):
                stash[index] = raw_html.shown_as_text(piece)
            yield inspection


def _take(elements: Sequence[Element], name: str, value: str = "") -> list[Element]:
    """The elements that a block has marked with an attribute, which is removed."""
    marked = [element for element in elements if name in element.attrib]
    return [element for element in marked if element.attrib.pop(name) == value or not value]


def _permit(element: Element, findings: TreeFindings) -> None:
    """Remove the attributes that are not permitted."""
    for name in list(element.attrib):
        if name == "style" and element.tag in {"td", "th"}:
            # Markdown's own alignment: a class costs a strict CSP nothing.
            element.set("class", element.attrib.pop(name).replace("text-align: ", "align-").rstrip(";"))
        elif not safety.is_allowed(element.tag, name):
            findings.refused_attributes.append((element.tag, name))
            del element.attrib[name]


def _set_quotes(element: Element) -> None:
    for escaped, sign in _QUOTES.items():
        element.text = element.text.replace(escaped, sign) if element.text and not isinstance(element.text, AtomicString) else element.text
        element.tail = element.tail.replace(escaped, sign) if element.tail else element.tail


def _mark_source(element: Element) -> None:
    """Mark the links to the source of a claim: one of them may die later."""
    element.text = f"{slots.SOURCE}{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{slots.SOURCE_END}"
    else:
        element.text += slots.SOURCE_END


def _finish_link(link: Element, findings: TreeFindings) -> None:
    note = notes.called(link)
    if note:
        findings.called_notes.add(note)
    elif notes.is_return(link):
        notes.name_return(link)
    elif link.get("rel") != "privacy-policy" and link.get("data-at") is None:
        # A block adds by itself links to a moment of a film, or to a platform's policy (RFC 6903): its author cites nobody there.
        findings.links.append(tree_text.typed(link.get("href", "")))


def _name_tables_and_figures(root: Element) -> None:
    elements = list(root.iter())
    if not any(element.tag in {"table", "figure"} for element in elements):
        return
    for element in elements:
        for child in list(element):
            if child.tag == "table" and element.get("class") != "table-scroll":
                _finish_table(element, child)
            elif child.tag == "figure":
                pictures.labelled(child)


def _finish_table(parent: Element, table: Element) -> None:
    """A wide table scrolls in a box of its own, reachable by keyboard."""
    for head in table.iterfind("./thead/tr/th"):
        head.set("scope", "col")
    caption = table.find("caption")
    name = "".join(caption.itertext()) if caption is not None else ""
    box = Element("div", {"class": "table-scroll", "tabindex": "0", "role": "group", "aria-label": name or "Tableau"})
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    box.append(table)
