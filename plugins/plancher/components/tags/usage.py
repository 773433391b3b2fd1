"""How much each tag is used: in the whole blog, in one of its categories, in one of its years."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import fold
from plancher.text.grammar import Mention


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a tag needs to know of a post."""

    url: str
    title: str
    date: dt.date
    category: str
    tags: tuple[str, ...]
    """Their canonical names."""
    lang: str = ""
    mentions: tuple[Mention, ...] = ()
    """What it holds."""

    @property
    def proofs(self) -> int:
        """How many proofs on the ground it holds."""
        return sum(mention.proves for mention in self.mentions)


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


def usage(posts: Sequence[Post], addresses: Mapping[str, str]) -> Usage:
    """Count every tag in every scope.

    :param posts: in any order.
    :param addresses: that of each tag, by its name.
    """
    categories: dict[str, list[Post]] = collections.defaultdict(list)
    years: dict[int, list[Post]] = collections.defaultdict(list)
    for post in posts:
        categories[post.category].append(post)
        years[post.date.year].append(post)
    return Usage(
        words=_count(posts, addresses),
        categories={name: _count(categories[name], addresses) for name in sorted(categories)},
        years={year: _count(years[year], addresses) for year in sorted(years, reverse=True)},
    )


def _count(posts: Iterable[Post], addresses: Mapping[str, str]) -> tuple[Word, ...]:
    days: dict[str, list[dt.date]] = collections.defaultdict(list)
    proofs: collections.Counter[str] = collections.Counter()
    for post in posts:
        backing = post.proofs
        for tag in post.tags:
            days[tag].append(post.date)
            proofs[tag] += backing
    return tuple(
        Word(name=name, url=addresses[name], count=len(days[name]), proofs=proofs[name], first=min(days[name]), last=max(days[name]))
        for name in sorted(days, key=collation)
    )


def collation(name: str) -> tuple[str, str]:
    """The order of a French dictionary: accents and case decide only between words that are otherwise alike."""
    return fold(name), name
