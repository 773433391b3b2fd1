"""The elements of a large file in XML, one at a time: expat as a stream, within bounds.

Any DTD is refused: entities of a DTD read other files and fill the memory, and no export of a blog needs one.
What is damaged in the middle of a file costs one element, not those that follow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import IO

from plancher.importing.blogs.readers.xml_builder import Builder, DamageError
from plancher.importing.blogs.readers.xml_node import Node
from plancher.importing.blogs.readers.xml_repair import Repairer
from plancher.importing.blogs.source import Source, SourceError

_PIECE = 65_536
_WHOLE = 8_000_000_000
"""Bytes of one file, at most."""
_BROKEN = 1000
"""Damaged elements in one file, at most."""


def elements(source: Source, name: str, containers: frozenset[str]) -> Iterator[Node]:
    """The elements that stand in the containers, each with all that is inside, in the order of the file; a container comes as it opens, empty.

    One that is damaged, too large or too deep has its ``fault``, and perhaps not all that it held.

    :param containers: local names of elements that hold others, from the root on: « rss », « channel ».
    :raises SourceError: it is no XML, has a DTD, is out of bounds or was cut; what was yielded before is whole.
    """
    with source.open(name) as stream:
        yield from _Reading(name, containers).run(stream)


class _Reading:
    """One file being read."""

    def __init__(self, name: str, containers: frozenset[str]) -> None:
        self.name = name
        self.ready: deque[Node] = deque()
        self.builder = Builder(containers, self.ready)
        self.broken = 0
        self.lines = 0
        """Newlines of the text that former parsers had."""
        self.sought: bytes = b""
        """After a damage: how the next element begins; what comes before it is lost."""

    def run(self, stream: IO[bytes]) -> Iterator[Node]:
        raw, total = stream.read(_PIECE), 0
        repairer = Repairer(raw)
        while raw and not self.builder.is_over:
            total += len(raw)
            if total > _WHOLE:
                raise SourceError(f"« {self.name} » dépasse {_WHOLE // 1_000_000_000} Go : partagez l'export en plusieurs fichiers.")
            following = stream.read(_PIECE)
            self._feed(repairer.feed(raw, is_last=not following).encode("utf-8", "replace"))
            yield from self._delivered(repairer)
            raw = following
        if not self.builder.is_over:
            yield from self._cut()

    def _delivered(self, repairer: Repairer) -> Iterator[Node]:
        """What is ready; the repairs of the file are told with the element that follows or holds them."""
        while self.ready:
            node = self.ready.popleft()
            ending = self.ready[0].line if self.ready else self.builder.line + 1
            node.repairs = tuple(repair for repair in repairer.repairs if repair.line < ending)
            del repairer.repairs[: len(node.repairs)]
            yield node

    def _feed(self, data: bytes) -> None:
        while data:
            if self.sought:
                data = self._found(data)
                continue
            try:
                self.builder.feed(data)
            except DamageError as damage:
                data = self._after(damage, data)
            else:
                return

    def _after(self, damage: DamageError, data: bytes) -> bytes:
        """What is left of a piece behind the place where the parser gave up."""
        builder = self.builder
        if builder.is_over:
            return b""
        opening = builder.opening
        self.broken += 1
        if not opening or self.broken > _BROKEN:
            raise SourceError(f"« {self.name} », ligne {damage.line} : {damage.why}. Refaites l'export, ou enregistrez-le de nouveau en XML, puis recommencez.")
        builder.give_up(f"{damage.why}, ligne {damage.line}")
        self.sought = b"<" + opening.encode()
        rest = data[damage.place :]
        return rest[1:] if rest.startswith(self.sought) else rest

    def _found(self, data: bytes) -> bytes:
        """From the next element on, with a new parser; nothing yet if it is not in this piece."""
        place = data.find(self.sought)
        while place >= 0 and data[place + len(self.sought) : place + len(self.sought) + 1] not in {b">", b" ", b"\n", b"\r", b"\t"}:
            place = data.find(self.sought, place + 1)
        if place < 0:
            self.builder.skip(data)
            return b""
        self.sought = b""
        self.builder.skip(data[:place])
        self.builder.begin_again()
        return data[place:]

    def _cut(self) -> Iterator[Node]:
        line = self.builder.line
        if not self.builder.has_begun:
            raise SourceError(f"« {self.name} » n'est pas du XML, ou il est vide : donnez le fichier d'export tel que l'ancien blog l'a fait.")
        if not self.sought:
            self.builder.give_up(f"le fichier s'arrête au milieu, ligne {line}")
        yield from self.ready
        if self.sought and self.builder.is_whole:
            return
        raise SourceError(f"« {self.name} » s'arrête au milieu, ligne {line} : ce qui précède a été lu, la suite manque. Refaites l'export, puis recommencez.")
