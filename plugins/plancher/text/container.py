"""The lines of one container of a text, and its output, separated as Python-Markdown requires."""

from __future__ import annotations

from plancher.text import extent
from plancher.text.blocks import Line
from plancher.text.plain_lines import harmless
from plancher.text.source import MARK_CLOSE, MARK_OPEN

STEP = 4
"""Columns of each level of a list, in the output."""
_SOFT = frozenset({"list", "quote", "mark"})
"""Blocks without an empty line before them inside an item, where it would make the list loose."""


class Container:
    """The text, or the inside of a quotation, an item or a note: its lines, and its output."""

    def __init__(self, lines: list[Line], *, is_item: bool) -> None:
        self.lines = lines
        self.is_item = is_item
        self.out: list[Line] = []
        self.index = 0
        self.kind = ""
        """Of the last block."""
        self.rows = 0
        """Lines of the paragraph that is open."""
        self.html_depth = 0
        """Elements of raw HTML that are open."""

    def blank(self, number: int) -> None:
        """An empty line, once."""
        if self.out and self.out[-1].text:
            self.out.append(Line(number, ""))

    def begin(self, number: int, kind: str) -> None:
        """Separate a block from the one before it, unless it continues it."""
        goes_on = kind == self.kind and kind in {"list", "definition", "note", "reference"}
        is_soft = self.is_item and bool(_SOFT & {kind, self.kind}) and {kind, self.kind} <= _SOFT | {"text", "heading"}
        if not goes_on and not is_soft and not (kind == "definition" and self.rows):
            self.blank(number)
        self.kind, self.rows = kind, 0

    def alone(self, number: int, text: str, kind: str) -> None:
        """A block of one line."""
        self.begin(number, kind)
        self.out.append(Line(number, text))
        self.index += 1

    def contain(self, first: Line, opening: str, inner: list[Line], margin: str = " " * STEP) -> list[Line]:
        """Lines inside what ``opening`` opens; the first one stands behind it."""
        head = inner[0] if inner else first
        rest = (Line(line.number, f"{margin}{line.text}" if line.text else "", line.raw) for line in inner[1:])
        return [Line(first.number, f"{opening}{head.text}".rstrip() if not inner else f"{opening}{head.text}"), *rest]

    def take(self, first: Line, reach: int, width: int, *, is_definition: bool = False) -> list[Line]:
        """The lines of a block that indentation delimits, without the indentation."""
        start = self.index + 1
        self.index, lazy = extent.of_indented(self.lines, start, first.text, reach, is_definition=is_definition)
        inside = [first]
        for index in range(start, self.index):
            line = self.lines[index]
            bare = line.text.lstrip(" ")
            text = harmless(bare) if index in lazy else line.text[min(width, len(line.text) - len(bare)) :]
            inside.append(Line(line.number, text))
        return inside

    def mark(self, number: int, kind: str, index: int) -> None:
        """The mark that stands for a block or a piece of code."""
        self.begin(number, "mark")
        self.out.append(Line(number, f"{MARK_OPEN}{kind}:{index}{MARK_CLOSE}"))
