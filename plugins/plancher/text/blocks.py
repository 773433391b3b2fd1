"""What one pass over a text yields: lines, blocks and code, not interpreted yet."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import operator
import re
from typing import NamedTuple

from plancher.base.problems import Problem
from plancher.text.source import MARK_CLOSE, MARK_OPEN

MARK = re.compile(f"{MARK_OPEN}(?P<kind>bloc|code):(?P<index>\\d+){MARK_CLOSE}")


class Line(NamedTuple):
    """A line and its number in the author's file; a tuple, made three times as fast: a text has hundreds."""

    number: int
    text: str
    raw: bool = False
    """Inside raw HTML, or code: copied as it is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A callout as typed: ``> [!name] title`` and the lines under it."""

    name: str
    title: str
    line: int
    lines: tuple[Line, ...]
    """The lines under the title, without their « > », inner blocks already marked."""
    typed: tuple[Line, ...] = ()
    """The same lines as the author typed them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Code:
    """A fenced piece of code."""

    language: str
    """As typed: the first word after the fence."""
    text: str
    line: int = 1


@dataclasses.dataclass(frozen=True)
class Scan:
    """The result of one pass. No slots: what several rules need is computed once."""

    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    """A mark's index is a place in this tuple; inner blocks come before outer ones."""
    codes: tuple[Code, ...]
    problems: tuple[Problem, ...]
    notes: tuple[tuple[str, int], ...] = ()
    """Each footnote that is written, and its line."""

    @property
    def text(self) -> str:
        """The text to give to Python-Markdown."""
        return "\n".join([line.text for line in self.lines])

    @functools.cached_property
    def every_line(self) -> tuple[Line, ...]:
        """All lines but code, those inside blocks too, in the file's order."""
        inside = [line for block in self.blocks for line in block.lines]
        return tuple(sorted((*self.lines, *inside), key=operator.attrgetter("number")))

    @functools.cached_property
    def every_text(self) -> str:
        """The same as one text, to search for a sign at once."""
        return "\n".join([line.text for line in self.every_line])

    def find(self, text: str) -> int:
        """The line of the first occurrence of ``text`` outside code, or the first line."""
        first = next((line.number for line in self.lines if line.text), 1)
        lines = itertools.chain(self.lines, *(block.lines for block in self.blocks))
        return min((line.number for line in lines if text in line.text), default=first)
