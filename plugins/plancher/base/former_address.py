"""An address that a page had once, as visitors, links and search engines still ask for it.

What a server sees of it is a path, its percent signs undone once (RFC 3986,
section 2.4), and a query, as it was sent. Bytes that are not UTF-8 stay what
they are: old engines wrote « %E9 ».
"""

from __future__ import annotations

import dataclasses
import re
import urllib.parse

_LONGEST = 1000
"""Characters of an address, percent signs and all: hosts stop at 1,000 or 2,000 a line."""
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that end a line somewhere, or that nobody sees: they would tear a server's settings apart."""
_PARAMETER = re.compile(r"(?P<name>[A-Za-z0-9_]{1,40})=(?P<value>[^&=]*)")
_IN_PATHS = "/-._~!$&'()*+,;=:@"
_IN_QUERIES = "/?-._~!$'()*+,;:@&=[]"


@dataclasses.dataclass(frozen=True, slots=True)
class FormerAddress:
    """A former address, from the root of the site."""

    path: str
    """Decoded, with its first slash; bytes that are no UTF-8 as Python escapes them."""
    query: str = ""
    """As a browser sends it, without « ? »."""
    is_prefix: bool = False
    """Whether all that begins so is meant."""

    @property
    def quoted(self) -> str:
        """The path, as it is sent."""
        return urllib.parse.quote(self.path, safe=_IN_PATHS, errors="surrogateescape")

    @property
    def parameter(self) -> tuple[str, str] | None:
        """The name of a query that is one parameter, and its value as it is sent: others may come with it, and change nothing."""
        found = _PARAMETER.fullmatch(self.query)
        return (found["name"], found["value"]) if found else None

    def __str__(self) -> str:
        return self.quoted + (f"?{self.query}" if self.query else "") + ("*" if self.is_prefix else "")


def unquoted(text: str) -> str:
    """A piece of an address, its percent signs undone once."""
    return urllib.parse.unquote(text, errors="surrogateescape")


def value_of(sent: str) -> str:
    """What the value of a parameter says."""
    return unquoted(sent.replace("+", " "))


def parse(typed: str, site: str = "") -> FormerAddress:
    """Read an address that somebody typed: from the root of the site, or a whole one, whose host does not count.

    :param site: the address of the site; one that has its folder already is read without it.
    :raises ValueError: it cannot be an address; the message says why, in French.
    """
    path, query = _split(typed)
    folder = urllib.parse.urlsplit(site).path.rstrip("/") if site else ""
    decoded = unquoted(path)
    if folder and (decoded == folder or decoded.startswith(f"{folder}/")):
        decoded = decoded.removeprefix(folder) or "/"
    decoded = re.sub("/{2,}", "/", decoded)
    if _HIDDEN.search(decoded) or _HIDDEN.search(unquoted(query)):
        raise ValueError("un signe caché (retour à la ligne, octet nul…) s'y trouve")
    if "\\" in decoded or any(segment in {".", ".."} for segment in decoded.split("/")):
        raise ValueError("« \\ », « . » et « .. » n'y ont pas de sens")
    return FormerAddress(decoded, urllib.parse.quote(query, safe=f"{_IN_QUERIES}%", errors="surrogateescape"))


def _split(typed: str) -> tuple[str, str]:
    """The path and the query, as typed.

    :raises ValueError: it is no address.
    """
    if len(typed) > _LONGEST:
        raise ValueError(f"elle compte {len(typed)} signes, et les hébergeurs s'arrêtent à {_LONGEST}")
    if _HIDDEN.search(typed):
        raise ValueError("un signe caché (retour à la ligne, octet nul…) s'y trouve")
    if typed.startswith("/") and not typed.startswith("//"):
        path, _, query = typed.split("#", maxsplit=1)[0].partition("?")
        return path, query
    try:
        parts = urllib.parse.urlsplit(typed)
    except ValueError:
        parts = urllib.parse.urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("une ancienne adresse commence par « / », à la racine du site, ou par « https:// »")
    return parts.path or "/", parts.query


def parse_prefix(typed: str, site: str = "") -> FormerAddress:
    """The same, where a star at the end stands for whatever follows.

    :raises ValueError: as above, or the star is not where it can be.
    """
    if not typed.endswith("*"):
        return parse(typed, site)
    address = parse(typed.removesuffix("*"), site)
    if address.query:
        raise ValueError("« * » ne va qu'au bout d'un chemin, jamais après « ? »")
    if address.path == "/":
        raise ValueError("« /* » prendrait tout le site")
    return dataclasses.replace(address, is_prefix=True)
