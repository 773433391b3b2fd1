"""The lines of a Movable Type text, parted into entries and their pieces.

Nothing is escaped there: a body may hold a line of dashes. A piece that begins with no known key goes on with the one before it,
and a line of eight dashes that no header follows is a part of the text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import IO

from plancher.importing.blogs.readers.words import clean
from plancher.importing.blogs.source import SourceError, decoded

_PIECE, _ENTRY = "-----", "--------"
_LARGE = 50_000_000
"""Bytes of one entry, at most."""
_HEADER = frozenset(
    """AUTHOR,TITLE,BASENAME,STATUS,ALLOW COMMENTS,ALLOW PINGS,CONVERT BREAKS,PRIMARY CATEGORY,CATEGORY,DATE,TAGS,NO ENTRY,UNIQUE URL,TYPE,IMAGE""".split(",")
)
_TEXTS = frozenset({"BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS"})
_ANSWERS = {
    "COMMENT": frozenset({"AUTHOR", "EMAIL", "IP", "URL", "DATE", "VISIBLE", "TITLE"}),
    "PING": frozenset({"TITLE", "URL", "IP", "BLOG NAME", "DATE", "VISIBLE"}),
}
_SECRET = frozenset({"EMAIL", "IP"})


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an entry: its fields, in their order, and its text."""

    name: str
    fields: tuple[tuple[str, str], ...]
    text: str

    def value(self, key: str) -> str:
        """The first value of a key."""
        return next((value for name, value in self.fields if name == key and value), "")

    def values(self, key: str) -> list[str]:
        """All values of a key."""
        return [value for name, value in self.fields if name == key]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry; its header is its first piece."""

    line: int
    head: Piece
    others: tuple[Piece, ...]
    is_cut: bool

    def pieces(self, name: str) -> list[Piece]:
        """Its pieces of one name."""
        return [piece for piece in self.others if piece.name == name]

    @property
    def answers(self) -> list[Piece]:
        """Its comments and pings."""
        return [piece for piece in self.others if piece.name in _ANSWERS]


def entries(stream: IO[bytes], name: str) -> Iterator[Entry]:
    """Each entry of a text.

    :raises SourceError: an entry is larger than any text.
    """
    waiting: list[str] = []
    dashes: list[str] = []
    start, size = 1, 0
    for number, text in _lines(stream):
        size += len(text)
        if size > _LARGE:
            raise SourceError(f"« {name} », ligne {start} : ce billet ne finit pas. Refaites l'export ; ce qui précède a été lu.")
        if text.rstrip() == _ENTRY or (dashes and not text.strip()):
            dashes.append(text)
            continue
        if dashes and _key(text) in _HEADER:
            yield from _entry(waiting, start, is_cut=False)
            waiting, size, start = [], 0, number
        elif dashes:
            waiting += dashes
        dashes = []
        waiting.append(text)
    yield from _entry(waiting, start, is_cut=not dashes and bool(waiting) and waiting[-1].rstrip() != _PIECE)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(iter(lambda: stream.readline(_LARGE), b""), 1):
        for text in clean(decoded(raw)).removesuffix("\n").split("\n"):
            yield number, text.lstrip("\ufeff")


def _key(text: str) -> str:
    key, colon, _ = text.partition(":")
    return key.strip() if colon else ""


def _entry(lines: list[str], start: int, *, is_cut: bool) -> Iterator[Entry]:
    """The entry of some lines; none when they say nothing."""
    if not any(line.strip() for line in lines):
        return
    groups: list[list[str]] = [[]]
    for text in lines:
        if text.rstrip() == _PIECE:
            groups.append([])
        else:
            groups[-1].append(text)
    head, *others = _joined(groups)
    fields = tuple((_key(text), text.partition(":")[2].strip()) for text in head if _key(text))
    yield Entry(line=start, head=Piece("", fields, ""), others=tuple(map(_piece, others)), is_cut=is_cut)


def _joined(groups: list[list[str]]) -> list[list[str]]:
    """Pieces by their first lines; what is none goes on with the one before, its dashes included."""
    joined, waiting = groups[:1], list[str]()
    for group in groups[1:]:
        first = next((text.strip() for text in group if text.strip()), "")
        if not first:
            waiting += [_PIECE, *group]
        elif _key(first) in _TEXTS or (_key(first) in _ANSWERS and first.endswith(":")):
            joined.append(group)
            waiting = []
        elif len(joined) > 1:
            joined[-1] += [*waiting, _PIECE, *group]
            waiting = []
        else:
            joined.append(["BODY:", *group])
    return joined


def _piece(lines: list[str]) -> Piece:
    """A piece by its first line; fields of a comment end at the first line that is none, and what is private is dropped."""
    start = next((number for number, text in enumerate(lines) if text.strip()), len(lines))
    first = lines[start] if start < len(lines) else ""
    name, rest = _key(first), first.partition(":")[2].strip()
    known = _ANSWERS.get(name, frozenset[str]())
    end, fields = start + 1, dict[str, str]()
    while end < len(lines) and (key := _key(lines[end]).upper()) in known and key not in fields:
        fields[key] = lines[end].partition(":")[2].strip()
        end += 1
    text = "\n".join(([rest] if rest else []) + lines[end:])
    return Piece(name, tuple((key, value) for key, value in fields.items() if key not in _SECRET), text.strip("\n"))
