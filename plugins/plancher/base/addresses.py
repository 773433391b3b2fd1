"""Which addresses an author may write, and how an address becomes a link."""

from __future__ import annotations

import dataclasses
import functools
import html
import posixpath
import re
import urllib.parse

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""What a link may lead to; everything else (javascript:, data:…) is refused."""
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_INTERNAL = re.compile(r"[{|](?P<kind>filename|static|attach|tag|category|author|index)[}|](?P<name>.*)", re.DOTALL)
_MAX_PORT = 65535
_HOST = re.compile(r"[\w.\u2600-\u27bf\ufe0f\U0001f000-\U0001faff-]+\.[\w-]{2,}\.?|localhost|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]+")
"""A name, or an address of version 4 or 6."""


@dataclasses.dataclass(frozen=True, slots=True)
class InternalAddress:
    """One of Pelican's addresses: ``{static}/images/a%20b.png?x#y``, ``{tag}PME``."""

    kind: str
    """``filename``, ``static`` or ``attach`` for a file; ``tag``, ``category``, ``author`` or ``index`` for a page of the site."""
    path: str
    """The file, as typed: it may begin with a slash, at the content folder. Of a page, all that is typed: « C# » is a tag."""
    rest: str = ""
    """The query and the anchor, with their signs."""

    @property
    def names_file(self) -> bool:
        """Whether it is the address of a file, and not of a page that the site makes."""
        return self.kind in {"filename", "static", "attach"}

    def file(self, text: str) -> str | None:
        """The file it names, from the content folder; None when it names none.

        :param text: the file that holds the address, from the content folder, with slashes.
        """
        if not self.names_file:
            return None
        path = urllib.parse.unquote(self.path)
        return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(text), path))


@functools.lru_cache(maxsize=1024)
def parse_internal(address: str) -> InternalAddress | None:
    """One of Pelican's addresses in its parts; None for any other address."""
    parts = _INTERNAL.match(address) if address[:1] in {"{", "|"} else None
    if parts is None:
        return None
    whole = InternalAddress(parts["kind"], parts["name"])
    if not whole.names_file:
        return whole
    end = min((place for sign in "?#" if (place := whole.path.find(sign)) >= 0), default=len(whole.path))
    return InternalAddress(whole.kind, whole.path[:end], whole.path[end:])


def is_safe(address: str) -> bool:
    """Whether a browser that follows this address stays on the web.

    Entities and the characters browsers skip are undone first, so that
    ``jav&#x09;ascript:`` does not pass.
    """
    bare = _IGNORED_BY_BROWSERS.sub("", html.unescape(html.unescape(urllib.parse.unquote(address))))
    scheme = _SCHEME.match(bare)
    return scheme is None or scheme[1].lower() in SAFE_SCHEMES


def is_readable(address: str) -> bool:
    """Whether the address can be taken apart at all."""
    if address.isascii() and "[" not in address and "]" not in address:
        return True  # only brackets and letters that look like signs are ever refused
    try:
        urllib.parse.urlsplit(urllib.parse.urljoin("https://exemple.fr/", address))
    except ValueError:
        return False
    return True


def is_elsewhere(address: str) -> bool:
    """Whether loading this address would ask another site, as browsers read it (backslashes are slashes)."""
    bare = _IGNORED_BY_BROWSERS.sub("", html.unescape(html.unescape(address))).replace("\\", "/")
    return re.match(r"(?:[a-zA-Z][\w+.-]*:|//)", bare) is not None


def is_internal(address: str) -> bool:
    """Whether the address is one of Pelican's ``{filename}``, ``{static}``…"""
    return parse_internal(address) is not None


def inside(address: str, text: str) -> str | None:
    """The file that an internal address names, from the content folder (``InternalAddress.file``); None for any other address."""
    parsed = parse_internal(address)
    return parsed.file(text) if parsed else None


def file_name(address: str) -> str:
    """« a b.png » for ``/images/a%20b.png?x#y``; empty when the address ends with a slash."""
    return posixpath.basename(urllib.parse.unquote(re.split(r"[?#]", address, maxsplit=1)[0]))


def is_web(address: str) -> bool:
    """Whether this is a whole http(s) address with a plausible host."""
    try:
        parts = urllib.parse.urlsplit(address)
        port = parts.port or 0
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or re.search(r"[\s<>\"]", address) or port > _MAX_PORT:
        return False
    return parts.username is None and _HOST.fullmatch(parts.hostname or "") is not None


def domain(address: str) -> str:
    """« exemple.fr » from any address of that site."""
    host = urllib.parse.urlsplit(address).hostname or ""
    return host.removeprefix("www.")


def netloc(address: str) -> str:
    """The host of an address and its port, in lower case; empty when it cannot be read."""
    try:
        return urllib.parse.urlsplit(address).netloc.casefold()
    except ValueError:
        return ""


@functools.lru_cache(maxsize=8192)
def quote(path: str) -> str:
    """A path whose segments may be any tag (« C# », « réseaux sociaux »), ready for an ``href``."""
    return urllib.parse.quote(path, safe="/~!$&'()*+,;=:@-._")


def quote_segment(text: str) -> str:
    """One path segment; rel-tag asks that it be the tag itself."""
    return urllib.parse.quote(text, safe="")
