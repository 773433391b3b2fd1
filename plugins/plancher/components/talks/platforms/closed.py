"""Platforms that are no more: what they showed is lost, and it is known since when."""

from __future__ import annotations

import dataclasses

from plancher.components.talks.platforms.video import Parts, is_of


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A platform that is gone."""

    name: str
    domains: tuple[str, ...]
    since: str = ""
    """The day, the month or the year (ISO 8601); empty: nobody said."""


CLOSED = (
    Closed(name="Google Vidéo", domains=("video.google.com", "video.google.fr"), since="2012-08-20"),
    Closed(name="Justin.tv", domains=("justin.tv",), since="2014-08-05"),
    Closed(name="Viddler", domains=("viddler.com",), since="2014"),
    Closed(name="Blip", domains=("blip.tv",), since="2015-08-20"),
    Closed(name="Vine", domains=("vine.co",), since="2017-01-17"),
    Closed(name="Ustream", domains=("ustream.tv", "ustre.am"), since="2018"),
    Closed(name="Seesmic", domains=("seesmic.com", "seesmic.tv")),
)


def closed(parts: Parts) -> Closed | None:
    """The platform that this address was of."""
    return next((one for one in CLOSED if is_of(parts, *one.domains)), None)
