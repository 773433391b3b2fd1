"""What programs that make captions leave in them, and what it means: a name before the words, words shown once more while they roll.

Both are seen from the whole file: one line alone could be what somebody says.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

Line = tuple[str, str]
"""A voice, and words."""
_WORD = r"[A-ZÀ-ÖØ-Þ(][\w.'’()-]*"
_NAME = re.compile(rf"(?P<name>{_WORD}(?: (?:{_WORD}|d[eu]s?|la|le|von|van)){{0,5}})[ \u00a0\u202f]?:[ \u00a0\u202f]+(?=\S)")
"""« Camille Martin: », « PETIT Sacha (Externe) : »."""
_MOST_CUES = 0.6
"""The share of cues with a name from which every name is one: transcripts of meetings name each cue, prose does not."""
_ROLLING = 0.5
"""The share of neighbours from which a file rolls."""
_TOUCHING = 0.5
"""Seconds between two cues that are still one movement."""
_SURE_OVERLAP, _LIKELY_OVERLAP = 5, 3
"""Words in common: in any file, and to take a file for one that rolls."""


@dataclasses.dataclass(frozen=True, slots=True)
class SpokenCue:
    """A cue without its tags."""

    start: float
    end: float
    lines: Sequence[Line]


def with_voices(cues: Sequence[SpokenCue]) -> list[SpokenCue]:
    """The same, a name before the words taken for the voice that it is (Zoom, Otter and others write « Name: words »)."""
    heads = [_NAME.match(cue.lines[0][1]) if cue.lines and not cue.lines[0][0] else None for cue in cues]
    names = [head["name"] for head in heads if head]
    filled = sum(bool(cue.lines) for cue in cues)
    # « Attention : », « Résultat : » begin sentences too: a name comes back, or has two words.
    are_names = len(set(names)) < len(names) or (len(names) > 1 and all(" " in name for name in names))
    if not are_names or len(names) < _MOST_CUES * filled:
        return list(cues)
    return [_voiced(cue) for cue in cues]


def _voiced(cue: SpokenCue) -> SpokenCue:
    lines: list[Line] = []
    voice = ""
    for typed, words in cue.lines:
        head = _NAME.match(words) if not typed and not lines else None
        voice = head["name"] if head else typed or voice
        lines.append((voice, words[head.end() :] if head else words))
    return dataclasses.replace(cue, lines=lines)


def without_repeats(cues: Sequence[SpokenCue]) -> list[SpokenCue]:
    """The same, words that a cue of one line shows again from the cue before said once."""
    overlaps = [0, *(_overlap(before, cue) for before, cue in itertools.pairwise(cues))] if cues else []
    pairs = sum(_touches(before, cue) for before, cue in itertools.pairwise(cues))
    rolls = pairs > 1 and sum(count >= _LIKELY_OVERLAP for count in overlaps) >= _ROLLING * pairs
    least = 1 if rolls else _SURE_OVERLAP
    return [_without_first(cue, count) if count >= least else cue for cue, count in zip(cues, overlaps, strict=True)]


def _touches(before: SpokenCue, cue: SpokenCue) -> bool:
    return bool(before.lines and cue.lines) and cue.start <= before.end + _TOUCHING


def _overlap(before: SpokenCue, cue: SpokenCue) -> int:
    """How many words the one line of a cue shares with the end of the one before; 0 when nothing new comes after them."""
    if not _touches(before, cue) or len(cue.lines) != 1 or before.lines[-1][0] != cue.lines[0][0]:
        return 0
    last, words = before.lines[-1][1].split(), cue.lines[0][1].split()
    return next((count for count in range(min(len(last), len(words) - 1), 0, -1) if last[-count:] == words[:count]), 0)


def _without_first(cue: SpokenCue, count: int) -> SpokenCue:
    voice, words = cue.lines[0]
    return dataclasses.replace(cue, lines=[(voice, " ".join(words.split()[count:]))])
