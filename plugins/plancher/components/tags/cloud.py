"""The cloud: how large each word stands, which words stand in it, and in which order."""

from __future__ import annotations

import bisect
import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from plancher.base.french import did_you_mean
from plancher.components.tags.usage import Usage, Word, collation

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class SizedWord:
    """A word of a cloud."""

    word: Word
    step: int
    """From 1, the smallest, to the number of steps."""


def tag_cloud(  # noqa: PLR0913 - by name; a template gives the few it needs
    usage: Usage,
    *,
    category: str | None = None,
    year: int | None = None,
    weights: str = "log",
    steps: int = 5,
    minimum: int = 1,
    maximum: int | None = None,
    limit: int | None = None,
    order: str = "alphabet",
) -> tuple[SizedWord, ...]:
    """Choose, size and order words, for templates.

    :param category: the name of the only category to look at.
    :param year: the only year to look at.
    :param weights: ``log``, ``lineaire`` or ``quantile``: how a number of posts becomes a size.
    :param steps: how many sizes there are.
    :param minimum: of posts a word has.
    :param maximum: of posts a word has; none by default.
    :param limit: how many words at most: the most used stay.
    :param order: ``alphabet``, ``frequence`` or ``recence``.
    :raises ValueError: a name that is none of these, or no step at all.
    """
    words = _scope(usage, category, year)
    chosen = [word for word in words if word.count >= minimum and (maximum is None or word.count <= maximum)]
    if limit is not None and len(chosen) > limit:
        chosen = sorted(chosen, key=_by_frequency)[: max(limit, 0)]
    if steps < 1:
        raise ValueError(f"un nuage a au moins une taille, pas {steps}")
    shares = weigh([word.count for word in chosen], weights)
    sized_words = [SizedWord(word, _step(share, steps)) for word, share in zip(chosen, shares, strict=True)]
    sort_key = _named(order, _ORDERS, "ordre")
    return tuple(sorted(sized_words, key=lambda sized: sort_key(sized.word)))


def _scope(usage: Usage, category: str | None, year: int | None) -> Sequence[Word]:
    if category is not None and year is not None:
        raise ValueError("un nuage montre une catégorie ou une année, pas les deux")
    if category is not None:
        return usage.categories.get(category, ())
    return usage.words if year is None else usage.years.get(year, ())


def weigh(counts: Sequence[int], weights: str = "log") -> list[float]:
    """The place of each number of uses between the least, 0, and the most, 1; one half when all are equal.

    On any scale, a word used more is never smaller, and words used alike have one size.

    :raises ValueError: no such scale.
    """
    scale = _named(weights, _SCALES, "calcul")
    if not counts or min(counts) == max(counts):
        return [0.5] * len(counts)
    return scale(counts)


def _logarithmic(counts: Sequence[int]) -> list[float]:
    """Twice as many posts is always one step more: this suits words, of which few are used much."""
    return _linear([math.log(count) for count in counts])


def _linear(counts: Sequence[float]) -> list[float]:
    low, high = min(counts), max(counts)
    return [(count - low) / (high - low) for count in counts]


def _quantile(counts: Sequence[int]) -> list[float]:
    """About as many words in each size; those used alike share the middle of their places."""
    ordered = sorted(counts)
    last = len(counts) - 1
    return [(bisect.bisect_left(ordered, count) + bisect.bisect_right(ordered, count) - 1) / 2 / last for count in counts]


def _step(share: float, steps: int) -> int:
    """One half is the middle size; the lower of both when there is an even number."""
    return 1 + math.ceil(round(share * (steps - 1) - 0.5, 9))


def _by_frequency(word: Word) -> tuple[int, tuple[str, str]]:
    return -word.count, collation(word.name)


_SCALES: Mapping[str, Callable[[Sequence[int]], list[float]]] = {"log": _logarithmic, "lineaire": _linear, "quantile": _quantile}
_ORDERS: Mapping[str, Callable[[Word], tuple[int, tuple[str, str]]]] = {
    "alphabet": lambda word: (0, collation(word.name)),
    "frequence": _by_frequency,
    "recence": lambda word: (-word.last.toordinal(), collation(word.name)),
}


def _named(name: str, known: Mapping[str, T], what: str) -> T:
    if name in known:
        return known[name]
    raise ValueError(f"{what} inconnu « {name} ». {did_you_mean(name, list(known))}")
