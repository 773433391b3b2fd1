"""What a browser asks for by itself when a page opens: before any click, and whatever scripts do."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

_CONNECTS = frozenset({"preconnect", "dns-prefetch"})
"""Relations of a ``link`` that reach a machine without asking it for a file."""
_WAITS = frozenset({"apple-touch-icon", "prefetch", "prerender"})
"""Relations whose file is asked for later, or never."""
_LOADS = frozenset({"stylesheet", "icon", "manifest", "preload", "modulepreload"})
_SOURCES = {
    "audio": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "video": ("src", "poster"),
}
"""Where each element names what it shows; as the HTML Standard has it."""
_WEIGHED = frozenset({("img", "src"), ("script", "src"), ("video", "poster")})
_IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)


class Request(NamedTuple):
    """An address that the browser asks for."""

    address: str
    """As the page has it."""
    is_first: bool
    """Whether it counts in the weight of a first visit: not a picture far below, a film, or a machine that is only greeted."""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Request] = []
        self.scripts: list[str] = []
        self.address = ""
        self._templates = 0
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        self._inside = tag
        if self._templates:  # nothing in it is asked for until a script takes it out
            return
        if tag == "link":
            self._link(values)
        if tag == "meta" and values.get("http-equiv", "").lower() == "set-cookie":
            self.scripts.append("document.cookie")
        self.requests += (Request(address, is_first=False) for address in addresses_in_styles(values.get("style", "")))
        for name in _SOURCES.get(tag, ()):
            is_first = (tag, name) in _WEIGHED and values.get("loading") != "lazy"
            self.requests += (Request(address, is_first=is_first) for address in _addresses(name, values.get(name, "")))

    def _link(self, values: dict[str, str]) -> None:
        relations, address = set(values.get("rel", "").lower().split()), values.get("href", "")
        if "canonical" in relations:
            self.address = address
        elif address and relations & (_LOADS | _WAITS | _CONNECTS) and "alternate" not in relations:
            self.requests.append(Request(address, is_first=bool(relations & _LOADS) and not relations & _WAITS))

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template" and self._templates > 0
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts.append(data)
        elif self._inside == "style":
            self.requests += (Request(address, is_first=True) for address in addresses_in_styles(data))


class Page(NamedTuple):
    """What one page asks for."""

    address: str
    """Its canonical address; empty if it names none."""
    requests: tuple[Request, ...]
    scripts: str
    """The text of its own scripts."""


def read(text: str) -> Page:
    """A page's requests, each address once, in their order."""
    parser = _Page()
    parser.feed(text)
    parser.close()
    firsts = {one.address for one in parser.requests if one.is_first}
    once = dict.fromkeys(one.address for one in parser.requests)
    return Page(parser.address, tuple(Request(address, is_first=address in firsts) for address in once), "\n".join(parser.scripts))


def addresses_in_styles(text: str) -> Iterator[str]:
    """Pictures, fonts and other sheets that a style sheet asks for."""
    for named, imported in _IN_STYLES.findall(text):
        if not (address := (named or imported).strip()).startswith(("data:", "#")):
            yield address


def is_third_party(address: str, page: str) -> bool:
    """Whether asking for it reaches another machine than the page's own.

    :param page: the page's full address.
    """
    parts = urllib.parse.urlsplit(urllib.parse.urljoin(page, address))
    return parts.scheme in {"http", "https"} and parts.netloc != urllib.parse.urlsplit(page).netloc


def _addresses(name: str, value: str) -> list[str]:
    words = [candidate.split()[0] for candidate in value.split(",") if candidate.strip()] if name == "srcset" else [value.strip()]
    return [word for word in words if word and not word.startswith(("data:", "blob:", "#"))]
