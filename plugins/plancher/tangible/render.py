"""Pairs as HTML whose words and order say which is the promise and which the proof.

Feed readers keep no class and no colour: the ``dt`` and the column heads must
be enough.
"""

from __future__ import annotations

from plancher.core import dates
from plancher.core.french import NBSP
from plancher.core.html import Element, add, el
from plancher.core.registry import Markdown
from plancher.tangible.model import Balance, Pair

PROMISE = "Dans les nuages, la promesse"
PROOF = "Sur le plancher, la preuve"
WAITING = "Promesse en attente de preuve."


def render_tangible(model: object, markdown: Markdown) -> Element:
    """A titled description list: promise above the floor line, proof below."""
    if not isinstance(model, Pair):
        raise TypeError(model)
    box = el("div", class_="tangible")
    heading = add(box, "p", class_="tangible-title")
    add(heading, "strong", f"De l’intangible au tangible{NBSP}: {model.title}" if model.title else "De l’intangible au tangible")
    if model.fictional:
        _fictional(box, numbers=bool(model.before or model.after))
    facts = add(box, "dl")
    _fact(facts, PROMISE, model.promise, "tangible-promise")
    _fact(facts, PROOF, model.proof or (WAITING if not model.is_proved else _change(model)), "tangible-proof")
    for term, value in _details(model):
        if value:
            _fact(facts, term, value, "tangible-fact")
    markdown.blocks(box, model.body)
    return box


def _fictional(box: Element, *, numbers: bool) -> None:
    """A made-up example says so before anything else."""
    sentence = f"Exemple fictif{NBSP}: les chiffres servent à montrer le calcul." if numbers else "Exemple fictif."
    add(add(box, "p", class_="tangible-fictional"), "em", sentence)


def _details(pair: Pair) -> tuple[tuple[str, str], ...]:
    measured = _change(pair) if pair.proof else ""
    indicator = f"{pair.indicator}{NBSP}: {measured}" if pair.indicator and measured else pair.indicator or measured
    return (
        ("Indicateur", indicator),
        ("Période", dates.period(pair.period)),
        ("Nature", pair.nature),
        ("Niveau de preuve", pair.level),
        ("Source", pair.source),
        ("À réexaminer", dates.period(pair.review)),
    )


def _change(pair: Pair) -> str:
    """« de 12 000 € à 18 500 € », as far as it is known."""
    unit = f"{NBSP}{pair.unit}" if pair.unit else ""
    if pair.before and pair.after:
        return f"de {pair.before} à {pair.after}{unit}"
    return f"avant, {pair.before}{unit}" if pair.before else f"après, {pair.after}{unit}" if pair.after else ""


def _fact(facts: Element, term: str, value: str, name: str) -> None:
    group = add(facts, "div", class_=name)
    add(group, "dt", term)
    add(group, "dd", value)


def render_balance(model: object, markdown: Markdown) -> Element:
    """One captioned table, promise then proof, in reading order."""
    if not isinstance(model, Balance):
        raise TypeError(model)
    box = el("div", class_="balance")
    if model.fictional:
        _fictional(box, numbers=False)
    table = add(box, "table", class_="balance-table")
    add(table, "caption", f"Bilan{NBSP}: {model.title}" if model.title else "Bilan")
    row = add(add(table, "thead"), "tr")
    add(row, "th", PROMISE, scope="col")
    add(row, "th", PROOF, scope="col")
    rows = add(table, "tbody")
    for pair in model.pairs:
        row = add(rows, "tr")
        add(row, "th", pair.promise, scope="row", class_="balance-promise")
        add(row, "td", pair.proof or WAITING, class_="balance-proof")
    markdown.blocks(box, model.body)
    return box
