"""The bytes of an export in XML become text: UTF-8 wherever they are, else what the file says, else what Windows wrote."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_UNICODE = frozenset({"utf-8", "ascii", "utf-16", "utf-16-le", "utf-16-be"})
_SINGLE_BYTES = re.compile(r"iso8859-(?:\d+)|cp125\d|koi8-[ru]|mac-roman")
"""Encodings that a file may say: Python knows others, that are no encodings of text."""
_STRAY = re.compile("[\udc80-\udcff]+")


class Decoder:
    """Takes bytes piece by piece."""

    def __init__(self, start: bytes) -> None:
        """:param start: the first bytes of the file."""
        said = _DECLARED.search(start[:1024])
        name = _normal(said[1].decode("ascii")) if said else "utf-8"
        self._stray = "cp1252" if name in {"iso8859-1", *_UNICODE} or not _SINGLE_BYTES.fullmatch(name) else name
        self.is_stray_a_fault = name in {"utf-8", "ascii"}
        """Whether bytes that are no UTF-8 say another thing than the file."""
        wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace") if wide else codecs.getincrementaldecoder("utf-8")("surrogateescape")

    def decode(self, raw: bytes, *, is_last: bool) -> str:
        """The text; a byte that is no UTF-8 is a lone surrogate, for ``stray``."""
        return self._decoder.decode(raw, is_last)

    def stray(self, letters: str) -> str:
        """What lone surrogates stand for."""
        raw = letters.encode("utf-8", "surrogateescape")
        try:
            return raw.decode(self._stray)
        except UnicodeDecodeError:
            return raw.decode("latin-1")


def _normal(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


STRAY = _STRAY
"""Runs of bytes that are no UTF-8."""
