"""Substack's archive: ``posts.csv`` says what each text is, ``posts/`` holds their bodies.

Its other tables hold the addresses of readers: they are never opened.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from plancher.importing.blogs.model import FormerText, Item, LeftOut, Markup, Note, Place
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.substack_body import to_html
from plancher.importing.blogs.readers.words import day, plain
from plancher.importing.blogs.source import Source, SourceError, decoded

_TABLE = "posts.csv"
_COLUMNS = ("post_id", "post_date", "is_published", "audience")
_AUDIENCES = {"only_paid": "réservé aux abonnés payants", "founding": "réservé aux membres fondateurs", "only_free": "réservé aux abonnés"}
csv.field_size_limit(10_000_000)


class Substack(Reader):
    """Substack."""

    name = "Substack"

    def recognises(self, source: Source) -> bool:
        """A table of its columns."""
        return _table(source) is not None

    def read(self, source: Source) -> Iterator[Item]:
        """Each row of the table; then the bodies that no row names."""
        table = _table(source)
        if table is None:
            return
        folder = table.removesuffix(_TABLE) + "posts/"
        named = set()
        for line, row in _rows(decoded(source.read(table)), table):
            name = f"{folder}{row.get('post_id', '')}.html"
            named.add(name)
            yield _text(
                row,
                decoded(source.read(name)) if source.has(name) else None,
                Place(file=name if source.has(name) else table, line=0 if source.has(name) else line),
            )
        for part in source.parts:
            if part.name.startswith(folder) and part.name.endswith(".html") and part.name not in named:
                yield LeftOut(what="texte sans fiche", why="posts.csv ne dit pas s'il était public", place=Place(file=part.name))


def _table(source: Source) -> str | None:
    for part in source.named(_TABLE):
        if part.name.rpartition("/")[2] == _TABLE and all(column in source.start(part.name, 500).decode("utf-8", "replace") for column in _COLUMNS):
            return part.name
    return None


def _rows(text: str, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))
    try:
        for row in reader:
            yield reader.line_num, {key: str(value or "") for key, value in row.items() if key}
    except csv.Error as error:
        raise SourceError(f"« {name} », ligne {reader.line_num} : ce tableau ne se lit plus. Refaites l'export ; ce qui précède a été lu.") from error


def _text(row: Mapping[str, str], html: str | None, place: Place) -> FormerText:
    number, _, slug = row.get("post_id", "").partition(".")
    body, notes, has_paywall = to_html(html or "", place)
    if html is None:
        notes = (*notes, Note(place=place, message="Le texte n'est pas dans l'export : seule sa fiche y est."))
    if address := row.get("podcast_url", ""):
        body = f"{dom.html_of(dom.embed(address))}\n{body}"
    return FormerText(
        identifier=f"substack:{number}",
        place=place,
        title=plain(row.get("title", "")),
        body=body,
        markup=Markup.HTML,
        summary=dom.html_of(plain(row.get("subtitle", ""))),
        published=day(row.get("post_date", ""), "UTC"),
        held_back=_held_back(row, has_paywall=has_paywall, is_there=html is not None),
        slug=slug,
        addresses=(f"/p/{slug}",) if slug and row.get("is_published") == "true" else (),
        notes=notes,
    )


def _held_back(row: Mapping[str, str], *, has_paywall: bool, is_there: bool) -> str:
    """What is said to be for everybody, and nothing else, may be published."""
    audience = row.get("audience", "")
    if row.get("is_published", "").lower() != "true":
        return "brouillon"
    if audience != "everyone":
        return _AUDIENCES.get(audience, f"d'un public inconnu « {audience} »")
    if has_paywall:
        return "réservé en partie aux abonnés payants"
    return "" if is_there else "vide dans l'export"
