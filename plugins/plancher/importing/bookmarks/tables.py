"""Bookmarks in a table (CSV): columns by their names, as Pocket, Instapaper, Raindrop, Readwise, Omnivore or a spreadsheet write them.

A table without a known name for its column of addresses is refused, not guessed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from plancher.base import addresses
from plancher.base.french import fold
from plancher.importing.bookmarks.bookmark import Bookmark, UnreadableFileError, day, is_private, note, tags, words

_COLUMNS = {
    use: names.split("|")
    for use, names in {
        "url": "url|href|link|lien|adresse|address|uri|given url|site|website|web page|article url|page url|adresse web|site web|lien web",
        "title": "title|titre|name|nom|given title|intitule",
        "tags": "tags|tag|document tags|labels|etiquettes|mots cles|mot cle|keywords|categories",
        "folder": "folder|dossier|collection",
        "day": "time added|timestamp|created|created at|createdat|saved date|saved at|date added|added at|date|ajoute le|dateadded",
    }.items()
}
_NOTES = ("note", "notes", "selection", "excerpt", "description", "comments", "commentaire", "commentaires", "annotations")
_PRIVATE = ("private", "is private", "shared", "public", "prive")
_NO_FOLDER = frozenset({"", "unread", "unsorted", "archive", "starred", "inbox"})
"""Names that services give to « no folder »."""
_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
"""A first line for Excel alone."""
_MAX_CELL = 10_000_000
"""Characters of one cell."""


def is_table(text: str) -> bool:
    """Whether the first line names the columns of a table of bookmarks."""
    start = _SEPARATOR.sub("", text, count=1).split("\n", 1)[0]
    return _columns(next(_rows(start), [])).get("url") is not None


def read(text: str) -> Iterator[Bookmark]:
    """The bookmarks of a table.

    :raises UnreadableFileError: no column is known as that of addresses.
    """
    rows = _rows(text)
    first = next(rows, [])
    columns = _columns(first)
    if "url" not in columns:
        yield from _single_column([first, *rows])
        return
    for row in rows:
        cells = {name: row[index] for name, index in columns.items() if index < len(row)}
        if cells.get("url", "").strip():
            yield _bookmark(cells)


def _single_column(rows: list[list[str]]) -> Iterator[Bookmark]:
    """Addresses alone, one per line, without a header (Mastodon)."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not all(len(row) == 1 and addresses.is_web(row[0].strip()) for row in filled):
        names = ", ".join(f"« {name} »" for name in ("url", "title", "tags"))
        raise UnreadableFileError(f"ce tableau ne nomme pas sa colonne d'adresses : écrivez en première ligne le nom de chaque colonne, par exemple {names}.")
    for row in filled:
        yield Bookmark(url=row[0].strip())


def _rows(text: str) -> Iterator[list[str]]:
    """The cells of each line, whatever the delimiter."""
    separator_line = _SEPARATOR.match(text)
    text = text[separator_line.end() :] if separator_line else text
    head = text.split("\n", 1)[0]
    delimiter = separator_line[1] if separator_line else max(",;\t", key=head.count)
    csv.field_size_limit(_MAX_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableFileError(f"ce tableau ne se lit pas ({error}).") from error


def _columns(names: list[str]) -> dict[str, int]:
    """The index of each known column, by its use; of two columns with one use, the first in our lists."""
    index_of = {" ".join(re.split(r"[\s_-]+", fold(name.strip().strip("\ufeff")))): index for index, name in reversed(list(enumerate(names)))}
    columns = {use: next((index_of[name] for name in aliases if name in index_of), None) for use, aliases in _COLUMNS.items()}
    others = {name: index_of[name] for name in (*_NOTES, *_PRIVATE) if name in index_of}
    return {use: index for use, index in columns.items() if index is not None} | others


def _bookmark(cells: Mapping[str, str]) -> Bookmark:
    folder = words(cells.get("folder", ""))
    names = [part.strip() for part in folder.split("/")] if folder.lower() not in _NO_FOLDER else []
    return Bookmark(
        url=cells["url"].strip(),
        title=words(cells.get("title", "")),
        date=day(cells.get("day", "")),
        tags=tuple(dict.fromkeys([*tags(cells.get("tags", ""), by_spaces='"' in cells.get("tags", "")), *filter(None, names)])),
        note="\n\n".join(dict.fromkeys(filter(None, (note(cells[name]) for name in _NOTES if cells.get(name))))),
        private=is_private({("private" if name in {"prive", "is private"} else name): cells[name] for name in _PRIVATE if cells.get(name)}),
    )
