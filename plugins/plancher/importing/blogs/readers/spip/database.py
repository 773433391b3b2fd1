"""A SQLite dump of SPIP, read only: it is never written to, and no trigger or function of its runs."""

from __future__ import annotations

import contextlib
import sqlite3
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from plancher.importing.blogs.source import SourceError

MAGIC = b"SQLite format 3\0"
_LARGE = 50_000_000
"""Bytes of one value, at most."""
_STEPS = 200_000_000
"""Instructions of one query, at most: a damaged or hostile file may make them endless."""
_QUERIES = {
    "meta": "SELECT nom, valeur FROM spip_meta WHERE nom IN ('nom_site', 'adresse_site', 'slogan_site', 'descriptif_site', 'langue_site')",
    "rubriques": "SELECT * FROM spip_rubriques",
    "mots": "SELECT * FROM spip_mots",
    "mots_liens": "SELECT id_mot, id_objet FROM spip_mots_liens WHERE objet = 'article'",
    "mots_articles": "SELECT id_mot, id_article AS id_objet FROM spip_mots_articles",
    "auteurs": "SELECT id_auteur, nom FROM spip_auteurs",
    "auteurs_liens": "SELECT id_auteur, id_objet FROM spip_auteurs_liens WHERE objet = 'article'",
    "auteurs_articles": "SELECT id_auteur, id_article AS id_objet FROM spip_auteurs_articles",
    "documents": "SELECT id_document, fichier, titre, descriptif FROM spip_documents",
    "urls": "SELECT url, type, id_objet FROM spip_urls",
    "articles": "SELECT * FROM spip_articles ORDER BY id_article",
    "breves": "SELECT * FROM spip_breves ORDER BY id_breve",
    "forum": "SELECT * FROM spip_forum ORDER BY id_forum",
}
"""What is read; the addresses and passwords of authors are not."""


class Row:
    """A row; a column that its version does not have is empty."""

    def __init__(self, row: sqlite3.Row) -> None:
        self._values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row gives its values, not its names

    def __getitem__(self, column: str) -> str:
        value = self._values.get(column)
        return value.decode("utf-8", "replace") if isinstance(value, bytes) else "" if value is None else str(value)


class Database:
    """The tables of a dump."""

    def __init__(self, path: Path) -> None:
        """:raises SourceError: it does not read."""
        self._name = path.name
        self._connection = sqlite3.connect(f"file:{urllib.parse.quote(str(path.absolute()))}?mode=ro&immutable=1", uri=True)
        self._connection.row_factory = sqlite3.Row
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGE)
        with self._told():
            self._connection.execute("PRAGMA trusted_schema = OFF")
            names = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self.tables = frozenset(str(name[0]).removeprefix("spip_") for name in names if str(name[0]).startswith("spip_"))

    def rows(self, table: str) -> Iterator[Row]:
        """Each row of a table; none if the dump does not have it.

        :raises SourceError: the dump is damaged.
        """
        if table not in self.tables:
            return
        with self._told():
            self._connection.set_progress_handler(lambda: True, _STEPS)
            for row in self._connection.execute(_QUERIES[table]):
                yield Row(row)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError) as error:
            self._connection.close()
            raise SourceError(f"« {self._name} » est abîmé, ou n'est pas une sauvegarde de SPIP : refaites-la ; ce qui précède a été lu.") from error
