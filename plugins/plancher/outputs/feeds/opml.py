"""The list of all feeds, for a reader's « import subscriptions » (OPML 2.0, opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.outputs.feeds.model import Subscription


def opml(given: tuple[str, Sequence[tuple[str, Sequence[Subscription]]]]) -> str:
    """The list, one folder a group.

    :param given: the name of the site, then the title and the feeds of each group, in their order.
    """
    name, groups = given
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = name
    body = SubElement(root, "body")
    for title, feeds in groups:
        folder = SubElement(body, "outline", {"text": title, "title": title}) if feeds else body
        for feed in feeds:
            SubElement(folder, "outline", {"text": feed.title, "title": feed.title, "type": "rss", "xmlUrl": feed.url, "htmlUrl": feed.page})
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
