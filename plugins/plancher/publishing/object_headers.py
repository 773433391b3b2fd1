"""What a bucket is told of each file: it has no server of its own that would know types and ages."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from plancher.base import media_types
from plancher.base.lifetimes import PAGE_SECONDS, YEAR_SECONDS

_FOREVER = f"public, max-age={YEAR_SECONDS}, immutable"
_MINUTES = f"public, max-age={PAGE_SECONDS}"
_HASHED = re.compile(r"theme/.+\.[0-9a-f]{8,64}\.(?:css|js)")
"""A name that says what the file holds: another content has another name. A file of the author's may end with a date, and change."""
_UNKNOWN = "application/octet-stream"
_FEEDS = {"atom.xml": "application/atom+xml", "rss.xml": "application/rss+xml"}


def content_type(path: str) -> str:
    """The media type of a file, as servers send it (RFC 9110, 8.3)."""
    name = PurePosixPath(path).name.lower()
    if path.startswith("feeds/") and name.endswith(".json"):
        return "application/feed+json"
    feed = next((kind for end, kind in _FEEDS.items() if name.endswith(end)), "")
    return media_types.whole(feed or media_types.of_name(name) or _UNKNOWN)


def cache_control(path: str) -> str:
    """How long a browser may keep it (RFC 9111, 5.2)."""
    return _FOREVER if _HASHED.fullmatch(path) else _MINUTES
