"""How much posts are like one another, from 0 to 1.

For tags, links and words apart: what two posts share, weighted by how rare it
is in the blog (Spärck Jones, « A statistical interpretation of term
specificity », 1972), divided by what each of them holds. What is on every post
weighs nothing, so that posts which share no more than that are not related.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Family(NamedTuple):
    """One kind of what posts share."""

    holdings: Sequence[Mapping[str, int]]
    """What each post holds, with how often it counts."""
    share: float
    """Of the whole score."""
    most: int
    """Posts above which something that they share is not looked at: time grows with the square of their number."""


Scores = Sequence[Mapping[int, float]]
"""For each post by its number, its score with others."""


def scores(families: Iterable[Family]) -> Scores:
    """Every pair of posts that share something."""
    found: list[dict[int, float]] = []
    for family in families:
        found = found or [{} for _ in family.holdings]
        for posting in _postings(family):
            for place, (one, weight) in enumerate(posting):
                mine = found[one]
                for other, its_weight in posting[place + 1 :]:
                    mine[other] = mine.get(other, 0.0) + weight * its_weight
    for one, others in enumerate(found):
        for other in [other for other in others if other > one]:
            found[other][one] = others[other]
    return found


def _postings(family: Family) -> Iterable[list[tuple[int, float]]]:
    """For each thing that several posts hold, these posts and its weight in each."""
    holders: dict[str, list[int]] = {}
    for number, held in enumerate(family.holdings):
        for thing in held:
            holders.setdefault(thing, []).append(number)
    rarest = math.log(max(len(family.holdings), 2))
    rarity = {thing: 1 - math.log(len(numbers)) / rarest for thing, numbers in holders.items() if len(numbers) <= family.most}
    lengths = [max(1.0, math.sqrt(sum((count * rarity.get(thing, 0.0)) ** 2 for thing, count in held.items()))) for held in family.holdings]
    share = math.sqrt(family.share)
    for thing, numbers in holders.items():
        if len(numbers) > 1 and rarity.get(thing):
            yield [(number, share * family.holdings[number][thing] * rarity[thing] / lengths[number]) for number in numbers]


def best(found: Mapping[int, float], floor: float, most: int) -> list[int]:
    """The posts with the highest scores; of two with the same, the first."""
    enough = ((-round(score, 6), number) for number, score in found.items() if score >= floor)
    return [number for _, number in heapq.nsmallest(most, enough)]
