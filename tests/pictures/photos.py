"""Photographs as telephones and programs write them, made here: no picture of anybody's."""

from __future__ import annotations

import functools
import io
import random
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw

CAMERA = b"Fabricant Imaginaire"
"""What a camera says of itself, in every picture of these tests: nothing of it may be published."""
PLACE = (48.0, 51.0, 29.0)
"""North: a place that only a camera could have noted."""
RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 40), (30, 40, 200), (220, 210, 30)
UPRIGHT = (RED, GREEN, BLUE, YELLOW)
"""The corners of a picture that stands upright: upper left and right, lower left and right."""
TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""For each Exif orientation, how a camera has turned what it saw."""


@functools.cache
def scene(width: int = 900, height: int = 600) -> Image.Image:
    """Something as hard to pack as a photograph, with a colour in each corner."""
    dice = random.Random(width * height)
    coarse = Image.frombytes("RGB", (60, 40), dice.randbytes(60 * 40 * 3)).resize((width, height), Image.Resampling.BICUBIC)
    fine = Image.frombytes("RGB", (300, 200), dice.randbytes(300 * 200 * 3)).resize((width, height), Image.Resampling.BICUBIC)
    made = Image.blend(coarse, fine, 0.3)
    draw, side = ImageDraw.Draw(made), max(1, min(width, height) // 5)
    for (left, top), colour in zip(((0, 0), (width - side, 0), (0, height - side), (width - side, height - side)), UPRIGHT, strict=True):
        draw.rectangle((left, top, left + side, top + side), fill=colour)
    return made


def corners(picture: Image.Image) -> tuple[tuple[int, ...], ...]:
    """The colours of its corners, in the order of ``UPRIGHT``."""
    shown, inset = picture.convert("RGB"), max(2, min(picture.size) // 20)
    right, bottom = shown.width - inset, shown.height - inset
    return tuple(shown.getpixel(place) for place in ((inset, inset), (right, inset), (inset, bottom), (right, bottom)))  # type: ignore[misc]


def are_near(one: tuple[tuple[int, ...], ...], other: tuple[tuple[int, ...], ...], most: int = 24) -> bool:
    return all(abs(a - b) <= most for first, second in zip(one, other, strict=True) for a, b in zip(first, second, strict=True))


def notes(orientation: int = 1) -> Image.Exif:
    """What a telephone writes beside the points."""
    exif = Image.Exif()
    exif[0x010F] = CAMERA.decode()
    exif[0x0112] = orientation
    exif[0x9286] = "Chez moi"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", PLACE, "E", (2.0, 17.0, 40.0)
    return exif


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw))


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@functools.cache
def phone(orientation: int = 1, width: int = 900, height: int = 600, *, progressive: bool = False) -> bytes:
    """A photograph whose reader sees ``UPRIGHT``."""
    turn = TURNS[orientation]
    seen = scene(width, height)
    return saved(seen.transpose(turn) if turn is not None else seen, exif=notes(orientation), quality=90, comment=CAMERA, progressive=progressive)


def iphone(orientation: int = 1, width: int = 900, height: int = 600) -> bytes:
    """A photograph as an iPhone writes it by default: HEIC."""
    turn, seen, out = TURNS[orientation], scene(width, height), io.BytesIO()
    pillow_heif.from_pillow(seen.transpose(turn) if turn is not None else seen).save(out, quality=80, exif=notes(orientation).tobytes(), xmp=CAMERA)
    return out.getvalue()


def cmyk() -> bytes:
    return saved(scene().convert("CMYK"), exif=notes(), quality=90)


def sixteen_bits(width: int = 600, height: int = 400) -> bytes:
    """A PNG of 16 bits in each colour, with Exif and words: Pillow writes none, so it is made by hand."""
    seen = scene(width, height)
    rows = b"".join(b"\0" + b"".join(bytes((part, part)) for part in seen.crop((0, y, width, y + 1)).tobytes()) for y in range(height))
    pieces = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)),
        (b"tEXt", b"Make\0" + CAMERA),
        (b"eXIf", notes().tobytes()[6:]),
        (b"IDAT", zlib.compress(rows, 1)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_piece(name, data) for name, data in pieces)


def _piece(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb() -> bytes:
    """A few hundred bytes that would fill the memory: 60,000 points a side."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    points = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _piece(b"IHDR", header) + _piece(b"IDAT", points) + _piece(b"IEND", b"")


def moving(kind: str) -> bytes:
    first = scene(300, 200)
    return saved(first, kind, save_all=True, append_images=[first.rotate(10), first.rotate(20)], duration=120, loop=0, **_said(kind))


def _said(kind: str) -> dict[str, Any]:
    match kind:
        case "GIF":
            return {"comment": CAMERA}
        case "WEBP":
            return {"exif": notes().tobytes(), "xmp": CAMERA}
        case _:
            return {"exif": notes()}


def other_colours() -> bytes:
    """A photograph whose profile says that its red is green, and its green red: no camera goes as far."""
    raw = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = raw.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ").replace("sRGB".encode("utf-16-be"), "rvba".encode("utf-16-be"))
    red, green, blue = scene().split()
    return saved(Image.merge("RGB", (green, red, blue)), exif=notes(), quality=90, subsampling=0, icc_profile=raw)
