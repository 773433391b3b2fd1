"""The source of an import: a file, a folder or an archive, whose parts are read within bounds and never written."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from plancher.base import reasons

_MANY = 200_000
"""Files in one source, at most."""
_PART = 4_000_000_000
"""Bytes of one part of an archive, at most."""
_WHOLE = 20_000_000_000
"""Bytes of all parts of an archive, at most."""
_INFLATION = 200
"""How many times larger than its compressed form a part may be, beyond the first ten megabytes: a bomb is thousands of times larger."""
_SMALL = 10_000_000


class SourceError(Exception):
    """A source that cannot be read, with a French sentence that says what to do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of the source."""

    name: str
    """From the root of the source, with « / »."""
    size: int
    """Bytes."""


class Source:
    """What « invoke import » is given. Its parts are sorted by name."""

    def __init__(self, path: Path) -> None:
        """:raises SourceError: it is not there, or cannot be read."""
        self.path = path
        self._archive: zipfile.ZipFile | None = None
        if path.is_dir():
            self.root = path
            self.parts = tuple(_walk(path))
        elif not path.exists():
            raise SourceError(f"« {path} » n'existe pas. Donnez le fichier d'export, ou le dossier, de l'ancien blog.")
        elif zipfile.is_zipfile(path):
            self.root = path
            self._archive, self.parts = _opened(path)
        else:
            self.root = path.parent
            self.parts = (Part(name=path.name, size=path.stat().st_size),)
        self._names = {part.name: part for part in self.parts}

    @property
    def is_single_file(self) -> bool:
        """Whether it is one file that is no archive."""
        return self._archive is None and self.path.is_file()

    def has(self, name: str) -> bool:
        """Whether a file of this name is there."""
        return name in self._names

    def named(self, *endings: str) -> tuple[Part, ...]:
        """The parts whose names end so, whatever the case."""
        return tuple(part for part in self.parts if part.name.lower().endswith(endings))

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A part as a stream.

        :raises SourceError: it is not there, or cannot be read.
        """
        if name not in self._names:
            raise SourceError(f"« {name} » n'est pas dans {self.path.name}.")
        try:
            with self._archive.open(name) if self._archive else (self.root / name).open("rb") as stream:
                yield stream
        except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
            raise SourceError(f"« {name} » ne se lit pas : l'export est peut-être abîmé ou protégé. Refaites-le, puis recommencez.") from error

    def read(self, name: str, limit: int = 50_000_000) -> bytes:
        """A whole part.

        :param limit: bytes, at most.
        :raises SourceError: it is not there, cannot be read, or is larger.
        """
        with self.open(name) as stream:
            raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise SourceError(f"« {name} » dépasse {limit // 1_000_000} Mo : ce n'est pas un texte.")
        return raw

    def start(self, name: str, size: int = 8192) -> bytes:
        """The first bytes of a part, to know what it is."""
        with self.open(name) as stream:
            return stream.read(size)

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive:
            self._archive.close()


def decoded(raw: bytes) -> str:
    """A text of a former blog: UTF-8 if it is, else what Windows wrote, else latin-1, which takes every byte.

    Guessing by statistics finds Polish in short French texts: these three are what French blogs were written in.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            with contextlib.suppress(UnicodeDecodeError):
                return raw.decode(name)
    for name in ("utf-8", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(name)
    return raw.decode("latin-1")


def _walk(folder: Path) -> Iterator[Part]:
    """The files of a folder; what links out of it is not followed."""
    found = []
    for where, folders, names in os.walk(folder, onerror=_closed):
        folders[:] = [name for name in folders if name != ".git"]
        found += [path for name in names if not (path := Path(where, name)).is_symlink() and path.is_file()]
        if len(found) > _MANY:
            raise SourceError(f"« {folder} » contient plus de {_MANY} fichiers : donnez le dossier des textes.")
    for path in sorted(found):
        yield Part(name=path.relative_to(folder).as_posix(), size=path.stat().st_size)


def _closed(error: OSError) -> None:
    """A folder that cannot be read: its texts would be missed without a word; those that systems hide hold none."""
    if not Path(error.filename).name.startswith((".", "lost+found")):
        raise SourceError(
            f"le dossier « {error.filename} » ne se lit pas ({reasons.of_a_disk(error)}) : ses textes manqueraient. Rendez-le lisible, ou ôtez-le."
        )


def _opened(path: Path) -> tuple[zipfile.ZipFile, tuple[Part, ...]]:
    try:
        archive = zipfile.ZipFile(path)
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16)]
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceError(f"« {path.name} » est abîmé : refaites l'export, ou décompressez-le et donnez le dossier.") from error
    if len(entries) > _MANY or sum(entry.file_size for entry in entries) > _WHOLE:
        raise SourceError(f"« {path.name} » est trop grand une fois décompressé : décompressez-le vous-même et donnez le dossier des textes.")
    parts = []
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            raise SourceError(f"« {path.name} » contient « {entry.filename} », qui sortirait de son dossier : cet export n'est pas sûr, rien n'a été lu.")
        if entry.file_size > _PART or entry.file_size > max(_SMALL, entry.compress_size * _INFLATION):
            raise SourceError(f"« {path.name} » contient « {entry.filename} », démesuré une fois décompressé : rien n'a été lu.")
        parts.append(Part(name=entry.filename, size=entry.file_size))
    return archive, tuple(sorted(parts, key=lambda part: part.name))


def as_text_stream(stream: IO[bytes]) -> io.TextIOWrapper:
    """Lines of a stream of UTF-8 whose faults are replaced by a sign that the report counts."""
    return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
