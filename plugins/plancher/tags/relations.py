"""Which tags go together: on how many posts, and how strongly."""

from __future__ import annotations

import collections
import dataclasses
import heapq
import itertools
from collections.abc import Iterable, Mapping, Sequence

from plancher.core.travel import swift
from plancher.tags.usage import Post, Word, collation


@swift
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A tag that stands beside another."""

    name: str
    url: str
    shared: int
    """Posts that bear both."""
    score: float
    """Jaccard's index: shared posts among those that bear either; from 0 to 1."""


Together = Mapping[tuple[str, str], Sequence[Post]]
"""The posts of each pair of tags that share any, in their order; a pair is in alphabetical order."""


def together(posts: Iterable[Post]) -> Together:
    """Gather the posts of every pair, in one look at each post."""
    found: dict[tuple[str, str], list[Post]] = collections.defaultdict(list)
    for post in posts:
        for pair in itertools.combinations(sorted(post.tags, key=collation), 2):
            found[pair].append(post)
    return found


def related(shared: Together, words: Mapping[str, Word], most: int) -> Mapping[str, tuple[Related, ...]]:
    """For each tag, those that are most often where it is, the strongest first.

    :param most: how many.
    """
    found: dict[str, list[_Strength]] = collections.defaultdict(list)
    for (one, other), posts in shared.items():
        common = len(posts)
        score = round(common / (words[one].count + words[other].count - common), 4)
        found[one].append((-score, -common, collation(other)))
        found[other].append((-score, -common, collation(one)))
    return {name: tuple(_related(strength, words) for strength in heapq.nsmallest(most, others)) for name, others in found.items()}


_Strength = tuple[float, int, tuple[str, str]]
"""Score and shared posts, both negative, and the tag: the least is the strongest."""


def _related(strength: _Strength, words: Mapping[str, Word]) -> Related:
    score, common, (_, name) = strength
    return Related(name=name, url=words[name].url, shared=-common, score=-score)
