"""A flat export, alone, in an archive or in a folder beside its media."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerFile, FormerReplies, Item, LeftOut, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.dotclear import posts
from plancher.importing.blogs.readers.dotclear.blog import Blog
from plancher.importing.blogs.readers.dotclear.flat import MARK, Record, records
from plancher.importing.blogs.readers.words import line
from plancher.importing.blogs.source import Source, SourceError

_SIZES = ("o", "m", "s", "t", "sq")
"""Sized copies: « .name_s.jpg »."""


class Dotclear(Reader):
    """Dotclear 2 (and what Dotclear 1.2 wrote in the same format)."""

    name = "Dotclear"

    def recognises(self, source: Source) -> bool:
        """Its first line says so."""
        return bool(_exports(source))

    def read(self, source: Source) -> Iterator[Item]:
        """The blog and its terms, then records in their order."""
        for file in _exports(source):
            yield from _read(source, file)


def _exports(source: Source) -> list[str]:
    """The flat exports among its files: texts, or files without ending."""
    names = [part.name for part in source.parts if source.is_single_file or part.name.lower().endswith((".txt", ".bak", "backup"))]
    return [name for name in names[:1000] if source.start(name, 20).removeprefix(b"\xef\xbb\xbf").startswith(MARK)]


def _read(source: Source, file: str) -> Iterator[Item]:
    with source.open(file) as stream, contextlib.suppress(SourceError):  # a cut file is told at the second reading, after all that is whole
        blog = Blog(_tolerant(records(stream, file)))
    yield blog.former()
    yield from blog.terms()
    media = _Media(source, blog)
    with source.open(file) as stream:
        for record in records(stream, file):
            if isinstance(record, int):
                yield LeftOut(what="ligne abîmée", why="elle n'a pas la forme d'un enregistrement de Dotclear", place=Place(file=file, line=record))
            elif (item := _item(record, blog, media, file)) is not None:
                yield item
    yield from media.others()


def _tolerant(values: Iterator[Record | int]) -> Iterator[Record | int]:
    """Values up to where the file is cut."""
    with contextlib.suppress(SourceError):
        yield from values


def _item(record: Record, blog: Blog, media: _Media, file: str) -> Item | None:
    """What a record gives; None for what is no part of a text."""
    place = Place(file=file, line=record.line)
    if record.section == "post":
        return posts.text(record, blog, file)
    if record.section == "link":
        name = f"{line(record['link_title'])} {record['link_href']}"
        return LeftOut(what="lien de la colonne de liens", why="il n'est dans aucun billet", place=place, name=name)
    if record.section == "media":
        is_private = record["media_private"] == "1"
        return (
            LeftOut(what="fichier privé", why="les lecteurs ne le voyaient pas", place=place, name=record["media_file"]) if is_private else media.file(record)
        )
    return _reply(record, blog, place) if record.section == "comment" else None


def _reply(record: Record, blog: Blog, place: Place) -> Item:
    if record["comment_status"] == "-2":
        return LeftOut(what="indésirable", why="Dotclear l'avait écarté", place=place)
    return FormerReplies(text=f"dotclear:{record['post_id']}", comments=(posts.comment(record, blog),))


class _Media:
    """The files of the public folder."""

    def __init__(self, source: Source, blog: Blog) -> None:
        self._public = blog.public
        self._paths = {} if source.is_single_file else {part.name: part.name for part in source.parts}
        self._told: set[str] = set()
        self._roots = sorted({name[: name.index("/public/") + 8] for name in ("/" + path for path in self._paths) if "/public/" in name}, key=len)

    def file(self, record: Record) -> FormerFile:
        """A file that the export names."""
        name = record["media_file"].lstrip("/")
        return self._former(name, line(record["media_title"]))

    def others(self) -> Iterator[FormerFile]:
        """Files of the public folder that the export does not name."""
        for path in self._paths:
            root = next((root.lstrip("/") for root in self._roots if path.startswith(root.lstrip("/"))), None)
            name = path[len(root) :] if root else ""
            if name and name not in self._told and not name.rpartition("/")[2].startswith("."):
                yield self._former(name, "")

    def _former(self, name: str, title: str) -> FormerFile:
        self._told.add(name)
        folder, _, base = name.rpartition("/")
        stem = base.rpartition(".")[0] or base
        prefix = f"{self._public}/{folder}/" if folder else f"{self._public}/"
        sized = [f"{prefix}.{stem}_{size}.{ending}" for size in _SIZES for ending in ("jpg", "png", "webp")]
        candidates = [root.lstrip("/") + name for root in self._roots] + [name]
        path = next((candidate for candidate in candidates if candidate in self._paths), "")
        return FormerFile(addresses=(f"{self._public}/{name}", *sized), path=path, alternative="" if title == base else title)
