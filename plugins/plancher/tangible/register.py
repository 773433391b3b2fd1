"""The public register: every pair of every post, as the pages of the whole site know it."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from plancher.core import addresses, dates
from plancher.core.quantities import Quantity
from plancher.tangible.model import Pair, pairs_of

SHELF = "preuves"
"""Where the site finds what a text gathers."""


def gather(model: object, plain: Callable[[str], str]) -> list[dict[str, Any]]:
    """What the register shows of a block, as JSON has it: words without markup."""
    return [_gathered(pair, plain) for pair in pairs_of(model)]


def turns(model: object) -> list[dt.date]:
    """The days after which a proof is to be looked at again."""
    return [pair.review for pair in pairs_of(model) if pair.review]


def _gathered(pair: Pair, plain: Callable[[str], str]) -> dict[str, Any]:
    source = pair.source
    return {
        "anchor": pair.anchor,
        "line": pair.line,
        "own": bool(pair.own_id),
        "promise": plain(pair.promise),
        "proof": plain(pair.proof or (pair.change.said if pair.is_proved else "")),
        "indicator": plain(pair.indicator),
        "figures": plain(pair.change.said) if pair.proof or not pair.is_proved else "",
        "before": _fact(pair.before, pair.change.before),
        "after": _fact(pair.after, pair.change.after),
        "change": pair.change.text,
        "ratio": float(f"{pair.change.ratio:.4g}") if pair.change.ratio is not None else None,
        "nature": pair.nature,
        "level": pair.level,
        "period": plain(dates.period(pair.period)),
        "source": [source.address, plain(source.text), source.talk, source.second] if source else None,
        "review": pair.review.isoformat() if pair.review else None,
        "review_text": plain(dates.period(pair.review_text)),
        "fictional": pair.fictional,
        "history": [[plain(dates.period(past.when)), plain(past.text)] for past in pair.history],
    }


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
    review: str
    """The day, ISO 8601; empty when there is none."""
    review_text: str
    is_due: bool
    date: dt.datetime
    """Of the post."""
    tags: tuple[str, ...]
    fictional: bool
    history: tuple[tuple[str, str], ...]

    @property
    def is_proved(self) -> bool:
        """Whether anything on the ground answers the promise."""
        return bool(self.proof)


def proof(kept: Mapping[str, Any], post: Any, source: tuple[Place | None, str], today: dt.date) -> Proof:
    """A row, from what a text gathered.

    :param post: its identifier, address, title, date and tags.
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
        review=kept["review"] or "",
        review_text=kept["review_text"],
        is_due=bool(kept["review"]) and today > dt.date.fromisoformat(kept["review"]),
        date=post.date,
        tags=post.tags,
        fictional=kept["fictional"],
        history=tuple((when, text) for when, text in kept["history"]),
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many promises are proved, under one name."""

    name: str
    slug: str
    promises: int
    proved: int

    @property
    def percent(self) -> int:
        """Of promises that are proved, rounded down: 100 means all of them."""
        return 100 * self.proved // self.promises if self.promises else 0


def share(name: str, slug: str, proofs: Sequence[Proof]) -> Share:
    """The share of these promises that are proved."""
    return Share(name=name, slug=slug, promises=len(proofs), proved=sum(found.is_proved for found in proofs))


def by_tag(proofs: Iterable[Proof]) -> tuple[Share, ...]:
    """The share of each tag, most promises first, then by name."""
    found: dict[str, list[Proof]] = collections.defaultdict(list)
    for row in proofs:
        for tag in row.tags:
            found[tag].append(row)
    return tuple(sorted((share(tag, tag, rows) for tag, rows in found.items()), key=lambda one: (-one.promises, one.name)))


def by_nature_and_year(proofs: Iterable[Proof], natures: Sequence[str]) -> list[Proof]:
    """In the order of the register: by nature, as the site lists them, then newest first."""
    places = {name: place for place, name in enumerate((*natures, ""))}
    return sorted(proofs, key=lambda row: places.get(row.nature, len(places)))
