"""Movable Type's text, which TypePad, Hatena, b2evolution and others export too.

Format: « Import/Export Format » of the manual of Movable Type, and lib/MT/ImportExport.pm.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
import urllib.parse
from collections.abc import Iterator

from plancher.importing.blogs.model import FormerComment, FormerText, Item, Kind, Markup, Note, Place, Reply
from plancher.importing.blogs.reader import Reader
from plancher.importing.blogs.readers.breaks import with_breaks
from plancher.importing.blogs.readers.movable_type_lines import Entry, Piece, entries
from plancher.importing.blogs.readers.words import clean, line
from plancher.importing.blogs.source import Source, decoded

_START = re.compile(r"\A\s*(?:[A-Z][A-Z ]{2,30}:[^\n]*\n){2,}")
_KEYS = re.compile(r"^(?:AUTHOR|TITLE|STATUS|DATE|BASENAME|CONVERT BREAKS|ALLOW COMMENTS):", re.MULTILINE)
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})(?:\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([AaPp][Mm])?)?")
_HELD_BACK = {
    "publish": "",
    "published": "",
    "": "sans état dans l'export",
    "draft": "brouillon",
    "future": "programmé",
    "review": "en attente de relecture",
    "unpublish": "dépublié",
}
_BLOCK = re.compile(r"<(?:p|br|div|ul|ol|table|h[1-6])\b", re.IGNORECASE)
_MARKDOWN = frozenset({"markdown", "markdown_with_smartypants"})
_BREAKS = frozenset({"1", "__default__", "convert_breaks", "wiki", "textile_1", "textile_2"})


class MovableType(Reader):
    """Movable Type and TypePad."""

    name = "Movable Type"

    def recognises(self, source: Source) -> bool:
        """A text that begins with its keys."""
        return bool(_exports(source))

    def read(self, source: Source) -> Iterator[Item]:
        """Entries in their order; comments come with their entry."""
        for file in _exports(source):
            with source.open(file) as stream:
                for entry in entries(stream, file):
                    yield _text(entry, file)


def _exports(source: Source) -> list[str]:
    names = [part.name for part in source.parts if source.is_single_file or part.name.lower().endswith((".txt", ".mt", "export"))]
    return [name for name in names[:1000] if _is_export(source.start(name))]


def _is_export(start: bytes) -> bool:
    text = clean(decoded(start)).lstrip("\ufeff")
    head = text.partition("\n-----\n")[0]
    return bool(_START.match(text)) and len(set(_KEYS.findall(head))) > 1


def _text(entry: Entry, file: str) -> FormerText:
    place = Place(file=file, line=entry.line)
    head = entry.head
    title, date, basename = line(head.value("TITLE")), _day(head.value("DATE")), head.value("BASENAME")
    old = head.value("UNIQUE URL")
    identity = old or f"{basename or title} {head.value('DATE')}"
    form = head.value("CONVERT BREAKS").lower()
    markup = Markup.MARKDOWN if form in _MARKDOWN else Markup.HTML
    categories = [head.value("PRIMARY CATEGORY"), *head.values("CATEGORY")]
    return FormerText(
        identifier=f"movable-type:{hashlib.sha256(identity.encode()).hexdigest()[:16]}",
        place=place,
        kind=Kind.PAGE if head.value("TYPE").lower() == "page" else Kind.POST,
        title=title,
        body="\n\n".join(filter(None, (_body(piece.text, form) for name in ("BODY", "EXTENDED BODY") for piece in entry.pieces(name)))),
        markup=markup,
        summary=_body("\n".join(piece.text for piece in entry.pieces("EXCERPT")), form),
        published=date,
        held_back=_held_back(head, entry),
        slug=urllib.parse.unquote(basename).rpartition("/")[2],
        authors=tuple(filter(None, [line(head.value("AUTHOR"))])),
        categories=tuple(dict.fromkeys(filter(None, map(line, categories)))),
        tags=_tags(head.value("TAGS"), [piece.text for piece in entry.pieces("KEYWORDS")]),
        picture=head.value("IMAGE"),
        addresses=(old,) if old else (),
        comments=tuple(_comments(entry, identity)),
        notes=tuple(_notes(form, place)),
    )


def _held_back(head: Piece, entry: Entry) -> str:
    """An unknown status is no permission to publish; neither is the end of a file that was cut."""
    if entry.is_cut:
        return "coupé au milieu dans l'export"
    status = head.value("STATUS").lower()
    return _HELD_BACK.get(status, f"d'état inconnu « {head.value('STATUS')} »")


def _notes(form: str, place: Place) -> Iterator[Note]:
    if form.startswith("textile"):
        yield Note(place=place, message="Le texte est en Textile : ses paragraphes sont gardés, ses autres signes restent tels quels.")


def _body(text: str, form: str) -> str:
    """HTML as it is; or paragraphs where lines are empty, if the entry asks for it, or says nothing and holds no block."""
    has_breaks = form in _BREAKS or (not form and not _BLOCK.search(text))
    return with_breaks(text) if has_breaks and text.strip() else text.strip()


def _day(typed: str) -> dt.datetime | None:
    """A local time: its zone is not said. Without AM or PM it counts 24 hours."""
    match = _DATE.match(typed)
    if match is None:
        return None
    month, number, year, hour, minute, second, half = match.groups(default="")
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    try:
        return dt.datetime(int(year) + (1900 if len(year) == 2 else 0), int(month), int(number), hours, int(minute or 0), min(int(second or 0), 59))  # noqa: DTZ001, PLR2004
    except ValueError:
        return None


def _tags(typed: str, keywords: list[str]) -> tuple[str, ...]:
    """Parted by commas, in quotes when they hold one; keywords if there are none."""
    text = typed or " ".join(" ".join(keywords).split())
    rows = list(csv.reader([text], skipinitialspace=True, quotechar="'" if text.startswith("'") else '"')) if len(text) < 100_000 else []  # noqa: PLR2004
    return tuple(dict.fromkeys(tag for row in rows for tag in map(line, row) if tag))


def _comments(entry: Entry, identity: str) -> Iterator[FormerComment]:
    """Comments and pings; their e-mails and machines are not read."""
    for number, piece in enumerate(entry.answers, 1):
        is_ping = piece.name == "PING"
        title = line(piece.value("TITLE"))
        digest = hashlib.sha256(f"{identity} {piece.value('DATE')} {piece.value('URL')} {piece.text}".encode()).hexdigest()[:12]
        yield FormerComment(
            identifier=f"movable-type:{digest}-{number}",
            kind=Reply.TRACKBACK if is_ping else Reply.COMMENT,
            author=line(piece.value("BLOG NAME") if is_ping else piece.value("AUTHOR")),
            website=piece.value("URL"),
            date=_day(piece.value("DATE")),
            body=with_breaks(f"<strong>{title}</strong>\n\n{piece.text}" if is_ping and title else piece.text),
            is_public=piece.value("VISIBLE") != "0",
        )
