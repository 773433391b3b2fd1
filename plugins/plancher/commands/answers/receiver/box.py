"""Where answers wait until they are fetched: one file of SQLite, which nobody but its owner reads. What is put in it is on the disk before anybody is told so.

An answer that was fetched is erased: its bytes are overwritten in the file, and
its name alone stays for as long as its page could be sent once more. The journal
(« -wal ») held its words too, and is cut to nothing; not while another program
reads the file: that is told, and each later erasing, reading and opening cuts it.
Out of reach: blocks that a disk frees as they are, its snapshots, other copies.
"""

from __future__ import annotations

import contextlib
import enum
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plancher.base import reasons
from plancher.base.french import NBSP
from plancher.commands.answers.receiver import shares
from plancher.importing.answers.forms import Posted

NAME = "recu.sqlite"
"""Of the file, in the folder of the queue."""
_PAGE = 4096
"""Bytes of a page of the database."""
_WAIT = 5.0
"""Seconds to wait for another command that has the database."""
_TABLES = """
CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS answers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  received_at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  content TEXT
) STRICT;
"""


class BoxError(Exception):
    """It cannot be kept, or read; the message is a sentence, in French."""


class Outcome(enum.Enum):
    """What became of an answer that is put in."""

    KEPT = enum.auto()
    KNOWN = enum.auto()
    """The same one came before: it counts once."""
    OTHER = enum.auto()
    """Another answer came with this name; this one is not kept."""
    STRANGE = enum.auto()
    """The share of calls that the owner did not name is full (``shares``); this one is not kept."""


class Box:
    """The file."""

    def __init__(self, connection: sqlite3.Connection, strangers: int) -> None:
        self._db, self._strangers = connection, strangers
        self.has_words_in_journal = False
        """Whether words that were erased are still in the journal: another program reads the file."""
        with _told():
            with self._db:
                shares.recount(self._db)
                self._db.execute("INSERT OR IGNORE INTO keys VALUES ('seals', ?)", (secrets.token_bytes(32),))
            self.key: bytes = self._db.execute("SELECT value FROM keys WHERE name = 'seals'").fetchone()[0]
            """Signs pages, and digests answers; it stays in the file, so that a page that was open while the receiver stopped is still good."""
            self._empty_journal()

    def put(self, name: str, content: Mapping[str, str], now: float) -> Outcome:
        """Keep an answer.

        :raises BoxError: there is no room, or the disk fails; then it is not kept.
        """
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        digest = hmac.new(self.key, text.encode(), hashlib.sha256).hexdigest()
        token = content.get("token", "")
        with _told(), self._db:
            known = self._db.execute("SELECT digest FROM answers WHERE id = ?", (name,)).fetchone()
            if known:
                return Outcome.KNOWN if known[0] == digest else Outcome.OTHER
            if not shares.admits(self._db, token, text, self._strangers):
                return Outcome.STRANGE
            self._db.execute("INSERT INTO answers (id, received_at, digest, content) VALUES (?, ?, ?, ?)", (name, int(now), digest, text))
            shares.add(self._db, token, text)
        return Outcome.KEPT

    def name_calls(self, tokens: Sequence[str]) -> None:
        """Take note of calls of the blog.

        :raises BoxError: it cannot be written.
        """
        with _told(), self._db:
            shares.name(self._db, tokens)

    def page(self, after: int, most: int) -> list[Posted]:
        """The next answers that wait, the oldest first.

        :raises BoxError: they cannot be read.
        """
        asked = "SELECT number, id, received_at, content FROM answers WHERE number > ? AND content IS NOT NULL ORDER BY number LIMIT ?"
        with _told():
            if self.has_words_in_journal:
                self._empty_journal()
            return [Posted(*row) for row in self._db.execute(asked, (after, most))]

    def erase(self, forgotten_before: float, names: Sequence[str] = (), up_to: int = 0) -> int:
        """Erase answers, and the names of those that were erased and came before a moment; how many were erased.

        :param names: of answers to erase.
        :param up_to: the number of the last of those that go with all before them.
        :raises BoxError: it cannot be written.
        """
        with _told():
            with self._db:
                erased = self._db.executemany("UPDATE answers SET content = NULL WHERE id = ? AND content IS NOT NULL", ((name,) for name in names)).rowcount
                erased += self._db.execute("UPDATE answers SET content = NULL WHERE number <= ? AND content IS NOT NULL", (up_to,)).rowcount
                self._db.execute("DELETE FROM answers WHERE content IS NULL AND received_at < ?", (int(forgotten_before),))
                shares.recount(self._db)
            self._empty_journal()
        return erased

    def _empty_journal(self) -> None:
        """Cut the journal, which held the words too; other programs are waited for as long as when they write."""
        (is_busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.has_words_in_journal = bool(is_busy)

    def copy(self, target: Path) -> None:
        """Write all of it, as it is at one moment, to a file of its own, without the key.

        :raises BoxError: it cannot be written, or is there already.
        """
        if target.exists():
            raise BoxError(f"{target} existe déjà")
        with _told():
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            self._db.execute("VACUUM INTO ?", (str(target),))
            with contextlib.closing(sqlite3.connect(target)) as made:
                made.executescript("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; DELETE FROM keys; VACUUM;")


@contextlib.contextmanager
def opened(path: Path, room: int, strangers: int | None = None) -> Iterator[Box]:
    """The box of a file, which is made when there is none.

    :param room: bytes that it may take; what is in it already stays.
    :param strangers: bytes of them for answers to calls that the owner did not name; None: all.
    :raises BoxError: it cannot be written, or is something else.
    """
    with _told():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
    with contextlib.closing(connection):
        with _told():
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # each commit waits for the disk: a power cut loses nothing either
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(_TABLES + shares.TABLES)
            made = Box(connection, room if strangers is None else strangers)
            connection.execute(f"PRAGMA max_page_count = {room // _PAGE}")  # last: one that is full opens, and what is in it can be erased
        yield made


def read(path: Path) -> Iterator[Posted]:
    """The answers of a copy.

    :raises BoxError: it is something else.
    """
    with _told():
        address = f"{path.resolve().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=_WAIT)) as connection:
            rows = connection.execute("SELECT number, id, received_at, content FROM answers WHERE content IS NOT NULL ORDER BY number")
            yield from (Posted(*row) for row in rows)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the extended codes begin with it
        raise BoxError(_WHY.get(code, f"SQLite n’y arrive pas{NBSP}: {error}")) from error
    except OSError as error:
        raise BoxError(f"la base ne peut pas être écrite ({reasons.of_a_disk(error)})") from error


_WHY = {
    sqlite3.SQLITE_FULL: "il n’y a plus de place dans la base, ou sur le disque",
    sqlite3.SQLITE_BUSY: "une autre commande occupe la base",
    sqlite3.SQLITE_READONLY: "la base ne peut pas être écrite",
    sqlite3.SQLITE_CANTOPEN: "la base ne peut pas être ouverte",
    sqlite3.SQLITE_NOTADB: "ce fichier n’est pas une base de réponses",
}
