"""A feed that a component asks for, before anyone chooses a format: places of posts, under one title."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plancher.site.model import Post


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A file of the site that holds a film, or its sound."""

    url: str
    """The whole address."""
    type: str
    """« video/webm »."""
    length: int
    """Bytes."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A film, for applications that play what they are subscribed to; whole addresses, empty where there is nothing."""

    files: tuple[MediaFile, ...]
    """The first is played; the others are the same film otherwise: its sound alone, another format."""
    duration: int
    """Seconds; 0: unknown."""
    player: str
    """A page of another site that shows it."""
    thumbnail: str
    captions: str
    captions_type: str
    captions_lang: str
    language: str
    chapters: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One place of a post."""

    post: Post
    """Its dates, authors and tags are the item's."""
    anchor: str
    """Where it stands in its page; with the post's identifier, its own."""
    title: str
    html: str
    summary: str = ""
    """In plain words; empty: none."""
    name: str = ""
    """What its identifier is made of, where its anchor may change; empty: the anchor."""
    external: str = ""
    """The address of another site that it is about."""
    via: str = ""
    """The address of who showed that."""
    media: Media | None = None
    answered_on: dt.datetime | None = None
    """When a reader answered the post with it (RFC 4685); None: its author wrote it with the post."""
    reader: str = ""
    """The reader's name, as asked; « Un lecteur » without one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Replies:
    """The answers of readers that the page of a post shows (RFC 4685)."""

    anchor: str
    """Of the first."""
    count: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What directories of podcasts ask of a feed."""

    guid: str = ""
    """Its identifier, where its owner has one already; empty: made from its address."""
    category: str = "Technology"
    """One of Apple's."""
    email: str = ""
    """Where these directories write to its owner, shown to all; empty: they are told nothing in the vocabulary of Apple, which asks for it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FeedRequest:
    """One feed."""

    path: str
    """From the root of the site."""
    title: str
    page: str
    """From the root of the site: the page it is about."""
    items: tuple[FeedItem, ...] = ()
    """Newest first."""
    posts: tuple[Post, ...] = ()
    """Whole posts, in the place of items; newest first."""
    group: str = ""
    """The folder of the list of all feeds where it stands; empty: with those of the whole blog."""
    rss: str = ""
    """Where the same stands as RSS, for podcast applications too; empty: nowhere."""
    json: str = ""
    """Where the same stands as a JSON Feed; empty: nowhere."""
    show: Show = Show()
    """Of a feed for podcast applications."""
    leads_out: bool = False
    """Whether titles lead to what items are about, not to their place in a post."""
