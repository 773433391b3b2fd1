"""SubRip as players read it: numbers, moments with a comma, and the tags and overrides that editors leave in it.

There is no specification; this follows what Aegisub, VLC and ffmpeg accept.
The words of a cue come out as WebVTT writes them, so that one reader serves both.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from plancher.base import lazy
from plancher.components.talks.webvtt import CaptionFile, Cue, moment

_MOMENT = r"(?:(\d{1,3})\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:\s*[,.]\s*(\d{1,3}))?"
_TIMING = lazy.pattern(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s+[XY][12]:.*|\s+align:.*|\s+position:.*)?\s*", re.ASCII)
_OVERRIDE = lazy.pattern(r"\{\\[^{}]*\}|\{/?[a-zA-Z](?::[^{}]*)?\}")
"""Of Advanced SubStation (« {\\an8} », « {\\i1} ») and of MicroDVD (« {y:i} »)."""
_BREAK = lazy.pattern(r"\\[Nn]|<br */?>", re.IGNORECASE)
_TAG = lazy.pattern(r"</?(?:[bius]|em|strong|font|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_ENTITY = lazy.pattern(r"&(?:amp|lt|gt|quot|apos|nbsp|lrm|rlm|#\d{1,7}|#x[\da-fA-F]{1,6});")
_NUMBER = lazy.pattern(r"\s*(\d+)\s*", re.ASCII)


def is_subrip(text: str) -> bool:
    """Whether a text without a signature begins as SubRip does: a number or nothing, then a moment with a comma."""
    lines = [line for line in text.split("\n", 40) if line.strip()][:2]
    return any("," in line.partition("-->")[0] and _TIMING.fullmatch(line) for line in lines)


def parse(text: str) -> CaptionFile:
    r"""Every cue, its words whole; one whose timing cannot be read follows the cue before, with a problem.

    :param text: its line ends are « \\n ».
    """
    lines = text.split("\n")
    starts = [place for place, line in enumerate(lines) if "-->" in line and (_TIMING.fullmatch(line) or _is_broken_timing(lines, place))]
    is_numbered = bool(starts) and _number_above(lines, starts[0]) is not None
    problems: list[tuple[int, str]] = []
    cues = list(_cues(lines, starts, is_numbered, problems))
    before = [line for line in lines[: _first(lines, starts, is_numbered)] if line.strip()]
    if before:
        problems.insert(0, (1, f"« {before[0].strip()[:40]} » n’a pas de minutage ; écrivez « 00:00:01,000 --> 00:00:04,000 » au-dessus"))
        cues.insert(0, Cue(start=0, end=0, text=_as_webvtt("\n".join(before)), is_rescued=True))
    return CaptionFile(tuple(cues), tuple(problems))


def _is_broken_timing(lines: Sequence[str], place: int) -> bool:
    """A line with an arrow that stands where a timing does: under a number, or begun by a digit."""
    return bool(re.match(r"\s*\d", lines[place], re.ASCII)) or (_number_above(lines, place) is not None)


def _number_above(lines: Sequence[str], place: int) -> int | None:
    match = _NUMBER.fullmatch(lines[place - 1]) if place else None
    return int(match[1][:9]) if match else None


def _first(lines: Sequence[str], starts: Sequence[int], is_numbered: bool) -> int:  # noqa: FBT001 - private, with one caller
    return (starts[0] - int(is_numbered)) if starts else len(lines)


def _cues(lines: Sequence[str], starts: Sequence[int], is_numbered: bool, problems: list[tuple[int, str]]) -> Iterator[Cue]:  # noqa: FBT001 - the same
    last_number, last_end = None, 0.0
    for order, place in enumerate(starts):
        end = starts[order + 1] if order + 1 < len(starts) else len(lines)
        number = _number_above(lines, place)
        following = _number_above(lines, end) if order + 1 < len(starts) and is_numbered else None
        own_number = number if is_numbered else None
        # A number right under words belongs to the next cue only when it follows the last one: « 2024 » may be words.
        if following is not None and (not lines[end - 2].strip() or following == (own_number or last_number or 0) + 1):
            end -= 1
        words = "\n".join(line for line in lines[place + 1 : end] if line.strip())
        timing = _timing(lines[place])
        if timing is None:
            problems.append((place + 1, f"minutage illisible « {lines[place].strip()[:40]} » ; écrivez « 00:00:01,000 --> 00:00:04,000 »"))
        elif timing[1] <= timing[0]:
            problems.append((place + 1, "la fin d’un sous-titre ne vient pas après son début"))
        first, last = timing or (last_end, last_end)
        last_number, last_end = own_number or last_number, last
        yield Cue(start=first, end=max(first, last), text=_as_webvtt(words), id=str(number) if own_number is not None else "", is_rescued=timing is None)


def _timing(line: str) -> tuple[float, float] | None:
    match = _TIMING.fullmatch(line)
    if match is None:
        return None
    parts = match.groups()
    start, end = moment(parts[:4]), moment(parts[4:])
    return (start, end) if start is not None and end is not None else None


def _as_webvtt(words: str) -> str:
    """The same words as WebVTT writes them: tags and overrides gone, other signs escaped."""
    bare = _BREAK.sub("\n", _TAG.sub("", _OVERRIDE.sub("", words))).replace("\\h", "\u00a0")
    pieces, at = [], 0
    for entity in _ENTITY.finditer(bare):
        pieces += [html.escape(bare[at : entity.start()], quote=False), entity[0]]
        at = entity.end()
    return "".join([*pieces, html.escape(bare[at:], quote=False)])
