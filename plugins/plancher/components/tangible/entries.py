"""What pages of the whole site show of a pair. It is cached with the text, which these pages need not read again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plancher.base import dates, quantities
from plancher.base.quantities import Quantity
from plancher.components.tangible import figure, render
from plancher.components.tangible.model import Balance, Pair, ProofSource, pairs_of
from plancher.components.tangible.state import State
from plancher.site.model import Mention, PostPair
from plancher.text.grammar import Inline

WORDLESS = "à voir dans le billet"
"""For a proof without words: a picture, a drawing."""
_MARKDOWN = re.compile(r"[*_`<\[\]&\\]")


class ProofEntry(NamedTuple):
    """A pair; words are without markup."""

    anchor: str
    is_named: bool
    """Whether its author chose the anchor."""
    line: int
    promise: str
    proof: str
    """Empty: there is none."""
    indicator: str
    figures: str
    figure: Sequence[str]
    """The words of a ``Figure``; empty: there is none."""
    bars: Sequence[float]
    """Of the figure."""
    before_text: str
    before_value: float | None
    before_unit: str
    after_text: str
    after_value: float | None
    after_unit: str
    change: str
    ratio: float | None
    nature: str
    level: str
    state: State
    measured_by: str
    method: str
    sample: str
    sample_value: float | None
    sample_unit: str
    caveat: str
    period: str
    source_address: str
    """As typed; empty: there is none, or none that may be followed."""
    source_text: str
    source_talk: str
    """The talk that says it, by its name."""
    source_second: int
    review: str
    """The day, ISO 8601; empty: none."""
    review_when: str
    """« juin 2026 »."""
    review_since: str
    """The same, after « depuis »."""
    fictional: bool
    history: Sequence[Sequence[str]]
    """When, and what it was."""


def of_block(model: Pair | Balance, inline: Inline) -> list[ProofEntry]:
    """The pairs of a block."""
    return [_entry(pair, inline) for pair in pairs_of(model)]


def expires_on(model: Pair | Balance) -> list[dt.date]:
    """The days after which a proof is to be looked at again."""
    return [pair.review for pair in pairs_of(model) if pair.review]


def mentions(entries: Iterable[ProofEntry]) -> Iterator[Mention]:
    """The promises that are proved; made-up examples prove nothing."""
    for entry in entries:
        if entry.state == "proved" and not entry.fictional:
            yield Mention(kind="preuves", text=f"{entry.promise} → {entry.proof}", anchor=entry.anchor, proves=True)


def main_pair(entries: Iterable[ProofEntry]) -> PostPair | None:
    """The first pair that is proved, else the first that is made up to show the way; what is only promised has no floor to stand on."""
    standing = [entry for entry in entries if entry.proof != WORDLESS and (entry.state == "proved" or (entry.fictional and entry.state != "waiting"))]
    for entry in sorted(standing, key=lambda entry: entry.fictional):
        return PostPair(promise=entry.promise, proof=entry.proof, is_fictional=entry.fictional)
    return None


def _entry(pair: Pair, inline: Inline) -> ProofEntry:
    words, source = inline.text, pair.source or ProofSource(text="")
    before, after = pair.change.before, pair.change.after
    count = quantities.read(pair.sample)
    sample = count if isinstance(count, Quantity) else None
    numbers = figure.of(pair.change)
    return ProofEntry(
        anchor=pair.anchor,
        is_named=pair.own_id == pair.anchor,
        line=pair.line,
        promise=words(pair.promise),
        proof=words(pair.answer) or (WORDLESS if pair.answer else ""),
        indicator=words(pair.indicator),
        figures=words(pair.figures),
        figure=[words(text) for text in numbers[:4]] if numbers else (),
        bars=(numbers and numbers.bars) or (),
        before_text=_as_typed(pair.before, inline),
        before_value=_value(before),
        before_unit=before.unit if before else "",
        after_text=_as_typed(pair.after, inline),
        after_value=_value(after),
        after_unit=after.unit if after else "",
        change=pair.change.text,
        ratio=float(f"{pair.change.ratio:.4g}") if pair.change.ratio is not None else None,
        nature=pair.nature,
        level=pair.level,
        state=pair.state,
        measured_by=words(pair.measured_by),
        method=words(pair.method),
        sample=words(pair.sample),
        sample_value=_value(sample),
        sample_unit=sample.unit if sample else "",
        caveat=words(pair.caveat),
        period=words(dates.period(pair.period)),
        source_address=inline.link(source.text),
        source_text=words(source.text) or source.moment,
        source_talk=source.talk,
        source_second=source.second,
        review=pair.review.isoformat() if pair.review else "",
        review_when=render.when(pair),
        review_since=render.since(pair),
        fictional=pair.fictional,
        history=[[words(dates.period(past.when)), words(past.text)] for past in pair.history],
    )


def _as_typed(fact: str, inline: Inline) -> str:
    """A fact is data: it stays as it was typed, spaces too, unless it holds Markdown."""
    return inline.text(fact) if _MARKDOWN.search(fact) else fact


def _value(quantity: Quantity | None) -> float | None:
    """A whole number without decimals."""
    if quantity is None:
        return None
    return int(quantity.value) if quantity.value == int(quantity.value) else float(quantity.value)
