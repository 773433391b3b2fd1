"""The ``_redirects`` file, which Netlify invented, in the form that each host reads: the first line that fits is followed.

Of what is too much for a host, what no page can stand for comes first.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plancher.site.redirect import Redirect

FILE = "_redirects"
_MANY = 10**9
_QUERY = re.compile(r"[\w.%-]+=[\w.%~-]+(?:&[\w.%-]+=[\w.%~-]+)*", re.ASCII)


class Bounds(NamedTuple):
    """What a host reads of the file."""

    lines: int = 2000
    """Without a star."""
    starred: int = 100
    """With one."""
    longest: int = 1000
    """Characters of a line."""
    size: int = _MANY
    """Bytes of the file."""
    has_queries: bool = False
    """Whether a line may ask for a query, which Netlify follows with « ! », since « / » has a page."""


_CLOUDFLARE = Bounds()
"""developers.cloudflare.com/pages/configuration/redirects"""
_GITLAB = Bounds(lines=900, starred=100, size=64_000)
"""docs.gitlab.com/user/project/pages/redirects: 1,000 lines in all; a file of more than 64 kB is not read at all."""
_NONE = Bounds(lines=0, starred=0)
_BOUNDS = {
    "": Bounds(has_queries=True),
    "netlify": Bounds(has_queries=True),
    "cloudflare": _CLOUDFLARE,
    "gitlab": _GITLAB,
    "codeberg": _GITLAB,  # it tells none; a line of four words sends its home page elsewhere (server/upstream/redirects.go of its pages-server)
    "forge": _GITLAB,  # nobody knows which: the narrowest that reads the file
    "github": _NONE,
    "bucket": _NONE,
}


def bounds(host: str) -> Bounds:
    """Those of a host; of none that reads the file, the widest."""
    return _BOUNDS.get(host, _BOUNDS[""])


def redirects(known: Sequence[Redirect], base: str, own: str = "", *, host: str = "") -> str:
    """The lines of a site.

    :param base: the folder of its host in which the site stands; empty for the root.
    :param own: the owner's lines, which count too.
    """
    return "".join(line for _, line in told(known, base, own, host=host))


def told(known: Sequence[Redirect], base: str, own: str = "", *, host: str = "") -> list[tuple[Redirect, str]]:
    """What the host is told, each with its line."""
    theirs = [line.split(maxsplit=1)[0] for line in own.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    most, with_star = bounds(host), sum("*" in source for source in theirs)
    written = [(redirect, line) for redirect in known if (line := _line(redirect, base, most)) and len(line) <= most.longest]
    exact = [pair for pair in written if not pair[0].source.is_prefix]
    starred = [pair for pair in written if pair[0].source.is_prefix][: max(0, most.starred - with_star)]
    room = max(0, most.lines - len(theirs) + with_star)
    size = most.size - len(own.encode()) - sum(len(line.encode()) for _, line in starred)
    chosen = set(_fitting(exact, room, size))
    return [*(pair for number, pair in enumerate(exact) if number in chosen), *starred]


def _fitting(pairs: Sequence[tuple[Redirect, str]], room: int, size: int) -> Iterator[int]:
    """The places of those that fit, those that no page can stand for first."""
    for number in sorted(range(len(pairs)), key=lambda number: bool(pairs[number][0].stub)):
        size -= len(pairs[number][1].encode())
        room -= 1
        if room < 0 or size < 0:
            return
        yield number


def _line(redirect: Redirect, base: str, most: Bounds) -> str:
    """Empty: the host has no way to say it."""
    source = redirect.source
    # A star, and a name after a colon, stand for any text there.
    former = base + source.quoted.replace("*", "%2A").replace(":", "%3A")
    target = redirect.target if redirect.is_elsewhere else base + redirect.target
    if not source.query:
        return f"{former}{'*' if source.is_prefix else ''} {target} 301\n"
    if most.has_queries and _QUERY.fullmatch(source.query):
        return f"{former} {' '.join(_unsplit(source.query))} {target} 301!\n"
    return ""


def _unsplit(query: str) -> Iterator[str]:
    for part in query.split("&"):
        name, _, value = part.partition("=")
        yield f"{name}={urllib.parse.quote(urllib.parse.unquote(value), safe='')}"
