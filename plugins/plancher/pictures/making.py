"""All files of a picture, made from the bytes of the author's; what gains nothing is left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PIL import Image

from plancher.base import digest
from plancher.pictures import opening, stripping
from plancher.pictures.encoding import Encoder
from plancher.pictures.model import AVIF, GIF, JPEG, PNG, WEBP, Picture, RefusedError, Rendition
from plancher.pictures.settings import PictureSettings

_LIGHT, _PLAIN, _PLAIN_ALONE = (320, 480, 800, 1200), (800,), (480, 800)
"""Widths in pixels: of a list, a telephone, a column of text, a dense or wide screen; of feeds and old browsers, beside the largest, which also have
that of a telephone where AVIF gains nothing."""
_SMALL_SIDE, _SMALL_SIZE = 320, 10_000
"""Pixels and bytes up to which a picture is not worth a second file."""
_WORTH = 0.85
"""A file that is not smaller than this part of the next larger one is not worth a request."""
_FORMATS = {"JPEG": JPEG, "MPO": JPEG, "HEIF": JPEG, "PNG": PNG, "WEBP": WEBP, "AVIF": AVIF, "GIF": GIF}
Made = tuple[Picture, dict[str, bytes]]
"""A picture, and what each of its files holds, by their digest."""


@dataclasses.dataclass(frozen=True, slots=True)
class _File:
    """A rendition and its bytes."""

    rendition: Rendition
    raw: bytes

    @property
    def weight(self) -> float:
        """Bytes for each pixel."""
        return len(self.raw) / (self.rendition.width * self.rendition.height)


def made(raw: bytes, name: str, settings: PictureSettings, *, as_it_is: bool = False) -> Made:
    """Make the files of a picture.

    :param name: of the author's file.
    :param as_it_is: in one file of its own size and format: its owner uses it elsewhere than in pages.
    :raises RefusedError: there is no picture.
    """
    with opening.opened(raw, name) as picture:
        kind = str(picture.format)
        format_, size = _FORMATS[kind], opening.upright_size(picture)
        bare = stripping.stripped(raw, kind)
        if format_ == GIF or (kind != "MPO" and getattr(picture, "is_animated", False)):
            return _moving(picture, bare, format_)
        is_plain = opening.is_upright(picture) and opening.has_web_colours(picture)
        shown = opening.developed(picture, 0 if as_it_is else settings.widest)
    own = _file(bare, format_, size) if bare is not None and is_plain and shown.size == size else None
    encoder = Encoder(shown, settings, is_crisp=kind == "PNG")
    return _only(own or _encoded(encoder, format_)) if as_it_is else _all(encoder, own, format_)


def _moving(picture: Image.Image, bare: bytes | None, format_: str) -> Made:
    """An animation, whose moments stay as they are; so does a GIF, which is a drawing.

    :param bare: without its notes.
    :raises RefusedError: it has a format that nobody here can take notes out of, or it is cut.
    """
    if bare is None:
        raise RefusedError("animation que rien ici ne sait débarrasser de ses notes. Enregistrez-la en GIF ou en WebP, ou faites-en un film")
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        picture.load()
    return _only(_file(bare, format_, picture.size))


def _all(encoder: Encoder, bare: _File | None, format_: str) -> Made:
    """The picture in its sizes.

    :param bare: the author's file without its notes, if it may be shown as it is.
    """
    own = _encoded(encoder, format_)
    if bare is not None and len(bare.raw) * _WORTH < len(own.raw):
        own = bare
    if max(encoder.size) <= _SMALL_SIDE or len(own.raw) <= _SMALL_SIZE:
        return _only(own)
    shown = _shown_format(encoder, own)
    plain = _ladder(encoder, shown, _PLAIN, own if shown == format_ else _encoded(encoder, shown))
    light: list[_File] = []
    if shown != AVIF and not encoder.is_drawing:
        widest = min(encoder.size[0], _LIGHT[-1])
        light = _ladder(encoder, AVIF, _LIGHT, own if format_ == AVIF and own.rendition.width == widest else _encoded(encoder, AVIF, widest))
        light = light if light[-1].weight < _WORTH * plain[-1].weight else []
    if not light:
        plain = _ladder(encoder, shown, _PLAIN_ALONE, plain[-1])
    found = Picture(own.rendition, tuple(file.rendition for file in plain if file is not own), tuple(file.rendition for file in light))
    return found, {file.rendition.digest: file.raw for file in (*plain, *light, own)}


def _shown_format(encoder: Encoder, own: _File) -> str:
    """The one that every browser is given: JPEG for a photograph in PNG or AVIF; its own, for anything else."""
    format_ = own.rendition.format
    if encoder.has_transparency or format_ not in {PNG, AVIF} or encoder.is_drawing:
        return format_
    return JPEG if format_ == AVIF or len(encoder.encoded(JPEG)) < len(own.raw) / 2 else PNG


def _ladder(encoder: Encoder, format_: str, widths: Sequence[int], last: _File) -> list[_File]:
    """The picture in those of these widths that are worth it, the smallest first, up to the last."""
    files = [last]
    for width in sorted(widths, reverse=True):
        if width < _WORTH * files[0].rendition.width:
            file = _encoded(encoder, format_, width)
            if len(file.raw) < _WORTH * len(files[0].raw):
                files.insert(0, file)
    return files


def _encoded(encoder: Encoder, format_: str, width: int = 0) -> _File:
    return _file(encoder.encoded(format_, width), format_, encoder.size_at(width))


def _file(raw: bytes, format_: str, size: tuple[int, int]) -> _File:
    return _File(Rendition(format_, *size, len(raw), digest.of_bytes(raw)), raw)


def _only(file: _File) -> Made:
    return Picture(file.rendition), {file.rendition.digest: file.raw}
