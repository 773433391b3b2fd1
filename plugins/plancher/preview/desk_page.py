"""The page where answers are decided, as a tree: what a sender wrote is text in it, whatever it looks like."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from xml.etree.ElementTree import tostring

from plancher.base import dates
from plancher.base.french import NBSP, clip, plural
from plancher.commands.answers.confirming import Question
from plancher.commands.answers.queue import Row, State
from plancher.components.answers.asked import Asked
from plancher.preview import desk_answer, desk_forms, pages
from plancher.preview.desk_answer import Waiting
from plancher.preview.desk_forms import Button, Forms
from plancher.text.html import Element, add, el

_WARNING = (
    f"Cette page n’existe que sur votre machine. Ce qui attend n’est nulle part dans le site{NBSP}; accepter une réponse, c’est la publier, et en répondre."
)
_GONE = f"Leurs auteurs les ont peut-être retirées{NBSP}: retirez-les aussi d’ici, ou laissez-les."
_EXCERPT = 160
"""Letters of an answer that is decided."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Some of many, which take several pages."""

    key: str
    """In the address of the others."""
    rows: Sequence[Row]
    first: int
    """How many stand before these."""
    total: int
    size: int
    """How many one page has."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the page shows."""

    forms: Forms
    summary: str
    waiting: Shelf
    asked: Mapping[str, Asked]
    """What they may answer, by token."""
    questions: Mapping[str, Question]
    """For whoever sent one of them, by its name: the mail that asks whether he wrote it."""
    decided: Shelf
    """The last ones first."""
    gone: Collection[str]
    """Those of them whose public page is no more."""
    words: Mapping[str, str]
    """What is published of an answer, by its name, where the queue keeps nothing of it."""
    done: Row | None
    """What was decided just now."""
    refused: str


def render(sheet: Sheet) -> str:
    """The whole page."""
    page = el("html", lang="fr")
    head = add(page, "head")
    add(head, "meta", charset="utf-8")
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "title", f"Réponses des lecteurs{NBSP}: à décider")
    for name in ("page.css", "desk.css"):
        add(head, "link", rel="stylesheet", href=pages.PREFIX + name)
    main = add(add(page, "body", class_="desk"), "main")
    add(main, "h1", "Réponses des lecteurs")
    _news(main, sheet)
    add(main, "p", sheet.summary)
    add(main, "p", _WARNING)
    for row in sheet.waiting.rows:
        if row.received:
            desk_answer.add_to(main, sheet.forms, Waiting(row, row.received, sheet.asked.get(row.received.token), sheet.questions.get(row.id)))
    _others(main, sheet.forms, sheet.waiting)
    _decided(main, sheet)
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n"


def _news(main: Element, sheet: Sheet) -> None:
    """What came of the last form."""
    if sheet.refused:
        add(main, "p", f"Rien n’a changé{NBSP}: {sheet.refused}", role="alert", class_="news")
    elif sheet.done:
        row = sheet.done
        news = add(main, "p", f"C’est fait{NBSP}: {_state(row)}. ", role="status", class_="news", id="fait", tabindex="-1")
        if row.path and row.state is State.ACCEPTED:
            add(news, "code", f"content/{row.path}")
        if row.state is not State.WAITING and row.received:
            sheet.forms.decide(main, row.id, f"{row.state}", [Button("undo", "Annuler")])


def _state(row: Row) -> str:
    """In words that name what was done."""
    if row.state is State.ERASED:
        return "cette réponse est retirée, et quittera le site à la prochaine publication"
    if row.state is State.WAITING and row.received and row.received.consent:
        return f"cette réponse est en attente, et l’accord de son auteur est noté{NBSP}: acceptée, elle sera citée"
    return f"cette réponse est {row.state}"


def _others(main: Element, forms: Forms, shelf: Shelf) -> None:
    """Where the others are."""
    last = shelf.first + len(shelf.rows)
    if shelf.first or last < shelf.total:
        links = add(main, "p", f"Réponses {shelf.first + 1} à {last}, sur {shelf.total}. ")
        if shelf.first:
            add(links, "a", "Les premières", href=forms.address).tail = " "
        if last < shelf.total:
            add(links, "a", "Les suivantes", href=f"{forms.address}?{shelf.key}={last // shelf.size + 1}")


def _decided(main: Element, sheet: Sheet) -> None:
    gone = [row for row in sheet.decided.rows if row.id in sheet.gone]
    if gone:
        add(main, "h2", f"Publiées, et dont la page a disparu{NBSP}: {plural(len(gone), 'réponse', 'réponses')}")
        add(main, "p", _GONE)
        _list(main, sheet, gone)
    others = [row for row in sheet.decided.rows if row.id not in sheet.gone]
    if others:
        add(main, "h2", "Décidées, les dernières d’abord")
        _list(main, sheet, others)
    _others(main, sheet.forms, sheet.decided)


def _list(main: Element, sheet: Sheet, rows: Sequence[Row]) -> None:
    items = add(main, "ul", class_="decided")
    for row in rows:
        item = add(items, "li", f"{row.state}, {dates.day(row.since)}{NBSP}: ")
        words = clip(row.received.words if row.received else sheet.words.get(row.id, row.question), _EXCERPT)
        add(item, "q", words, dir="auto")
        if row.received:
            sheet.forms.decide(item, row.id, words, [desk_forms.UNDO])
        if row.state is State.ACCEPTED:
            sheet.forms.remove(item, row.id, words)
