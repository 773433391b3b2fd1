"""Rows of the tables of a JSON export, one at a time: a table that nobody asks for is stepped over, and never decoded."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO

from plancher.importing.blogs.source import SourceError

Row = Mapping[str, object]
_CHUNK = 1 << 18
_LARGE = 64_000_000
"""Characters of one row, at most."""
_DEEP = 8
_SPACE = re.compile(r"[\s,:]*")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_END_OF_STRING = re.compile(r'["\\]')
_SCALAR = re.compile(r"[^\s,:\[\]{}\"]+")


def rows(stream: IO[bytes], name: str, wanted: frozenset[str]) -> Iterator[tuple[str, Row]]:
    """Each row of the wanted tables, with the name of its table. A table is a list of objects under a key, at whatever place.

    :raises SourceError: the file is cut, or is no JSON.
    """
    try:
        yield from _Scanner(stream, name).rows(wanted)
    except RecursionError as error:
        raise SourceError(f"« {name} » a trop de niveaux pour un export de blog.") from error


class _Scanner:
    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._place = 0
        self._is_over = False

    def rows(self, wanted: frozenset[str]) -> Iterator[tuple[str, Row]]:
        """Walks objects and lists from the root down to the tables."""
        if self._next() not in {"{", "["}:
            raise self._broken()
        yield from self._inside(wanted, "", _DEEP)

    def _inside(self, wanted: frozenset[str], key: str, depth: int) -> Iterator[tuple[str, Row]]:
        """What stands in an object or a list; the place is on its opening sign."""
        is_object = self._next() == "{"
        self._place += 1
        while (sign := self._next()) not in {"}", "]"}:
            name = self._string() if is_object else key
            sign = self._next() if is_object else sign
            if name in wanted and sign == "[":
                yield from self._table(name)
            elif sign in {"{", "["} and depth and (name in {"db", "data"} or not is_object):
                yield from self._inside(wanted, name, depth - 1)
            else:
                self._skip()
        self._place += 1

    def _table(self, name: str) -> Iterator[tuple[str, Row]]:
        self._place += 1
        while (sign := self._next()) != "]":
            if sign == "{":
                yield name, self._row()
            else:
                self._skip()
        self._place += 1

    def _row(self) -> Row:
        while True:
            try:
                row, end = json.JSONDecoder(strict=False).raw_decode(self._text, self._place)
            except ValueError as error:
                if len(self._text) - self._place > _LARGE or not self._more():
                    raise self._broken() from error
            else:
                self._place = end
                return row if isinstance(row, dict) else {}

    def _next(self) -> str:
        """The next sign that is no separator."""
        while True:
            match = _SPACE.match(self._text, self._place)
            self._place = match.end() if match else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                raise self._broken()

    def _string(self) -> str:
        while not (match := _STRING.match(self._text, self._place)):
            if self._next() != '"' or len(self._text) - self._place > _LARGE or not self._more():
                raise self._broken()
        self._place = match.end()
        return str(json.loads(match[0], strict=False))

    def _skip(self) -> None:
        """Step over a value, in whatever size of memory it is."""
        depth = 0
        while True:
            sign = self._next()
            if sign == '"':
                self._skip_string()
            elif sign in "{[":
                depth += 1
                self._place += 1
            elif sign in "}]":
                depth -= 1
                self._place += 1
            else:
                self._skip_scalar()
            if depth <= 0:
                return

    def _skip_scalar(self) -> None:
        while True:
            match = _SCALAR.match(self._text, self._place)
            self._place = match.end() if match else self._place + 1
            if self._place < len(self._text) or not self._more():
                return

    def _skip_string(self) -> None:
        self._place += 1
        while True:
            while self._place < len(self._text):
                stop = _END_OF_STRING.search(self._text, self._place)
                if stop is None:
                    self._place = len(self._text)
                elif stop[0] == '"':
                    self._place = stop.end()
                    return
                else:
                    self._place = stop.end() + 1
            beyond = self._place - len(self._text)
            if not self._more():
                raise self._broken()
            self._place += beyond

    def _more(self) -> bool:
        """Read as much again as is waiting, so that the whole costs a linear time."""
        if self._is_over:
            return False
        raw = self._stream.read(max(_CHUNK, len(self._text) - self._place))
        self._is_over = not raw
        self._text = self._text[self._place :] + self._decoder.decode(raw, final=self._is_over)
        self._place = 0
        return bool(raw)

    def _broken(self) -> SourceError:
        return SourceError(f"« {self._name} » est coupé ou n'est pas du JSON : refaites l'export ; ce qui précède a été lu.")
