"""Which of the following lines belong to an item, a note or a quotation that has just begun."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from plancher.text import shapes
from plancher.text.blocks import Line

CODE = 4
"""Columns from which a line is code, where no paragraph is open."""


@dataclasses.dataclass(slots=True)
class Tail:
    """What is open at the end of the lines so far, at any depth: it decides whether a line without indentation belongs to them."""

    _open: bool = False
    _fence: re.Pattern[str] | None = None
    _unread: list[str] = dataclasses.field(default_factory=list)
    """Lines are read on demand: most blocks end before."""

    def see(self, text: str) -> None:
        """One more line, without the mark or the indentation of the block it is in; an empty one ends a paragraph."""
        self._unread.append(text)

    @property
    def in_paragraph(self) -> bool:
        """Whether the last of them is a line of a paragraph."""
        for text in self._unread:
            self._read(text)
        self._unread.clear()
        return self._open

    def _read(self, text: str) -> None:
        bare = text.lstrip(" ")
        if bare and not shapes.begins_text(bare):
            text = shapes.without_prefixes(text)
            bare = text.lstrip(" ")
        if self._fence:
            self._fence = None if self._fence.match(bare) else self._fence
            return
        opening = shapes.fence(bare)
        self._fence = shapes.fence_end(opening["ticks"]) if opening else None
        is_code = len(text) - len(bare) >= CODE and not self._open
        self._open = bool(bare) and not (opening or is_code or shapes.stands_alone(bare))


def of_indented(lines: Sequence[Line], start: int, first: str, reach: int, *, is_definition: bool = False) -> tuple[int, frozenset[int]]:
    """Where a block that indentation delimits ends, and which of its lines are lazy: not indented.

    :param start: the line after its first one.
    :param first: its first line, without its mark.
    :param reach: the columns that a line needs to belong to it.
    :return: the place after its last line, and the places of its lazy lines.
    """
    tail, end, lazy = Tail(), start, set[int]()
    tail.see(first)
    for index in range(start, len(lines)):
        text = lines[index].text
        bare = text.lstrip(" ")
        if not bare:
            if not first.strip() and index == start:
                break
            tail.see("")
            continue
        indent = len(text) - len(bare)
        if indent >= reach:
            tail.see(text[reach:])
        elif _interrupts(lines, index, bare) or not tail.in_paragraph or (is_definition and _is_term(lines, index)):
            break
        else:
            lazy.add(index)
        end = index + 1
    return end, frozenset(lazy)


def first_words(lines: Sequence[Line], start: int) -> str:
    """The first line of a quotation that says something, without its mark."""
    for index in range(start, len(lines)):
        bare = lines[index].text.lstrip(" ")
        words = shapes.QUOTE.sub("", bare, count=1).strip()
        if words or not bare.startswith(">"):
            return words if bare.startswith(">") else ""
    return ""


def of_quotation(lines: Sequence[Line], start: int, *, may_be_lazy: bool) -> int:
    """The place after the last line of a quotation."""
    tail = Tail()
    for index in range(start, len(lines)):
        text = lines[index].text
        bare = text.lstrip(" ")
        if bare.startswith(">"):
            tail.see(shapes.QUOTE.sub("", bare, count=1))
        elif not bare or not may_be_lazy or not tail.in_paragraph or _interrupts(lines, index, bare):
            return index
    return len(lines)


def _interrupts(lines: Sequence[Line], index: int, bare: str) -> bool:
    """Whether a line begins a block of its own, in the middle of a paragraph."""
    if len(lines[index].text) - len(bare) >= CODE:
        return False
    return shapes.starts_block(bare) or (index + 1 < len(lines) and shapes.heads_table(bare, lines[index + 1].text))


def _is_term(lines: Sequence[Line], index: int) -> bool:
    """Whether a line after a definition is the next word defined, or one more definition."""
    for line in lines[index:]:
        bare = line.text.lstrip(" ")
        if shapes.DEFINITION.match(bare):
            return True
        if not bare or len(line.text) - len(bare) >= CODE:
            return False
    return False
