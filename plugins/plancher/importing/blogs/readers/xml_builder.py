"""What expat tells becomes elements, one at a time, within bounds."""

from __future__ import annotations

from collections import deque
from xml.parsers import expat

from plancher.importing.blogs.readers.xml_node import Node, known_namespace
from plancher.importing.blogs.source import SourceError

_DEEP = 200
"""Elements inside one another, at most."""
_ELEMENT = 60_000_000
"""Characters of one element, at most."""
_COST = 200
"""What an element or an attribute counts for, beside its letters: memory is bounded, however small they are."""
_TOKEN = 4_000_000
"""Bytes of one tag or comment, at most: expat reads an unfinished one again at each piece."""

_MANY = 1000
"""Names that are remembered, at most."""

_END = 1000
"""Bytes of what is skipped that are remembered."""


class DamageError(Exception):
    """The parser cannot go on."""

    def __init__(self, why: str, line: int, place: int) -> None:
        """:param place: where, in the piece of text that was given last."""
        super().__init__(why)
        self.why, self.line, self.place = why, line, place


class Builder:
    """Elements of a file, from the pieces of its text."""

    def __init__(self, containers: frozenset[str], ready: deque[Node]) -> None:
        self.has_begun = self.is_over = False
        self.is_whole = False
        """Whether what was skipped last holds the end of the file, as it must be."""
        self._skipped = b""
        self._containers = containers
        self._ready = ready
        self._open: list[str] = []
        """Containers that are open, as the file calls them."""
        self._stack: list[Node] = []
        """The element that is being read, and those open in it."""
        self._defaults = [""]
        self._prefixes: dict[str, str] = {"xml": "xml"}
        self._names: dict[tuple[str, str], str] = {}
        self._size = 0
        self._last = ""
        """How the last element of a container was called in the file."""
        self._lines = self._earlier_lines = self._given = 0
        self._parser = expat.ParserCreate("utf-8")
        self._listen()

    @property
    def line(self) -> int:
        """Where the parser is."""
        return self._earlier_lines + self._parser.CurrentLineNumber

    @property
    def opening(self) -> str:
        """The tag that begins an element like the last one; empty: none was seen."""
        return self._last if self._open else ""

    def feed(self, data: bytes) -> None:
        """The next piece of text.

        :raises DamageError: it is not well formed, or out of bounds.
        :raises SourceError: it has a DTD.
        """
        before = self._given
        self._given += len(data)
        try:
            self._parser.Parse(data, False)  # noqa: FBT003 - expat's own signature
        except expat.ExpatError as error:
            raise self._damaged("le XML est abîmé", self._parser.ErrorByteIndex - before, data) from error
        except _TooDeepError as error:
            raise self._damaged(f"plus de {_DEEP} éléments sont les uns dans les autres", error.place - before, data) from error
        if self._given - self._parser.CurrentByteIndex > _TOKEN:
            raise self._damaged(f"une balise ou un commentaire dépasse {_TOKEN // 1_000_000} Mo", len(data), data)
        self._lines += data.count(b"\n")

    def skip(self, data: bytes) -> None:
        """Text that is not read."""
        self._lines += data.count(b"\n")
        self._skipped = (self._skipped + data)[-_END:]
        self.is_whole = bool(self._open) and self._skipped.rstrip().endswith(f"</{self._open[0]}>".encode())

    def give_up(self, why: str) -> None:
        """The element that is open is what it is."""
        if self._stack:
            self._stack[0].fault = why
            self._ready.append(self._stack[0])
        self._stack = []

    def begin_again(self) -> None:
        """A new parser, in the same containers."""
        self._parser = expat.ParserCreate("utf-8")
        self._earlier_lines = self._lines
        opening = "".join(f"<{name}>" for name in self._open).encode()
        self._parser.Parse(opening, False)  # noqa: FBT003 - expat's own signature
        self._given = len(opening)
        del self._defaults[len(self._open) + 1 :]
        self._listen()

    def _damaged(self, why: str, place: int, data: bytes) -> DamageError:
        line, place = self.line, min(max(place, 0), len(data))
        self._lines += data.count(b"\n", 0, place)
        return DamageError(why, line, place)

    def _listen(self) -> None:
        parser = self._parser
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, name: str, *_details: object) -> None:
        raise SourceError(
            f"Le fichier a une DTD (« <!DOCTYPE {name[:40]} … », ligne {self.line}), qui peut lire d'autres fichiers : il n'est pas lu. "
            "Si vous savez d'où il vient, ôtez cette déclaration avec un éditeur de texte, puis recommencez.",
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.has_begun = True
        if len(self._stack) + len(self._open) >= _DEEP:
            raise _TooDeepError(self._parser.CurrentByteIndex)
        self._defaults.append(self._defaults[-1])
        if attributes:
            attributes = self._attributes(attributes)
        node = Node(self._named(tag, self._defaults[-1]), attributes, self._earlier_lines + self._parser.CurrentLineNumber)
        if not self._stack and tag.rpartition(":")[2] in self._containers:
            self._open.append(tag)
            self._ready.append(node)
            return
        if not self._stack:
            self._last, self._size = tag, 0
        elif self._has_room(_COST * (1 + len(attributes)) + sum(map(len, attributes.values()))):
            self._stack[-1].content.append(node)
        self._stack.append(node)

    def _end(self, tag: str) -> None:
        self._defaults.pop()
        if self._stack:
            node = self._stack.pop()
            if not self._stack:
                self._ready.append(node)
        else:
            self._open.pop()
        self.is_over = not self._stack and not self._open

    def _text(self, text: str) -> None:
        if self._stack and self._has_room(len(text)):
            self._stack[-1].content.append(text)

    def _has_room(self, size: int) -> bool:
        self._size += size
        if self._size > _ELEMENT:
            self._stack[0].fault = f"démesuré : plus de {_ELEMENT // 1_000_000} Mo"
        return self._size <= _ELEMENT

    def _attributes(self, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes, with the namespaces that they declare taken note of."""
        for key, value in attributes.items():
            if key.startswith("xmlns:"):
                self._prefixes[key[6:]] = known_namespace(value, key[6:])
                self._names.clear()
            elif key == "xmlns":
                self._defaults[-1] = known_namespace(value, "")
        return {self._named(key, "") if ":" in key else key: value for key, value in attributes.items()}

    def _named(self, name: str, default: str) -> str:
        known = self._names.get((name, default))
        if known is None:
            prefix, _, local = name.rpartition(":")
            space = self._prefixes.get(prefix, prefix) if prefix else default
            known = f"{space}:{local}" if space else local
            if len(self._names) < _MANY:
                self._names[name, default] = known
        return known


class _TooDeepError(Exception):
    """Too many elements in one another."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place
