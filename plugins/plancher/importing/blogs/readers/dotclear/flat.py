"""The lines of a flat export: records of sections, whose columns are known by name.

Format: plugins/importExport/src/FlatExport.php and FlatBackup.php of Dotclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO

from plancher.importing.blogs.source import SourceError, decoded

MARK = b"///DOTCLEAR|"
_LONG = 50_000_000
"""Bytes of one record, at most."""
_SECTION = re.compile(r"\[([a-z0-9_]+) ([a-z0-9_, ]+)\]\s*")
_VALUE = re.compile(r'"((?:[^"\\]++|\\.)*+)"(,|\s*\Z)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"n": "\n", "r": "\r"}
_NAMES = {
    "categorie": {"cat_libelle": "cat_title", "cat_libelle_url": "cat_url"},
    "post": {"post_titre": "post_title", "post_pub": "post_status", "post_chapo": "post_excerpt_xhtml", "post_chapo_wiki": "post_excerpt"},
    "comment": {"comment_auteur": "comment_author", "comment_pub": "comment_status"},
}
"""How version 1.2 called them (FlatImportV2.php)."""


class Record:
    """One record; a column that its version does not have is empty."""

    def __init__(self, section: str, line: int, values: Mapping[str, str]) -> None:
        self.section = section
        self.line = line
        self._values = values

    def __getitem__(self, column: str) -> str:
        return self._values.get(column, "")

    def __contains__(self, column: str) -> bool:
        return column in self._values


def version(stream: IO[bytes]) -> str:
    """Of the engine that wrote the export, from its first line."""
    words = stream.readline(1000).lstrip(b"\xef\xbb\xbf").decode("latin-1").split("|")
    return words[1].strip() if len(words) > 1 else ""


def records(stream: IO[bytes], name: str) -> Iterator[Record | int]:
    """Each record, or the number of a line that is none.

    :raises SourceError: the export was cut in the middle of its last record.
    """
    is_old = version(stream).startswith("1.2")
    section, columns = "", []
    line = 1
    while raw := stream.readline(_LONG):
        line += 1
        text = decoded(raw)
        if match := _SECTION.fullmatch(text):
            section, columns = match[1], [column.strip() for column in match[2].split(",")]
        elif text.startswith('"') and section:
            values = _values(text)
            if len(values) == len(columns):
                yield _record(section, line, dict(zip(columns, values, strict=True)), is_old=is_old)
            elif not raw.endswith(b"\n"):
                raise SourceError(f"« {name} » est coupé à la ligne {line} : la fin manque. Refaites l'export ; ce qui précède a été lu.")
            else:
                yield line
        elif text.strip():
            yield line


def _values(text: str) -> list[str]:
    values, place = [], 0
    while match := _VALUE.match(text, place):
        values.append(_ESCAPE.sub(lambda escape: _SIGNS.get(escape[1], escape[1]), match[1]))
        place = match.end()
    return values if place == len(text) else []


def _record(section: str, line: int, values: dict[str, str], *, is_old: bool) -> Record:
    if not is_old:
        return Record(section, line, values)
    names = _NAMES.get(section, {})
    values = {names.get(column, column): value for column, value in values.items()}
    if section == "post":
        values = _old_post(values)
    return Record("category" if section == "categorie" else section, line, values)


def _old_post(values: dict[str, str]) -> dict[str, str]:
    """A post of version 1.2: its HTML had the name that its source has today."""
    source = values.get("post_content_wiki", "")
    day = values.get("post_dt", "")[:10].replace("-", "/")
    return values | {
        "post_format": "wiki" if source else "xhtml",
        "post_content_xhtml": values.get("post_content", ""),
        "post_content": source or values.get("post_content", ""),
        "post_excerpt": values.get("post_excerpt", "") if source else values.get("post_excerpt_xhtml", ""),
        "post_url": f"{day}/{values.get('post_id', '')}-{values.get('post_titre_url', '')}",
        "post_type": "post",
    }
