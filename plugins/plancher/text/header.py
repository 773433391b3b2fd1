"""The header of an author's file, its keys not interpreted yet.

Ours is made of ``Clé: valeur`` lines up to the first empty one. Those of other
generators (YAML, TOML, JSON, Nikola's comments) are read by ``foreign_header``.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from plancher.base.problems import Problem
from plancher.text import header_keys

_COLON = r" ?[\u00a0\u202f]?[:：]"
_FIELD = re.compile(rf"(?P<key>[^\W\d][\w-]*){_COLON}(?:\s+(?P<value>.*)|$)")
_KNOWN_FIELD = re.compile(rf"\s*(?P<key>[^\W\d][\w '’-]{{0,30}}?){_COLON}\s*(?P<value>.*)")
"""As authors type a key that we know: with a space or an apostrophe in it, indented, or glued to its value."""
_LONGEST_KEY = 34
"""Characters of such a key, with its colon."""
_TITLE = re.compile(r"# +(?P<title>\S.*?)(?: +#+)? *")
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


def split(lines: Sequence[str]) -> RawHeader:
    """Read the header and say where the body starts."""
    start = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines):
        return RawHeader((), start)
    if lines[start].startswith(_FOREIGN_SIGNS):
        from plancher.text import foreign_header  # noqa: PLC0415 - few texts need it, and it needs this module

        foreign = foreign_header.split(lines, start)
        if foreign is not None:
            return foreign
    titled = _TITLE.fullmatch(lines[start])
    if titled:
        return _under_a_title(titled["title"], lines, start)
    if _field(lines[start]) is None:
        return RawHeader((), start)
    reader = LineReader()
    index = start
    while index < len(lines) and lines[index].strip():
        reader.take(lines[index], index + 1)
        index += 1
    return RawHeader(tuple(reader.fields), index, tuple(reader.problems), unread=tuple(reader.unread))


def _under_a_title(title: str, lines: Sequence[str], start: int) -> RawHeader:
    """« # Un titre », then the fields, as Notion writes them; where there is no field, the title belongs to the text."""
    index = next((i for i in range(start + 1, len(lines)) if lines[i].strip()), len(lines))
    reader = LineReader()
    while index < len(lines) and _FIELD.match(lines[index]):
        reader.take(lines[index], index + 1)
        index += 1
    if not any(header_keys.is_known(field.key) for field in reader.fields) or (index < len(lines) and lines[index].strip()):
        return RawHeader((), start)
    has_title = any(header_keys.canonical(field.key) == "title" for field in reader.fields)
    fields = () if has_title else (HeaderField("Title", title, start + 1),)
    return RawHeader((*fields, *reader.fields), index, tuple(reader.problems), is_foreign=True)


_FOREIGN_SIGNS = ("---", "+++", "{", "<!--", "..", ";;;")


def opens_with_a_field(lines: Sequence[str], start: int) -> tuple[HeaderField, ...]:
    """The known fields on the first lines of the body: an empty line has parted them from the header."""
    index = next((i for i in range(start, len(lines)) if lines[i].strip()), len(lines))
    fields: list[HeaderField] = []
    while index < len(lines) and (field := _known_field(lines[index])) and header_keys.is_of_a_header(field[0]):
        fields.append(HeaderField(field[0], field[1], index + 1))
        index += 1
    return tuple(fields)


def _field(line: str) -> tuple[str, str] | None:
    """The key and the value of a line of the header."""
    match = _FIELD.match(line)
    return (match["key"], (match["value"] or "").strip()) if match else _known_field(line)


def _known_field(line: str) -> tuple[str, str] | None:
    """The same, when we know the key: it may then be typed more loosely."""
    head = line.lstrip()[:_LONGEST_KEY]
    match = _KNOWN_FIELD.fullmatch(line) if ":" in head or "：" in head else None
    is_meant = header_keys.is_of_a_header if line[:1].isspace() else header_keys.is_known
    return (match["key"], match["value"].strip()) if match and is_meant(match["key"]) else None


def line(key: str, value: str) -> str:
    """The line that gives a field this very value; where no quotes allow it, with the quotes of French."""
    french = re.sub(r"[\"']([^\"']*)[\"']", r"« \1 »", value)
    for wanted in (value, french):
        for typed in (wanted, f'"{wanted}"', f"'{wanted}'"):
            read = split([f"{key}: {typed}"])
            if not read.problems and [(field.key, field.value, field.items) for field in read.fields] == [(key, wanted, ())]:
                return f"{key}: {typed}"
    bare = re.sub(r"[\"']", "’", value).strip("[]")
    return f"{key}: {bare}"


class LineReader:
    """Collects fields line by line; knows only the field it is in."""

    def __init__(self) -> None:
        self.fields: list[HeaderField] = []
        self.problems: list[Problem] = []
        self.unread: list[str] = []

    def take(self, line: str, number: int) -> None:
        """Read one more line."""
        field, item = _field(line), _ITEM.fullmatch(line)
        if field:
            self.fields.append(_typed(*field, number))
        elif item and (hidden := _known_field(f" {item['item']}")):  # « - Status: draft » is no keyword
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
