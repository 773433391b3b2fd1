"""The parts of an address, and the film that a platform sees in it."""

from __future__ import annotations

import dataclasses
import re
import urllib.parse
from collections.abc import Mapping

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\x9f\"'<>\\^`{|}\s]|%0|%1|%2[27]|%3[CcEe]|%5[Cc]|%7[Ff]")
"""What no address of a video holds: spaces, quotes, brackets, backslashes, control characters, even encoded."""
STARTS = ("t", "start", "time_continue", "startTime")
"""The parameters that say where a film begins."""
_CLOCK = re.compile(r"(?:(?:(?P<hours>\d{1,2}):)?(?P<minutes>\d{1,3}):)?(?P<seconds>\d{1,6})", re.ASCII)
_UNITS = re.compile(r"(?:(?P<hours>\d{1,3})h)?(?:(?P<minutes>\d{1,4})m(?:in|n)?)?(?:(?P<seconds>\d{1,6})s?)?", re.ASCII | re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An address of the web, of a plain host."""

    host: str
    """In lower case, without its last full stop."""
    path: tuple[str, ...]
    """Its segments."""
    query: Mapping[str, str]
    """The first value of each parameter."""
    fragment: str

    @property
    def start(self) -> int:
        """Where the film begins, in seconds, however the address says it."""
        typed = dict(urllib.parse.parse_qsl(self.fragment)) if "=" in self.fragment else {}
        values = (*(self.query.get(name, "") for name in STARTS), typed.get("t", ""))
        return next((moment for moment in map(seconds, filter(None, values)) if moment), 0)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """A film on a platform that is still there."""

    platform: str
    """As readers know it."""
    id: str
    page: str
    """On the platform."""
    embed: str
    """Its player for a frame, on the host that tracks readers least."""
    policy: str
    """The privacy policy of the platform."""
    metadata_url: str
    """Where programs read the title and the poster (oEmbed, or the platform's own)."""
    start: int = 0

    @property
    def origin(self) -> str:
        """The host of its player: « https://www.youtube-nocookie.com »."""
        parts = urllib.parse.urlsplit(self.embed)
        return f"{parts.scheme}://{parts.netloc}"


def split(address: str) -> Parts | None:
    """The parts of an address; None when something may be hidden in it.

    No user name, no port but the usual one, no letter that looks like another
    in the host, nothing encoded that would end an attribute or a path.
    """
    address = address.replace("&amp;", "&")  # as it is copied out of a page's source
    if not address.isascii() or _FORBIDDEN.search(address):
        return None
    try:
        parts = urllib.parse.urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").removesuffix(".")
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port not in {None, {"http": 80, "https": 443}[parts.scheme]}:
        return None
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", host) or ".." in parts.path.split("/"):
        return None
    query: dict[str, str] = {}
    for name, value in urllib.parse.parse_qsl(parts.query, keep_blank_values=True):
        query.setdefault(name, value)
    path = tuple(urllib.parse.unquote(segment) for segment in parts.path.split("/") if segment)
    return Parts(host=host, path=path, query=query, fragment=urllib.parse.unquote(parts.fragment))


def seconds(typed: str) -> int | None:
    """« 1h2m3s », « 90s », « 90 » or « 1:02:03 » in seconds; None for anything else."""
    match = _CLOCK.fullmatch(typed) or (_UNITS.fullmatch(typed) if typed else None)
    if match is None:
        return None
    return sum(int(match[unit] or 0) * factor for unit, factor in (("hours", 3600), ("minutes", 60), ("seconds", 1)))


def is_of(parts: Parts, *domains: str) -> bool:
    """Whether a host is one of these, or below one."""
    return any(parts.host == domain or parts.host.endswith(f".{domain}") for domain in domains)
