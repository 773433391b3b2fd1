"""How much each tag is used: in the whole blog, in each category, in each year."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import fold
from plancher.site.model import Post


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A tag, as a cloud shows it."""

    name: str
    url: str
    """From the root of the site."""
    count: int
    """Posts that bear it."""
    proofs: int
    """Proofs on the ground in these posts."""
    first: dt.date
    last: dt.date


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The tags in use, in French alphabetical order."""

    words: tuple[Word, ...] = ()
    """Of the whole blog."""
    categories: Mapping[str, tuple[Word, ...]] = dataclasses.field(default_factory=dict)
    """By the name of a category."""
    years: Mapping[int, tuple[Word, ...]] = dataclasses.field(default_factory=dict)
    """Newest first."""


def usage(posts: Iterable[Post]) -> Usage:
    """Count every tag in every scope.

    :param posts: in any order.
    """
    urls: dict[str, str] = {}
    everywhere: list[_Tagged] = []
    categories: dict[str, list[_Tagged]] = collections.defaultdict(list)
    years: dict[int, list[_Tagged]] = collections.defaultdict(list)
    for post in posts:
        urls.update((tag.name, tag.url) for tag in post.tags)
        tagged = [tag.name for tag in post.tags], post.date.date(), sum(mention.proves for mention in post.mentions)
        for scope in (everywhere, categories[post.category.name if post.category else ""], years[post.date.year]):
            scope.append(tagged)
    return Usage(
        words=_count(everywhere, urls),
        categories={name: _count(categories[name], urls) for name in sorted(categories)},
        years={year: _count(years[year], urls) for year in sorted(years, reverse=True)},
    )


_Tagged = tuple[list[str], dt.date, int]
"""The tags of a post, its day, how many proofs on the ground it holds."""


def _count(posts: Iterable[_Tagged], urls: Mapping[str, str]) -> tuple[Word, ...]:
    days: dict[str, list[dt.date]] = collections.defaultdict(list)
    proofs: collections.Counter[str] = collections.Counter()
    for tags, day, proved in posts:
        for tag in tags:
            days[tag].append(day)
            proofs[tag] += proved
    return tuple(
        Word(name=name, url=urls[name], count=len(days[name]), proofs=proofs[name], first=min(days[name]), last=max(days[name]))
        for name in sorted(days, key=collation)
    )


def collation(name: str) -> tuple[str, str]:
    """The order of a French dictionary: accents and case count only between words that are otherwise the same."""
    return fold(name), name
