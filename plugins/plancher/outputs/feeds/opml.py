"""The list of all feeds, for a reader's « import subscriptions » (OPML 2.0, opml.org/spec2.opml)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.outputs.feeds.model import SubscriptionList


def opml(subscriptions: SubscriptionList) -> str:
    """The list, one folder a group; none for a group without a title. A list has an outline even when no feed is known: OPML asks for one."""
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = subscriptions.title
    body = SubElement(root, "body")
    for title, feeds in subscriptions.groups:
        folder = SubElement(body, "outline", {"text": title}) if title and feeds else body
        for feed in feeds:
            SubElement(folder, "outline", {"text": feed.title, "title": feed.title, "type": "rss", "xmlUrl": feed.url, "htmlUrl": feed.page})
    if not len(body):
        SubElement(body, "outline", {"text": "Aucun flux pour l’instant"})
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
