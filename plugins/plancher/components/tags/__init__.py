"""Tags as Technorati meant them: each has one name and one address; a cloud, a page for each, and what goes with it.

The last path segment of a tag's address is the tag itself, as rel-tag asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from plancher.base.problems import SiteProblem
from plancher.components.tags import legacy_tag_lines, moved, pages, unify
from plancher.components.tags.cloud import tag_cloud
from plancher.components.tags.index import TagIndex, tag_index
from plancher.components.tags.settings import KEY, TagSettings
from plancher.components.tags.usage import Usage
from plancher.site import registration
from plancher.site.collected import Redirection, Values
from plancher.site.component import Component, Preparation
from plancher.site.model import Site
from plancher.site.requests import FirstPage, PageRequest
from plancher.text.grammar import Advice, LegacyTagLines


class Tags(Component[TagSettings, TagIndex]):
    """One name for each tag, the cloud, the pages around tags."""

    name = "tags"
    settings_name = KEY
    settings_type = TagSettings

    def legacy_tag_lines(self) -> LegacyTagLines:
        """« Technorati Tags: » lines."""
        return legacy_tag_lines.read

    def text_advice(self) -> Sequence[Advice]:
        """Such lines belong in the header."""
        return (legacy_tag_lines.belongs_in_the_header,)

    def prepare(self, site: Site) -> Preparation:
        """One name for each tag, as the registry says."""
        return unify.prepare(site)

    def collect(self, site: Site) -> TagIndex:
        """How tags are used, and which go together."""
        return tag_index(site.posts, unify.vocabulary(site), self.settings)

    def pages(self, site: Site, index: TagIndex) -> Iterator[PageRequest]:
        """The words of each year, the pages of two tags, those that moved, the data."""
        return pages.requests(site, index, self.settings)

    def plain_pages(self, site: Site, index: TagIndex) -> Sequence[PageRequest]:
        """The cloud."""
        return (pages.CLOUD,)

    def site_values(self, site: Site, index: TagIndex) -> Values:
        """What ``tag_cloud`` takes, and the site's choices."""
        return {"TAGS": index.usage, "TAG_SIZES": self.settings}

    def tag_values(self, site: Site, index: TagIndex) -> Mapping[str, Values]:
        """What stands around a tag."""
        return {"portrait": {name: FirstPage(portrait) for name, portrait in index.portraits.items()}}

    def category_values(self, site: Site, index: TagIndex) -> Mapping[str, Values]:
        """The words of a category, and what the registry says of it."""
        return {
            "usage": {name: FirstPage(Usage(words=words)) for name, words in index.usage.categories.items()},
            "category_description": {name: FirstPage(text) for name, text in unify.category_descriptions(site).items()},
        }

    def template_functions(self) -> Mapping[str, Callable[..., object]]:
        """``tag_cloud``."""
        return {"tag_cloud": tag_cloud}

    def redirections(self, site: Site, index: TagIndex) -> Iterable[Redirection]:
        """Other names of tags, and pairs of tags that have no page."""
        return (*moved.addresses(site, index), *index.redirections)

    def advice(self, site: Site, index: TagIndex) -> Iterable[SiteProblem]:
        """Names that look like one another."""
        return unify.lookalike_names(site)


COMPONENT = Tags


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
