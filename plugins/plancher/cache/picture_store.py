"""The files that were made of pictures, by content, and what was made of which: 1 s of work for each photograph.

It may be deleted or copied to another machine at any time, as the cache of
texts (``store``). A file that is missing or damaged counts as never made.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plancher.base import atomic, digest
from plancher.cache import pickling
from plancher.cache.store import DAMAGE, writing
from plancher.pictures.model import Picture, Rendition

FILE, FOLDER = "images.sqlite", "images"
_TABLE = "create table if not exists picture (key text primary key, made blob, day integer) without rowid"
_WAIT = 60.0
"""Seconds another build may hold the file."""
_KEPT = 90
"""Days after which a picture that no build has asked for is forgotten."""
_A_DAY = 86_400
"""Seconds: a file that belongs to no picture yet may be of another build that is at work."""
Found = Picture | str
"""A picture, or why there is none."""
_Stamps = tuple[tuple[str, int], ...]
"""The digest of each file, and its modification time in nanoseconds: with this time it is not read again."""


class PictureStore:
    """The pictures of one project."""

    def __init__(self, cache: Path) -> None:
        """:param cache: the folder of all caches."""
        self.folder = cache / FOLDER
        self._path = cache / FILE
        try:
            self._open()
        except DAMAGE:
            self._path.unlink(missing_ok=True)
            self._open()

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)
        self._db.execute("pragma synchronous = off")  # a power cut may lose the cache, never the site
        self._db.execute(_TABLE)

    def place(self, rendition: Rendition) -> Path:
        """Where a file of a picture is."""
        return self.folder / f"{rendition.digest}.{rendition.format}"

    def find(self, keys: Iterable[str]) -> dict[str, Found]:
        """What is known of these pictures, all their files there and whole; they are noted as used today."""
        found: dict[str, Found] = {}
        old: list[str] = []
        today = _today()
        for key, made, day in self._rows(set(keys)):
            with contextlib.suppress(pickling.DamagedError, TypeError, ValueError):
                value, stamps = _unsealed(made)
                now = self._stamps(value, dict(stamps))
                if now is not None:
                    found[key] = value
                    old += [key] if day != today else []
                    if now != stamps:
                        self._put(key, value, now)
        if old:
            with contextlib.suppress(*DAMAGE), writing(self._db) as db:
                db.executemany("update picture set day = ? where key = ?", ((today, key) for key in old))
        return found

    def _rows(self, keys: set[str]) -> Iterator[tuple[str, bytes, int]]:
        if keys:
            with contextlib.suppress(*DAMAGE):
                yield from [row for row in self._db.execute("select key, made, day from picture") if row[0] in keys]

    def _stamps(self, value: Found, known: Mapping[str, int]) -> _Stamps | None:
        """The stamps of all files of a picture; None when one is not what was made."""
        stamps = []
        for rendition in value.renditions if isinstance(value, Picture) else ():
            try:
                seen = self.place(rendition).stat()
            except OSError:
                return None
            is_known = known.get(rendition.digest) == seen.st_mtime_ns
            if seen.st_size != rendition.size or not (is_known or digest.of_file(self.place(rendition)) == rendition.digest):
                return None
            stamps.append((rendition.digest, seen.st_mtime_ns))
        return tuple(stamps)

    def keep_files(self, picture: Picture, files: Mapping[str, bytes]) -> None:
        """Keep the files of a picture, from any process."""
        for rendition in picture.renditions:
            atomic.write(self.place(rendition), files[rendition.digest], is_durable=False)

    def keep(self, made: Mapping[str, Found]) -> None:
        """Note what was made, whose files are kept, and forget what nobody has asked for in a long time."""
        for key, value in made.items():
            stamps = self._stamps(value, {})
            if stamps is not None:
                self._put(key, value, stamps)
        with contextlib.suppress(*DAMAGE, OSError):
            self._trim()

    def _put(self, key: str, value: Found, stamps: _Stamps) -> None:
        with contextlib.suppress(*DAMAGE), writing(self._db) as db:
            db.execute("insert or replace into picture values (?, ?, ?)", (key, pickling.sealed((value, stamps)), _today()))

    def _trim(self) -> None:
        with writing(self._db) as db:
            db.execute("delete from picture where day < ?", (_today() - _KEPT,))
        used = set()
        for (made,) in self._db.execute("select made from picture"):
            with contextlib.suppress(pickling.DamagedError, TypeError, ValueError):
                _, stamps = _unsealed(made)
                used |= {content for content, _ in stamps}
        for path in self.folder.iterdir():
            if path.stem not in used and path.stat().st_mtime < time.time() - _A_DAY:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()


def _unsealed(made: bytes) -> tuple[Found, _Stamps]:
    """:raises DamagedError: it is not what was kept."""
    kept = pickling.unsealed(made)
    value, stamps = kept if isinstance(kept, tuple) and len(kept) == 2 else (None, ())  # noqa: PLR2004 - a picture, and its stamps
    if not isinstance(value, str | Picture):
        raise pickling.DamagedError(type(value).__name__)
    return value, stamps


def _today() -> int:
    return dt.datetime.now(dt.UTC).toordinal()
