"""Made-up exports, written where a test says, and what their reader gives."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping
from pathlib import Path

from plancher.importing.blogs.model import FormerText, Item
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.source import Source


def folder(place: Path, files: Mapping[str, str | bytes]) -> Source:
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source(place)


def single(place: Path, name: str, content: str | bytes) -> Source:
    folder(place, {name: content})
    return Source(place / name)


def archive(place: Path, files: Mapping[str, str | bytes]) -> Source:
    with zipfile.ZipFile(place / "export.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return Source(place / "export.zip")


def reader_of(source: Source) -> Reader:
    return next(reader for reader in READERS if reader.recognises(source))


def items(source: Source, name: str) -> list[Item]:
    """What the source gives, if its reader is the one of this name."""
    reader = reader_of(source)
    assert reader.name == name
    return list(reader.read(source))


def texts(source: Source, name: str) -> list[FormerText]:
    return [item for item in items(source, name) if isinstance(item, FormerText)]


def at(*parts: int) -> dt.datetime:
    """A moment whose zone the export does not tell."""
    return dt.datetime(*parts)  # noqa: DTZ001 - as it says


def whole(found: list[Item]) -> str:
    """All that was given, to search it for what must not be there."""
    return "\n".join(map(repr, found))
