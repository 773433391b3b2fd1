"""The pages and files about tags, beside the page of each."""

from __future__ import annotations

from collections.abc import Iterator

from plancher.components.tags import exports, moved
from plancher.components.tags.index import TagIndex
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.usage import Usage
from plancher.site.model import Site
from plancher.site.requests import MadeFile, PageRequest, TemplatePage

_YEAR = "tags/{year}/"
"""An address that never changes."""
_JSON = "tags.json"
CLOUD = TemplatePage(address="tags/", template="nuage")
"""Where our own settings have it, too."""


def requests(site: Site, index: TagIndex, settings: TagSettings) -> Iterator[PageRequest]:
    """The words of each year, the pages of two tags, those that moved, the data."""
    yield from _years(site, index.usage)
    for crossing in index.crossings:
        yield TemplatePage(address=crossing.url, template="tags_together", values={"both": crossing}, shows=frozenset(post.url for post in crossing.posts))
    titles = moved.titles(index)
    for former, present in moved.addresses(site, index):
        values = {"former": former, "present": present, "tag_name": titles[present]}
        yield TemplatePage(address=former, template="moved", values=values, in_sitemap=False)
    portraits = tuple(index.portraits[word.name] for word in index.usage.words)
    yield MadeFile(path=_JSON, maker=exports.as_json, argument=(site.identity.address, settings.weights, portraits, site.tag_aliases))


def _years(site: Site, usage: Usage) -> Iterator[TemplatePage]:
    years = tuple(usage.years)
    for year, words in usage.years.items():
        first = frozenset(word.name for word in usage.words if word.first.year == year)
        new = tuple(word for word in words if word.name in first)
        posts = frozenset(post.url for post in site.posts if post.date.year == year)
        values = {"year": year, "years": years, "usage": Usage(words=words), "new": new}
        yield TemplatePage(address=_YEAR.format(year=year), template="tags_year", values=values, shows=posts)
