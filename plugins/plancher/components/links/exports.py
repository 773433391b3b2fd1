"""Links for programs: JSON, and the list of sources that have a feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.base import addresses
from plancher.base.french import NBSP
from plancher.components.links.collection import Citation, Item
from plancher.site import listing


def as_json(given: tuple[str, Sequence[Item]]) -> str:
    """``/liens.json``.

    :param given: the address of the site, and the links, newest first.
    """
    site, items = given
    return listing.as_json(_item(site, item) for item in items)


def _item(site: str, item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url or None,
        "title": item.title,
        "author": item.author or None,
        "site": item.site or item.domain or None,
        "date": item.date or None,
        "lang": item.lang or None,
        "via": {"url": item.via[0] or None, "title": item.via[1]} if item.via else None,
        "comment": item.comment or None,
        "tags": list(item.tags),
        "cited_by": [{"url": _place(site, one), "title": one.title, "date": one.date.isoformat()} for one in item.cited_by],
        "state": str(item.health.state),
        "checked": item.health.checked or None,
        "archive": {"url": item.archive.url, "date": item.archive.date or None} if item.archive else None,
        **({"typed": item.typed} if item.url and item.typed != item.url else {}),
    }


def _place(site: str, one: Citation) -> str:
    return f"{site}/{addresses.quote(one.url)}#{one.anchor}"


def sources(given: tuple[str, Sequence[Item]]) -> str:
    """``/liens.opml``: the feeds that the pages cited announce (OPML 2.0, opml.org/spec2.opml).

    :param given: the name of the site, and the links.
    """
    name, items = given
    feeds: dict[str, Item] = {}
    for item in items:
        if item.health.feed and not item.is_dead:
            feeds.setdefault(item.health.feed, item)
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = f"{name}{NBSP}: sources"
    body = SubElement(root, "body")
    for feed, item in sorted(feeds.items(), key=lambda pair: (pair[1].domain, pair[0])):
        title = item.site or item.domain
        SubElement(body, "outline", {"text": title, "title": title, "type": "rss", "xmlUrl": feed, "htmlUrl": f"https://{item.domain}/"})
    indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
