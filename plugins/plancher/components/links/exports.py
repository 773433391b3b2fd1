"""Links for programs: JSON, the list of sources that have a feed, and what « invoke links.check » visits."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from plancher.base import addresses, tracking
from plancher.base.french import NBSP
from plancher.components.links.collection import Citation, ListedLink
from plancher.components.links.entries import LinkEntry
from plancher.components.links.settings import LinkSettings
from plancher.site import listing
from plancher.site.model import Site
from plancher.site.requests import MadeFile

JSON, OPML = "liens.json", "liens.opml"


def requests(site: Site, items: Sequence[ListedLink]) -> Iterator[MadeFile]:
    """The files that are published."""
    yield MadeFile(path=JSON, maker=as_json, argument=(site.identity.address, items))
    yield MadeFile(path=OPML, maker=sources, argument=(site.identity.name, items))


def as_json(given: tuple[str, Sequence[ListedLink]]) -> str:
    """``/liens.json``.

    :param given: the address of the site, and the links, newest first.
    """
    site, items = given
    return listing.as_json(_item(site, item) for item in items)


def _item(site: str, item: ListedLink) -> dict[str, Any]:
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


def sources(given: tuple[str, Sequence[ListedLink]]) -> str:
    """``/liens.opml``: the feeds that the pages cited announce (OPML 2.0, opml.org/spec2.opml).

    :param given: the name of the site, and the links.
    """
    name, items = given
    feeds: dict[str, ListedLink] = {}
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


def to_visit(site: Site, settings: LinkSettings) -> str:
    """Each address of another site with the day of the first post that has it, and how to visit them, as JSON."""
    archives = {entry.archive for post in site.posts for entry in post.entries(LinkEntry)}  # they answer for themselves
    first: dict[str, str] = {}
    for post in reversed(site.posts):
        for address in post.elsewhere:
            if address not in archives:
                first.setdefault(tracking.clean(address), f"{post.date:%Y-%m-%d}")
    return json.dumps({"links": dict(sorted(first.items())), "settings": dataclasses.asdict(settings)}, ensure_ascii=False)
