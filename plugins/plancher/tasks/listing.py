"""What « invoke --list » and « invoke --help new » show: groups, French names, options, at the width of the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_MARGIN = "  "
_GAP = 3
_NARROW = 60
"""Columns, under which what a command does stands below its name."""
_JOINTS = ((" :", "\u00a0:"), (" ;", "\u00a0;"), (" ?", "\u00a0?"), (" !", "\u00a0!"), (" »", "\u00a0»"), ("« ", "«\u00a0"))
"""Spaces at which no line may end."""


class Entry(NamedTuple):
    """A command, or an option."""

    names: str
    meaning: str


def listed(groups: Iterable[tuple[str, Sequence[Entry]]], width: int) -> str:
    """Commands under the titles of their groups.

    :param width: of the terminal, in columns.
    """
    groups = list(groups)
    column = _column(entry for _, entries in groups for entry in entries)
    return "\n\n".join("\n".join((title, *_lines(entries, width, column))) for title, entries in groups)


def options(entries: Sequence[Entry], width: int) -> str:
    """The options of a command."""
    return "\n".join(_lines(entries, width, _column(entries)))


def paragraph(text: str, width: int) -> str:
    """A text on lines that the terminal need not break."""
    return "\n".join(_wrapped(text, width))


def _column(entries: Iterable[Entry]) -> int:
    """Where meanings begin."""
    return len(_MARGIN) + max((len(entry.names) for entry in entries), default=0) + _GAP


def _lines(entries: Sequence[Entry], width: int, column: int) -> Iterator[str]:
    for names, meaning in entries:
        if width < _NARROW:
            yield from (_MARGIN + line for line in _wrapped(names, width - len(_MARGIN)))
            yield from (2 * _MARGIN + line for line in _wrapped(meaning, width - 2 * len(_MARGIN)))
            continue
        first, *others = _wrapped(meaning, width - column) or [""]
        yield f"{_MARGIN}{names}".ljust(column) + first
        yield from (" " * column + line for line in others)


def _wrapped(text: str, width: int) -> list[str]:
    for spaced, joined in _JOINTS:
        text = text.replace(spaced, joined)
    lines = textwrap.wrap(" ".join(text.split(" ")), max(width - 1, 20), break_long_words=False, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in lines]
