"""The cache of the texts that were read: one SQLite file, addressed by content.

It may be deleted, copied to another machine, or shared by builds that run at
once. A row that is damaged counts as absent; a file that is no cache is replaced.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import digest
from plancher.cache.tree import Stamp

VERSION = 5
_TABLES = """
create table if not exists text (key text primary key, head text, seal text, day integer) without rowid;
create table if not exists body (key text primary key, facts blob, html text, seal text);
create table if not exists stamp
  (root text, path text, size integer, mtime integer, ctime integer, inode integer, digest text, primary key (root, path)) without rowid;
"""
DAMAGE = (sqlite3.Error, ValueError, OverflowError)
"""What SQLite raises on a damaged file; its own messages may be no text any more."""
_WAIT = 60.0
"""Seconds another build may hold the file."""
_BATCH = 500
"""Keys asked for at once: SQLite allows 999 parameters everywhere."""


class Row(NamedTuple):
    """What is kept of one text."""

    key: str
    head: str
    """JSON: what every build needs to know of it."""
    facts: bytes
    """What only its own page needs."""
    html: str
    """The body, its addresses marked (``cache.slots``)."""


class Store:
    """The cache of one project."""

    def __init__(self, path: Path, limit: int = 400_000_000) -> None:
        self.path = path
        self.limit = limit
        """Bytes; beyond, the texts that were used least recently are removed."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except DAMAGE:
            self.reset()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        self._db.execute("pragma synchronous = off")  # a power cut may lose the cache, never the site
        if self._db.execute("pragma user_version").fetchone()[0] != VERSION:
            self._db.executescript("drop table if exists text; drop table if exists body; drop table if exists stamp;")
            self._db.execute(f"pragma user_version = {VERSION}")
        self._db.executescript(_TABLES)

    def reset(self) -> None:
        """Begin again with an empty file: the old one is damaged."""
        with contextlib.suppress(AttributeError, *DAMAGE):
            self._db.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def heads(self, keys: Iterable[str]) -> dict[str, str]:
        """The heads that are known among ``keys``. They are noted as used today, and are the last to be removed."""
        wanted, today = list(keys), _today()
        found: dict[str, str] = {}
        old: list[str] = []
        try:
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                marks = ",".join("?" * len(batch))
                for key, head, seal, day in self._db.execute(f"select key, head, seal, day from text where key in ({marks})", batch):  # noqa: S608 - question marks only
                    if seal == _head_seal(key, head):
                        found[key] = head
                        old += [key] if day != today else []
        except DAMAGE:
            self.reset()
            return {}
        self._used(old)
        return found

    def row(self, key: str) -> Row | None:
        """All that is kept under a key; None when it is not there, or not intact."""
        try:
            texts = self._db.execute("select head, seal from text where key = ?", (key,)).fetchone()
            bodies = self._db.execute("select facts, html, seal from body where key = ?", (key,)).fetchone()
        except DAMAGE:
            return None
        if texts is None or bodies is None or texts[1] != _head_seal(key, texts[0]) or bodies[2] != _seal(key, *bodies[:2]):
            return None
        return Row(key, texts[0], *bodies[:2])

    def put(self, rows: Iterable[Row]) -> None:
        """Keep these texts."""
        with contextlib.suppress(*DAMAGE), writing(self._db) as db:
            for row in rows:
                db.execute("insert or replace into text values (?, ?, ?, ?)", (row.key, row.head, _head_seal(row.key, row.head), _today()))
                db.execute("insert or replace into body values (?, ?, ?, ?)", (row.key, row.facts, row.html, _seal(row.key, row.facts, row.html)))

    def trim(self) -> None:
        """Remove the texts that were used least recently, when the file has grown too large."""
        with contextlib.suppress(*DAMAGE), writing(self._db) as db:
            pages, size = (db.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "page_size"))
            if pages * size > self.limit:
                db.execute("delete from text where key in (select key from text where day < ? order by day limit (select count(*) / 2 from text))", (_today(),))
                db.execute("delete from body where key not in (select key from text)")

    def _used(self, keys: list[str]) -> None:
        if keys:
            with contextlib.suppress(*DAMAGE), writing(self._db) as db:
                db.executemany("update text set day = ? where key = ?", ((_today(), key) for key in keys))

    def stamps(self, root: Path) -> dict[str, tuple[Stamp, str]]:
        """Stamp and digest of the files of a folder, from earlier builds."""
        try:
            rows = self._db.execute("select path, size, mtime, ctime, inode, digest from stamp where root = ?", (str(root),)).fetchall()
        except DAMAGE:
            self.reset()
            return {}
        return {path: ((size, mtime, ctime, inode), content) for path, size, mtime, ctime, inode, content in rows}

    def keep_stamps(self, root: Path, known: Mapping[str, tuple[Stamp, str]]) -> None:
        """Keep stamp and digest of the files of a folder."""
        rows = ((str(root), path, *seen, content) for path, (seen, content) in known.items())
        with contextlib.suppress(*DAMAGE), writing(self._db) as db:
            db.executemany("insert or replace into stamp values (?, ?, ?, ?, ?, ?, ?)", rows)


@contextlib.contextmanager
def writing(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One transaction. Callers ignore its errors: a cache that cannot be written costs time, never the site."""
    db.execute("begin immediate")
    try:
        yield db
        db.execute("commit")
    except BaseException:
        with contextlib.suppress(*DAMAGE):
            db.execute("rollback")
        raise


def _head_seal(key: str, head: str) -> str:
    """As ``_seal``, for a key and a head alone: five thousand times a build."""
    return digest.of_bytes(key.encode(), head.encode("utf-8", "surrogatepass")) if type(head) is str else ""


def _seal(*values: object) -> str:
    """A digest of values and of their types: damage can change a type too."""
    return digest.of_bytes(*(piece for value in values for piece in (type(value).__name__.encode(), _raw(value))))


def _raw(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else repr(value).encode()


def _today() -> int:
    return dt.datetime.now(dt.UTC).toordinal()
