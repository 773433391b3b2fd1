"""Words in a picture: which letters its face has, how large they can be, where lines break.

The face comes with a package, never from the machine: a picture has the same
bytes everywhere. What shapes the letters (resvg) cannot say how wide they are;
Pillow can, without the kerning, so that a line is never wider than measured.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_vollkorn

from plancher.base import french, lazy

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FAMILY = "Vollkorn"
_FILES = Path(fontpkg_vollkorn.ROOT) / "files"
_ABSENT = "\uffff"
"""A code that no face has: what is drawn in its place is drawn for every letter that is missing."""
_PLAIN = 0x17F
"""Up to this code (Latin Extended-A), the face has each letter: there is nothing to look up."""
_ENDS = lazy.pattern(r"[\t\r\n]")
_LONGEST = 240
"""Characters of a text that are worth measuring: nobody reads more in a picture."""
_MEASURED = 100
"""Pixels at which widths are measured."""


@dataclasses.dataclass(frozen=True, slots=True)
class Face:
    """One style of the family."""

    file: str
    weight: int
    style: str

    @property
    def path(self) -> str:
        """Its file."""
        return str(_FILES / self.file)


BOLD = Face("Vollkorn[wght].ttf", 700, "normal")
ITALIC = Face("Vollkorn-Italic[wght].ttf", 400, "italic")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a text must fit, and how it may be set there."""

    face: Face
    width: int
    height: int
    sizes: range
    """Of its letters, in pixels, the largest first."""
    leading: float
    """The height of a line, as a part of the size."""

    def room(self, size: int) -> int:
        """How many lines of this size it holds."""
        return int(self.height / (size * self.leading))

    def measure(self, size: int) -> float:
        """How wide it is for letters of this size, in what ``_font`` counts in."""
        return self.width * _MEASURED / size


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Lines that fit where they must."""

    face: Face
    size: int
    leading: int
    """Pixels from a line to the next."""
    lines: tuple[str, ...]
    width: int
    """Of the longest line, in pixels."""

    @property
    def fall(self) -> int:
        """Pixels from the first line to the last."""
        return self.leading * (len(self.lines) - 1)


@functools.cache
def _font(face: Face) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415 - most builds write nothing in a picture

    font = ImageFont.truetype(face.path, _MEASURED, layout_engine=ImageFont.Layout.BASIC)  # the other one depends on what the machine has
    font.set_variation_by_axes([face.weight])
    return font


@functools.cache
def _has(character: str) -> bool:
    if ord(character) <= _PLAIN:
        return True
    font = _font(BOLD)
    return bytes(font.getmask(character)) != bytes(font.getmask(_ABSENT))


def lacking(text: str) -> str:
    """The letters, signs and emoji of a text that the face does not have, each once, in their order."""
    missing = [character for character in _composed(text) if not _has(character) and unicodedata.category(character)[0] not in "CM"]
    return "".join(dict.fromkeys(missing))


def printable(text: str) -> str:
    """A text as it can be drawn: without emoji and signs that the face lacks; empty when it lacks a letter, since half a name is worse than none."""
    if any(character.isalnum() for character in lacking(text)):
        return ""
    kept = "".join(character for character in _composed(text) if _has(character) and unicodedata.category(character)[0] != "C")
    return french.clip(" ".join(_words(kept)), _LONGEST)


def _composed(text: str) -> str:
    """Letters with their accents as one character; what the face lacks, by what it stands for (« ① » for 1)."""
    composed = unicodedata.normalize("NFC", _ENDS.sub(" ", text))
    return "".join(character if _has(character) else unicodedata.normalize("NFKC", character) for character in composed)


def _words(text: str) -> list[str]:
    """What may stand on lines of its own; a no-break space holds."""
    return [word for word in text.split(" ") if word]


def fitted(text: str, frame: Frame) -> Setting:
    """The largest setting of a text in a frame; at the smallest size, what does not fit is cut."""
    for size in frame.sizes:
        width = frame.measure(size)
        lines = _broken(text, frame.face, width)
        if len(lines) <= frame.room(size) and all(_fits(line, frame.face, width) for line in lines):
            return _setting(frame, size, _balanced(text, frame.face, width, lines))
    return _setting(frame, size, _cut(lines, frame.face, width, frame.room(size)))


def _setting(frame: Frame, size: int, lines: tuple[str, ...]) -> Setting:
    width = max(_width(line, frame.face) for line in lines) * size / _MEASURED
    return Setting(face=frame.face, size=size, leading=round(size * frame.leading), lines=lines, width=math.ceil(width))


def _fits(line: str, face: Face, width: float) -> bool:
    return _width(line, face) <= width


def _width(line: str, face: Face) -> float:
    """Of a line, in what ``_font`` counts in: the sum of its words, since no letter is kerned with a space."""
    words = line.split(" ")
    return sum(_word_width(word, face) for word in words) + (len(words) - 1) * _word_width(" ", face)


@functools.lru_cache(maxsize=4096)
def _word_width(word: str, face: Face) -> float:
    """Texts have most of their words in common, and each is looked at in many sizes."""
    return _font(face).getlength(word)


def _broken(text: str, face: Face, width: float) -> tuple[str, ...]:
    """Lines no wider than this, but for words that are wider themselves."""
    lines: list[str] = []
    for word in _words(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(longer, face, width):
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _balanced(text: str, face: Face, width: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """As many lines, of about one length: those of the narrowest column that needs no more of them."""
    for narrower in range(int(width), 0, -_MEASURED // 2):
        closer = _broken(text, face, narrower)
        if len(closer) > len(lines) or not all(_fits(line, face, narrower) for line in closer):
            break
        lines = closer
    return lines


def _cut(lines: Sequence[str], face: Face, width: float, room: int) -> tuple[str, ...]:
    """The first lines, each cut where the rectangle ends."""
    shown = list(lines[:room])
    if len(lines) > room:
        shown[-1] += " …"
    return tuple(line if _fits(line, face, width) else _shortened(line, face, width) for line in shown)


def _shortened(line: str, face: Face, width: float) -> str:
    line = line.removesuffix("…")
    while line and not _fits(f"{line}…", face, width):
        line = line[:-1]
    return f"{line.rstrip()}…"
