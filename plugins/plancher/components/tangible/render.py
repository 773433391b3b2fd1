"""Pairs as HTML that says in words which is the promise and which the proof.

Feed readers show no class, no colour and no drawing: the ``dt``, the column
heads and the sentences must be enough.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from plancher.base import clock, dates
from plancher.base.french import NBSP, clip
from plancher.base.identity import Words
from plancher.components.tangible import figure, state
from plancher.components.tangible.model import Balance, Pair, ProofSource
from plancher.text.grammar import Markdown
from plancher.text.html import LINK_ROLE, PASSAGE, SELF_LINK, SOURCE_LINKS, Element, add, add_plain, el, passage, say

WAITING = "Promesse en attente de preuve."
SOURCE = "Source"
_SOURCED = "tangible-source"
_LABEL = 120
"""Characters of a pair in a list of results."""


def render_tangible(words: Words, pair: Pair, markdown: Markdown) -> Element:
    """A titled description list, in a group that has its name and an end: promise above the floor line, proof below."""
    name = f"_{pair.anchor}" if pair.anchor else None
    box = el("div", class_="tangible", id=pair.anchor or None, role="group" if name else None, aria_labelledby=name)
    heading = add(box, "p", class_="tangible-title", id=name)
    add(heading, "strong", f"{words.tangible}{NBSP}: {pair.title}" if pair.title else words.tangible)
    if pair.fictional:
        _fictional(box, numbers=bool(pair.before or pair.after))
    facts = add(box, "dl")
    _fact(facts, words.promise, pair.promise, "tangible-promise")
    _proof(add(facts, "div", class_=f"tangible-proof {state.CLASSES[pair.state]}"), words, pair)
    for term, value in _details(pair):
        group = _fact(facts, term, value, f"tangible-fact {_SOURCED}" if term == SOURCE else "tangible-fact")
        if term == SOURCE:
            group.set(LINK_ROLE, SOURCE_LINKS)
    _add_address(box, pair, markdown)
    _add_passage(box, pair, markdown)
    markdown.blocks(box, pair.body)
    return box


def _add_address(element: Element, pair: Pair, markdown: Markdown) -> None:
    """Its page shows a link to the pair there."""
    if pair.anchor:
        element.set(SELF_LINK, f"{pair.anchor} Adresse de cette preuve{NBSP}: {markdown.text(pair.title or pair.promise)}")


def _add_passage(element: Element, pair: Pair, markdown: Markdown) -> None:
    """A search finds the pair by itself, and knows whether it proves something."""
    if pair.anchor:
        kind = "preuve" if pair.state == "proved" and not pair.fictional else "promesse"
        words = " → ".join(markdown.text(text) for text in (pair.promise, pair.answer) if text)
        element.set(PASSAGE, passage(kind, f"#{pair.anchor}", clip(f"{kind.capitalize()}{NBSP}: {words}", _LABEL)))


def _proof(group: Element, words: Words, pair: Pair) -> None:
    """The figure first, where there is one; then the words."""
    add(group, "dt", words.proof)
    numbers = figure.of(pair.change)
    if numbers:
        figure.add_figure(add(group, "dd", class_="tangible-figure"), numbers, pair.indicator)
    if pair.proof or not numbers:
        add(group, "dd", pair.answer or WAITING)
    _add_state(group[-1] if pair.proof or not numbers else group[-1][0], pair)


def _fictional(box: Element, *, numbers: bool) -> None:
    """A made-up example says so before anything else."""
    add(add(box, "p", class_="tangible-fictional"), "em", fictional(numbers=numbers))


def fictional(*, numbers: bool) -> str:
    """What the page says of a made-up example, with or without numbers in it."""
    return f"Exemple fictif{NBSP}: les chiffres servent à montrer le calcul." if numbers else "Exemple fictif."


def _add_state(answer: Element, pair: Pair) -> None:
    """An answer that proves nothing yet says so after its words."""
    note = state.note(pair.state, pair.answer)
    if note:
        if len(answer):
            say(answer, " ")
        else:
            answer.text = f"{answer.text} "
        add_plain(answer, "em", note, class_="pair-state")


def _details(pair: Pair) -> Iterator[tuple[str, str]]:
    """All other facts, each with its name, in the order of reading."""
    indicator = "" if pair.change.is_measured else f"{NBSP}: ".join(filter(None, (pair.indicator, pair.figures)))  # else the figure says it
    for term, value in (
        ("Indicateur", indicator),
        ("Auparavant", f"{NBSP}; ".join(f"{dates.period(past.when)}, {past.text}" if past.when else past.text for past in pair.history)),
        ("Période", dates.period(pair.period)),
        ("Effectif", pair.sample),
        ("Relevé par", pair.measured_by),
        ("Méthode", pair.method),
        ("Nature", pair.nature),
        ("Niveau de preuve", pair.level),
        (SOURCE, _source(pair.source) if pair.source else ""),
        ("Réserve", pair.caveat),
        ("À réexaminer", review(pair, clock.now().date())),
    ):
        if value:
            yield term, value


def review(pair: Pair, today: dt.date) -> str:
    """« juin 2026 », « 30 juin 2026 »; « depuis juin 2026 » when it has passed."""
    if pair.review is None:
        return pair.review_text
    return f"depuis {since(pair)}" if pair.is_due(today) else when(pair)


def when(pair: Pair) -> str:
    """The month or the day after which the proof is to be looked at again: « juin 2026 »."""
    if pair.review is None:
        return pair.review_text
    return dates.month(pair.review) if pair.is_monthly else dates.day(pair.review)


def since(pair: Pair) -> str:
    """The same, after « depuis »."""
    return when(pair) if pair.is_monthly else f"le {when(pair)}"


def _source(source: ProofSource) -> str:
    """The words, and the moment of the talk."""
    if source.text and source.moment:
        return f"{source.text} ({source.moment})"
    return source.text or source.moment


def _fact(facts: Element, term: str, value: str, name: str) -> Element:
    group = add(facts, "div", class_=name)
    add(group, "dt", term)
    add(group, "dd", value)
    return group


def render_balance(words: Words, balance: Balance, markdown: Markdown) -> Element:
    """One captioned table, promise then proof, in reading order."""
    box = el("div", class_="balance")
    if balance.fictional:
        _fictional(box, numbers=any(pair.before or pair.after for pair in balance.pairs))
    table = add(box, "table", class_="balance-table")
    add(table, "caption", f"Bilan{NBSP}: {balance.title}" if balance.title else "Bilan")
    row = add(add(table, "thead"), "tr")
    add(row, "th", words.promise, scope="col")
    add(row, "th", words.proof, scope="col")
    rows = add(table, "tbody")
    for pair in balance.pairs:
        row = add(rows, "tr")
        add(row, "th", pair.promise, scope="row", class_="balance-promise", id=pair.anchor or None)
        _proof_cell(row, pair, markdown)
        _add_address(row[-1], pair, markdown)
        _add_passage(row, pair, markdown)
    markdown.blocks(box, balance.body)
    return box


def _proof_cell(row: Element, pair: Pair, markdown: Markdown) -> None:
    """The proof, then its facts, each after its name, then free text."""
    details, numbers = list(_details(pair)), figure.of(pair.change)
    cell = add(row, "td", class_=f"balance-proof {state.CLASSES[pair.state]}")
    if not (details or numbers or pair.body):
        cell.text = pair.answer or WAITING
        _add_state(cell, pair)
        return
    if numbers:
        figure.add_figure(cell, numbers, pair.indicator)
    _add_state(add(cell, "p", pair.answer or WAITING) if pair.proof or not numbers else cell[0], pair)
    if details:
        facts = add(cell, "ul", class_="balance-facts")
        for term, value in details:
            add(facts, "li", f"{term}{NBSP}: {value}", **({"class_": _SOURCED, LINK_ROLE: SOURCE_LINKS} if term == SOURCE else {}))
    if pair.body:
        markdown.blocks(add(cell, "div"), pair.body)  # apart: Markdown would add its list to that of the facts
