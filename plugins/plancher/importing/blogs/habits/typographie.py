"""Spaces of former engines: this one sets those of French itself, and wants plain ones."""

from __future__ import annotations

import re

from plancher.importing.blogs.habits.chunks import Chunk, Shape
from plancher.importing.blogs.habits.habit import Settling
from plancher.markdown.typography import missing

NAME = "typographie"
PURPOSE = "rendre au site les espaces qu'il met lui-même (espaces insécables doublées ou tapées, espace oubliée devant ; ! ? et deux-points)"
_SHELTERED = re.compile(
    r"(`{1,40}).{1,4000}?\1(?!`)|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s\"[^\"]*\")?\)|<[^<>]*>|https?://\S+|&#?\w+;|\\.|^\s*\[[^\]]+\]:\s*\S+"
)
_SPACES = "[ \u00a0\u202f\u2009\u2002-\u2006]"
_BEFORE = re.compile(rf"(?<=\S){_SPACES}{{0,8}}[\u00a0\u202f\u2009]{_SPACES}{{0,8}}(?=[;:!?»%€])")
_AFTER_QUOTE = re.compile(rf"«{_SPACES}{{0,8}}[\u00a0\u202f\u2009]{_SPACES}{{0,8}}(?=\S)")
_DOUBLED = re.compile(rf"(?<=\S){_SPACES}{{2,}}(?=\S)")
_THOUSANDS = re.compile("(?<=\\d)[\u00a0\u202f](?=\\d{3}(?!\\d))")
_CONCERNED = re.compile(r"[\u00a0\u202f\u2009\u2002-\u2006]|  |[^\s][;:!?](?!//)")
"""What is needed for anything to change."""
_MASK = "\ufdd2"


def settle(settling: Settling) -> None:
    """Plain spaces where the site sets its own, in a French text; one in another language, or too short to tell, stays as it is."""
    if not settling.is_french:
        return
    former = [chunk.text for chunk in settling.chunks]
    settling.title = _spaced(settling.title)
    settling.summary = _spaced(settling.summary)
    settling.chunks = [_settled(chunk) for chunk in settling.chunks]
    changed = [text for text, chunk in zip(former, settling.chunks, strict=True) if text != chunk.text]
    if changed:
        settling.say(NAME, f"espaces de l'ancien blog remplacées par celles que le site met lui-même, dans {len(changed)} passages.", changed[0])


def _settled(chunk: Chunk) -> Chunk:
    if chunk.shape in {Shape.CODE, Shape.OTHER} or any("```" in line for line in chunk.lines):
        return chunk
    return Chunk(chunk.shape, tuple(_spaced(line) for line in chunk.lines))


def _spaced(line: str) -> str:
    """A line with the spaces that an author types here; code, addresses and tags stay as they are."""
    if not _CONCERNED.search(line):
        return line
    margin = line[: len(line) - len(line.lstrip(" >"))]
    sheltered: list[str] = []

    def shelter(found: re.Match[str]) -> str:
        sheltered.append(found[0])
        return _MASK

    words = _SHELTERED.sub(shelter, line[len(margin) :])
    words = _AFTER_QUOTE.sub("« ", _BEFORE.sub(" ", words))
    words = _THOUSANDS.sub(" ", words)
    words = _DOUBLED.sub(lambda found: " " if " " in found[0] else "\u00a0", words)
    for sign in (missing.HIGH, missing.COLON):
        words = sign.sub(lambda found: f" {found[0]}" if missing.is_missing(found.string, found.start()) else found[0], words)
    pieces = words.split(_MASK)
    return margin + pieces[0] + "".join(shelter_ + piece for shelter_, piece in zip(sheltered, pieces[1:], strict=True))
