"""What the preview adds to a page on its way to the browser, and how it knows that a page changed.

Files on disk stay as a build wrote them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
import json
import re
import urllib.parse
from pathlib import Path

from plancher.preview.site import Site

PREFIX = "/_apercu/"
"""Where the preview's own files are; no page of the site has such an address."""
_TAG = re.compile(r"<(?:link|script|img|source|video|audio|track|object|embed|iframe)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|href|src|srcset|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_END = re.compile(r"</head\s*>|</body\s*>", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class State:
    """What a browser must show at an address."""

    page: str
    """Of the page and all it shows, but for style sheets: when it differs, the page is loaded again."""
    styles: tuple[tuple[str, str], ...] = ()
    """Address and mark of each style sheet: one that differs is exchanged in place."""
    is_missing: bool = False


WAITING = State("attente")
"""Before the first build."""


def state(site: Site, address: str, text: str | None = None) -> State:
    """The state of the page at this address, as it is on disk now.

    :param text: the page, when it has just been read.
    """
    found = site.find(address)
    if found.redirect:
        return state(site, found.redirect)
    if text is None:
        text = _read(found.path)
    styles: list[tuple[str, str]] = []
    shown: list[str] = ["absente" if found.is_missing else "présente"]
    for tag in _TAG.findall(text):
        values = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if "stylesheet" in values.get("rel", "").lower().split():
            styles.append((values.get("href", ""), _mark(site, address, values.get("href", ""))))
        elif not tag.lower().startswith("<link"):
            shown += [_mark(site, address, part) for name in ("src", "poster", "data") if (part := values.get(name))]
            shown += [_mark(site, address, part.split()[0]) for part in values.get("srcset", "").split(",") if part.strip()]
    for href, _ in styles:
        text = text.replace(html.escape(href), "").replace(href, "")
    return State(hashlib.blake2b("\n".join([text, *shown]).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(), tuple(styles), found.is_missing)


def with_client(text: str, shown: State) -> str:
    """The page with the preview's script, which knows what it shows."""
    styles = html.escape(json.dumps(shown.styles, ensure_ascii=True))
    script = f'<script src="{PREFIX}client.js" data-page="{shown.page}" data-styles="{styles}" defer></script>'
    end = _END.search(text)
    place = end.start() if end else len(text)
    return text[:place] + script + text[place:]


def bare(title: str, sentence: str) -> str:
    """A page of the preview itself, when the site has none to show."""
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{html.escape(title)}</title><link rel="stylesheet" href="{PREFIX}page.css"></head>'
        f"<body><main><h1>{html.escape(title)}</h1><p>{html.escape(sentence)}</p></main></body></html>\n"
    )


def _mark(site: Site, page: str, address: str) -> str:
    """Changes when a file that a page shows does; empty for what is not of this site."""
    parts = urllib.parse.urlsplit(urllib.parse.urljoin(page, address))
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith(PREFIX):
        return ""
    found = site.find(parts.path)
    if found.path is None or found.is_missing:
        return "absente"
    try:
        seen = found.path.stat()
    except OSError:
        return "absente"
    return f"{seen.st_mtime_ns:x}-{seen.st_size:x}"


def _read(path: Path | None) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path else ""
    except OSError:
        return ""
