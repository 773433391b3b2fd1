"""The ``_headers`` file, as Netlify, Cloudflare Pages and the server of Codeberg Pages read it.

A rule adds to what wider ones say; on Cloudflare « ! » takes a header away
first, since two values would be none. Elsewhere a wide rule leaves such a
header to the others. Netlify and Cloudflare keep a page for no
second of their own accord and forget theirs at each publication, which is better
than minutes: these are not said, but for what is kept longer.
"""

from __future__ import annotations

from collections.abc import Iterator

from plancher.base import addresses, media_types
from plancher.outputs.discovery.serving import CACHE, TYPE, Kind, Serving

FILE = "_headers"
MOST = 100
"""Rules that Cloudflare reads (developers.cloudflare.com/pages/configuration/headers)."""

_HARDLY_KNOWN = (".vtt", ".srt", ".opml", ".webmanifest")
"""Ends of names whose type hosts often do not know."""


def text(serving: Serving, *, can_take_away: bool = True) -> str:
    """The file.

    :param can_take_away: whether the host knows « ! ».
    """
    varied = {name for kind in serving.kinds for name in kind.headers}
    left_out = {CACHE} if can_take_away else {CACHE, *varied}
    everywhere = {name: value for name, value in serving.everywhere.items() if name not in left_out}
    return "".join(f"{line}\n" for line in _lines(serving, everywhere))


def rules(lines: str) -> int:
    """How many rules such a text has."""
    return sum(not line.startswith((" ", "\t", "#")) for line in lines.splitlines() if line.strip())


def _lines(serving: Serving, everywhere: dict[str, str]) -> Iterator[str]:
    yield "/*"
    yield from (f"  {name}: {value}" for name, value in everywhere.items())
    for end in _HARDLY_KNOWN:
        yield f"{serving.base}/*{end}"
        yield f"  {TYPE}: {media_types.whole(media_types.KNOWN[end])}"
    for kind in reversed(serving.kinds):
        for glob in kind.globs:
            yield serving.base + "*".join(map(addresses.quote, glob.split("*")))
            yield from _own(kind, everywhere)


def _own(kind: Kind, everywhere: dict[str, str]) -> Iterator[str]:
    for name, value in kind.headers.items():
        if name in everywhere:
            yield f"  ! {name}"
        yield f"  {name}: {value}"
