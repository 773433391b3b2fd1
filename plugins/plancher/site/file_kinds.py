"""What a file that is published as it is really is, by its first and last bytes: its name proves nothing."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from plancher.base import reasons
from plancher.base.problems import Problem
from plancher.cache.tree import Stamp
from plancher.pictures import phones

FOREIGN_PICTURES = frozenset(
    ".tif .tiff .heic .heif .psd .psb .xcf .raw .cr2 .cr3 .nef .arw .dng .orf .rw2 .raf .jp2 .jpx .j2k .jpf .jxl .jxr .bmp .dib .eps .ai .pcx .pnm".split()
)
"""Pictures of cameras and of drawing programs."""
_SUFFIXES = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "GIF": (".gif",), "WebP": (".webp",), "AVIF": (".avif",), "ICO": (".ico",)}
"""What browsers show, and what its name ends with."""
_PICTURES = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes)
_MADE = frozenset({*_PICTURES, *phones.SUFFIXES, ".svg"} - {".ico"})
"""Pictures of which the site publishes files of its own."""
_HEAD = 1024
"""Bytes that browsers look at (mimesniff.spec.whatwg.org)."""
_TAIL = 64
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\t\n\x0c\r \x00]*<(?:!doctype|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|xml|"
    rb"math|meta|link|img|object|embed|form|base|!--|\?xml|\?php|%)(?=[\s>/:=\-\x00]|$)",
    re.IGNORECASE,
)
"""What a browser takes for a page when nobody tells it the type, and what a host may run."""
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIF", b"msf1": "HEIF"}
MISNAMED = "PDV057"
"""A picture under the name of another format."""
_SCAN = 0xDA
"""The marker of JPEG after which its points stand."""


def is_picture(name: str) -> bool:
    """Whether the site makes files of its own of one that has this name."""
    return name[name.rfind(".") :].lower() in _MADE


def is_drawing(name: str) -> bool:
    """Whether it is SVG by its name."""
    return name[-4:].lower() == ".svg"


@functools.lru_cache(maxsize=16_384)
def look(path: Path, _seen: Stamp) -> Problem | None:
    """What is wrong with a file, if anything is.

    :param _seen: what tells one of its states from another.
    """
    try:
        with path.open("rb") as file:
            return problem_of(file, path.suffix.lower())
    except OSError as error:
        return Problem(1, "PDV092", f"fichier impossible à ouvrir ({reasons.of_a_disk(error)}). Vérifiez ses droits.")


def problem_of(file: BinaryIO, suffix: str) -> Problem | None:
    """What is wrong with an open file, if anything is.

    :param suffix: how its name ends, in lower case.
    """
    return next(_wrong(file, suffix), None)


def suffix_of(head: bytes) -> str:
    """How the name of a picture ends by what it holds; empty when it is none that browsers show.

    :param head: its first bytes, 64 of them.
    """
    return _SUFFIXES.get(_kind(head), ("",))[0]


def _wrong(file: BinaryIO, suffix: str) -> Iterator[Problem]:
    head = file.read(_HEAD)
    if _PAGE.match(head):
        yield Problem(1, "PDV055", f"ce fichier « {suffix} » commence comme une page web ou un programme. Retirez-le, ou enregistrez-le dans son vrai format.")
    if suffix not in _PICTURES:
        return
    if not head:
        yield Problem(1, "PDV056", "image vide (zéro octet). Exportez-la à nouveau.")
        return
    kind = _kind(head)
    if kind not in _SUFFIXES:
        held = f"c'est du {kind}" if kind else "ce n'est pas une image"
        yield Problem(1, "PDV056", f"image que les navigateurs ne montrent pas : {held}. Exportez-la en JPEG, PNG ou WebP.")
    elif not _is_whole(file, head, kind):
        yield Problem(1, "PDV056", "image tronquée : la fin du fichier manque. Copiez-la, ou exportez-la, à nouveau.")
    elif suffix not in _SUFFIXES[kind]:
        yield Problem(1, MISNAMED, f"cette image « {suffix} » est du {kind}. Renommez-la en « {_SUFFIXES[kind][0]} ».")


def _kind(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        brands = [head[8:12], *(head[place : place + 4] for place in range(16, min(len(head), 64), 4))]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "")
    return next((kind for sign, kind in _SIGNS if head.startswith(sign)), "")


def _is_whole(file: BinaryIO, head: bytes, kind: str) -> bool:
    """Whether the end is there, which a copy that was cut short lacks; cameras and editors append to it what they please."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read().rstrip(b"\x00\r\n \t")
    match kind:
        case "PNG":
            return b"IEND" in tail or _has(file, b"IEND", 8)
        case "JPEG":
            return tail.endswith(b"\xff\xd9") or _has(file, b"\xff\xd9", _scan_of(file))
        case "GIF":
            return tail.endswith(b";")
        case "WebP":
            return size >= int.from_bytes(head[4:8], "little")
        case _:
            return size > _TAIL


def _has(file: BinaryIO, end: bytes, start: int) -> bool:
    file.seek(start)
    return end in file.read()


def _scan_of(file: BinaryIO) -> int:
    """Where the points of a JPEG begin, after the small picture that cameras put before."""
    file.seek(2)
    for _ in range(1000):
        marker = file.read(4)
        if len(marker) < 4 or marker[0] != 0xFF or marker[1] == _SCAN:  # noqa: PLR2004 - a marker, and the length of what follows
            break
        file.seek(max(0, int.from_bytes(marker[2:], "big") - 2), 1)
    return file.tell()
