"""Promises and their proofs, as typed data, and the anchor of each in its text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from plancher.base import dates
from plancher.base.french import NBSP
from plancher.base.problems import Problem
from plancher.components.tangible import state
from plancher.components.tangible.change import NO_CHANGE, FactChange
from plancher.components.tangible.state import State

LEVELS = ("mesuré", "constaté", "déclaré")
"""How sure a proof is: measured, seen, or only told."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProofSource:
    """Where a proof can be checked."""

    text: str
    """Inline Markdown, a link most often."""
    talk: str = ""
    """The talk that says it, by its name."""
    second: int = 0
    """Seconds from the start of the talk."""

    @property
    def moment(self) -> str:
        """« vidéo « conference », à 32:10 »; empty when no talk says it."""
        if not self.talk:
            return ""
        return f"vidéo «{NBSP}{self.talk}{NBSP}»" + (f", à {dates.clock(self.second)}" if self.second else "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the indicator was, one day."""

    when: str
    """As typed: « 2023-06 », « juin 2023 »."""
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One promise (the intangible), and its proof (the tangible)."""

    title: str = ""
    promise: str
    """Inline Markdown, as are all texts here."""
    proof: str = ""
    """Empty: the promise is still waiting for it."""
    indicator: str = ""
    before: str = ""
    after: str = ""
    unit: str = ""
    change: FactChange = NO_CHANGE
    """What lies between ``before`` and ``after``."""
    period: str = ""
    source: ProofSource | None = None
    nature: str = ""
    """What changed: ventes, économies, temps…"""
    level: str = ""
    """One of ``LEVELS``."""
    measured_by: str = ""
    method: str = ""
    sample: str = ""
    """On how many: « 42 clients »."""
    caveat: str = ""
    """What makes its author doubt."""
    typed_state: State | None = None
    """What its author says of it; None: nothing."""
    review: dt.date | None = None
    """The proof is to be looked at again after this day."""
    review_text: str = ""
    """The same, as typed."""
    is_monthly: bool = False
    """Whether a month was typed, and no day."""
    history: tuple[Past, ...] = ()
    """Earlier values, oldest first."""
    fictional: bool = False
    """A made-up example: the page says so."""
    body: str = ""
    """Markdown under the pair."""
    line: int
    own_id: str = ""
    """What the author typed after « id »."""
    anchor: str = ""
    """Where it stands in its page; ``numbered`` gives it."""

    @property
    def answer(self) -> str:
        """The proof in words, else what was measured; empty when there is neither."""
        return self.proof or (self.change.summary if self.before and self.after else "")

    @property
    def figures(self) -> str:
        """What was measured, unless it is the answer already."""
        return self.change.summary if self.proof or not self.answer else ""

    @property
    def state(self) -> State:
        """How far its proof goes."""
        return state.of(is_answered=bool(self.answer), says_how=bool(self.level or self.source), typed=self.typed_state)

    def is_due(self, today: dt.date) -> bool:
        """Whether its proof must be looked at again."""
        return self.review is not None and today > self.review


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A list of pairs, one line each."""

    title: str
    pairs: tuple[Pair, ...]
    fictional: bool = False
    body: str
    """Markdown after the list."""


def pairs_of(model: object) -> tuple[Pair, ...]:
    """The pairs of a block, in their order; none when it is not one of ours."""
    if isinstance(model, Pair):
        return (model,)
    return model.pairs if isinstance(model, Balance) else ()


def numbered(models: Sequence[object]) -> tuple[tuple[object, ...], tuple[Problem, ...]]:
    """The models of a text, each pair with its anchor: its own id, else « preuve- » and its number among the others.

    A pair may take « preuve-2 » as its id, to keep the anchor it had: that
    number is then given to no other.
    """
    pairs = sorted((pair for model in models for pair in pairs_of(model)), key=lambda pair: pair.line)
    owners = {pair.own_id: pair for pair in reversed(pairs) if pair.own_id}
    anchors, problems = dict(_anchors(pairs, owners)), tuple(_twice(pairs, owners))
    return tuple(_with_anchors(model, anchors) for model in models), problems


def _anchors(pairs: Iterable[Pair], owners: dict[str, Pair]) -> Iterator[tuple[int, str]]:
    """By the line of the pair."""
    number = 0
    for pair in pairs:
        if owners.get(pair.own_id) is pair:
            yield pair.line, pair.own_id
            continue
        number += 1
        while f"preuve-{number}" in owners:
            number += 1
        yield pair.line, f"preuve-{number}"


def _twice(pairs: Iterable[Pair], owners: dict[str, Pair]) -> Iterator[Problem]:
    """An id is given to one pair of a text."""
    for pair in pairs:
        first = owners.get(pair.own_id)
        if first is not None and first is not pair:
            yield Problem(pair.line, "PDV011", f"« id : {pair.own_id} » sert déjà ligne {first.line}. Donnez un autre nom à l'une des deux paires.")


def _with_anchors(model: object, anchors: dict[int, str]) -> object:
    if isinstance(model, Pair):
        return dataclasses.replace(model, anchor=anchors[model.line])
    if isinstance(model, Balance):
        return dataclasses.replace(model, pairs=tuple(dataclasses.replace(pair, anchor=anchors[pair.line]) for pair in model.pairs))
    return model
