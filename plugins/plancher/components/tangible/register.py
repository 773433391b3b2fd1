"""The public register: every pair of every post, as the pages of the whole site know it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from plancher.base import addresses, dates
from plancher.base.quantities import Quantity
from plancher.components.tangible import render
from plancher.components.tangible.model import Pair, pairs_of
from plancher.text.grammar import Inline, Mention

UNTOLD = "à voir dans le billet"
"""Stands for a proof without words: a picture, a drawing."""
SHELF = "preuves"
"""Where the site finds what a text gathers."""


def gather(model: object, inline: Inline) -> list[dict[str, Any]]:
    """What the register shows of a block, as JSON has it: words without markup."""
    return [_gathered(pair, inline) for pair in pairs_of(model)]


def mention(kept: Mapping[str, Any]) -> Mention | None:
    """A promise and its proof; made-up examples and promises that wait prove nothing."""
    if kept["fictional"] or not kept["proof"]:
        return None
    return Mention(kind="preuves", text=f"{kept['promise']} → {kept['proof']}", anchor=kept["anchor"], proves=True)


def turns(model: object) -> list[dt.date]:
    """The days after which a proof is to be looked at again."""
    return [pair.review for pair in pairs_of(model) if pair.review]


def _gathered(pair: Pair, inline: Inline) -> dict[str, Any]:
    words, source = inline.text, pair.source
    return {
        "anchor": pair.anchor,
        "named": pair.own_id == pair.anchor,
        "line": pair.line,
        "promise": words(pair.promise),
        "proof": words(pair.answer) or (UNTOLD if pair.answer else ""),
        "indicator": words(pair.indicator),
        "figures": words(pair.figures),
        "before": _fact(_as_typed(pair.before, inline), pair.change.before),
        "after": _fact(_as_typed(pair.after, inline), pair.change.after),
        "change": pair.change.text,
        "ratio": float(f"{pair.change.ratio:.4g}") if pair.change.ratio is not None else None,
        "nature": pair.nature,
        "level": pair.level,
        "period": words(dates.period(pair.period)),
        "source": [inline.link(source.text), words(source.text) or source.moment, source.talk, source.second] if source else None,
        "review": pair.review.isoformat() if pair.review else None,
        "review_when": [render.when(pair), render.since(pair)],
        "fictional": pair.fictional,
        "history": [[words(dates.period(past.when)), words(past.text)] for past in pair.history],
    }


def _as_typed(fact: str, inline: Inline) -> str:
    """A fact is data: its spaces and its marks stay the author's, unless they are Markdown's."""
    return inline.text(fact) if re.search(r"[*_`<\[\]&\\]", fact) else fact


def _fact(typed: str, quantity: Quantity | None) -> list[Any] | None:
    """The text, the value, the unit."""
    if not typed:
        return None
    return [typed, _number(quantity.value), quantity.unit] if quantity else [typed, None, ""]


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One side of an indicator."""

    text: str
    value: float | None
    """In ``unit``; None for words."""
    unit: str


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a link leads: to a page of the site, and a place in it; or elsewhere."""

    path: str
    """From the root of the site; a whole address when it is elsewhere."""
    anchor: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether another site answers."""
        return addresses.is_web(self.path)

    def absolute(self, site: str) -> str:
        """The whole address, for a site published there."""
        start = self.path if self.is_elsewhere else f"{site}/{addresses.quote(self.path)}"
        return f"{start}#{self.anchor}" if self.anchor else start


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One row of the register."""

    id: str
    """Stable: that of the post, and the anchor."""
    place: Place
    title: str
    """Of the post."""
    promise: str
    proof: str
    """Empty: the promise waits."""
    indicator: str
    before: Fact | None
    after: Fact | None
    figures: str
    """« de 12 000 € à 18 500 € (+ 54 %) », when the proof does not say it already."""
    change: str
    ratio: float | None
    nature: str
    level: str
    period: str
    source: Place | None
    source_text: str
    source_state: str
    """Of an address of another site, when it is known (« dead »…); empty otherwise."""
    review: str
    """The day, ISO 8601; empty when there is none."""
    review_text: str
    """« juin 2026 », or « depuis juin 2026 » when it has passed; empty when there is none."""
    lang: str
    """Of the words, when it is not that of the site; empty otherwise."""
    date: dt.datetime
    """Of the post."""
    tags: tuple[str, ...]
    fictional: bool
    history: tuple[tuple[str, str], ...]

    @property
    def lost_its_source(self) -> bool:
        """Whether what it could be checked by answers no more."""
        return self.source_state == "dead"

    @property
    def is_proved(self) -> bool:
        """Whether anything on the ground answers the promise."""
        return bool(self.proof)


def proof(kept: Mapping[str, Any], post: Any, source: tuple[Place | None, str], today: dt.date, state: str = "") -> Proof:
    """A row, from what a text gathered.

    :param post: its identifier, address, title, date, tags and language.
    :param source: where the proof can be checked, and in which words.
    """
    before, after = (Fact(text=fact[0], value=fact[1], unit=fact[2]) if fact else None for fact in (kept["before"], kept["after"]))
    return Proof(
        id=f"{post.id}#{kept['anchor']}",
        place=Place(post.url, kept["anchor"]),
        title=post.title,
        promise=kept["promise"],
        proof=kept["proof"],
        indicator=kept["indicator"],
        before=before,
        after=after,
        figures=kept["figures"],
        change=kept["change"],
        ratio=kept["ratio"],
        nature=kept["nature"],
        level=kept["level"],
        period=kept["period"],
        source=source[0],
        source_text=source[1],
        source_state=state,
        review=kept["review"] or "",
        review_text=_review(kept, today),
        lang=post.lang,
        date=post.date,
        tags=post.tags,
        fictional=kept["fictional"],
        history=tuple((when, text) for when, text in kept["history"]),
    )


def _review(kept: Mapping[str, Any], today: dt.date) -> str:
    if not kept["review"]:
        return ""
    is_due = today > dt.date.fromisoformat(kept["review"])
    return f"depuis {kept['review_when'][1]}" if is_due else str(kept["review_when"][0])


def by_nature_and_year(proofs: Iterable[Proof], natures: Sequence[str]) -> list[Proof]:
    """In the order of the register: by nature, as the site lists them, then newest first."""
    places = {name: place for place, name in enumerate((*natures, ""))}
    return sorted(proofs, key=lambda row: places.get(row.nature, len(places)))
