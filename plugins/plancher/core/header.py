"""The header of an author's file: ``Clé: valeur`` lines up to the first empty one."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from plancher.core.problems import Problem

_FIELD = re.compile(r"(?P<key>[^\W\d][\w-]*) ?[\u00a0\u202f]?:(?:\s+(?P<value>.*)|$)")
_CONTINUED = re.compile(r"\s+\S")
_YAML_ITEM = re.compile(r"\s*-\s+(?P<item>.*)")
_YAML_INLINE = re.compile(r"\[(?P<items>.*)\]$")
_FENCE = "---"


@dataclasses.dataclass(frozen=True, slots=True)
class HeaderField:
    """One line of the header, continuation lines joined."""

    key: str
    """As typed."""
    value: str
    line: int


@dataclasses.dataclass(frozen=True, slots=True)
class RawHeader:
    """The header before anyone knows what its keys mean."""

    fields: tuple[HeaderField, ...]
    body_start: int
    """Index, in the lines of the file, of the first line of the body."""
    problems: tuple[Problem, ...]


def split(lines: Sequence[str]) -> RawHeader:
    """Read the header and say where the body starts.

    A header between two ``---`` lines is read too, but a YAML list inside is a
    problem: plain Pelican would swallow the lines after it, ``Status: draft``
    included.
    """
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    fenced = start < len(lines) and lines[start].rstrip() == _FENCE
    if not fenced and (start == len(lines) or not _FIELD.match(lines[start])):
        return RawHeader((), start, ())
    reader = _HeaderReader()
    index = start + fenced
    while index < len(lines):
        line = lines[index]
        if fenced and line.rstrip() in {_FENCE, "..."}:
            index += 1
            break
        if not fenced and not line.strip():
            break
        reader.take(line, index + 1)
        index += 1
    return RawHeader(tuple(reader.fields), index, tuple(reader.problems))


class _HeaderReader:
    """Collects fields line by line; knows only the field it is in."""

    def __init__(self) -> None:
        self.fields: list[HeaderField] = []
        self.problems: list[Problem] = []

    def take(self, line: str, number: int) -> None:
        found, item = _FIELD.match(line), _YAML_ITEM.fullmatch(line)
        if found:
            self.fields.append(self._field(found["key"], (found["value"] or "").strip(), number))
        elif item and self.fields:
            self._join(item["item"], ", ")
            self._yaml(self.fields[-1], number)
        elif self.fields and _CONTINUED.match(line):
            self._join(line.strip(), " ")
        elif line.strip():
            self.problems.append(Problem(number, "PDV020", "ligne illisible dans l'en-tête. Écrivez « Clé: valeur », puis une ligne vide avant le texte."))

    def _field(self, key: str, value: str, number: int) -> HeaderField:
        inline = _YAML_INLINE.match(value)
        if inline is None:
            return HeaderField(key, _unquoted(value), number)
        items = ", ".join(_unquoted(part.strip()) for part in inline["items"].split(","))
        field = HeaderField(key, items, number)
        self._yaml(field, number)
        return field

    def _join(self, text: str, separator: str) -> None:
        last = self.fields[-1]
        value = f"{last.value}{separator}{text}" if last.value else text
        self.fields[-1] = dataclasses.replace(last, value=value)

    def _yaml(self, field: HeaderField, number: int) -> None:
        if not any(p.code == "PDV024" and p.line >= field.line for p in self.problems):
            message = f"liste à la façon de YAML pour « {field.key} ». Écrivez « {field.key}: un, deux » sur une seule ligne."
            self.problems.append(Problem(number, "PDV024", message))


def _unquoted(value: str) -> str:
    """A value without the quotes YAML authors put around it; ``"a" et "b"`` keeps its own."""
    quoted = len(value) > 1 and value[0] == value[-1] == '"' and value.count('"') == 2  # noqa: PLR2004 - the pair
    return value[1:-1] if quoted else value
