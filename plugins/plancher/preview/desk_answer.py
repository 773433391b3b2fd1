"""One answer of the page where they are decided: beside its call, with its consents, what looks odd, and what can be done with it."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Sequence

from plancher.base import dates
from plancher.base.french import NBSP
from plancher.commands.answers import deciding, reviewing
from plancher.commands.answers.confirming import Question
from plancher.commands.answers.queue import Row
from plancher.components.answers.asked import Asked
from plancher.importing.answers.model import Received
from plancher.preview import desk_forms
from plancher.preview.desk_forms import Forms
from plancher.text.html import Element, add

_PUBLIC = f"Réponse publique{NBSP}: acceptée, elle n’est que liée. Ses mots ne se citent qu’avec l’accord de son auteur."
_CONFIRM = f"Envoyez ce courriel depuis l’adresse que «{NBSP}invoke answers.fetch{NBSP}» relève. Sa réponse, relevée à son tour, vérifie l’identité."


@dataclasses.dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that waits."""

    row: Row
    received: Received
    call: Asked | None
    """None: no fetch knows it any more."""
    question: Question | None
    """The mail that asks its sender whether he wrote it; None: there is nobody to ask, or it is known."""


def add_to(main: Element, forms: Forms, one: Waiting) -> None:
    """The call on one side, the answer on the other."""
    row, received = one.row, one.received
    box = add(main, "article", id=f"r-{row.id}", aria_labelledby=f"q-{row.id}")
    _call(add(box, "div", class_="asked"), row, one.call)
    answer = add(box, "div", class_="said")
    date = f", {dates.day(received.date)}" if received.date else ""
    by = add(answer, "p", f"{received.way}{date}, de ", class_="by")
    add(by, "bdi", received.sender).tail = f" ({reviewing.identity(received)})"
    quote = add(answer, "blockquote", dir="auto")
    for paragraph in received.words.split("\n\n"):
        add(quote, "p", paragraph)
    _pairs(answer, [(name, value) for name, value in (("Avant", received.before), ("Après", received.after), ("Page", received.address)) if value], "facts")
    _consents(answer, received)
    if received.notes:
        add(answer, "p", f"À regarder de près{NBSP}:", class_="label")
        notes = add(answer, "ul", class_="odd")
        for note in received.notes:
            add(notes, "li", f"{note}.")
    lacking = deciding.obstacles(received)
    if lacking:
        add(answer, "p", f"Ne peut pas être publiée{NBSP}: {f'{NBSP}; '.join(lacking)}.", class_="lacking")
    forms.decide(answer, row.id, row.question, [desk_forms.REFUSE] if lacking else [desk_forms.ACCEPT, desk_forms.REFUSE])
    if one.question:
        _confirm(answer, row, one.question)
    if received.way.is_public:
        forms.consent(answer, row.id, row.question)


def _confirm(box: Element, row: Row, question: Question) -> None:
    """The mail, to be copied or opened: this page itself sends nothing."""
    fold = desk_forms.folded(box, "Demander à son expéditeur s’il l’a écrite…", row.question)
    add(fold, "p", _CONFIRM)
    add(add(fold, "p"), "a", "Ouvrir ce courriel dans votre logiciel", href=question.link)
    _pairs(fold, [("À", question.address), ("Objet", question.subject)], "mail")
    add(fold, "blockquote", question.body, class_="mail", dir="auto")


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
    answers = (
        ("Publier", reviewing.YES_NO[received.may_be_published]),
        ("Compter au registre", reviewing.YES_NO[received.may_be_counted]),
        ("15 ans ou accord des parents", reviewing.YES_NO[received.is_old_enough]),
        ("Nom à publier", received.name or "aucun"),
    )
    _pairs(box, answers, "consents")


def _pairs(box: Element, pairs: Sequence[tuple[str, str]], kind: str) -> None:
    if pairs:
        table = add(box, "dl", class_=kind)
        for name, value in pairs:
            pair = add(table, "div")
            add(pair, "dt", name)
            add(pair, "dd", value, dir="auto")
