"""Video platforms: one file, one rule for each.

A rule takes the parts of an address and returns a film, or None. Whatever it
writes in an address of its own is checked letter by letter, so that a forged
one never reaches a page.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable

from plancher.base import addresses
from plancher.components.talks.platforms import closed, dailymotion, internet_archive, peertube, ted, vimeo, youtube
from plancher.components.talks.platforms.closed import ClosedPlatform
from plancher.components.talks.platforms.video import STARTS, Parts, Video, split

__all__ = ["ClosedPlatform", "Video", "at", "closed_platform", "name_of", "recognise"]

RULES: tuple[Callable[[Parts], Video | None], ...] = (
    youtube.recognise,
    vimeo.recognise,
    dailymotion.recognise,
    internet_archive.recognise,
    ted.recognise,
    peertube.recognise,  # last: it looks at no host
)


@functools.lru_cache(maxsize=4096)
def recognise(address: str) -> Video | None:
    """The film at this address; None for any other address, a forged one too."""
    parts = split(address)
    if parts is None or closed.find(parts):
        return None
    return next((video for rule in RULES if (video := rule(parts))), None)


def at(address: str, seconds: int) -> Video | None:
    """The same film, from a moment on."""
    parts = split(address)
    if parts is None or recognise(address) is None:
        return None
    query = {name: value for name, value in parts.query.items() if name not in STARTS} | {"t": str(seconds)}
    moved = dataclasses.replace(parts, query=query, fragment="")
    return next((video for rule in RULES if (video := rule(moved))), None)


def closed_platform(address: str) -> ClosedPlatform | None:
    """The closed platform of this address."""
    parts = split(address)
    return closed.find(parts) if parts else None


def name_of(address: str) -> str:
    """What to call the place where a video is: « YouTube », or its domain."""
    video = recognise(address)
    return video.platform if video else addresses.domain(address)
