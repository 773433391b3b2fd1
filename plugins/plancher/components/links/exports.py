"""Links for programs: JSON, the list of sources that have a feed, and what « invoke links.check » visits."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence

from plancher.base import addresses, tracking
from plancher.base.french import NBSP
from plancher.components.links.collection import Citation, ListedLink
from plancher.components.links.entries import LinkEntry
from plancher.components.links.settings import LinkSettings
from plancher.outputs.feeds.model import Subscription, SubscriptionList
from plancher.outputs.feeds.opml import opml
from plancher.site import listing
from plancher.site.model import Site
from plancher.site.requests import MadeFile

JSON, OPML = "liens.json", "liens.opml"


def requests(site: Site, links: Sequence[ListedLink]) -> Iterator[MadeFile]:
    """The files that are published."""
    yield MadeFile(path=JSON, maker=as_json, argument=(site.identity.address, links))
    yield MadeFile(path=OPML, maker=as_opml, argument=(site.identity.name, links))


def as_json(argument: tuple[str, Sequence[ListedLink]]) -> str:
    """``/liens.json``.

    :param argument: the address of the site, and the links, newest first.
    """
    site, links = argument
    return listing.as_json(_item(site, link) for link in links)


def _item(site: str, link: ListedLink) -> Mapping[str, object]:
    return {
        "id": link.id,
        "url": link.url or None,
        "title": link.title,
        "author": link.author or None,
        "site": link.site or link.domain or None,
        "date": link.date or None,
        "lang": link.lang or None,
        "via": {"url": link.via[0] or None, "title": link.via[1]} if link.via else None,
        "comment": link.comment or None,
        "tags": list(link.tags),
        "cited_by": [{"url": _place(site, citation), "title": citation.title, "date": citation.date.isoformat()} for citation in link.cited_by],
        "state": str(link.health.state),
        "checked": link.health.checked or None,
        "archive": {"url": link.archive.url, "date": link.archive.date or None} if link.archive else None,
        **({"typed": link.typed} if link.url and link.typed != link.url else {}),
    }


def _place(site: str, citation: Citation) -> str:
    return f"{site}/{addresses.quote(citation.url)}#{citation.anchor}"


def as_opml(argument: tuple[str, Sequence[ListedLink]]) -> str:
    """``/liens.opml``: the feeds that the pages cited announce (OPML 2.0, opml.org/spec2.opml).

    :param argument: the name of the site, and the links.
    """
    name, links = argument
    feeds: dict[str, ListedLink] = {}
    for link in links:
        if link.health.feed and not link.is_dead:
            feeds.setdefault(link.health.feed, link)
    ordered = sorted(feeds.items(), key=lambda pair: (pair[1].domain, pair[0]))
    sources = tuple(Subscription(link.site or link.domain, feed, f"https://{link.domain}/") for feed, link in ordered)
    return opml(SubscriptionList(f"{name}{NBSP}: sources", (("", sources),)))


def to_visit(site: Site, settings: LinkSettings) -> str:
    """Each address of another site with the day of the first post that has it, and how to visit them, as JSON."""
    archives = {entry.archive for post in site.posts for entry in post.entries(LinkEntry)}  # they answer for themselves
    first: dict[str, str] = {}
    for post in reversed(site.posts):
        for address in post.elsewhere:
            if address not in archives:
                first.setdefault(tracking.clean(address), f"{post.date:%Y-%m-%d}")
    return json.dumps(
        {"links": dict(sorted(first.items())), "settings": dataclasses.asdict(settings) | {"agent": settings.agent or site.identity.agent}}, ensure_ascii=False
    )
