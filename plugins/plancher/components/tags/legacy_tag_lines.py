"""« Technorati Tags: » lines, as blog engines of 2005 to 2010 left them at the foot of posts.

Technorati read any link whose ``rel`` was ``tag``: the last segment of its
address was the tag. Engines and plug-ins wrote a line of such links, or of
bare words, which readers saw. Their tags are read as those of the header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.base.problems import Problem, Problems
from plancher.components.tags.technorati import LABEL, MARKUP, parse
from plancher.text.blocks import Line
from plancher.text.document import Document
from plancher.text.grammar import LegacyTagLine

_AFTER_BREAK = re.compile(rf"(?P<before>.*\S)\s*<br\s*/?>\s*(?P<rest>(?:<[^>]*>|[\s*_])*{LABEL.pattern}.*)", re.IGNORECASE)
_CODE_OPENS, _CODE_CLOSES = (
    re.compile(r"<(?:pre|code|script|style|textarea)\b", re.IGNORECASE),
    re.compile(r"</(?:pre|code|script|style|textarea)", re.IGNORECASE),
)
_OPEN = re.compile(r"[,;|:\uff1a]\s*(?:<[^>]*>\s*)*$")
"""A list goes on after a line that ends so."""
_GOES_ON = re.compile(r"\s*(?:[,;|]|\[|<a\b|</(?:p|div|span|strong|em|b|i)>|<!--)", re.IGNORECASE)
"""A line that begins so belongs to the list before it."""
_OPENING = re.compile(r"<(?:div|p|span)\b[^>]*>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:div|p|span)\s*>", re.IGNORECASE)


def read(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[LegacyTagLine]]:
    """The lines without those that list tags, and the tags of each of these."""
    if not any(_may_list(line) for line in lines):
        return lines, ()
    rest, tag_lines, index = _cut_at_breaks(lines), [], 0
    may_begin = _beginnings(rest)
    while index < len(rest):
        end = _end(rest, index) if may_begin[index] else index
        tags = parse("\n".join(line.text for line in rest[index:end])) if may_begin[index] else None
        if tags is None:
            index += 1
            continue
        start, end = _with_boxes(rest, index, end)
        tag_lines.append(LegacyTagLine(rest[index].number, tags))
        rest[start:end], may_begin[start:end] = [Line(rest[start].number, "")], [False]
        index = start + 1
    return (rest, tag_lines) if tag_lines else (lines, ())


def _may_list(line: Line) -> bool:
    return "echnorati" in line.text.lower()


def _cut_at_breaks(lines: Sequence[Line]) -> list[Line]:
    """The lines; one in which the list comes after a ``<br>`` becomes two."""
    pieces: list[Line] = []
    for line in lines:
        cut = _AFTER_BREAK.fullmatch(line.text) if _may_list(line) else None
        pieces += [Line(line.number, cut["before"], line.raw), Line(line.number, cut["rest"], line.raw)] if cut else [line]
    return pieces


def _beginnings(lines: Sequence[Line]) -> list[bool]:
    """Whether a list may begin at each line: never in code."""
    may_begin, in_code = [], False
    for line in lines:
        in_code = in_code or bool(_CODE_OPENS.search(line.text) and line.raw)
        may_begin.append(_may_list(line) and not in_code and not line.text.startswith("    "))
        in_code = in_code and not _CODE_CLOSES.search(line.text)
    return may_begin


def _end(lines: Sequence[Line], index: int) -> int:
    """Where the list ends: with its line, unless this ends in the middle of something, or the next begins with a link."""
    end = index + 1
    while end < len(lines) and lines[end].text.strip():
        text = "\n".join(line.text for line in lines[index:end])
        is_open = _OPEN.search(text) is not None or text.lower().count("<a") > text.lower().count("</a") or text.count("[") > text.count("]")
        if not (is_open or _GOES_ON.match(lines[end].text)):
            break
        end += 1
    return end


def _with_boxes(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """The lines to leave out: these, with the boxes around them that hold nothing else."""
    text = "".join(line.text for line in lines[start:end])
    extra = len(_CLOSING.findall(text)) - len(_OPENING.findall(text))
    while True:
        before = next((at for at in range(start - 1, -1, -1) if lines[at].text.strip()), -1)
        after = next((at for at in range(end, len(lines)) if lines[at].text.strip()), -1)
        if extra > 0 and _is_box(lines, before, _OPENING):
            start, extra = before, extra - 1
        elif extra < 0 and _is_box(lines, after, _CLOSING):
            end, extra = after + 1, extra + 1
        elif extra == 0 and _is_box(lines, before, _OPENING) and _is_box(lines, after, _CLOSING):
            start, end = before, after + 1
        else:
            return start, end


def _is_box(lines: Sequence[Line], at: int, side: re.Pattern[str]) -> bool:
    """Whether a line opens, or closes, a box and holds no words."""
    return 0 <= at < len(lines) and bool(side.search(lines[at].text)) and not MARKUP.sub("", lines[at].text).strip()


def belongs_in_the_header(document: Document) -> Problems:
    """Tags that an old engine wrote at the foot of a post belong in the header."""
    for legacy in document.legacy_tag_lines:
        tags = ", ".join(dict.fromkeys((*document.front.tags, *legacy.tags)))
        advice = f"Écrivez « Tags: {tags} » dans l'en-tête, et retirez cette ligne."
        yield Problem(legacy.line, "PDV075", f"les mots-clés de cette ligne sont lus comme ceux du billet. {advice}")
