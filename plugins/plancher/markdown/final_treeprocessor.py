"""The last step on the tree: what rules want to know is noted, what readers need is added.

Tables scroll, notes speak French, images have a size, text_filters set the text.
"""

from __future__ import annotations

import dataclasses
import html
import re
from collections.abc import Iterator
from typing import Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE, AtomicString

from plancher.base.problems import Problem
from plancher.markdown import pictures, safety
from plancher.markdown import task_lists as tasks
from plancher.markdown.place import Place
from plancher.text.grammar import TextFilter

_QUOTES = {"\x0234\x03": '"', "\x0239\x03": "'"}
"""Escaped quotes, as Markdown keeps them: word processors export them so, and French sets them like any other."""
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")


@dataclasses.dataclass(slots=True)
class TreeFindings:
    """What the tree of one text holds that rules want to know."""

    links: list[str] = dataclasses.field(default_factory=list)
    images: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Address and text."""
    refused_attributes: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Tag and attribute, from attribute lists."""
    refused_html: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    """Raw piece, code and message."""
    rendered: set[int] = dataclasses.field(default_factory=set)
    """Indices of the blocks that found their place."""
    open_notes: list[str] = dataclasses.field(default_factory=list)
    """Names of notes that are called and not written."""
    called_notes: set[str] = dataclasses.field(default_factory=set)
    """Names of notes that are called and written."""
    said: list[Problem] = dataclasses.field(default_factory=list)
    """What blocks found wrong while they were made."""
    references: frozenset[str] = frozenset()
    """Names of the addresses that the text defines."""
    lead: str = ""
    """The first paragraph, as plain text."""


class _Reading(Protocol):
    """The text that is being read."""

    facts: TreeFindings
    place: Place | None
    text_filters: tuple[TextFilter, ...]


class FinalTreeprocessor(Treeprocessor):
    """Collects facts, and gives tables, notes and images what readers need."""

    def __init__(self, md: Markdown, extension: _Reading) -> None:
        super().__init__(md)
        self.markdown = md
        self.extension = extension

    def run(self, root: Element) -> None:
        """Note, mend, set, then give tables and figures their names, which setting may have changed."""
        facts = self.extension.facts
        paragraphs = (self._plain(child) for child in root if child.tag == "p")
        facts.lead = next((text for text in paragraphs if text), "")
        self._raw_html(facts)
        words = "".join(root.itertext())
        elements = list(root.iter())
        has_image = any(element.tag == "img" for element in elements)
        has_note, has_quote = "[^" in words, any(sign in words for sign in _QUOTES)
        facts.references = frozenset(self.markdown.references)
        for element in elements:
            for child in list(element) if has_image else ():
                if child.tag == "p":
                    pictures.captioned(element, child)
            if element.attrib:
                self._attributes(element, facts)
            if element.tag == "pre":
                element.set("tabindex", "0")
            if has_quote:
                _set_quotes(element)
            self._addresses(element, facts)
            if has_note and element.tag not in {"code", "pre"}:
                said = "" if isinstance(element.text, AtomicString) else element.text or ""  # words that are not Markdown call no note
                facts.open_notes.extend(_NOTE.findall(f"{said} {' '.join(child.tail or '' for child in element)}"))
        tasks.finish(root)
        _drop_lonely_returns(root, facts)
        for text_filter in self.extension.text_filters:
            text_filter.tree(root, self.markdown.htmlStash.rawHtmlBlocks)
        if any(element.tag in {"table", "figure"} for element in root.iter()):
            _name_tables_and_figures(root)

    def _addresses(self, element: Element, facts: TreeFindings) -> None:
        if element.tag == "a":
            _finish_link(element, facts)
        elif element.tag in {"video", "source", "track"}:
            facts.links.extend(element.get(name, "") for name in ("src", "poster") if element.get(name))
        elif element.tag == "img":
            facts.images.append((element.get("src", ""), element.get("alt", "")))
            pictures.finish(element, self.extension.place)

    def _raw_html(self, facts: TreeFindings) -> None:
        stash = self.markdown.htmlStash
        for index, piece in enumerate(stash.rawHtmlBlocks):
            if not isinstance(piece, str):
                continue
            found = safety.inspect(piece)
            facts.refused_html.extend((piece, code, message) for code, message in found.refused)
            if not found.refused:
                facts.links.extend(found.links)
                facts.images.extend(found.images)
            if found.refused or safety.closes_nothing(piece):
                stash.rawHtmlBlocks[index] = safety.shown_as_text(piece)

    def _plain(self, element: Element) -> str:
        """The words of a paragraph, without its marks: notes, raw tags, escapes."""
        pieces = self.markdown.htmlStash.rawHtmlBlocks

        def kept(found: re.Match[str]) -> str:
            piece = str(pieces[int(found[1])]) if int(found[1]) < len(pieces) else ""
            return html.unescape(piece) if piece.startswith("&") else ""

        return _typed(HTML_PLACEHOLDER_RE.sub(kept, "".join(_words(element)))).strip()

    @staticmethod
    def _attributes(element: Element, facts: TreeFindings) -> None:
        for name in list(element.attrib):
            if name == "style" and element.tag in {"td", "th"}:
                # Markdown's own alignment: a class costs a strict CSP nothing.
                element.set("class", element.attrib.pop(name).replace("text-align: ", "align-").rstrip(";"))
            elif not safety.is_allowed(element.tag, name):
                facts.refused_attributes.append((element.tag, name))
                del element.attrib[name]


def _drop_lonely_returns(root: Element, facts: TreeFindings) -> None:
    """A note that nothing calls leads back nowhere."""
    notes = root[-1] if len(root) and root[-1].get("class") == "footnote" else ()
    for item in notes.iter("li") if isinstance(notes, Element) else ():
        if item.get("id", "fn:").removeprefix("fn:") in facts.called_notes or not item.get("id", "").startswith("fn:"):
            continue
        for holder in item.iter():
            for link in [child for child in holder if child.get("class") == "footnote-backref"]:
                holder.remove(link)


def _set_quotes(element: Element) -> None:
    for kept, sign in _QUOTES.items():
        element.text = element.text.replace(kept, sign) if element.text and not isinstance(element.text, AtomicString) else element.text
        element.tail = element.tail.replace(kept, sign) if element.tail else element.tail


def _name_tables_and_figures(root: Element) -> None:
    for element in list(root.iter()):
        for child in list(element):
            if child.tag == "table" and element.get("class") != "table-scroll":
                _finish_table(element, child)
            elif child.tag == "figure":
                pictures.labelled(child)


def _typed(text: str) -> str:
    """Text as its author typed it, without the marks Markdown keeps until its last step."""
    return re.sub("\x02(\\d+)\x03", lambda found: chr(int(found[1])), text.replace(AMP_SUBSTITUTE, "&"))


def _words(element: Element) -> Iterator[str]:
    if element.tag == "sup":
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def _is_ours(link: Element) -> bool:
    """Whether a block added a link by itself, to a moment of a film or to a platform's policy (RFC 6903): its author cites nobody there."""
    return link.get("rel") == "privacy-policy" or link.get("data-at") is not None


def _finish_link(element: Element, facts: TreeFindings) -> None:
    if element.get("class") == "footnote-ref":
        facts.called_notes.add(element.get("href", "").removeprefix("#fn:"))
    elif element.get("class") == "footnote-backref":
        element.set("aria-label", element.attrib.pop("title", "Retour au texte"))
    elif not _is_ours(element):
        facts.links.append(_typed(element.get("href", "")))


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
