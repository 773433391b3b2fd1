"""RSS for applications that play: enclosures, Media RSS (rssboard.org/media-rss), Podcasting 2.0 (podcastindex.org/namespace/1.0)."""

from __future__ import annotations

from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plancher.outputs.feeds.xml_feeds import Item, Rss, entry_of
from plancher.site.feeds import Media

_NAMESPACES = {
    "xmlns:media": "http://search.yahoo.com/mrss/",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
}


class Podcast(Rss):
    """A feed of films."""

    def rss_attributes(self) -> dict[str, str]:
        """Three vocabularies more."""
        return super().rss_attributes() | _NAMESPACES

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """What directories of podcasts ask for."""
        super().add_root_elements(handler)
        handler.addQuickElement("itunes:author", self.source.author)
        handler.addQuickElement("itunes:summary", self.source.subtitle)
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:category", "", {"text": "Technology"})
        handler.addQuickElement("itunes:image", "", {"href": f"{self.source.home}theme/icon-1400.png"})
        handler.addQuickElement("podcast:medium", "video")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: Item) -> None:
        """The film."""
        super().add_item_elements(handler, item)
        media = entry_of(item).media
        if media is not None:
            _add_file(handler, media)
            _add_companions(handler, media)


def _add_file(handler: SimplerXMLGenerator, media: Media) -> None:
    """The film itself, or the page that shows it."""
    if media.url:
        handler.addQuickElement("enclosure", "", {"url": media.url, "length": str(media.length), "type": media.type})
    if not media.url and not media.player:  # one of the two, says the specification
        return
    facts = {"url": media.url, "type": media.type, "fileSize": str(media.length or ""), "duration": str(media.duration or ""), "lang": media.language}
    medium = "audio" if media.type.startswith("audio/") else "video"
    handler.startElement("media:content", {name: value for name, value in facts.items() if value} | {"medium": medium})
    if media.player:
        handler.addQuickElement("media:player", "", {"url": media.player})
    handler.endElement("media:content")


def _add_companions(handler: SimplerXMLGenerator, media: Media) -> None:
    """Its picture, its length, its words and its chapters."""
    if media.thumbnail:
        handler.addQuickElement("media:thumbnail", "", {"url": media.thumbnail})
    if media.duration:
        handler.addQuickElement("itunes:duration", str(media.duration))
    if media.captions:
        captions = {"url": media.captions, "type": media.captions_type, "language": media.captions_lang, "rel": "captions"}
        handler.addQuickElement("podcast:transcript", "", captions)
    if media.chapters:
        handler.addQuickElement("podcast:chapters", "", {"url": media.chapters, "type": "application/json+chapters"})
