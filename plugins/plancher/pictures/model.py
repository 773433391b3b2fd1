"""A picture as the site publishes it: one file for each size and format that is worth having."""

from __future__ import annotations

import dataclasses

from plancher.base.fast_pickle import fast_pickle

AVIF, GIF, JPEG, PNG, SVG, WEBP = "avif", "gif", "jpg", "png", "svg", "webp"
"""Formats, by the end of the names of their files."""
TYPES = {AVIF: "image/avif", GIF: "image/gif", JPEG: "image/jpeg", PNG: "image/png", WEBP: "image/webp"}
MIDDLE = 640
"""Pixels: the width from which a picture is large enough for a page of text, and for feeds."""


class RefusedError(Exception):
    """No picture can be made of a file; the message says why and what to do, in French."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture."""

    format: str
    width: int
    height: int
    size: int
    """Bytes."""
    digest: str


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """All files of a picture."""

    own: Rendition
    """In the place of the author's file, at its address: the largest in its format."""
    plain: tuple[Rendition, ...] = ()
    """Others in a format that every browser shows, the smallest first."""
    light: tuple[Rendition, ...] = ()
    """In the lightest format, the smallest first."""

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """Every one of them."""
        return (*self.plain, *self.light, self.own)

    @property
    def shown(self) -> tuple[Rendition, ...]:
        """Those that any browser may be given, the smallest first: of one format."""
        if not self.plain:
            return (self.own,)
        return (*self.plain, self.own) if self.own.format == self.plain[0].format else self.plain

    @property
    def largest(self) -> Rendition:
        """What « la voir en grand » leads to."""
        return self.shown[-1]

    @property
    def smallest(self) -> Rendition:
        """What a list shows."""
        return (*self.light, *self.shown)[0]

    @property
    def middle(self) -> Rendition:
        """What feeds show, and a page in a browser that knows no other size."""
        return next((one for one in self.shown if one.width >= MIDDLE), self.largest)
