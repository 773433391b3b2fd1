"""« Technorati Tags: un, deux » at the foot of a text: its tags belong in the header."""

from __future__ import annotations

import re

from plancher.components.tags import legacy_tag_lines, technorati
from plancher.components.tags.names import key
from plancher.importing.blogs.habits import chunks
from plancher.importing.blogs.habits.chunks import Chunk, Shape
from plancher.importing.blogs.habits.habit import Settling
from plancher.text.blocks import Line

NAME = "technorati"
PURPOSE = "mettre dans l'en-tête les mots-clés des lignes « Technorati Tags: … »"
_GLUED = re.compile(rf"(?P<before>.*[\s.!?…»\"”)])(?P<tags>(?:[*_(]|<[^<>]*>)*{technorati.LABEL.pattern}[^\n]*)", re.IGNORECASE | re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def settle(settling: Settling) -> None:
    """Take such lines out, and keep their tags."""
    settling.chunks = [piece for chunk in settling.chunks for piece in _parted(chunk, settling)]


def _parted(chunk: Chunk, settling: Settling) -> list[Chunk]:
    if chunk.shape is Shape.CODE or "echnorati" not in chunk.text.lower():
        return [chunk]
    glued = _GLUED.fullmatch(chunk.text) if chunk.shape in {Shape.TEXT, Shape.LIST} and not technorati.LABEL.match(chunk.text) else None
    tags = technorati.parse(_bare(glued["tags"])) if glued else None
    if glued and tags is not None:
        _take(settling, tags, glued["tags"])
        return [Chunk(chunk.shape, tuple(glued["before"].rstrip(" \\\n(").split("\n")))]
    lines = [Line(number, _bare(line)) for number, line in enumerate(chunk.lines)]
    rest, found = legacy_tag_lines.read(lines)
    if not found:
        return [chunk]
    gone = {line.number for line in lines} - {line.number for line in rest if line.text.strip()}
    for legacy in found:
        _take(settling, legacy.tags, " ".join(chunk.lines[number] for number in sorted(gone)))
    left = [line for number, line in enumerate(chunk.lines) if number not in gone]
    if left:
        left[-1] = left[-1].removesuffix("\\")
    return [Chunk(chunk.shape, tuple(left))] if chunks.whole([Chunk(chunk.shape, tuple(left))]).strip() else []


def _bare(line: str) -> str:
    return _ESCAPED.sub(r"\1", line)


def _take(settling: Settling, tags: tuple[str, ...], former: str) -> None:
    known = {key(tag) for tag in (*settling.text.tags, *settling.tags)}
    settling.tags += [tag for tag in tags if key(tag) not in known]
    settling.say(NAME, f"{len(tags)} mots-clés sont passés du texte à l'en-tête.", former)
