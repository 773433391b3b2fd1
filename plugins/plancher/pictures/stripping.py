"""A picture without what cameras and editors wrote beside its points, which stay bit for bit: JPEG, PNG, GIF, WebP.

An allow-list: a segment that is not needed to show the picture goes, whatever
it is, and so does all that follows the end (telephones append films, and second
pictures with their own place).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_JPEG_NEEDED = frozenset({0xC4, 0xCC, 0xDA, 0xDB, 0xDD, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
"""Tables, frames and scans (ISO 10918-1, table B.1)."""
_JFIF, _ADOBE, _SCAN, _END = 0xE0, 0xEE, 0xDA, 0xD9
_JFIF_SIZE = 16
"""Bytes of a JFIF segment without a small picture."""
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_NEEDED = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split())
_WEBP_NEEDED = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_HAS_NOTES = 0x08 | 0x04
"""Flags of VP8X: EXIF, XMP."""
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def stripped(raw: bytes, kind: str) -> bytes | None:
    """The same picture; None when its file is not made as its format says.

    :param kind: as Pillow names it.
    """
    strip = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WEBP": _webp}.get(kind)
    if strip is None:
        return None
    try:
        return b"".join(strip(raw))
    except (IndexError, ValueError):
        return None


def _jpeg(raw: bytes) -> Iterator[bytes]:
    yield raw[:2]
    place = 2
    while True:
        if raw[place] != 0xFF:  # noqa: PLR2004 - each marker begins so
            raise ValueError(place)
        marker = raw[place + 1]
        if marker == 0xFF:  # noqa: PLR2004 - a marker may be preceded by any number of these
            place += 1
            continue
        if marker == _END:
            yield b"\xff\xd9"
            return
        end = place + 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
        if marker == _SCAN:
            following = _NEXT_MARKER.search(raw, end)
            if following is None:
                raise ValueError(place)
            end = following.start()
        segment = raw[place:end]
        is_plain = marker == _JFIF and segment[4:9] == b"JFIF\0" and len(segment) == _JFIF_SIZE + 2
        if marker in _JPEG_NEEDED or is_plain or (marker == _ADOBE and segment[4:9] == b"Adobe"):
            yield segment
        place = end


def _png(raw: bytes) -> Iterator[bytes]:
    yield raw[:8]
    place = 8
    while True:
        end = place + 12 + int.from_bytes(raw[place : place + 4], "big")
        name = raw[place + 4 : place + 8]
        if len(name) < 4 or end > len(raw):  # noqa: PLR2004 - letters of a name
            raise ValueError(place)
        if name in _PNG_NEEDED:
            yield raw[place:end]
        if name == b"IEND":
            return
        place = end


def _webp(raw: bytes) -> Iterator[bytes]:
    size = int.from_bytes(raw[4:8], "little") + 8
    if size > len(raw):
        raise ValueError(size)
    pieces = b"".join(_webp_pieces(raw[12:size]))
    yield b"RIFF" + (len(pieces) + 4).to_bytes(4, "little") + b"WEBP" + pieces


def _webp_pieces(raw: bytes) -> Iterator[bytes]:
    place = 0
    while place + 8 <= len(raw):
        name, size = raw[place : place + 4], int.from_bytes(raw[place + 4 : place + 8], "little")
        end = place + 8 + size + size % 2
        piece = raw[place:end]
        if name == b"VP8X":
            piece = piece[:8] + bytes([piece[8] & ~_WEBP_HAS_NOTES]) + piece[9:]
        if name in _WEBP_NEEDED:
            yield piece
        place = end


def _gif(raw: bytes) -> Iterator[bytes]:
    """GIF89a, section by section."""
    place = 13 + _colours(raw[10])
    yield raw[:place]
    while raw[place : place + 1] != b";":
        sign, label = raw[place], raw[place + 1]
        if sign == 0x2C:  # noqa: PLR2004 - a picture
            end = _blocks_end(raw, place + 10 + _colours(raw[place + 9]) + 1)
            yield raw[place:end]
        elif sign == 0x21:  # noqa: PLR2004 - an extension
            end = _blocks_end(raw, place + 2)
            is_loop = label == 0xFF and raw[place + 3 : place + 14] in _LOOPS  # noqa: PLR2004 - of an application
            if label == 0xF9 or is_loop:  # noqa: PLR2004 - how a picture is shown
                yield raw[place:end]
        else:
            raise ValueError(place)
        place = end
    yield b";"


def _colours(flags: int) -> int:
    """Bytes of the table of colours that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(raw: bytes, place: int) -> int:
    while raw[place]:
        place += raw[place] + 1
    return place + 1
