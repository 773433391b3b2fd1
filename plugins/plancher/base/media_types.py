"""What a file is, by its name, as a browser is told it (RFC 9110, section 8.3), whatever the machine's own tables say."""

from __future__ import annotations

import mimetypes

_OURS = {
    "application/epub+zip": ".epub",
    "application/gpx+xml": ".gpx",
    "application/json": ".json .map",
    "application/manifest+json": ".webmanifest",
    "application/pdf": ".pdf",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/wasm": ".wasm",
    "application/x-subrip": ".srt",
    "application/xml": ".xml .xsl",
    "application/zip": ".zip",
    "audio/flac": ".flac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg .oga .opus",
    "audio/wav": ".wav",
    "font/otf": ".otf",
    "font/ttf": ".ttf",
    "font/woff": ".woff",
    "font/woff2": ".woff2",
    "image/avif": ".avif",
    "image/gif": ".gif",
    "image/jpeg": ".jpg .jpeg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
    "image/x-icon": ".ico",
    "text/calendar": ".ics",
    "text/css": ".css",
    "text/csv": ".csv",
    "text/html": ".html .htm",
    "text/javascript": ".js .mjs",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/vcard": ".vcf",
    "text/vtt": ".vtt",
    "text/x-opml": ".opml",
    "video/mp4": ".mp4 .m4v",
    "video/ogg": ".ogv",
    "video/webm": ".webm",
}
_TYPES = mimetypes.MimeTypes(filenames=())
for _type, _suffixes in _OURS.items():
    for _suffix in _suffixes.split():
        _TYPES.add_type(_type, _suffix)
KNOWN = {suffix: media_type for media_type, suffixes in sorted(_OURS.items()) for suffix in suffixes.split()}
"""By the end of a name, with its dot: what a site may well hold."""


def of_name(name: str) -> str:
    """The type that a name tells; empty: it tells none."""
    return _TYPES.guess_type(name)[0] or ""


def is_text(media_type: str) -> bool:
    """Whether it is made of characters."""
    return media_type.startswith("text/") or media_type.endswith(("xml", "json"))


def whole(media_type: str) -> str:
    """The type with its charset, where it has one."""
    return f"{media_type}; charset=utf-8" if is_text(media_type) else media_type
