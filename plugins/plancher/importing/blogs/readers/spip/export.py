"""A dump of SPIP: ``tmp/dump/NAME.sqlite``, alone or in a folder beside ``IMG/``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerFile, FormerReplies, Item, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.spip import texts
from plancher.importing.blogs.readers.spip.database import MAGIC, Database, Row
from plancher.importing.blogs.readers.spip.site import Site
from plancher.importing.blogs.readers.words import line
from plancher.importing.blogs.source import Source, SourceError

_ENDINGS = (".sqlite", ".sqlite3", ".db")


class Spip(Reader):
    """SPIP, from version 3 on."""

    name = "SPIP"

    def recognises(self, source: Source) -> bool:
        """A SQLite database that has a table of articles."""
        return any(_is_dump(source, name) for name in _files(source))

    def read(self, source: Source) -> Iterator[Item]:
        """The site, then articles, news and forums.

        :raises SourceError: the dump does not read, or lies in an archive.
        """
        for name in _files(source):
            if source.root == source.path and not source.path.is_dir():
                raise SourceError(f"« {name} » est une base de données dans une archive : décompressez {source.path.name}, puis donnez le dossier.")
            if not _is_dump(source, name):
                continue
            with contextlib.closing(Database(source.root / name)) as database:
                yield from _read(source, database, name)


def _files(source: Source) -> list[str]:
    names = [part.name for part in source.parts if source.is_single_file or part.name.lower().endswith(_ENDINGS)]
    return [name for name in names[:50] if source.start(name, len(MAGIC)) == MAGIC]


def _is_dump(source: Source, name: str) -> bool:
    if source.root == source.path and not source.path.is_dir():
        return name.lower().endswith(".sqlite")
    try:
        with contextlib.closing(Database(source.root / name)) as database:
            return "articles" in database.tables
    except SourceError:  # a damaged one must be told, not taken for another format
        return b"spip_articles" in source.start(name, 65536)


def _read(source: Source, database: Database, name: str) -> Iterator[Item]:
    site = Site(database)
    place = Place(file=name)
    yield site.former()
    yield from site.terms()
    yield from _documents(source, site)
    for row in database.rows("articles"):
        if row["statut"] == "poubelle":
            yield LeftOut(what="article à la poubelle", why="SPIP l'avait jeté", place=place, name=line(row["titre"]))
        else:
            yield texts.article(row, site, place)
    for row in database.rows("breves"):
        yield texts.news(row, site, place)
    for row in database.rows("forum"):
        yield _reply(row, place)


def _documents(source: Source, site: Site) -> Iterator[FormerFile]:
    paths = {} if source.is_single_file else {part.name: part.name for part in source.parts}
    roots = sorted({("/" + path)[: ("/" + path).index("/IMG/") + 5].lstrip("/") for path in paths if "/IMG/" in "/" + path}, key=len)
    for number, document in site.documents.items():
        if not document.is_elsewhere:
            path = next((root + document.file for root in roots if root + document.file in paths), "")
            addresses = (f"/IMG/{document.file}", f"IMG/{document.file}")
            yield FormerFile(addresses=addresses, path=path, pages=(f"/spip.php?document{number}",), caption=document.title)


def _reply(row: Row, place: Place) -> Item:
    target = row["id_objet"] if row["objet"] == "article" else row["id_article"]
    why = "SPIP l'avait écarté" if row["statut"] in {"spam", "off"} else "" if target.strip("0") else "il n'est pas sous un article"
    if why:
        return LeftOut(what="message de forum", why=why, place=place, name=line(row["titre"]))
    return FormerReplies(text=f"spip:article{target}", comments=(texts.reply(row),))
