"""RSS for applications that play: enclosures, Media RSS (rssboard.org/media-rss), Podcasting 2.0 (podcastindex.org/namespace/1.0)."""

from __future__ import annotations

import uuid

from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plancher.outputs.feeds.xml_feeds import Item, Rss, entry_of
from plancher.site.feeds import Media

_NAMESPACES = {"xmlns:media": "http://search.yahoo.com/mrss/", "xmlns:podcast": "https://podcastindex.org/namespace/1.0"}
_APPLE = {"xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd"}
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""In whose name the identifiers of podcasts are made (``podcast:guid``)."""


class Podcast(Rss):
    """A feed of films."""

    def rss_attributes(self) -> dict[str, str]:
        """Two vocabularies more."""
        return super().rss_attributes() | _NAMESPACES

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """What directories of podcasts ask for."""
        super().add_root_elements(handler)
        handler.addQuickElement("podcast:guid", self.source.show.guid or guid(self.source.url))
        handler.addQuickElement("podcast:medium", "video")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        """The film."""
        super().add_item_elements(handler, item)
        media = entry_of(item).media
        if media is not None:
            _add_files(handler, media)
            _add_companions(handler, media)


class ApplePodcast(Podcast):
    """The same in the vocabulary of Apple too, which wants to know where to write to the owner."""

    def rss_attributes(self) -> dict[str, str]:
        """A third vocabulary."""
        return super().rss_attributes() | _APPLE

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Who makes it, and what it is about."""
        super().add_root_elements(handler)
        source = self.source
        handler.addQuickElement("itunes:author", source.author)
        handler.addQuickElement("itunes:summary", source.subtitle or source.title)
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:category", "", {"text": source.show.category})
        if source.icons:
            handler.addQuickElement("itunes:image", "", {"href": source.icons.cover})
        handler.startElement("itunes:owner", {})
        handler.addQuickElement("itunes:name", source.author)
        handler.addQuickElement("itunes:email", source.show.email)
        handler.endElement("itunes:owner")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        """How long it lasts."""
        super().add_item_elements(handler, item)
        media = entry_of(item).media
        if media and media.duration:
            handler.addQuickElement("itunes:duration", str(media.duration))


def guid(address: str) -> str:
    """The identifier of a podcast: a UUID made from the address of its feed, without scheme nor last slashes (podcastindex.org/namespace/1.0#guid)."""
    return str(uuid.uuid5(_PODCASTS, address.partition("://")[2].rstrip("/")))


def _add_files(handler: SimplerXMLGenerator, media: Media) -> None:
    """The film itself, or the page that shows it; its sound, or other formats, for applications that choose."""
    first = next(iter(media.files), None)
    if first is None and not media.player:  # one of the two, says the specification
        return
    if first:
        handler.addQuickElement("enclosure", "", {"url": first.url, "length": str(first.length), "type": first.type})
    facts = {"url": first.url, "type": first.type, "fileSize": str(first.length)} if first else {}
    facts |= {"duration": str(media.duration or ""), "lang": media.language}
    medium = "audio" if first and first.type.startswith("audio/") else "video"
    handler.startElement("media:content", {name: value for name, value in facts.items() if value} | {"medium": medium})
    if media.player:
        handler.addQuickElement("media:player", "", {"url": media.player})
    handler.endElement("media:content")
    for other in media.files[1:]:
        handler.startElement("podcast:alternateEnclosure", {"type": other.type, "length": str(other.length)})
        handler.addQuickElement("podcast:source", "", {"uri": other.url})
        handler.endElement("podcast:alternateEnclosure")


def _add_companions(handler: SimplerXMLGenerator, media: Media) -> None:
    """Its picture, its length, its words and its chapters."""
    if media.thumbnail:
        handler.addQuickElement("media:thumbnail", "", {"url": media.thumbnail})
    if media.captions:
        captions = {"url": media.captions, "type": media.captions_type, "language": media.captions_lang, "rel": "captions"}
        handler.addQuickElement("podcast:transcript", "", captions)
    if media.chapters:
        handler.addQuickElement("podcast:chapters", "", {"url": media.chapters, "type": "application/json+chapters"})
