"""What came from former blogs, and what it became: a sorted file of the content folder, which git shows.

A second import reads it: what is there already is not made twice, what its author changed or deleted here stays so.
"""

from __future__ import annotations

import enum
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

FILE = "importation.txt"
"""From the content folder."""
_HEAD = (
    "# Ce que « invoke import » a fait venir d'anciens blogs, une chose par ligne. Gardez ce fichier : grâce à lui, une seconde fois ne change rien,\n"
    "# et ce que vous avez modifié ou effacé depuis le reste. Chaque ligne : genre, blog, identifiant, fichier, empreinte de la source, empreinte écrite.\n"
)
_FIELDS = 6


class Made(enum.StrEnum):
    """What a line is about."""

    TEXT = "texte"
    REPLIES = "réponses"
    FILE = "fichier"
    ABSENT = "absent"
    """A picture that is not here: ``path`` is the one it will have."""
    TERM = "mot-clé"
    REDIRECTION = "redirection"


class Entry(NamedTuple):
    """One line."""

    made: Made
    scope: str
    """Which former blog."""
    identifier: str
    """Of a text; of a file, its former address."""
    path: str = ""
    """From the content folder."""
    source: str = ""
    """Digest of what the export says."""
    written: str = ""
    """Digest of what was written here."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the others."""
        return self.made, self.scope, self.identifier


class Ledger:
    """All lines."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.key: entry for entry in entries}

    @classmethod
    def read(cls, content: Path) -> Ledger:
        """That of a content folder; lines that nobody understands are passed over.

        :raises OSError: it cannot be read.
        """
        path = content / FILE
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
        return cls(filter(None, map(_entry, lines)))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, made: Made, scope: str, identifier: str) -> Entry | None:
        """A line; None when there is none."""
        return self._entries.get((made, scope, identifier))

    def of(self, made: Made) -> list[Entry]:
        """The lines about one kind of thing."""
        return [entry for entry in self if entry.made is made]

    def add(self, entry: Entry) -> None:
        """Write a line, in the place of the one with its key."""
        self._entries[entry.key] = entry

    def remove(self, entry: Entry) -> None:
        """Take a line out."""
        self._entries.pop(entry.key, None)

    @property
    def text(self) -> str:
        """The whole file; empty when nothing came."""
        lines = sorted("\t".join(map(_safe, entry)) for entry in self)
        return _HEAD + "".join(f"{line}\n" for line in lines) if lines else ""


def _safe(field: str) -> str:
    """Without what would end a field or a line; an address stays readable."""
    return (
        urllib.parse.quote(field, safe="".join(chr(code) for code in range(0x20, 0x7F) if chr(code) != "%"))
        if not field.isprintable() or "%" in field
        else field
    )


def _entry(line: str) -> Entry | None:
    fields = [urllib.parse.unquote(field) for field in line.split("\t")]
    if line.startswith("#") or len(fields) != _FIELDS or fields[0] not in {made.value for made in Made}:
        return None
    return Entry(Made(fields[0]), *fields[1:])
