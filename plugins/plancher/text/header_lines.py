"""The lines of a header: ``Clé: valeur``, one after the other."""

from __future__ import annotations

import dataclasses
import re

from plancher.base.problems import Problem
from plancher.text import header_keys

_COLON = r" ?[\u00a0\u202f]?[:：]"
PLAIN_FIELD = re.compile(rf"(?P<key>[^\W\d][\w-]*){_COLON}(?:\s+(?P<value>.*)|$)")
_KNOWN_FIELD = re.compile(rf"\s*(?P<key>[^\W\d][\w '’-]{{0,30}}?){_COLON}\s*(?P<value>.*)")
"""As authors type a key that we know: with a space or an apostrophe in it, indented, or glued to its value."""
_LONGEST_KEY = 34
"""Characters of such a key, with its colon."""
_CONTINUED = re.compile(r"\s+\S")
_ITEM = re.compile(r"\s*-\s+(?P<item>.*)")
_INLINE = re.compile(r"\[(?P<items>.*)\]$")


@dataclasses.dataclass(frozen=True, slots=True)
class HeaderField:
    """One key of the header and its value, continuation lines joined."""

    key: str
    """As typed."""
    value: str
    line: int
    items: tuple[str, ...] = ()
    """The same, when it was typed as a list."""
    within: str = ""
    """The name of the group it stands in: ``taxonomies``, ``params``…"""


@dataclasses.dataclass(frozen=True, slots=True)
class RawHeader:
    """The header, its keys not interpreted yet."""

    fields: tuple[HeaderField, ...]
    body_start: int
    """Index, in the lines of the file, of the first line of the body."""
    problems: tuple[Problem, ...] = ()
    is_foreign: bool = False
    """Written for another generator."""
    unread: tuple[str, ...] = ()
    """Lines of the header that nobody understood."""


def any_field(line: str) -> tuple[str, str] | None:
    """The key and the value of a line of the header."""
    match = PLAIN_FIELD.match(line)
    return (match["key"], (match["value"] or "").strip()) if match else known_field(line)


def known_field(line: str) -> tuple[str, str] | None:
    """The same, when we know the key: it may then be typed more loosely."""
    head = line.lstrip()[:_LONGEST_KEY]
    match = _KNOWN_FIELD.fullmatch(line) if ":" in head or "：" in head else None
    is_meant = header_keys.is_of_a_header if line[:1].isspace() else header_keys.is_known
    return (match["key"], match["value"].strip()) if match and is_meant(match["key"]) else None


class LineReader:
    """Collects fields line by line; knows only the field it is in."""

    def __init__(self) -> None:
        self.fields: list[HeaderField] = []
        self.problems: list[Problem] = []
        self.unread: list[str] = []

    def take(self, line: str, number: int) -> None:
        """Read one more line."""
        field, item = any_field(line), _ITEM.fullmatch(line)
        if field:
            self.fields.append(_typed(*field, number))
        elif item and (hidden := known_field(f" {item['item']}")):  # « - Status: draft » is no keyword
            self.fields.append(_typed(*hidden, number))
        elif item and self.fields:
            self._add_item(unquoted(item["item"].strip()))
        elif self.fields and _CONTINUED.match(line):
            last = self.fields[-1]
            self.fields[-1] = dataclasses.replace(last, value=f"{last.value} {line.strip()}".strip())
        else:
            self.unread.append(line)
            self.problems.append(Problem(number, "PDV020", "ligne illisible dans l'en-tête. Écrivez « Clé: valeur », puis une ligne vide avant le texte."))

    def _add_item(self, item: str) -> None:
        last = self.fields[-1]
        items = (*(last.items or ((last.value,) if last.value else ())), item)
        self.fields[-1] = dataclasses.replace(last, value=", ".join(items), items=items)


def _typed(key: str, value: str, number: int) -> HeaderField:
    inline = _INLINE.match(value)
    if inline is None:
        return HeaderField(key, unquoted(value), number)
    items = tuple(filter(None, (unquoted(part.strip()) for part in inline["items"].split(","))))
    return HeaderField(key, value if items or inline["items"].strip() else "", number, items)


def unquoted(value: str) -> str:
    """A value without the quotes put around it; ``"a" et "b"`` keeps its own."""
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" and value.count(value[0]) == 2  # noqa: PLR2004 - the pair
    return value[1:-1] if quoted else value
