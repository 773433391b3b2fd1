"""One row of the public register."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plancher.base import addresses
from plancher.components.tangible import state
from plancher.components.tangible.entries import ProofEntry
from plancher.components.tangible.figure import Figure
from plancher.components.tangible.state import State
from plancher.site.model import Post


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One side of an indicator."""

    text: str
    value: float | None
    """In ``unit``; None for words."""
    unit: str


@dataclasses.dataclass(frozen=True, slots=True)
class LinkTarget:
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
    """A promise, and its proof."""

    id: str
    """Of the post, and the anchor: it does not change."""
    place: LinkTarget
    title: str
    """Of the post."""
    promise: str
    proof: str
    """Empty: there is none."""
    indicator: str
    before: Fact | None
    after: Fact | None
    figures: str
    """« de 12 000 € à 18 500 € (+ 54 %) », when the proof does not say it already."""
    figure: Figure | None
    """Both numbers, told first."""
    change: str
    ratio: float | None
    nature: str
    level: str
    state: State
    measured_by: str
    method: str
    sample: Fact | None
    """On how many."""
    caveat: str
    period: str
    source: LinkTarget | None
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
    def row(self) -> str:
        """Where its row stands in a page of the register."""
        return f"{self.place.path.strip('/').replace('/', '-')}-{self.place.anchor}"

    @property
    def lost_its_source(self) -> bool:
        """Whether its source no longer answers."""
        return self.source_state == "dead"

    @property
    def state_name(self) -> str:
        """« preuve établie », « à vérifier », « en attente »."""
        return state.NAMES[self.state]

    @property
    def state_note(self) -> str:
        """What stands after a proof that proves nothing yet; empty otherwise."""
        return state.note(self.state, self.proof)

    @property
    def state_class(self) -> str:
        """What a style sheet may tell it by."""
        return state.CLASSES[self.state]

    @property
    def proves(self) -> bool:
        """Whether it counts as a proof: a made-up example counts as nothing."""
        return self.state == "proved" and not self.fictional


def from_entry(entry: ProofEntry, post: Post, source: LinkTarget | None, source_state: str, today: dt.date) -> Proof:
    """A row, from an entry of a post.

    :param source: where the proof can be checked.
    """
    return Proof(
        id=f"{post.id}#{entry.anchor}",
        place=LinkTarget(post.url, entry.anchor),
        title=post.title,
        promise=entry.promise,
        proof=entry.proof,
        indicator=entry.indicator,
        before=_fact(entry.before_text, entry.before_value, entry.before_unit),
        after=_fact(entry.after_text, entry.after_value, entry.after_unit),
        figures=entry.figures,
        figure=_figure(entry),
        change=entry.change,
        ratio=entry.ratio,
        nature=entry.nature,
        level=entry.level,
        state=entry.state,
        measured_by=entry.measured_by,
        method=entry.method,
        sample=_fact(entry.sample, entry.sample_value, entry.sample_unit),
        caveat=entry.caveat,
        period=entry.period,
        source=source,
        source_text=entry.source_text,
        source_state=source_state,
        review=entry.review,
        review_text=_review(entry, today),
        lang=post.foreign_lang,
        date=post.date,
        tags=tuple(tag.name for tag in post.tags),
        fictional=entry.fictional,
        history=tuple((when, text) for when, text in entry.history),
    )


def _figure(entry: ProofEntry) -> Figure | None:
    if not entry.figure:
        return None
    numbers, spoken, unit, change = entry.figure
    before, after = entry.bars or (0, 0)
    return Figure(numbers, spoken, unit, change, (before, after) if entry.bars else None)


def _fact(text: str, value: float | None, unit: str) -> Fact | None:
    return Fact(text=text, value=value, unit=unit) if text else None


def _review(entry: ProofEntry, today: dt.date) -> str:
    if not entry.review:
        return ""
    is_due = today > dt.date.fromisoformat(entry.review)
    return f"depuis {entry.review_since}" if is_due else entry.review_when
