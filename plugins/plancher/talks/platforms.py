"""Where a talk is kept: the name readers know, and whether the place still exists."""

from __future__ import annotations

import dataclasses

from plancher.core import addresses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A host of videos."""

    name: str
    hosts: tuple[str, ...]
    closed: str = ""
    """Year of closing."""


PLATFORMS = (
    Platform(name="YouTube", hosts=("youtube.com", "youtu.be", "youtube-nocookie.com")),
    Platform(name="Vimeo", hosts=("vimeo.com",)),
    Platform(name="Dailymotion", hosts=("dailymotion.com", "dai.ly")),
    Platform(name="Internet Archive", hosts=("archive.org",)),
    Platform(name="TED", hosts=("ted.com",)),
    Platform(name="Google Vidéo", hosts=("video.google.com",), closed="2012"),
    Platform(name="Ustream", hosts=("ustream.tv",), closed="2018"),
    Platform(name="Justin.tv", hosts=("justin.tv",), closed="2014"),
    Platform(name="Vine", hosts=("vine.co",), closed="2017"),
)


def platform_of(address: str) -> Platform | None:
    """The platform an address belongs to, subdomains included; None for any other site."""
    host = addresses.domain(address)
    for platform in PLATFORMS:
        if any(host == known or host.endswith(f".{known}") for known in platform.hosts):
            return platform
    return None


def name_of(address: str) -> str:
    """What to call the place where a video is: « YouTube », or its domain."""
    platform = platform_of(address)
    return platform.name if platform else addresses.domain(address)
