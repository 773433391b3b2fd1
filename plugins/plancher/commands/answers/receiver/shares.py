"""What answers of calls that the owner has not named may take: whoever invents calls leaves room for the answers of those that there are.

Each fetch names the calls of the blog. An answer to another call (one that was
published since, or one that somebody made up) is kept as well, within a share
of the room: no fetch takes it away, so that a whole room of them would stay.
Callers open the transactions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

TABLES = """
CREATE TABLE IF NOT EXISTS calls (token TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS waiting (token TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""
MOST_CALLS = 500
"""That one request names: its line has a bound."""
_ROW = 200
"""Bytes that an answer takes beside its words."""


def name(db: sqlite3.Connection, tokens: Iterable[str]) -> None:
    """These are calls of the blog, now and later: a reader may answer one that is closed since."""
    db.executemany("INSERT OR IGNORE INTO calls VALUES (?)", ((token,) for token in tokens))


def admits(db: sqlite3.Connection, token: str, text: str, most: int) -> bool:
    """Whether an answer to this call may come in.

    :param most: bytes that answers to all the calls that nobody named may take.
    """
    if db.execute("SELECT 1 FROM calls WHERE token = ?", (token,)).fetchone():
        return True
    (taken,) = db.execute("SELECT total(bytes) FROM waiting WHERE token NOT IN (SELECT token FROM calls)").fetchone()
    return bool(taken + _size(text) <= most)


def add(db: sqlite3.Connection, token: str, text: str) -> None:
    """One more answer waits."""
    size = _size(text)
    db.execute("INSERT INTO waiting VALUES (?, ?) ON CONFLICT (token) DO UPDATE SET bytes = bytes + ?", (token, size, size))


def recount(db: sqlite3.Connection) -> None:
    """What waits, counted anew: answers were erased, maybe by another command."""
    db.execute("DELETE FROM waiting")
    db.execute(
        "INSERT INTO waiting SELECT coalesce(json_extract(content, '$.token'), ''), sum(length(CAST(content AS BLOB)) + ?)"
        " FROM answers WHERE content IS NOT NULL GROUP BY 1",
        (_ROW,),
    )


def _size(text: str) -> int:
    return len(text.encode()) + _ROW
