"""A picture in memory as the bytes of a file, the same on each machine that has the same libraries."""

from __future__ import annotations

import functools
import io

from PIL import Image

from plancher.pictures.model import AVIF, JPEG, PNG, WEBP
from plancher.pictures.settings import PictureSettings

_SPEED = 8
"""Of libavif, from 0 to 10: slower than this costs three times the time for a tenth of the bytes."""
_FEW = 256
"""Colours that a palette holds: a picture with no more is a drawing, which a palette keeps as it is."""


class Encoder:
    """Makes files of one picture; none holds a note of any kind."""

    def __init__(self, picture: Image.Image, settings: PictureSettings, *, is_crisp: bool) -> None:
        """:param is_crisp: whether its colours end sharply, as those of letters on a screen do."""
        self._picture, self._settings, self._is_crisp = picture, settings, is_crisp
        self._encoded: dict[tuple[str, int], bytes] = {}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self._picture.size

    @property
    def has_transparency(self) -> bool:
        """Whether what lies behind it is seen."""
        return self._picture.mode == "RGBA"

    @functools.cached_property
    def is_drawing(self) -> bool:
        """Whether it has few colours, which only a format without loss keeps clean; grey photographs have as few."""
        return self._picture.mode != "L" and self._picture.getcolors(_FEW) is not None

    def size_at(self, width: int) -> tuple[int, int]:
        """Its size when it is as wide as this; 0: as it is."""
        own = self.size
        return (width, max(1, round(own[1] * width / own[0]))) if width else own

    def encoded(self, format_: str, width: int = 0) -> bytes:
        """The picture as a file of this format.

        :param width: in pixels; 0: its own.
        """
        if (format_, width) not in self._encoded:
            size = self.size_at(width)
            picture = self._picture if size == self.size else self._picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            out = io.BytesIO()
            _suited(picture, format_).save(out, "JPEG" if format_ == JPEG else format_.upper(), **self._options(format_))
            self._encoded[format_, width] = out.getvalue()
        return self._encoded[format_, width]

    def _options(self, format_: str) -> dict[str, int | str | bool]:
        settings = self._settings
        sampling = "4:4:4" if self._is_crisp else "4:2:0"
        if format_ == AVIF:  # one thread: the bytes change with their number
            return {"quality": settings.avif_quality, "speed": _SPEED, "max_threads": 1, "subsampling": sampling}
        if format_ == JPEG:
            return {"quality": settings.jpeg_quality, "optimize": True, "progressive": True, "subsampling": sampling}
        if format_ == WEBP:
            return {"lossless": True, "quality": 80, "method": 4} if self.is_drawing else {"quality": settings.webp_quality, "method": 4}
        return {"optimize": True} if self.is_drawing else {"compress_level": 6}


def _suited(picture: Image.Image, format_: str) -> Image.Image:
    """In a mode that the format knows; of few colours, with a palette of these."""
    if format_ in {AVIF, WEBP} and picture.mode == "L":
        return picture.convert("RGB")
    colours = picture.getcolors(_FEW) if format_ == PNG and picture.mode == "RGB" else None
    if colours is None:
        return picture
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in sorted(colours, key=lambda pair: str(pair[1])) for part in (colour if isinstance(colour, tuple) else ())])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)
