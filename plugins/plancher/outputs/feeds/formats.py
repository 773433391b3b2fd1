"""Atom (RFC 4287, 5005), RSS 2.0 and JSON Feed 1.1 from one model."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import html
import io
import json
from collections.abc import Callable
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plancher.base import reasons
from plancher.cache.body import LostError
from plancher.outputs.feeds import content
from plancher.outputs.feeds.model import Entry, Feed
from plancher.site.feeds import Media
from plancher.site.makers import maker
from plancher.site.partial import Partial

_NO_ENTRY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""« Updated » of a feed without entries: a date that no build changes."""
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"


class _Entries:
    """A feed is as old as its newest entry, never as the build; what it says of an entry is written once for all feeds."""

    feed: dict[str, Any]

    def latest_post_date(self) -> dt.datetime:
        return max((entry.updated for entry in self.feed["entries"]), default=_NO_ENTRY)

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        kind: Any = type(self)
        for entry in self.feed["entries"]:
            # What SAX calls white space is what goes out as it is.
            handler.ignorableWhitespace(_entry(kind, entry, self.feed["language"], self.feed["author_name"]))

    def write_one(self, handler: SimplerXMLGenerator) -> None:
        """The only item, as feedgenerator writes it."""
        super().write_items(handler)  # type: ignore[misc] # of the class beside this one


class _Atom(_Entries, Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = super().root_attributes()
        return attributes | ({"xmlns:fh": _HISTORY} if self.feed["is_archive"] else {})

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, address in self.feed["links"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        if self.feed["is_archive"]:
            handler.addQuickElement("fh:archive", "")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["other_authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for relation, address in item["relations"]:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["lang"]} if item["lang"] != self.feed["language"] else {}


class _Rss(_Entries, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = super().rss_attributes()
        return attributes | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["other_authors"]:
            handler.addQuickElement("dc:creator", name, {"xmlns:dc": _DUBLIN_CORE})
        handler.addQuickElement("content:encoded", item["content"])


class _Podcast(_Rss):
    """RSS for applications that play: enclosures, Media RSS (rssboard.org/media-rss), Podcasting 2.0 (podcastindex.org/namespace/1.0)."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | _PLAYED

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.feed["author_name"])
        handler.addQuickElement("itunes:summary", self.feed["description"])
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:category", "", {"text": "Technology"})
        handler.addQuickElement("itunes:image", "", {"href": f"{self.feed['link']}theme/icon-1400.png"})
        handler.addQuickElement("podcast:medium", "video")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        media: Media | None = item["media"]
        if media is None:
            return
        if media.url:
            handler.addQuickElement("enclosure", "", {"url": media.url, "length": str(media.length), "type": media.type})
        told = {"url": media.url, "type": media.type, "fileSize": str(media.length or ""), "duration": str(media.duration or ""), "lang": media.language}
        medium = "audio" if media.type.startswith("audio/") else "video"
        if media.url or media.player:  # one of the two, says the specification
            handler.startElement("media:content", {name: value for name, value in told.items() if value} | {"medium": medium})
            if media.player:
                handler.addQuickElement("media:player", "", {"url": media.player})
            handler.endElement("media:content")
        if media.thumbnail:
            handler.addQuickElement("media:thumbnail", "", {"url": media.thumbnail})
        if media.duration:
            handler.addQuickElement("itunes:duration", str(media.duration))
        if media.captions:
            handler.addQuickElement(
                "podcast:transcript", "", {"url": media.captions, "type": media.captions_type, "language": media.captions_lang, "rel": "captions"}
            )
        if media.chapters:
            handler.addQuickElement("podcast:chapters", "", {"url": media.chapters, "type": "application/json+chapters"})


_PLAYED = {
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}


@maker
def atom(feed: Feed) -> str | Partial:
    """The feed as Atom."""
    return _whole(feed, lambda one: _xml(_Atom, one))


@maker
def rss(feed: Feed) -> str | Partial:
    """The feed as RSS 2.0: summary in ``description``, the whole text in ``content:encoded``."""
    return _whole(feed, lambda one: _xml(_Rss, one))


@maker
def podcast(feed: Feed) -> str | Partial:
    """The feed as RSS 2.0 for applications that play films."""
    return _whole(feed, lambda one: _xml(_Podcast, one))


def _whole(feed: Feed, form: Callable[[Feed], str]) -> str | Partial:
    """The feed; without the entries that fail, when others do not."""
    try:
        return form(feed)
    except (LostError, OSError, MemoryError):
        raise
    except Exception:
        found = {id(entry): _why_not(dataclasses.replace(feed, entries=(entry,)), form) for entry in feed.entries}
        good = tuple(entry for entry in feed.entries if not found[id(entry)])
        lost = tuple((entry.url.removeprefix(feed.home).split("#")[0], found[id(entry)]) for entry in feed.entries if found[id(entry)])
        if not lost:
            raise
        return Partial(form(dataclasses.replace(feed, entries=good)), lost)


def _why_not(feed: Feed, form: Callable[[Feed], str]) -> str:
    """Why a feed cannot be made; empty when it can."""
    try:
        form(feed)
    except (LostError, OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - said to who writes the text
        return reasons.french(error)
    return ""


def _xml(kind: type[Any], feed: Feed) -> str:
    out = kind(
        title=feed.title,
        link=feed.home,
        description=feed.subtitle,
        subtitle=feed.subtitle,
        language=feed.lang,
        author_name=feed.author,
        feed_url=feed.url,
        feed_guid=feed.id,
        links=feed.links,
        is_archive=feed.is_archive,
        entries=feed.entries,
    )
    text = io.StringIO()
    out.write(text, "utf-8")
    return text.getvalue() + "\n"


@functools.lru_cache(maxsize=1024)
def _entry(kind: type[Any], entry: Entry, lang: str, author: str) -> str:
    """What a feed in this language says of an entry: a post stands in a dozen feeds.

    :param author: of the feed, for an entry that has none.
    """
    out = kind(title="", link="", description="", language=lang)
    out.add_item(
        title=entry.title,
        link=entry.title_leads_to,
        description=html.escape(content.summary(entry), quote=False),
        content=content.whole(entry),
        author_name=(entry.authors or (author,))[0],
        other_authors=entry.authors[1:],
        pubdate=entry.published,
        updateddate=entry.updated,
        unique_id=entry.id,
        unique_id_is_permalink=False,
        categories=[tag.name for tag in entry.tags],
        lang=entry.lang,
        media=entry.media,
        relations=[(relation, address) for relation, address in (("related", entry.external), ("via", entry.via)) if address],
    )
    text = io.StringIO()
    out.write_one(SimplerXMLGenerator(text, "utf-8", short_empty_elements=True))
    return text.getvalue()


@maker
def json_feed(feed: Feed) -> str | Partial:
    """The feed as JSON Feed 1.1 (jsonfeed.org)."""
    return _whole(feed, _json)


def _json(feed: Feed) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": feed.lang,
        "authors": [{"name": feed.author}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _item(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": content.summary(entry),
        "content_html": content.whole(entry),
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [tag.name for tag in entry.tags],
        "language": entry.lang,
        **({"external_url": entry.external} if entry.external else {}),
    }
