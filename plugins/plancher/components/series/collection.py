"""The series of a site: which posts are the parts of each, in which order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from plancher.base.slugs import slug
from plancher.components.series.model import SeriesPart, SeriesPlace
from plancher.site.model import Post, Site


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series that has a page."""

    name: str
    slug: str
    posts: tuple[Post, ...]
    """In the order in which they are read."""

    @property
    def url(self) -> str:
        """Of its page, from the root of the site."""
        return f"serie/{self.slug}/"

    @property
    def feed(self) -> str:
        """The file of its Atom feed, from the root of the site."""
        return f"feeds/serie/{self.slug}.atom.xml"

    @property
    def rss(self) -> str:
        """The same as RSS."""
        return f"feeds/serie/{self.slug}.rss.xml"


def collect(site: Site) -> tuple[Series, ...]:
    """All series of the published posts, in alphabetical order of their addresses; the oldest part has the last word on the name."""
    groups: dict[str, list[Post]] = {}
    for post in reversed(site.posts):
        if post.series:
            groups.setdefault(slug(post.series), []).append(post)
    return tuple(_series(site, key, groups[key]) for key in sorted(groups))


def _series(site: Site, key: str, posts: Sequence[Post]) -> Series:
    return Series(name=site.set_text(posts[0].series), slug=key, posts=tuple(in_order(posts)))


def in_order(posts: Sequence[Post]) -> list[Post]:
    """By date, but for those that have a number: each of these stands at its own, as far as there are parts.

    :param posts: the oldest first.
    """
    by_date = iter([post for post in posts if not post.part])
    ordered: list[Post] = []
    for numbered in sorted((post for post in posts if post.part), key=lambda post: post.part):
        before = max(numbered.part - 1 - len(ordered), 0)
        ordered += [post for _, post in zip(range(before), by_date, strict=False)]
        ordered.append(numbered)
    return [*ordered, *by_date]


def places(site: Site, found: Iterable[Series]) -> Mapping[str, SeriesPlace]:
    """Where each post stands, by its path; a draft, which only its author sees, among the published parts."""
    known = {series.slug: series for series in found}
    where = {post.path: place for series in known.values() for post, place in zip(series.posts, _places(series, series.posts), strict=True)}
    for draft in site.drafts:
        if draft.series and draft.save_as:
            series = known.get(slug(draft.series)) or Series(name=site.set_text(draft.series), slug="", posts=())
            posts = in_order(sorted((*series.posts, draft), key=lambda post: (post.date, post.path)))
            where[draft.path] = _places(series, posts)[posts.index(draft)]
    return where


def _places(series: Series, posts: Sequence[Post]) -> list[SeriesPlace]:
    parts = tuple(SeriesPart(title=post.title, url=post.url, date=post.date, lang=post.foreign_lang) for post in posts)
    url = series.url if series.slug else ""
    return [SeriesPlace(name=series.name, url=url, number=number, parts=parts) for number in range(1, len(parts) + 1)]
