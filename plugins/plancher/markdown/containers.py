"""Lists, quotations, definitions and raw HTML, in the one shape that ``text.scan`` gives them.

Python-Markdown's own processors guess what a line belongs to from the blocks
around it; here everything inside an item or a definition is indented by four,
and every line of a quotation has its sign, so nothing is guessed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from plancher.text import shapes
from plancher.text.html import plain
from plancher.text.source import MARK_OPEN

_INDENT = " " * 4
_ITEM = re.compile(r"(?P<marker>[-*+]|\d{1,9}[.)])(?: |$)")
_DEFINITION = re.compile(r"^: (?=\S)", re.MULTILINE)
LISTS, QUOTES, HTML, DEFINITIONS = 84, 83, 82, 25
"""Priorities: before code (80), tables (75) and headings (70), of which an item or a quotation may hold one; after our marks (85)."""
REPLACED = ("indent", "olist", "ulist", "quote", "deflist", "defindent")


def register(md: Markdown) -> None:
    """Take the place of Markdown's own."""
    processors = md.parser.blockprocessors
    for name in REPLACED:
        processors.deregister(name, strict=False)
    for name, kind, priority in (
        ("html", HtmlProcessor, HTML),
        ("list", ListProcessor, LISTS),
        ("deflist", DefinitionProcessor, DEFINITIONS),
        ("quote", QuoteProcessor, QUOTES),
    ):
        processors.register(kind(md.parser), name, priority)
    md.preprocessors.deregister("html_block", strict=False)


class ListProcessor(BlockProcessor):
    """Items, and what is indented under them."""

    def test(self, parent: Element, block: str) -> bool:
        """A marker opens the block."""
        return _ITEM.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """One list for all items of a kind."""
        lines = _taken(blocks, _ITEM)
        items = list(_items(lines))
        for _, group in itertools.groupby(items, key=lambda item: item[0][-1].isalnum() or item[0][-1] in ".)"):
            self._list(parent, list(group))

    def _list(self, parent: Element, items: list[tuple[str, list[str]]]) -> None:
        number = items[0][0][:-1]
        box = SubElement(parent, "ol" if number else "ul")
        if number and int(number) != 1:
            box.set("start", str(int(number)))
        is_loose = any(_is_loose(lines, is_last=index == len(items) - 1) for index, (_, lines) in enumerate(items))
        for _, lines in items:
            item = SubElement(box, "li")
            if not is_loose and len(lines) == 1 and lines[0] and shapes.begins_text(lines[0]):
                item.text = lines[0]  # words, and nothing that a processor could take
                continue
            self.parser.parseBlocks(item, split(lines))
            if not is_loose:
                _tighten(item)


class QuoteProcessor(BlockProcessor):
    """Lines that begin with « > »."""

    def test(self, parent: Element, block: str) -> bool:
        """The sign opens the block."""
        return block.startswith(">")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """The lines that have it; others are a block of their own."""
        lines = blocks.pop(0).split("\n")
        inside = list(itertools.takewhile(lambda line: line.startswith(">"), lines))
        if len(inside) < len(lines):
            blocks.insert(0, "\n".join(lines[len(inside) :]))
        text = "\n".join(line[1:].removeprefix(" ") for line in inside)
        self.parser.parseBlocks(SubElement(parent, "blockquote"), text.split("\n\n"))


class DefinitionProcessor(BlockProcessor):
    """Words, each on its line, then their definitions after a colon."""

    def test(self, parent: Element, block: str) -> bool:
        """A colon after words, or after a paragraph that holds them."""
        match = _DEFINITION.search(block)
        return match is not None and (match.start() > 0 or (len(parent) > 0 and parent[-1].tag in {"p", "dl"}))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Words, then all that defines them."""
        match = _DEFINITION.search(blocks[0])
        start = match.start() if match else 0
        terms, blocks[0] = blocks[0][:start].strip("\n"), blocks[0][start:]
        is_loose = not terms
        if not terms and parent[-1].tag == "p":
            terms = parent[-1].text or ""
            parent.remove(parent[-1])
        box = parent[-1] if len(parent) and parent[-1].tag == "dl" else SubElement(parent, "dl")
        for term in terms.splitlines():
            SubElement(box, "dt").text = term.strip()
        for lines in _definitions(_taken(blocks, _DEFINITION)):
            definition = SubElement(box, "dd")
            self.parser.parseBlocks(definition, split(lines))
            if not is_loose and "" not in lines:
                _tighten(definition)


class HtmlProcessor(BlockProcessor):
    """Raw HTML, stored as it is: the final treeprocessor inspects it."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.stash = parser.md.htmlStash

    def test(self, parent: Element, block: str) -> bool:
        """A tag of a block whose sign is closed."""
        return shapes.html(block) and not shapes.SHORT_COMMENT.match(block) and bool(shapes.VERBATIM.match(block) or block.rfind("<") < block.rfind(">"))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """To the end that its kind asks for."""
        piece = blocks.pop(0)
        verbatim = shapes.VERBATIM.match(piece)
        end = shapes.verbatim_end(verbatim) if verbatim else None
        while end and blocks and not end.search(piece):
            piece += "\n\n" + blocks.pop(0)
        SubElement(parent, "p").text = plain(self.stash.store(piece.rstrip("\n")))


def split(lines: Sequence[str]) -> list[str]:
    """The blocks of an item: between empty lines, and where a list, a quotation or a mark begins or ends."""
    parted: list[str] = []
    kind = ""
    for line in lines:
        new = _kind(line, kind) if line else ""
        if kind and new and (new != kind or new == "mark"):
            parted.append("")
        parted.append(line)
        kind = new
    return "\n".join(parted).rstrip("\n").split("\n\n")


def _kind(line: str, before: str) -> str:
    if line.startswith(MARK_OPEN):
        return "mark"
    if line.startswith(">"):
        return "quote"
    if _ITEM.match(line) or (before == "list" and line.startswith(_INDENT)):
        return "list"
    return "text"


def _taken(blocks: list[str], opening: re.Pattern[str]) -> list[str]:
    """The lines of a container that begins with the first block and goes on under it; empty lines separate its blocks."""
    lines = blocks.pop(0).split("\n")
    while blocks:
        start = blocks[0].lstrip("\n")
        if start and not start.startswith(_INDENT) and not opening.match(start):
            break
        lines += ["", *blocks.pop(0).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _items(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The marker of each item, and its lines."""
    marker, inside = "", list[str]()
    for line in lines:
        match = _ITEM.match(line)
        if match:
            if marker:
                yield marker, inside
            marker, inside = match["marker"], [line[match.end() :]]
        else:
            inside.append(line.removeprefix(_INDENT))
    yield marker, inside


def _definitions(lines: Sequence[str]) -> Iterator[list[str]]:
    inside: list[str] = []
    for line in lines:
        if line.startswith(": "):
            if inside:
                yield inside
            inside = [line[2:]]
        else:
            inside.append(line.removeprefix(_INDENT))
    yield inside


def _is_loose(lines: Sequence[str], *, is_last: bool) -> bool:
    """Whether an empty line separates this item from the next, or two blocks of this item."""
    kind, is_parted = "", False
    for line in lines:
        if not line:
            is_parted = True
            continue
        new = _kind(line, kind)
        if is_parted and not (new == kind == "list"):
            return True
        kind, is_parted = new, False
    return is_parted and not is_last


def _tighten(item: Element) -> None:
    """The first paragraph of an item of a tight list is only its text."""
    first = item[0] if len(item) else None
    if first is None or first.tag != "p" or first.attrib:
        return
    item.remove(first)
    item.text = first.text
    for place, child in enumerate(list(first)):
        item.insert(place, child)
