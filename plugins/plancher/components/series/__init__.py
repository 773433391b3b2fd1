"""``Series:`` in a header: posts that are read one after the other, with a page and a feed for each series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plancher.base.french import NBSP
from plancher.base.problems import SiteProblem
from plancher.components.series import checks, collection
from plancher.components.series.collection import Series
from plancher.site import registration
from plancher.site.collected import Values
from plancher.site.component import Component
from plancher.site.feeds import FeedRequest
from plancher.site.listing import Part
from plancher.site.model import Site
from plancher.site.requests import PageRequest, TemplatePage

SeriesIndex = tuple[Series, ...]


class SeriesComponent(Component[None, SeriesIndex]):
    """What is read in several parts."""

    name = "series"

    def collect(self, site: Site) -> SeriesIndex:
        """All series."""
        return collection.collect(site)

    def pages(self, site: Site, index: SeriesIndex) -> Iterator[PageRequest]:
        """``/serie/<slug>/``."""
        for series in index:
            values = {"series": {"name": series.name, "url": series.url, "feed": series.feed, "rss": series.rss}, "parts": series.posts}
            yield TemplatePage(address=series.url, template="serie", values=values, shows=frozenset(post.url for post in series.posts))

    def feeds(self, site: Site, index: SeriesIndex) -> Iterator[FeedRequest]:
        """The posts of each, the newest first."""
        for series in index:
            posts = tuple(sorted(series.posts, key=lambda post: (post.date, post.path), reverse=True))
            title = f"série «{NBSP}{series.name}{NBSP}»"
            yield FeedRequest(path=series.feed, rss=series.rss, title=title, page=series.url, posts=posts, group="Séries")

    def site_values(self, site: Site, index: SeriesIndex) -> Values:
        """The list of them, with their feeds."""
        return {"SERIES": tuple((Part(name=series.name, url=series.url, count=len(series.posts)), series.feed) for series in index)}

    def post_values(self, site: Site, index: SeriesIndex) -> Mapping[str, Values]:
        """The series of a post, and its place there."""
        return {"series_place": collection.places(site, index)}

    def checks(self, site: Site, index: SeriesIndex) -> Iterable[SiteProblem]:
        """Two parts with one number, two names with one page."""
        return [*checks.same_numbers(index), *checks.same_addresses(index)]

    def advice(self, site: Site, index: SeriesIndex) -> Iterable[SiteProblem]:
        """Names that look like one another."""
        return checks.lookalikes(index)


COMPONENT = SeriesComponent


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
