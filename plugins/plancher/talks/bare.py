"""An address of a film alone in its paragraph: a talk, without a block."""

from __future__ import annotations

import dataclasses

from plancher.core.blocks import Block, Line, Scan
from plancher.core.source import MARK_CLOSE, MARK_OPEN
from plancher.talks.platforms import recognise

_NOT_ALWAYS_FILMS = frozenset({"Internet Archive"})
"""What these keep may be a book: an address alone does not tell."""
is_on = True
"""The site's choice (``TalkSettings.bare``)."""


def layout(scan: Scan) -> Scan:
    """A scan in which such paragraphs are blocks."""
    if not is_on or not any(line.text.lstrip("<").startswith("http") for line in scan.lines):
        return scan
    lines, blocks = list(scan.lines), list(scan.blocks)
    for index, line in enumerate(lines):
        video = recognise(line.text.strip().strip("<>")) if _is_alone(lines, index) else None
        if video and video.platform not in _NOT_ALWAYS_FILMS:
            inside = (Line(line.number, f"url : {line.text.strip().strip('<>')}"),)
            blocks.append(Block("video", f"Film sur {video.platform}", line.number, inside, inside))
            lines[index] = Line(line.number, f"{MARK_OPEN}bloc:{len(blocks) - 1}{MARK_CLOSE}")
    return dataclasses.replace(scan, lines=tuple(lines), blocks=tuple(blocks)) if len(blocks) > len(scan.blocks) else scan


def _is_alone(lines: list[Line], index: int) -> bool:
    """Whether a line is a whole paragraph at the first level."""
    line = lines[index]
    if line.raw or not line.text.lstrip("<").startswith("http") or " " in line.text.strip():
        return False
    before = not index or not lines[index - 1].text.strip()
    after = index + 1 == len(lines) or not lines[index + 1].text.strip()
    return before and after
