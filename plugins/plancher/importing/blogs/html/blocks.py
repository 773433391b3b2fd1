"""A tree in which every word stands in a paragraph, an item, a cell or a heading, as Markdown has it.

Old texts put words beside blocks, blocks within emphasis, lists within lists, and two line breaks for a paragraph.
Longer than most: each repair leaves what the next one expects, and they are read in that order.
"""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from plancher.importing.blogs.html import walk
from plancher.importing.blogs.html.notes import CALL, NOTE
from plancher.importing.blogs.html.tables import RAW

PARAGRAPH_BREAK = "paragraph-break"
"""The element that stands for two line breaks or more."""
TIGHT = "tight"
"""The element that stands for the only words of an item: no empty line around them."""
_UNWRAPPED = frozenset(
    "address article aside body center dialog div footer fieldset form header hgroup html legend main nav noscript option optgroup section search".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = _UNWRAPPED | _HEADINGS | {"p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "hr", "table", "figure", "figcaption", "details", "summary"}
BLOCKS |= {PARAGRAPH_BREAK, NOTE, TIGHT, RAW}
_LISTS = frozenset({"ul", "ol"})
_ONE_LINE = _HEADINGS | {"dt", "summary", "td", "th", "caption"}
_UNBROKEN = _ONE_LINE | {"pre", "code"}
_WHOLE = frozenset({"pre", "hr", "table", RAW, PARAGRAPH_BREAK, TIGHT})
"""What is not looked into."""
ANCHOR = "data-anchor"
"""The attribute of an element that links lead to: its name here."""
_SPEAKING = frozenset({"img", CALL})
"""Elements that say something without a word."""
_SPACES = " \t\r\n\f"


def is_block(node: PageElement) -> bool:
    """Whether a node begins a line of its own."""
    return isinstance(node, Tag) and node.name in BLOCKS


def is_blank(node: PageElement) -> bool:
    """Whether a node is nothing but spaces."""
    return isinstance(node, NavigableString) and not str(node).strip(_SPACES)


class Settler:
    """Settles one tree, from its root down."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup
        self._mixed: set[int] = set()
        """Ids of inline elements that hold a block."""

    def run(self) -> None:
        """Settle the whole tree."""
        self._rename()
        self._break_paragraphs()
        for block in walk.every(self.soup, among=BLOCKS):
            for around in block.parents:
                if id(around) in self._mixed:
                    break
                self._mixed.add(id(around))
        self._container(self.soup)

    def open_boxes(self) -> None:
        """Take away the elements that only lay out: all words in them have blocks of their own."""
        for tag in walk.every(self.soup, among=_UNWRAPPED):
            tag.unwrap()

    def _rename(self) -> None:
        for tag in walk.every(self.soup, "menu", "dir", "acronym", "strike", "tt"):
            tag.name = {"menu": "ul", "dir": "ul", "acronym": "abbr", "strike": "del", "tt": "code"}[tag.name]

    def _break_paragraphs(self) -> None:
        """Two line breaks or more part two paragraphs; in a cell or a heading they stay."""
        for first in walk.every(self.soup, "br"):
            if first.parent is None or walk.around(first, among=_UNBROKEN):
                continue
            run: list[PageElement] = []
            after = first.next_sibling
            while after is not None and (is_blank(after) or (isinstance(after, Tag) and after.name == "br")):
                run.append(after)
                after = after.next_sibling
            if any(isinstance(node, Tag) for node in run):
                for node in run:
                    node.extract()
                first.replace_with(self.soup.new_tag(PARAGRAPH_BREAK))

    def _holds_block(self, node: PageElement) -> bool:
        return isinstance(node, Tag) and id(node) in self._mixed

    def _container(self, tag: Tag, *, tight: bool = False) -> None:
        """Settle what may hold blocks.

        :param tight: whether its only words take no paragraph.
        """
        if tag.name in _LISTS:
            self._list(tag)
        elif tag.name == "dl":
            self._definitions(tag)
        elif tag.name in _ONE_LINE:
            self._one_line(tag)
        elif tag.name == "table":
            for cell in walk.every(tag, "td", "th"):
                self._one_line(cell)
        elif tag.name == "details":
            self._details(tag)
        elif tag.name not in _WHOLE:
            self._blocks(tag, tight=tight or tag.name in {"li", "dd", NOTE})

    def _blocks(self, tag: Tag, *, tight: bool) -> None:
        nodes = self._spread(list(tag.contents))
        groups = self._grouped(nodes)
        paragraphs = [group for group in groups if not isinstance(group, Tag) or group.name not in _LISTS]
        tight = tight and len(paragraphs) == 1 and groups[0] is paragraphs[0]
        tag.clear()
        for group in groups:
            if isinstance(group, Tag):
                self._block(tag, group, tight=tight)
            else:
                self._append(tag, TIGHT if tight else "p", group)

    def _block(self, parent: Tag, block: Tag, *, tight: bool) -> None:
        """One block, in its place; paragraphs within paragraphs and items without a list are mended."""
        if block.name == "p" or (block.name in {"figcaption", "summary"} and parent.name not in {"figure", "details"}):
            inside = self._grouped(self._spread(list(block.contents)))
            for group in inside:
                if isinstance(group, Tag):
                    self._block(parent, group, tight=False)
                else:
                    self._append(parent, TIGHT if tight and len(inside) == 1 else "p", group, lang=str(block.get("lang") or ""))
            return
        if block.name in {"li", "dt", "dd"}:
            name = "ul" if block.name == "li" else "dl"
            last = parent.contents[-1] if parent.contents else None
            if not (isinstance(last, Tag) and last.name == name and last.has_attr("data-made")):
                last = self.soup.new_tag(name)
                last["data-made"] = ""
                parent.append(last)
            last.append(block)
            self._container(block)
            return
        parent.append(block)
        self._container(block, tight=tight)

    def _append(self, parent: Tag, name: str, nodes: Iterable[PageElement], *, lang: str = "") -> None:
        paragraph = self.soup.new_tag(name, attrs={"lang": lang} if lang else {})
        parent.append(paragraph)
        for node in nodes:
            paragraph.append(node)

    def _grouped(self, nodes: list[PageElement]) -> list[Tag | list[PageElement]]:
        """Blocks, and the runs of words between them that say something."""
        groups: list[Tag | list[PageElement]] = []
        run: list[PageElement] = []
        for node in [*nodes, self.soup.new_tag(PARAGRAPH_BREAK)]:
            if not is_block(node):
                run.append(node)
                continue
            if any(_says(inline) for inline in run):
                groups.append(run)
            run = []
            if isinstance(node, Tag) and node.name != PARAGRAPH_BREAK:
                groups.append(node)
        return groups

    def _spread(self, nodes: list[PageElement]) -> list[PageElement]:
        """Inline elements that hold blocks, as blocks that hold the inline element."""
        spread: list[PageElement] = []
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            if isinstance(node, Tag) and not is_block(node) and self._holds_block(node):
                waiting.extend(reversed(self._pushed(node, list(node.contents))))
            else:
                spread.append(node.extract())
        return spread

    def _pushed(self, wrapper: Tag, nodes: list[PageElement]) -> list[PageElement]:
        """The nodes, each run of words among them within a copy of the wrapper."""
        pushed: list[PageElement] = []
        run: list[PageElement] = []

        def close() -> None:
            if any(_says(node) for node in run):
                copy = self.soup.new_tag(wrapper.name, attrs={key: str(value) for key, value in wrapper.attrs.items() if isinstance(value, str)})
                for node in run:
                    copy.append(node)
                pushed.append(copy)
            else:
                pushed.extend(run)
            run.clear()

        for node in nodes:
            if not is_block(node) and not self._holds_block(node):
                run.append(node)
                continue
            close()
            if isinstance(node, Tag) and node.name not in _WHOLE and wrapper.name not in {"font", "span"}:
                inside = self._pushed(wrapper, list(node.contents))
                node.clear()
                for inner in inside:
                    node.append(inner)
            pushed.append(node)
        close()
        return pushed

    def _list(self, tag: Tag) -> None:
        """Only items: a list beside items belongs to the one before it."""
        nodes = self._spread(list(tag.contents))
        item: Tag | None = None
        for group in self._grouped(nodes):
            if isinstance(group, Tag) and group.name == "li":
                item = group
                tag.append(item)
                continue
            if item is None or not (isinstance(group, Tag) and group.name in _LISTS):
                item = self.soup.new_tag("li")
                tag.append(item)
            for node in [group] if isinstance(group, Tag) else group:
                item.append(node)
        for child in walk.children(tag, "li"):
            self._container(child)

    def _definitions(self, tag: Tag) -> None:
        nodes = self._spread(list(tag.contents))
        flat: list[Tag | list[PageElement]] = []
        for group in self._grouped(nodes):
            inner = self._grouped(list(group.contents)) if isinstance(group, Tag) and group.name == "div" else [group]
            flat += inner
        tag.clear()
        for group in flat:
            if isinstance(group, Tag) and group.name in {"dt", "dd"}:
                tag.append(group.extract())
            else:
                made = self.soup.new_tag("dd")
                for node in [group] if isinstance(group, Tag) else group:
                    made.append(node.extract())
                tag.append(made)
        for child in walk.children(tag, "dt", "dd"):
            self._container(child)

    def _details(self, tag: Tag) -> None:
        summary = next(iter(walk.children(tag, "summary")), None)
        if summary is not None:
            summary.extract()
            self._one_line(summary)
        self._blocks(tag, tight=False)
        if summary is not None:
            tag.insert(0, summary)

    def _one_line(self, tag: Tag) -> None:
        """Words alone: the blocks in it lose their tags, a line break between them."""
        for block in walk.every(tag, among=BLOCKS):
            block.insert_before(self.soup.new_tag("br"))
            block.insert_after(self.soup.new_tag("br"))
            block.unwrap()


def _says(node: PageElement) -> bool:
    """Whether a node is more than spaces and line breaks."""
    if not isinstance(node, Tag):
        return not is_blank(node)
    if node.name == "br":
        return False
    return node.name in _SPEAKING or node.has_attr(ANCHOR) or bool(node.get_text().strip(_SPACES)) or walk.first(node, among=_SPEAKING) is not None
