"""Platforms that closed: their films are lost."""

from __future__ import annotations

import dataclasses

from plancher.components.talks.platforms.video import Parts, is_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPlatform:
    """A platform that is gone."""

    name: str
    domains: tuple[str, ...]
    since: str = ""
    """The day, the month or the year (ISO 8601); empty: unknown."""


CLOSED = (
    ClosedPlatform(name="Google Vidéo", domains=("video.google.com", "video.google.fr"), since="2012-08-20"),
    ClosedPlatform(name="Justin.tv", domains=("justin.tv",), since="2014-08-05"),
    ClosedPlatform(name="Viddler", domains=("viddler.com",), since="2014"),
    ClosedPlatform(name="Blip", domains=("blip.tv",), since="2015-08-20"),
    ClosedPlatform(name="Vine", domains=("vine.co",), since="2017-01-17"),
    ClosedPlatform(name="Ustream", domains=("ustream.tv", "ustre.am"), since="2018"),
    ClosedPlatform(name="Seesmic", domains=("seesmic.com", "seesmic.tv")),
)


def find(parts: Parts) -> ClosedPlatform | None:
    """The closed platform of this address."""
    return next((platform for platform in CLOSED if is_of(parts, *platform.domains)), None)
