"""The feed of promises and proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plancher.base.french import NBSP, clip
from plancher.base.identity import Words
from plancher.components.tangible.collection import RegisterRow
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.render import WAITING, fictional
from plancher.components.tangible.sections import ROOT
from plancher.site.feeds import FeedItem, FeedRequest
from plancher.text.html import Element, add, add_plain, as_typed, el

_ATOM = "feeds/preuves.atom.xml"
_LONGEST_TITLE = 120


def request(words: Words, rows: Iterable[RegisterRow]) -> FeedRequest:
    """The feed of these pairs.

    :param rows: newest first.
    """
    return FeedRequest(path=_ATOM, title="preuves", page=ROOT, items=tuple(_item(words, row) for row in rows))


def _item(words: Words, row: RegisterRow) -> FeedItem:
    proof = row.proof
    return FeedItem(
        post=row.post,
        anchor=proof.place.anchor,
        title=clip(proof.promise, _LONGEST_TITLE),
        html=as_typed(_content(words, proof)),
        answered_on=proof.date if row.is_of_reader else None,
    )


def _content(words: Words, proof: Proof) -> Element:
    """A pair where no style exists: every fact, each after its name."""
    box = el("div")
    if proof.fictional:
        add_plain(add(box, "p"), "em", fictional(numbers=bool(proof.before or proof.after)))
    facts = add(box, "dl", lang=proof.lang or None)
    for term, value in _facts(words, proof):
        if value:
            add_plain(facts, "dt", term)
            add_plain(facts, "dd", value)
    return box


def _facts(words: Words, proof: Proof) -> Iterator[tuple[str, str]]:
    yield from ((words.promise, proof.promise), (words.proof, proof.proof or WAITING), ("État", proof.state_name))
    yield from (("Indicateur", proof.indicator), ("Mesure", proof.figures))
    yield "Auparavant", f"{NBSP}; ".join(f"{when}, {text}" if when else text for when, text in proof.history)
    yield from (("Période", proof.period), ("Effectif", proof.sample.text if proof.sample else ""))
    yield from (("Relevé par", proof.measured_by), ("Méthode", proof.method), ("Nature", proof.nature), ("Niveau de preuve", proof.level))
    link = proof.source.path if proof.source and proof.source.is_elsewhere else ""
    yield "Source", proof.source_text if not link or link == proof.source_text else f"{proof.source_text} <{link}>"
    yield "État de la source", "source à retrouver" if proof.lost_its_source else ""
    yield from (("Réserve", proof.caveat), ("À réexaminer", proof.review_text))
