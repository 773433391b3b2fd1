"""The whole report of an import, as a page: written while the import goes on, so that it never lies in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Self

from plancher.base.french import NBSP, plural
from plancher.importing.blogs.home.accounts import Row
from plancher.importing.blogs.model import LeftOut, Note
from plancher.text.html import Element, add_plain, el, plain, to_html_string

FILE = "rapport.html"
_HEAD = (
    '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>Rapport d’importation</title><link rel="stylesheet" href="/_apercu/page.css"></head>\n<body class="report"><main>\n'
)
_END = "</main></body></html>\n"
_COLUMNS = ("", "trouvés", "venus", "en brouillon", "inchangés", "laissés")
_MOST_LOST = 50
"""Words that are named for one text."""


class Report:
    """A page that grows."""

    def __init__(self, folder: Path) -> None:
        """:param folder: where it is written, beside the parts that wait for their place."""
        self.folder = folder
        self._parts: dict[str, IO[str]] = {}

    def __enter__(self) -> Self:
        """Begin: texts, then files, then what does not come; the table, known last, stands first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("textes", "fichiers", "laisses"):
            self._parts[name] = (self.folder / f"rapport-{name}.tmp").open("w+", encoding="utf-8", errors="replace", newline="\n")
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of the parts."""
        for part in self._parts.values():
            part.close()
            Path(part.name).unlink(missing_ok=True)

    def text(self, title: str, path: str, former: str, state: str, notes: Sequence[Note], lost: Sequence[str]) -> None:  # noqa: PLR0913, PLR0917 - one line of the report
        """What became of a text."""
        box = el("details" if notes or lost else "div")
        line = add_plain(box, "summary" if notes or lost else "p", "")
        _words(line, title or "Sans titre", f" → {path}", f" ({state}", f"{NBSP}; avant{NBSP}: {former})" if former else ")")
        if notes:
            listed = add_plain(box, "ul", "")
            for note in notes:
                _note(listed, note)
        if lost:
            add_plain(box, "p", f"Mots de l’original qui ne sont plus nulle part{NBSP}: {', '.join(lost[:_MOST_LOST])}{'…' if len(lost) > _MOST_LOST else ''}")
        self._write("textes", box)

    def file(self, former: str, sentence: str) -> None:
        """What became of a picture or of a file."""
        box = el("p")
        add_plain(box, "code", former).tail = plain(f"{NBSP}: {sentence}")
        self._write("fichiers", box)

    def left_out(self, left: LeftOut) -> None:
        """What does not come."""
        self._write("laisses", el("p", plain(f"{left.place}{NBSP}: {left.what}{f' « {left.name} »' if left.name else ''}, {left.why}.")))

    def save(self, title: str, rows: Iterable[Row], sentences: Iterable[str]) -> Path:
        """Write the page; its place."""
        path = self.folder / FILE
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as page:
            page.write(_HEAD)
            for element in (el("h1", plain(title)), _table(rows), *(el("p", plain(sentence)) for sentence in sentences)):
                page.write(to_html_string(element) + "\n")
            for name, heading in (("textes", "Texte par texte"), ("fichiers", "Images et fichiers"), ("laisses", "Ce qui ne vient pas")):
                self._append(page, name, heading)
            page.write(_END)
        return path

    def _append(self, page: IO[str], name: str, heading: str) -> None:
        part = self._parts[name]
        part.seek(0)
        first = part.read(1)
        if first:
            page.write(to_html_string(el("h2", plain(heading))) + "\n" + first)
            while piece := part.read(1_000_000):
                page.write(piece)

    def _write(self, name: str, element: Element) -> None:
        self._parts[name].write(to_html_string(element) + "\n")


def _words(element: Element, first: str, *others: str) -> None:
    add_plain(element, "strong", first).tail = plain("".join(others))


def _note(listed: Element, note: Note) -> None:
    line = add_plain(listed, "li", f"{note.place}{NBSP}: {note.message}.".replace("..", "."))
    if note.former:
        line.text = plain(f"{note.place}{NBSP}: {note.message}{NBSP}: ")
        add_plain(line, "code", note.former)
    if note.rule:
        add_plain(line, "small", f" (--without {note.rule})")


def _table(rows: Iterable[Row]) -> Element:
    table = el("table")
    head = add_plain(add_plain(table, "thead", ""), "tr", "")
    for column in _COLUMNS:
        add_plain(head, "th", column, scope="col")
    body = add_plain(table, "tbody", "")
    for row in rows:
        line = add_plain(body, "tr", "")
        add_plain(line, "th", row.what, scope="row")
        for count in row[1:]:
            add_plain(line, "td", str(count))
    return table


def changes(count: int) -> str:
    """« 12 changements »."""
    return plural(count, "changement", "changements")
