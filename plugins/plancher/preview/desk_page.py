"""The page where answers are decided, as a tree: what a sender wrote is text in it, whatever it looks like."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import tostring

from plancher.base import dates
from plancher.base.french import NBSP, clip, plural
from plancher.commands.answers import deciding, reviewing
from plancher.commands.answers.queue import Row, State
from plancher.components.answers.asked import Asked
from plancher.importing.answers.model import Received
from plancher.preview import form_guard, pages
from plancher.text.html import Element, add, el

_WARNING = (
    f"Cette page n’existe que sur votre machine. Ce qui attend n’est nulle part dans le site{NBSP}; accepter une réponse, c’est la publier, et en répondre."
)
_PUBLIC = f"Réponse publique{NBSP}: acceptée, elle n’est que liée. Ses mots ne se citent qu’avec l’accord de son auteur."
_EXCERPT = 160
"""Letters of an answer that is decided."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the page shows."""

    address: str
    token: str
    summary: str
    waiting: Sequence[Row]
    first: int
    """How many wait before these."""
    total: int
    """How many wait in all."""
    decided: Sequence[Row]
    """The last ones, which can be taken back."""
    asked: Mapping[str, Asked]
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
    for row in sheet.waiting:
        if row.received:
            _answer(main, sheet, row, row.received)
    _pages(main, sheet)
    _decided(main, sheet)
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n"


def _news(main: Element, sheet: Sheet) -> None:
    """What came of the last form."""
    if sheet.refused:
        add(main, "p", f"Rien n’a changé{NBSP}: {sheet.refused}", role="alert", class_="news")
    elif sheet.done:
        row = sheet.done
        news = add(main, "p", f"C’est fait{NBSP}: cette réponse est {row.state}. ", role="status", class_="news", id="fait", tabindex="-1")
        if row.path:
            add(news, "code", f"content/{row.path}")
        if row.state is not State.WAITING and row.received:
            _form(main, sheet, row, (("undo", "Annuler"),), f"{row.state}")


def _answer(main: Element, sheet: Sheet, row: Row, received: Received) -> None:
    box = add(main, "article", id=f"r-{row.id}", aria_labelledby=f"q-{row.id}")
    _call(add(box, "div", class_="asked"), row, sheet.asked.get(received.token))
    said = add(box, "div", class_="said")
    date = f", {dates.day(received.date)}" if received.date else ""
    by = add(said, "p", f"{received.way}{date}, de ", class_="by")
    add(by, "bdi", received.sender).tail = f" ({reviewing.identity(received)})"
    quote = add(said, "blockquote", dir="auto")
    for paragraph in received.words.split("\n\n"):
        add(quote, "p", paragraph)
    _pairs(said, [(name, value) for name, value in (("Avant", received.before), ("Après", received.after), ("Page", received.address)) if value], "facts")
    _consents(said, received)
    if received.notes:
        add(said, "p", f"À regarder de près{NBSP}:", class_="label")
        notes = add(said, "ul", class_="odd")
        for note in received.notes:
            add(notes, "li", f"{note}.")
    lacking = deciding.obstacles(received)
    if lacking:
        add(said, "p", f"Ne peut pas être publiée{NBSP}: {f'{NBSP}; '.join(lacking)}.", class_="lacking")
    buttons = [*([] if lacking else [("accept", "Accepter")]), ("refuse", "Refuser")]
    _form(said, sheet, row, buttons, row.question)


def _call(box: Element, row: Row, call: Asked | None) -> None:
    """What the answer answers."""
    add(box, "p", "L’appel" if row.call else "Le billet", class_="label")
    add(box, "h2", row.question, id=f"q-{row.id}")
    if call:
        _pairs(box, [(name, value) for name, value in (("Attendu", call.expected), ("Exemple", call.example)) if value], "facts")
        add(add(box, "p"), "a", "Lire dans le billet", href=_place(call.url, row.call))
        if not call.is_open:
            add(box, "p", "Cet appel est clos.")


def _place(url: str, anchor: str) -> str:
    """The address in this preview: only a path, never another host."""
    path = "/" + urllib.parse.urlsplit(url).path.lstrip("/")
    return f"{path}#{anchor}" if anchor else path


def _consents(box: Element, received: Received) -> None:
    """What was asked apart, and what was answered, each in words."""
    if received.way.is_public:
        add(box, "p", f"Son auteur a dit oui{NBSP}: {received.consent}." if received.consent else _PUBLIC)
        return
    add(box, "p", f"Ce que son auteur a répondu, à part{NBSP}:", class_="label")
    said = (
        ("Publier", reviewing.YES_NO[received.may_be_published]),
        ("Compter au registre", reviewing.YES_NO[received.may_be_counted]),
        ("15 ans ou accord des parents", reviewing.YES_NO[received.is_old_enough]),
        ("Nom à publier", received.name or "aucun"),
    )
    _pairs(box, said, "consents")


def _pairs(box: Element, pairs: Sequence[tuple[str, str]], kind: str) -> None:
    if pairs:
        table = add(box, "dl", class_=kind)
        for name, value in pairs:
            pair = add(table, "div")
            add(pair, "dt", name)
            add(pair, "dd", value, dir="auto")


def _form(box: Element, sheet: Sheet, row: Row, buttons: Sequence[tuple[str, str]], about: str) -> None:
    form = add(box, "form", method="post", action=sheet.address)
    for name, value in ((form_guard.TOKEN, sheet.token), ("id", row.id)):
        add(form, "input", type="hidden", name=name, value=value)
    for decision, words in buttons:
        add(form, "button", words, name="decision", value=decision, class_=decision, aria_label=f"{words}{NBSP}: {about}")


def _pages(main: Element, sheet: Sheet) -> None:
    """Where the others that wait are; many answers make many pages."""
    size, last = max(1, len(sheet.waiting)), sheet.first + len(sheet.waiting)
    if sheet.first or last < sheet.total:
        links = add(main, "p", f"Réponses {sheet.first + 1} à {last}, sur {sheet.total}. ")
        if sheet.first:
            add(links, "a", "Les premières", href=sheet.address).tail = " "
        if last < sheet.total:
            add(links, "a", "Les suivantes", href=f"{sheet.address}?page={last // size + 1}")


def _decided(main: Element, sheet: Sheet) -> None:
    if not sheet.decided:
        return
    add(main, "h2", f"Décidées en dernier{NBSP}: {plural(len(sheet.decided), 'réponse', 'réponses')}")
    rows = add(main, "ul", class_="decided")
    for row in sheet.decided:
        item = add(rows, "li", f"{row.state}, {dates.day(row.since)}{NBSP}: ")
        words = clip(row.received.words if row.received else "", _EXCERPT)
        add(item, "q", words, dir="auto")
        _form(item, sheet, row, (("undo", "Remettre en attente"),), words)
