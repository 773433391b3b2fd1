"""JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json

from plancher.outputs.feeds import content
from plancher.outputs.feeds.model import Entry, Feed


def write(feed: Feed) -> str:
    """A feed in this format."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        **_icons(feed),
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "language": feed.lang,
        "authors": [{"name": feed.author}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _icons(feed: Feed) -> dict[str, str]:
    return {"icon": feed.icons.large, "favicon": feed.icons.small} if feed.icons else {}


def _item(entry: Entry) -> dict[str, object]:
    summary = content.summary(entry)
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        **({"summary": summary} if summary else {}),
        "content_html": content.whole(entry),
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [tag.name for tag in entry.tags],
        "language": entry.lang,
        **({"image": entry.picture.address} if entry.picture else {}),
        **({"external_url": entry.external} if entry.external else {}),
    }
