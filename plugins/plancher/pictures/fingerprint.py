"""All that decides of the bytes of a picture, beside the author's file: our code, the settings, the libraries that read and write."""

from __future__ import annotations

import functools
import importlib.metadata
from pathlib import Path

from PIL import features

from plancher.base import digest
from plancher.pictures import phones
from plancher.pictures.settings import PictureSettings

_LIBRARIES = ("avif", "jpg", "libjpeg_turbo", "littlecms2", "webp", "zlib")


@functools.cache
def of(settings: PictureSettings) -> str:
    """Their digest. Not that of the whole engine: a new version of it must not cost the work of a thousand photographs."""
    versions = [importlib.metadata.version("pillow"), *(str(features.version(name)) for name in _LIBRARIES)]
    heic = importlib.metadata.version("pillow_heif") if phones.are_read() else ""
    return digest.of_text(digest.of_code(Path(__file__).resolve().parent), heic, repr(settings), *versions)
