"""One name and one address for each tag, whoever wrote it first."""

from __future__ import annotations

import collections
import math
from collections.abc import Iterable, Mapping

from plancher.core.french import fold


def canonical_names(used: Iterable[str]) -> Mapping[str, str]:
    """For each folded tag, the spelling to show: the commonest, then the one with most capitals.

    The answer does not depend on the order of ``used``: ``PME`` and ``pme`` are
    one tag, and so are ``élus`` and ``elus``; ``C``, ``C++`` and ``C#`` stay three.
    """
    spellings: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name in used:
        spellings[fold(name)][name] += 1
    return {folded: min(counted, key=lambda name: _preference(name, counted[name])) for folded, counted in spellings.items()}


def _preference(name: str, count: int) -> tuple[int, int, int, str]:
    capitals = sum(letter.isupper() for letter in name)
    accents = sum(not letter.isascii() for letter in name)
    return (-count, -capitals, -accents, name)


def normalise(names: Iterable[str], canonical: Mapping[str, str]) -> list[str]:
    """The tags of one post, each once, in the author's order."""
    return list(dict.fromkeys(canonical.get(fold(name), name) for name in names))


STEPS = 5
"""Sizes of a cloud."""


def weights(counts: Mapping[str, int]) -> dict[str, int]:
    """A step from 1 to ``STEPS`` for each tag, by the logarithm of its use; all equal, the middle."""
    if not counts:
        return {}
    low, high = (math.log(bound) for bound in (min(counts.values()), max(counts.values())))
    if high == low:
        return dict.fromkeys(counts, (STEPS + 1) // 2)
    return {name: 1 + round((STEPS - 1) * (math.log(count) - low) / (high - low)) for name, count in counts.items()}
