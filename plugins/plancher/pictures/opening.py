"""An author's file as a picture in memory: upright, in sRGB, no larger than what is made of it."""

from __future__ import annotations

import contextlib
import importlib
import io
import math
import warnings
from collections.abc import Iterator

from PIL import Image, ImageCms, ImageOps

from plancher.base.french import NBSP
from plancher.pictures import phones
from plancher.pictures.model import RefusedError

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_MOST = {"JPEG": 120_000_000, "MPO": 120_000_000}
_MOST_OTHERS = 50_000_000
"""Pixels: a telephone of 2026 takes 108 million at most. JPEG alone is opened at the half or the quarter of its size, and costs no memory."""
_ORIENTATION = 0x0112
_LYING = frozenset({5, 6, 7, 8})
"""Orientations in which width and height change places (Exif 3.0, 4.6.5)."""
_SAME_COLOURS = "srgb"


@contextlib.contextmanager
def opened(raw: bytes, name: str) -> Iterator[Image.Image]:
    """The picture in a file, nothing but its header read yet.

    :param name: of the file; its extension tells what to say of a HEIC.
    :raises RefusedError: there is none, or it is too large; also when reading it in the block fails.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures, and of odd notes of cameras
            with Image.open(io.BytesIO(raw), formats=formats()) as picture:
                _refuse_too_large(picture)
                yield picture
    except (RefusedError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise RefusedError("image démesurée, qui remplirait la mémoire. Réduisez-la") from error
    except Exception as error:  # Pillow raises nearly anything on a picture that is cut or forged
        if raw[4:8] == b"ftyp" and not phones.are_read() and name[-5:].lower() in phones.SUFFIXES:
            raise RefusedError(f"photo HEIC, le format des iPhone. {phones.REMEDY}") from error
        raise RefusedError("image illisible ou tronquée. Copiez-la, ou exportez-la, à nouveau") from error


def formats() -> tuple[str, ...]:
    """Those that can be opened here, as Pillow names them; photographs of iPhones from now on, if anything reads them."""
    if not phones.are_read():
        return _FORMATS
    importlib.import_module("pillow_heif").register_heif_opener()  # few blogs have it
    return (*_FORMATS, "HEIF")


def _refuse_too_large(picture: Image.Image) -> None:
    width, height = picture.size
    most = _MOST.get(str(picture.format), _MOST_OTHERS)
    if width * height > most:
        raise RefusedError(
            f"image de {width} sur {height} pixels, trop grande pour être préparée : au plus {most // 1_000_000}{NBSP}millions de pixels. Réduisez-la"
        )


def upright_size(picture: Image.Image) -> tuple[int, int]:
    """Width and height as a reader sees it."""
    width, height = picture.size
    return (height, width) if picture.getexif().get(_ORIENTATION) in _LYING else (width, height)


def is_upright(picture: Image.Image) -> bool:
    """Whether its points stand as they are shown."""
    return picture.getexif().get(_ORIENTATION, 1) in {0, 1}


def has_web_colours(picture: Image.Image) -> bool:
    """Whether its numbers mean what a browser takes them for: sRGB, or grey."""
    return picture.mode not in {"CMYK", "LAB", "YCbCr", "HSV"} and _profile(picture) is None


def developed(picture: Image.Image, widest: int) -> Image.Image:
    """The picture upright and in sRGB, without any note: in ``L``, ``RGB`` or ``RGBA``.

    :param widest: pixels; 0: as wide as it is.
    """
    width, height = upright_size(picture)
    wide = min(width, widest) if widest else width
    size = wide, max(1, round(height * wide / width))
    if picture.format in {"JPEG", "MPO"} and wide < width:
        scale = wide / width
        picture.draft(None, (math.ceil(picture.width * scale), math.ceil(picture.height * scale)))  # libjpeg halves it while it reads
    profile = _profile(picture)
    picture.load()
    turned = ImageOps.exif_transpose(_eight_bits(picture))
    if turned.size != size:
        turned = turned.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    found = _to_srgb(turned, profile)
    if found.mode == "RGBA" and found.getchannel("A").getextrema() == (255, 255):
        found = found.convert("RGB")
    bare = Image.new(found.mode, found.size)
    bare.paste(found)
    return bare


def _eight_bits(picture: Image.Image) -> Image.Image:
    """In a mode that can be resized and shown."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"I", "F"}:
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in {"LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "RGBA", "CMYK", "LAB"} else picture.convert("L" if picture.mode == "1" else "RGB")


def _profile(picture: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Of its colours, when they are not those of the web already."""
    raw = picture.info.get("icc_profile")
    if not raw:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(raw))
        words = ImageCms.getProfileDescription(profile)
    except (ImageCms.PyCMSError, OSError, ValueError):  # nothing that a browser would use
        return None
    return None if _SAME_COLOURS in words.lower() else profile


def _to_srgb(picture: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> Image.Image:
    if profile is not None:
        space = profile.profile.xcolor_space.strip()
        if picture.mode in {"RGB": ("RGB", "RGBA"), "CMYK": ("CMYK",)}.get(space, ()):
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            with contextlib.suppress(ImageCms.PyCMSError):
                return ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), outputMode=mode) or picture
    return picture if picture.mode in {"L", "RGB", "RGBA"} else picture.convert("RGB")
