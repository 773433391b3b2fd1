"""The whole report of an import, as a page: written while the import goes on, so that it never lies in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Self

from plancher.base.french import NBSP, plural
from plancher.importing.blogs.home.accounts import COLUMNS, Row
from plancher.importing.blogs.model import LeftOut, Note
from plancher.text.html import Element, add_plain, el, plain, to_html_string

FILE = "rapport.html"
_TITLE = "Rapport d’importation"
_STYLE = Path(__file__).with_suffix(".css")
_END = "</main></body></html>\n"
_TODO, _TEXTS, _FILES, _LEFT = "reprendre", "textes", "fichiers", "laisses"
_HEADINGS = {_TEXTS: "Texte par texte", _FILES: "Images et fichiers", _LEFT: "Ce qui ne vient pas"}
_STATES = {"brouillon": "draft", "manqué": "missed"}
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
        for name in (_TODO, *_HEADINGS):
            self._parts[name] = (self.folder / f"rapport-{name}.tmp").open("w+", encoding="utf-8", errors="replace", newline="\n")
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of the parts."""
        for part in self._parts.values():
            part.close()
            Path(part.name).unlink(missing_ok=True)

    def text(self, title: str, path: str, former: str, state: str, notes: Sequence[Note], lost: Sequence[str]) -> None:  # noqa: PLR0913, PLR0917 - one line of the report
        """What became of a text: one line, and its changes below it."""
        box = el("details" if notes or lost else "div", class_="row")
        line = add_plain(box, "summary" if notes or lost else "p", "")
        kind = _STATES.get(state.partition(f"{NBSP}:")[0].partition(" :")[0], "")
        add_plain(line, "strong", title or "Sans titre").tail = " "
        add_plain(line, "span", state, class_=f"state {kind}".strip()).tail = " "
        add_plain(line, "code", path).tail = " "
        count = f", {plural(len(notes), 'changement', 'changements')}" if notes else ""
        add_plain(line, "small", f"avant{NBSP}: {former}{count}" if former else count.lstrip(", "))
        if lost:
            words = f"{', '.join(lost[:_MOST_LOST])}{'…' if len(lost) > _MOST_LOST else ''}"
            add_plain(box, "p", f"Mots de l’original qui ne sont plus nulle part{NBSP}: {words}", class_="lost")
        if notes:
            listed = add_plain(box, "ul", "")
            for note in notes:
                _note(listed, note, former)
        self._write(_TODO if lost or kind == "missed" else _TEXTS, box)

    def file(self, former: str, sentence: str) -> None:
        """What became of a picture or of a file."""
        box = el("p", class_="row")
        add_plain(box, "code", former).tail = plain(f"{NBSP}: {sentence}")
        self._write(_FILES, box)

    def left_out(self, left: LeftOut) -> None:
        """What does not come."""
        box = el("p", plain(f"{left.what.capitalize()}{f' « {left.name} »' if left.name else ''}, {left.why}. "), class_="row")
        add_plain(box, "small", str(left.place))
        self._write(_LEFT, box)

    def save(self, rows: Iterable[Row], failures: Iterable[str], edited: Iterable[str] = ()) -> Path:
        """Write the page; its place.

        :param failures: what must be mended: it stands first.
        :param edited: what its author changed here, and that stays.
        """
        path = self.folder / FILE
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as page:
            page.write(_head())
            page.write(to_html_string(_table(rows)) + "\n")
            self._todo(page, list(failures))
            if kept := list(edited):
                page.write(to_html_string(el("h2", "Vos propres changements restent")) + to_html_string(_list(kept)) + "\n")
            for name, heading in _HEADINGS.items():
                self._append(page, name, heading)
            page.write(_END)
        return path

    def _todo(self, page: IO[str], failures: list[str]) -> None:
        """What failed, then the texts to look at."""
        part = self._parts[_TODO]
        if failures or part.tell():
            page.write('<section class="todo">\n')
            page.write(to_html_string(el("h2", "À reprendre d’abord")) + "\n")
            page.write(to_html_string(_list(failures)) + "\n" if failures else "")
            _copy(part, page)
            page.write("</section>\n")

    def _append(self, page: IO[str], name: str, heading: str) -> None:
        if self._parts[name].tell():
            page.write(to_html_string(el("h2", plain(heading))) + "\n")
            _copy(self._parts[name], page)

    def _write(self, name: str, element: Element) -> None:
        self._parts[name].write(to_html_string(element) + "\n")


def _head() -> str:
    """Up to the title, with the style: the page stands alone."""
    page = el("html", lang="fr")
    head = add_plain(page, "head", "")
    add_plain(head, "meta", "", charset="utf-8")
    add_plain(head, "meta", "", name="viewport", content="width=device-width, initial-scale=1")
    add_plain(head, "title", _TITLE)
    add_plain(head, "style", _STYLE.read_text(encoding="utf-8"))
    add_plain(add_plain(add_plain(page, "body", ""), "main", ""), "h1", _TITLE)
    return f"<!doctype html>\n{to_html_string(page).removesuffix('</main></body></html>')}\n"


def _copy(part: IO[str], page: IO[str]) -> None:
    part.seek(0)
    while piece := part.read(1_000_000):
        page.write(piece)


def _list(sentences: Iterable[str]) -> Element:
    listed = el("ul")
    for sentence in sentences:
        add_plain(listed, "li", sentence)
    return listed


def _note(listed: Element, note: Note, former: str) -> None:
    """One change; its place only where it is not that of its text.

    :param former: the place of the text.
    """
    message = note.message.rstrip(".")
    shown = f"{message[:1].upper()}{message[1:]}" if str(note.place) == former else f"{note.place}{NBSP}: {message}"
    line = add_plain(listed, "li", f"{shown}{NBSP}: " if note.former else f"{shown}.")
    if note.former:
        add_plain(line, "code", note.former)
    if note.rule:
        add_plain(line, "small", f" (--without {note.rule})")


def _table(rows: Iterable[Row]) -> Element:
    box = el("div", class_="counts", tabindex="0", role="region", aria_label="Comptes de l’importation")
    table = add_plain(box, "table", "")
    head = add_plain(add_plain(table, "thead", ""), "tr", "")
    add_plain(head, "td", "")
    for column in COLUMNS:
        add_plain(head, "th", column, scope="col")
    body = add_plain(table, "tbody", "")
    for row in rows:
        line = add_plain(body, "tr", "")
        add_plain(line, "th", row.what, scope="row")
        for count in row[1:]:
            add_plain(line, "td", f"{count}" if count else "–")
    return box
