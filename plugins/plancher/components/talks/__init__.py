"""Filmed talks, as blocks; the pages of all talks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.components.talks import bare, collection, entries, exports, feed, markup, model, pages, render, schema_org
from plancher.components.talks.collection import ListedTalk
from plancher.components.talks.entries import TalkEntry
from plancher.components.talks.settings import KEY, TalkSettings
from plancher.site import registration
from plancher.site.collected import MenuEntry, Values
from plancher.site.component import Component
from plancher.site.feeds import FeedRequest
from plancher.site.model import Mention, Post, Site
from plancher.site.requests import PageRequest
from plancher.text.grammar import BlockKind, ResolveDocument, ScanTransform

VIDEO = BlockKind(
    name="video",
    purpose="Une intervention filmée : qui parle, où, combien de temps, où la voir.",
    read=markup.read_talk,
    render=render.render_talk,
    index=TalkEntry,
    index_entries=entries.index_entries,
)


TalkIndex = tuple[ListedTalk, ...]
"""All the talks of a site, the newest first."""


class Talks(Component[TalkSettings, TalkIndex]):
    """What people said on a stage, and what remains of it."""

    name = "talks"
    settings_name = KEY
    settings_type = TalkSettings

    def blocks(self) -> Sequence[BlockKind[model.Talk]]:
        """``[!video]``."""
        return (VIDEO,)

    def scan_transforms(self) -> Mapping[str, ScanTransform]:
        """The address of a film, alone in its paragraph."""
        return {"": bare.read_bare_films} if self.settings.bare else {}

    def resolve_document(self) -> ResolveDocument:
        """Numbers talks."""
        return model.number_talks

    def mentions(self, post: Post) -> Iterator[Mention]:
        """Its talks."""
        return map(entries.mention, post.entries(TalkEntry))

    def picture(self, post: Post) -> str:
        """The poster of its first talk that has one."""
        return next((entry.poster for entry in post.entries(TalkEntry) if entry.poster), "")

    def collect(self, site: Site) -> TalkIndex:
        """All talks, the newest first."""
        return tuple(collection.collect(site))

    def pages(self, site: Site, index: TalkIndex) -> Iterator[PageRequest]:
        """``/videos/``, its parts, and their data."""
        yield from pages.requests(index)
        yield from exports.requests(site, index)

    def feeds(self, site: Site, index: TalkIndex) -> Sequence[FeedRequest]:
        """``/feeds/videos.atom.xml`` and ``.rss.xml``."""
        return (feed.request(site, index, self.settings),)

    def post_values(self, site: Site, index: TalkIndex) -> Mapping[str, Values]:
        """The talks of a post, for search engines."""
        return {"talks": schema_org.by_post(site, index)}

    def menu(self, site: Site, index: TalkIndex) -> Sequence[MenuEntry]:
        """« Vidéos »."""
        return (MenuEntry(text="Vidéos", address=pages.ROOT, in_footer=True),) if index else ()

    def frame_hosts(self, site: Site) -> Iterable[str]:
        """Those of players, in the texts that have a page."""
        return {entry.origin for post in site.texts.values() if post.save_as for entry in post.entries(TalkEntry) if entry.origin}


COMPONENT = Talks


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
