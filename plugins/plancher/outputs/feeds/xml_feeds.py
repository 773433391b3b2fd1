"""Atom (RFC 4287, 5005) and RSS 2.0, on the classes of feedgenerator."""

from __future__ import annotations

import datetime as dt
import functools
import html
import io
from collections.abc import Mapping
from typing import ClassVar, cast

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plancher.outputs.feeds import content
from plancher.outputs.feeds.model import Entry, Feed

_NO_ENTRY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""« Updated » of a feed without entries: a date that no build changes."""
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_MEDIA = "http://search.yahoo.com/mrss/"
_THREADING = "http://purl.org/syndication/thread/1.0"
Item = Mapping[str, object]
"""An entry, as feedgenerator keeps it; ours is in it."""


class XmlFeed(SyndicationFeed):
    """Before a class of feedgenerator: a feed is as old as its newest entry, never as the build; the XML of an entry is made once for all feeds."""

    element: ClassVar[str]
    """The name of an entry in this format."""
    has_descriptions: ClassVar[bool] = False
    """Whether each entry must have a summary; an empty one stands in no feed."""
    source: Feed
    """Of a whole feed."""

    def latest_post_date(self) -> dt.datetime:
        """What feedgenerator takes for the date of the feed."""
        return max((entry.updated for entry in self.source.entries), default=_NO_ENTRY)

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        """What feedgenerator calls for all entries."""
        for entry in self.source.entries:
            made = _entry_xml(type(self), entry, self.source.lang, self.source.author)  # type: ignore[arg-type] # a class can be hashed
            handler.ignorableWhitespace(made)  # what SAX calls white space goes out as it is

    def write_entry(self, handler: SimplerXMLGenerator) -> None:
        """The only entry."""
        (item,) = self.items
        handler.startElement(self.element, self.item_attributes(item))
        self.add_item_elements(handler, item)
        handler.endElement(self.element)


class Atom(XmlFeed, Atom1Feed):
    """Atom, with the links of RFC 5005 between the feed and its archives."""

    element = "entry"

    def root_attributes(self) -> dict[str, str]:
        """For an archive, the vocabulary that says so."""
        attributes: dict[str, str] = super().root_attributes()
        return attributes | ({"xmlns:fh": _HISTORY} if self.source.is_archive else {})

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """The mark of the blog, the hub, and the neighbours of an archive."""
        super().add_root_elements(handler)
        if self.source.icons:
            handler.addQuickElement("icon", self.source.icons.small)
            handler.addQuickElement("logo", self.source.icons.wide)
        if self.source.hub:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.source.hub})
        for relation, address in self.source.links:
            handler.addQuickElement("link", "", {"rel": relation, "href": address})
        if self.source.is_archive:
            handler.addQuickElement("fh:archive", "")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        """The other authors, and what the entry is about."""
        super().add_item_elements(handler, item)
        entry = entry_of(item)
        for name in entry.authors[1:]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for relation, address in (("related", entry.external), ("via", entry.via)):
            if address:
                handler.addQuickElement("link", "", {"rel": relation, "href": address})
        for file in entry.media.files if entry.media else ():
            handler.addQuickElement("link", "", {"rel": "enclosure", "href": file.url, "length": str(file.length), "type": file.type})
        _add_picture(handler, entry)
        if entry.in_reply_to:
            identifier, address = entry.in_reply_to
            attributes = {"xmlns:thr": _THREADING, "ref": identifier, "href": address, "type": "text/html"}
            handler.addQuickElement("thr:in-reply-to", "", attributes)
        if entry.replies:
            address, count = entry.replies
            attributes = {"xmlns:thr": _THREADING, "rel": "replies", "type": "text/html", "href": address, "thr:count": str(count)}
            handler.addQuickElement("link", "", attributes)
            handler.addQuickElement("thr:total", str(count), {"xmlns:thr": _THREADING})

    def item_attributes(self, item: Item) -> dict[str, str]:
        """The language of an entry, when it is not that of its feed."""
        lang = entry_of(item).lang
        return {"xml:lang": lang} if lang != self.feed["language"] else {}


class Rss(XmlFeed, Rss201rev2Feed):
    """RSS: summary in ``description``, the whole text in ``content:encoded``."""

    element, has_descriptions = "item", True

    def rss_attributes(self) -> dict[str, str]:
        """The vocabulary of whole texts."""
        attributes: dict[str, str] = super().rss_attributes()
        return attributes | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """The mark of the blog, and the hub."""
        super().add_root_elements(handler)
        if self.source.icons:
            handler.startElement("image", {})
            for name, text in (("url", self.source.icons.small), ("title", self.source.title), ("link", self.source.home)):
                handler.addQuickElement(name, text)
            handler.endElement("image")
        if self.source.hub:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": self.source.hub})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        """The other authors, and the whole text."""
        super().add_item_elements(handler, item)
        for name in entry_of(item).authors[1:]:
            handler.addQuickElement("dc:creator", name, {"xmlns:dc": _DUBLIN_CORE})
        handler.addQuickElement("content:encoded", cast("str", item["content"]))
        _add_picture(handler, entry_of(item))


def _add_picture(handler: SimplerXMLGenerator, entry: Entry) -> None:
    """The picture of a post (Media RSS), which readers show in their lists."""
    if entry.picture is not None:
        sides = {"width": str(entry.picture.width), "height": str(entry.picture.height)}
        handler.addQuickElement("media:thumbnail", "", {"xmlns:media": _MEDIA, "url": entry.picture.address, **sides})


def entry_of(item: Item) -> Entry:
    """Our entry."""
    return cast("Entry", item["entry"])


def write(kind: type[XmlFeed], feed: Feed) -> str:
    """A feed in this format."""
    document = kind(
        title=feed.title,
        link=feed.home,
        description=feed.subtitle or feed.title,  # RSS asks for one
        subtitle=feed.subtitle,
        language=feed.lang,
        author_name=feed.author,
        feed_url=feed.url,
        feed_guid=feed.id,
    )
    document.source = feed
    text = io.StringIO()
    document.write(text, "utf-8")
    return text.getvalue() + "\n"


@functools.lru_cache(maxsize=1024)
def _entry_xml(kind: type[XmlFeed], entry: Entry, lang: str, author: str) -> str:
    """An entry in a feed of this language.

    :param author: of the feed, for an entry that has none.
    """
    document = kind(title="", link="", description="", language=lang)
    document.add_item(
        title=entry.title,
        link=entry.title_leads_to,
        description=html.escape(content.summary(entry) or (entry.title if kind.has_descriptions else ""), quote=False) or None,
        content=content.whole(entry),
        author_name=(entry.authors or (author,))[0],
        pubdate=entry.published,
        updateddate=entry.updated,
        unique_id=entry.id,
        unique_id_is_permalink=False,
        categories=[tag.name for tag in entry.tags],
        comments=entry.replies[0] if entry.replies else None,
        entry=entry,
    )
    text = io.StringIO()
    document.write_entry(SimplerXMLGenerator(text, "utf-8", short_empty_elements=True))
    return text.getvalue()
