"""What a bucket is told of each file: it has no server of its own that would know types and ages."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_FOREVER = "public, max-age=31536000, immutable"
_MINUTES = "public, max-age=300"
_HASHED = re.compile(r".+\.[0-9a-f]{10,}\.[a-z0-9]+")
"""A name that says what the file holds: another content has another name."""
_TEXT = "; charset=utf-8"
_TYPES = {
    ".atom.xml": f"application/atom+xml{_TEXT}",
    ".rss.xml": f"application/rss+xml{_TEXT}",
    ".avif": "image/avif",
    ".css": f"text/css{_TEXT}",
    ".csv": f"text/csv{_TEXT}",
    ".gif": "image/gif",
    ".html": f"text/html{_TEXT}",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": f"text/javascript{_TEXT}",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".opml": f"text/x-opml{_TEXT}",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": f"image/svg+xml{_TEXT}",
    ".txt": f"text/plain{_TEXT}",
    ".vtt": f"text/vtt{_TEXT}",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": f"application/xml{_TEXT}",
    ".zip": "application/zip",
}
_UNKNOWN = "application/octet-stream"
_FEEDS = {"atom.xml": ".atom.xml", "rss.xml": ".rss.xml"}
"""Feeds whose whole name is their kind."""


def content_type(path: str) -> str:
    """The media type of a file, as servers send it (RFC 9110, 8.3)."""
    name = PurePosixPath(path).name.lower()
    if name == "feed.json" or (path.startswith("feeds/") and name.endswith(".json")):
        return "application/feed+json"
    suffix = _FEEDS.get(name, "") or next((known for known in (".atom.xml", ".rss.xml") if name.endswith(known)), PurePosixPath(name).suffix)
    return _TYPES.get(suffix, _UNKNOWN)


def cache_control(path: str) -> str:
    """How long a browser may keep it (RFC 9111, 5.2)."""
    return _FOREVER if _HASHED.fullmatch(PurePosixPath(path).name) else _MINUTES
