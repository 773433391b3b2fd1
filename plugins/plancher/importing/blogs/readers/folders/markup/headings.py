"""Headings of a text start below its title and go down one level at a time."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from plancher.base.french import fold
from plancher.importing.blogs.readers.folders import masks
from plancher.importing.blogs.readers.folders.markup.work import Work

_ATX = re.compile(r" {0,3}(?P<signs>#{1,6})(?:[ \t]+(?P<words>[^\n]*?)[ \t]*#*[ \t]*$|[ \t]*$)")
_GLUED = re.compile(r" {0,3}(?P<signs>#{2,6})(?P<words>[^\s#][^\n]*)$")
_UNDERLINE = re.compile(r" {0,3}(?P<sign>=|-)(?P=sign)*[ \t]*$")
_INSIDE = re.compile(r"(?P<margin>[ \t>]*>[ \t]?|(?:[ \t]*(?:[-*+]|\d+[.)])[ \t]+))#(?=[ \t])")
_NO_HEADING = re.compile(r"[ \t]*(?:$|>|[-*+][ \t]|\d+[.)][ \t]|\||#|<|={2,}|-{3,})|    |\t")
_DEEPEST = 6


@dataclasses.dataclass(frozen=True, slots=True)
class _Heading:
    first: int
    last: int
    level: int
    words: str


def leveled(work: Work) -> str:
    """The headings as our blog wants them; a first one that repeats the title goes."""
    lines = work.text.split("\n")
    found = list(_headings(lines))
    if found and found[0].level == 1 and work.title and fold(found[0].words) == fold(work.title) and not any(line.strip() for line in lines[: found[0].first]):
        lines[found[0].first : found[0].last + 1] = []
        found = list(_headings(lines))
    levels = _levels([heading.level for heading in found])
    if any(level != heading.level for level, heading in zip(levels, found, strict=True)):
        work.note("les intertitres commencent sous le titre du billet et descendent d'un niveau à la fois : leurs niveaux sont recalés.")
    for level, heading in reversed(list(zip(levels, found, strict=True))):
        if level != heading.level or heading.last > heading.first:  # an underlined one has two levels alone
            lines[heading.first : heading.last + 1] = [f"{'#' * level} {heading.words}"]
    return "\n".join(_INSIDE.sub(r"\g<margin>##", line, count=1) if "#" in line else line for line in lines)


def title_of(text: str) -> str:
    """The heading of level 1 that opens a text; empty where none does."""
    lines = text.split("\n")
    first = next(_headings(lines), None)
    return first.words if first and first.level == 1 and not any(line.strip() for line in lines[: first.first]) else ""


def _headings(lines: Sequence[str]) -> Iterator[_Heading]:
    is_text = False
    for index, line in enumerate(lines):
        atx = _ATX.match(line) or _GLUED.match(line) if line.lstrip(" ").startswith("#") else None
        under = _UNDERLINE.match(line) if is_text and line.strip(" \t")[:1] in {"=", "-"} else None
        if atx:
            yield _Heading(index, index, len(atx["signs"]), (atx["words"] or "").strip())
        elif under:
            yield _Heading(index - 1, index, 1 if under["sign"] == "=" else 2, lines[index - 1].strip())
        was_blank = index == 0 or not lines[index - 1].strip()
        is_plain = _NO_HEADING.match(line) is None and not masks.is_mark(line)
        is_text = is_plain and (was_blank or (index > 0 and _ATX.match(lines[index - 1]) is not None))


def _levels(typed: Sequence[int]) -> list[int]:
    """New levels: 2 for the outermost, and never more than one deeper than the one before."""
    levels: list[int] = []
    stack: list[int] = []
    for level in typed:
        while stack and stack[-1] >= level:
            stack.pop()
        stack.append(level)
        levels.append(min(len(stack) + 1, _DEEPEST))
    return levels
