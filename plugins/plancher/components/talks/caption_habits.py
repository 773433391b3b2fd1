"""What programs leave in captions: a name before the words, and words that are shown again while captions roll.

Only the whole file shows either: one line alone may be words.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence

from plancher.base import lazy
from plancher.base.french import fold

Line = tuple[str, str]
"""A voice, and words."""
_WORD = r"(?:[^\W\d_]|\()[\w.'’()-]*"
_NAMED = rf"{_WORD}(?: (?:{_WORD}|\d{{1,3}})){{0,5}}"
_NAME = lazy.pattern(rf"(?:\[(?P<marked>{_NAMED})\](?:[ \u00a0\u202f]?:)?|(?P<name>{_NAMED})[ \u00a0\u202f]?:)[ \u00a0\u202f]+(?=\S)")
"""« Camille Martin: », « PETIT Sacha (Externe) : », « Speaker 1: », « [SPEAKER_00]: », « [Camille] »."""
_ALONE = lazy.pattern(rf"[\[(](?P<marked>{_NAMED})[\])]:?")
"""« (Camille Martin) » alone on the first line of a cue."""
_NO_NAMES = frozenset(
    "attention resultat resultats conclusion exemple note rappel remarque bilan total question reponse objectif astuce conseil probleme solution bref donc "
    "moralite "
    "premierement deuxiemement enfin important musique rires rire applaudissements silence bruit generique".split()
)
"""Words that begin sentences, and noises: no voices."""
_MOST_CUES = 0.6
"""The share of cues with a name from which these are voices: transcripts of meetings name each cue, prose does not."""
_ROLLING = 0.5
"""The share of pairs of cues from which a file rolls."""
_TOUCHING = 0.5
"""Longest gap, in seconds, between two cues that roll."""
_SURE_OVERLAP, _LIKELY_OVERLAP = 5, 3
"""Words in common that are a repeat in any file, and that count for a file that rolls."""


@dataclasses.dataclass(frozen=True, slots=True)
class SpokenCue:
    """A cue without its tags."""

    start: float
    end: float
    lines: Sequence[Line]


def with_voices(cues: Sequence[SpokenCue]) -> list[SpokenCue]:
    """The same, with names before the words as voices (Zoom, Otter, whisper and others write « Name: words »)."""
    names = [_name(head) for cue in cues if (head := _head(cue))]
    filled = sum(bool(cue.lines) for cue in cues)
    # « Attention : », « Résultat : » begin sentences too: a name comes back, or has two words.
    are_names = len(set(names)) < len(names) or (len(names) > 1 and all(re.search(r"[ _]", name) for name in names))
    if not are_names or len(names) < _MOST_CUES * filled:
        return list(cues)
    return [_voiced(cue) for cue in cues]


def _head(cue: SpokenCue) -> re.Match[str] | None:
    """The name that a cue begins with."""
    if not cue.lines or cue.lines[0][0]:
        return None
    first = cue.lines[0][1]
    match = _NAME.match(first) or (_ALONE.fullmatch(first) if len(cue.lines) > 1 else None)
    return match if match and fold(_name(match)) not in _NO_NAMES else None


def _name(head: re.Match[str]) -> str:
    groups = head.groupdict()
    name: str = groups["marked"] or groups["name"]
    return name


def _voiced(cue: SpokenCue) -> SpokenCue:
    head = _head(cue)
    if head is None:
        return cue
    (_, first), *others = cue.lines
    lines = [(_name(head), first[head.end() :]), *((voice or _name(head), words) for voice, words in others)]
    return dataclasses.replace(cue, lines=[line for line in lines if line[1]])


def without_repeats(cues: Sequence[SpokenCue]) -> list[SpokenCue]:
    """The same, without the words that a cue of one line repeats from the cue before."""
    cues = _once(cues)
    overlaps = [0, *(_overlap(before, cue) for before, cue in itertools.pairwise(cues))] if cues else []
    pairs = [(before, cue) for before, cue in itertools.pairwise(cues) if _touches(before, cue)]
    rolls = len(pairs) > 1 and sum(count >= _LIKELY_OVERLAP for count in overlaps) >= _ROLLING * len(pairs)
    grows = len(pairs) > 1 and sum(_grows(before, cue) for before, cue in pairs) >= _ROLLING * len(pairs)
    least = 1 if rolls or grows else _SURE_OVERLAP
    return [_without_first(cue, count) if count >= least else cue for cue, count in zip(cues, overlaps, strict=True)]


def _once(cues: Sequence[SpokenCue]) -> list[SpokenCue]:
    """The same, without cues that only highlight another word of the one before (« --highlight_words » of whisper)."""
    pairs = [(before, cue) for before, cue in itertools.pairwise(cues) if _touches(before, cue)]
    if sum(before.lines == cue.lines for before, cue in pairs) <= max(1, _ROLLING * len(pairs)):
        return list(cues)
    again = {id(cue) for before, cue in pairs if before.lines == cue.lines}
    return [cue for cue in cues if id(cue) not in again]


def _grows(before: SpokenCue, cue: SpokenCue) -> bool:
    """Whether a cue only adds words to the one before."""
    return len(before.lines) == len(cue.lines) == 1 and cue.lines[0][1].startswith(f"{before.lines[0][1]} ")


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
