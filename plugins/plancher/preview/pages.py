"""What the preview adds to a page that it sends, and how it knows that a page changed.

Files on disk stay as the build wrote them.
"""

from __future__ import annotations

import dataclasses
import hashlib
import html
import json
import re
import urllib.parse
from pathlib import Path

from plancher.preview.served_site import ServedSite

PREFIX = "/_apercu/"
"""Where the preview's own files are; no page of the site has such an address."""
_TAG = re.compile(r"<(?:link|script|img|source|video|audio|track|object|embed|iframe)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(rel|href|src|srcset|poster|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_END = re.compile(r"</head\s*>|</body\s*>", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class PageState:
    """What a browser should show at an address."""

    page: str
    """Digest of the page and all it shows, without style sheets: when it changes, the page is loaded again."""
    styles: tuple[tuple[str, str], ...] = ()
    """Address and version of each style sheet: one that changes is replaced in place."""
    is_missing: bool = False


WAITING = PageState("attente")
"""Before the first build."""


def state(site: ServedSite, address: str, text: str | None = None) -> PageState:
    """The state of the page at this address, as it is on disk now.

    :param text: the page, when it has just been read.
    """
    target = site.find(address)
    if target.redirect:
        return state(site, target.redirect)
    if text is None:
        text = _read_text(target.path)
    styles: list[tuple[str, str]] = []
    parts: list[str] = ["absente" if target.is_missing else "présente"]
    for tag in _TAG.findall(text):
        values = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if "stylesheet" in values.get("rel", "").lower().split():
            styles.append((values.get("href", ""), _version(site, address, values.get("href", ""))))
        elif not tag.lower().startswith("<link"):
            parts += [_version(site, address, part) for name in ("src", "poster", "data") if (part := values.get(name))]
            parts += [_version(site, address, part.split()[0]) for part in values.get("srcset", "").split(",") if part.strip()]
    for href, _ in styles:
        text = text.replace(html.escape(href), "").replace(href, "")
    return PageState(hashlib.blake2b("\n".join([text, *parts]).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(), tuple(styles), target.is_missing)


def with_client(text: str, shown_state: PageState) -> str:
    """The page with the preview's script, which knows the state that the page shows."""
    styles = html.escape(json.dumps(shown_state.styles, ensure_ascii=True))
    script = f'<script src="{PREFIX}client.js" data-page="{shown_state.page}" data-styles="{styles}" defer></script>'
    end = _END.search(text)
    place = end.start() if end else len(text)
    return text[:place] + script + text[place:]


def plain_page(title: str, sentence: str) -> str:
    """A page of the preview itself, when the site has none to show."""
    return (
        f'<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{html.escape(title)}</title><link rel="stylesheet" href="{PREFIX}page.css"></head>'
        f"<body><main><h1>{html.escape(title)}</h1><p>{html.escape(sentence)}</p></main></body></html>\n"
    )


def _version(site: ServedSite, page: str, address: str) -> str:
    """Changes when a file that a page shows changes; empty for files of other sites."""
    url = urllib.parse.urlsplit(urllib.parse.urljoin(page, address))
    if url.scheme or url.netloc or not url.path or url.path.startswith(PREFIX):
        return ""
    target = site.find(url.path)
    if target.path is None or target.is_missing:
        return "absente"
    try:
        stat = target.path.stat()
    except OSError:
        return "absente"
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"


def _read_text(path: Path | None) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path else ""
    except OSError:
        return ""
