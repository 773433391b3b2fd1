"""A feed and its entries, before anyone chooses a format."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import PurePosixPath

from plancher.base import digest
from plancher.base.fast_pickle import fast_pickle
from plancher.cache.body import CachedBody
from plancher.site.feeds import Media, Show


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """A tag of an entry."""

    name: str
    url: str
    """The whole address of its page."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class EntryPicture:
    """The picture of a post."""

    address: str
    """The whole address."""
    width: int
    height: int


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One post, as a subscriber gets it."""

    id: str
    """Fixed at first publication, whatever becomes of title, slug and address."""
    title: str
    url: str
    published: dt.datetime
    updated: dt.datetime
    summary: str
    """HTML."""
    body: CachedBody | str
    """The whole text, or where it is."""
    base: str
    """What stands before an address of the site, in the text."""
    tags: tuple[Label, ...]
    authors: tuple[str, ...]
    lang: str
    external: str = ""
    """The address of another site that it is about."""
    via: str = ""
    """The address of who pointed to that."""
    leads_out: bool = False
    """Whether its title leads to ``external``."""
    media: Media | None = None
    picture: EntryPicture | None = None
    """That its header names, in a middle size."""
    in_reply_to: tuple[str, str] | None = None
    """The id and the address of the post that it answers (RFC 4685); None: it answers none."""
    replies: tuple[str, int] | None = None
    """Where the page shows answers of readers, and how many there are (RFC 4685); None: it shows none."""
    is_part: bool = False
    """Whether this is a place of a post: its foot does not name the tags."""

    @property
    def title_leads_to(self) -> str:
        """What a reader opens."""
        return self.external if self.leads_out and self.external else self.url


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedIcons:
    """The mark of a blog, as readers show it beside a feed: whole addresses."""

    small: str
    """A square of about two hundred pixels."""
    large: str
    """A square of about five hundred."""
    cover: str
    """The square that directories of podcasts ask for."""
    wide: str
    """Twice as wide as high."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of entries under one identity."""

    path: str
    """From the root of the site."""
    id: str
    title: str
    subtitle: str
    home: str
    """The whole address of the home page."""
    url: str
    """The whole address of the feed itself."""
    lang: str
    author: str
    entries: tuple[Entry, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Relation and whole address: the neighbours of an archive (RFC 5005)."""
    is_archive: bool = False
    icons: FeedIcons | None = None
    """None when the site has none."""
    hub: str = ""
    """Where readers ask to be told of what is new (WebSub); empty: nowhere."""
    show: Show = dataclasses.field(default_factory=Show)
    """Of a podcast."""


@dataclasses.dataclass(frozen=True, slots=True)
class Subscription:
    """A feed, in the list of all of them."""

    title: str
    url: str
    """The whole address of the feed."""
    page: str
    """The whole address of the page it is about."""


@dataclasses.dataclass(frozen=True, slots=True)
class SubscriptionList:
    """All feeds of a site."""

    title: str
    groups: tuple[tuple[str, tuple[Subscription, ...]], ...]
    """Each with its title."""


def entry_id(own: str, authority: str, date: dt.datetime, source: str) -> str:
    """The id the author fixed, else a tag URI from the post's year and its file's name.

    Neither title nor slug enters it, and a date corrected within its year
    changes nothing (RFC 4151).
    """
    path = PurePosixPath(source)
    name = path.parent.name if path.stem == "index" and not path.parent.name.isdigit() else path.stem  # « mon-billet/index.md », as Hugo has it
    return own or f"tag:{authority},{date:%Y}:{name}"


def apart(moment: dt.datetime, own: str) -> dt.datetime:
    """The moment, to the second, with a fraction that an entry's id decides: two entries of one moment are told apart, whatever comes between them.

    Authors type days; readers that sort or compare by ``updated`` want no two alike (the feed validator of the W3C says so).
    """
    return moment.replace(microsecond=int(digest.of_text(own), 16) % 1_000_000)


def archives(entries: Sequence[Entry], size: int) -> list[tuple[Entry, ...]]:
    """Cut all entries into archive documents of ``size``, oldest document first.

    Only full documents: the one being filled is the feed itself, so an archive
    never changes once it exists but for the posts it holds. Entries come and
    leave newest first.
    """
    oldest_first = list(reversed(entries))
    full = len(oldest_first) - len(oldest_first) % size
    return [tuple(reversed(oldest_first[start : start + size])) for start in range(0, full, size)]
