"""Which tags go together: on how many posts, and how strongly."""

from __future__ import annotations

import collections
import dataclasses
import heapq
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

from plancher.base.fast_pickle import fast_pickle
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.usage import Word, collation
from plancher.site.model import Post

_COMPARED = 40
"""Tags of one post that are compared with each other, the most used of the blog: the number of pairs is that of its tags, squared."""
_ENOUGH = 5
"""Posts that two tags would share by chance, from which that number means something (Cochran, « Some methods for strengthening
the common χ² tests », Biometrics 10, 1954)."""
_ALWAYS = 0.5
"""The score from which two tags go together whatever the number of posts: by chance, that takes two tags on two thirds of them all."""
_MARGIN = 1.2
"""How much more often than by chance two tags that are used so much must meet."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A tag that stands beside another."""

    name: str
    url: str
    shared: int
    """Posts that bear both."""
    score: float
    """Jaccard's index: shared posts among those that bear either; from 0 to 1."""


Pair = tuple[str, str]
"""Two tags, in alphabetical order."""
_Strength = tuple[float, int, int]
"""Score and shared posts, both negative, and the place of a tag in the alphabet: the least is the strongest."""


class Relations:
    """The posts of each tag, and how many each pair of tags shares."""

    def __init__(self, posts: Sequence[Post], words: Mapping[str, Word]) -> None:
        self.posts, self.words = posts, words
        self.posts_of: dict[str, set[int]] = {name: set() for name in words}
        """The places, among all posts, of those that bear a tag."""
        for number, post in enumerate(posts):
            for tag in post.tags:
                self.posts_of[tag.name].add(number)
        self._names = sorted(words, key=collation)
        self._places = {name: place for place, name in enumerate(self._names)}
        self._beside = self._strengths()

    def _strengths(self) -> list[list[_Strength]]:
        """What stands beside each tag, by its place."""
        counts = [self.words[name].count for name in self._names]
        strengths: list[list[_Strength]] = [[] for _ in counts]
        for (one, other), common in collections.Counter(self._pairs(counts)).items():
            score = -round(common / (counts[one] + counts[other] - common), 4)
            strengths[one].append((score, -common, other))
            strengths[other].append((score, -common, one))
        return strengths

    def _pairs(self, counts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Every pair of tags on every post, in alphabetical order."""
        for post in self.posts:
            places = [self._places[tag.name] for tag in post.tags]
            if len(places) > _COMPARED:
                places = heapq.nsmallest(_COMPARED, places, key=lambda place: (-counts[place], place))
            places.sort()
            yield from itertools.combinations(places, 2)

    def related(self, name: str, most: int) -> tuple[Related, ...]:
        """The tags that are most often on the same posts, the strongest first."""
        strongest = heapq.nsmallest(most, self._beside[self._places[name]])
        return tuple(self._related(self._names[place], -common, -score) for score, common, place in strongest)

    def _related(self, name: str, shared: int, score: float) -> Related:
        return Related(name=name, url=self.words[name].url, shared=shared, score=score)

    def crossings(self, settings: TagSettings) -> Mapping[Pair, Sequence[Post]]:
        """The pairs that have a page of their own, in alphabetical order, with their posts, in their order.

        Those whose score reaches a floor, each among the strongest of both of
        its tags, so that no tag has more pages than a reader looks at.

        The score is Jaccard's index (« Étude comparative de la distribution
        florale », 1901): it is low when one tag stands on few of the posts of
        the other, and then the page of both would only be that of the rarer
        tag once more. The normalised mutual information of Bouma (2009) and
        the likelihood ratio of Dunning (1993) are high there. And posts that
        bear neither tag change nothing: addresses stay when a blog grows.
        Two tags that many posts bear meet by chance: they must do so
        clearly more often.
        """
        best = [self._strongest(place, settings) for place in range(len(self._names))]
        chosen = [(one, other) for one, others in enumerate(best) for other in sorted(others) if one < other and one in best[other]]
        return {(self._names[one], self._names[other]): self._shared(one, other) for one, other in chosen}

    def _strongest(self, place: int, settings: TagSettings) -> Collection[int]:
        related = (
            (score, common, other)
            for score, common, other in self._beside[place]
            if -score >= settings.together_score and -common >= settings.together and (-score >= _ALWAYS or self._is_no_chance(place, other, -common))
        )
        return {other for _, _, other in heapq.nsmallest(settings.crossings, related)}

    def _is_no_chance(self, one: int, other: int, common: int) -> bool:
        expected = self.words[self._names[one]].count * self.words[self._names[other]].count / len(self.posts)
        return expected < _ENOUGH or common >= _MARGIN * expected

    def _shared(self, one: int, other: int) -> Sequence[Post]:
        both = self.posts_of[self._names[one]] & self.posts_of[self._names[other]]
        return [self.posts[number] for number in sorted(both)]

    def without_page(self, settings: TagSettings, crossings: Collection[Pair], most: int) -> Sequence[Pair]:
        """The pairs that share enough posts, and have no page of their own. The strongest first."""
        enough = (
            (score, common, one, other)
            for one, beside in enumerate(self._beside)
            for score, common, other in beside
            if -common >= settings.together and one < other and (self._names[one], self._names[other]) not in crossings
        )
        return [(self._names[one], self._names[other]) for _, _, one, other in heapq.nsmallest(most, enough)]
