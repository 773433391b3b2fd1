"""The header of an author's file, its keys not interpreted yet.

Ours is made of ``Clé: valeur`` lines up to the first empty one. Those of other
generators (YAML, TOML, JSON, Nikola's comments) are read by ``foreign_header``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from plancher.text import header_keys
from plancher.text.header_lines import PLAIN_FIELD, HeaderField, LineReader, RawHeader, any_field, known_field

_TITLE = re.compile(r"# +(?P<title>\S.*?)(?: +#+)? *")


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
    if any_field(lines[start]) is None:
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
    while index < len(lines) and PLAIN_FIELD.match(lines[index]):
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
    while index < len(lines) and (field := known_field(lines[index])) and header_keys.is_of_a_header(field[0]):
        fields.append(HeaderField(field[0], field[1], index + 1))
        index += 1
    return tuple(fields)


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
