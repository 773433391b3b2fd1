"""The pages of the register: everything, one state, one nature, one level, one year."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.base.french import NBSP, plural
from plancher.components.tangible import shares
from plancher.components.tangible.model import LEVELS
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.shares import Share
from plancher.components.tangible.state import NAMES, State
from plancher.site.listing import Part
from plancher.text.drafts import slug

ROOT = "preuves/"
"""Where the register stands: an address that never changes."""
_STATES: tuple[tuple[State, str, str], ...] = (
    ("proved", "Promesses prouvées", "prouvees/"),
    ("unverified", "Preuves à vérifier", "a-verifier/"),
    ("waiting", "Promesses en attente de preuve", "en-attente/"),
)
_OF_STATE: Mapping[State, tuple[str, str, str]] = {
    "proved": ("Aucune promesse n’est encore prouvée.", "promesse dont la preuve dit comment on le sait", "promesses dont la preuve dit comment on le sait"),
    "unverified": ("Aucune preuve n’est à vérifier.", "preuve ne dit pas encore comment on le sait", "preuves ne disent pas encore comment on le sait"),
    "waiting": (
        "Aucune promesse n’attend de preuve.",
        "promesse faite ici n’a pas encore sa preuve",
        "promesses faites ici n’ont pas encore leur preuve",
    ),
}
"""What is said of promises of a state: of none, of one, of many."""
_MONTHS = 12
_MOST_TAGS = 200
"""Rows of the table of tags: a page stays light."""


Filters = tuple[tuple[str, tuple[Part, ...]], ...]
"""Links to sections of the register, by what they choose: « Par nature »…"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pairs under one heading."""

    name: str
    years: tuple[tuple[int, tuple[Proof, ...]], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """What one page shows."""

    title: str
    description: str
    url: str
    summary: str
    """How many promises the whole section has, in a sentence."""
    state: State | None
    """Of all these promises, when the section is that of a state."""
    groups: tuple[Group, ...]
    ages: tuple[tuple[str, str], ...]
    """For each promise that waits, by its id: since when."""
    share: Share
    """Of the whole section, not of this page alone."""
    number: int
    total: int
    newer: str | None
    older: str | None
    filters: Filters
    tags: tuple[Share, ...]
    """On the first page of the register alone."""

    @property
    def is_waiting(self) -> bool:
        """Whether these promises have no proof."""
        return self.state == "waiting"


@dataclasses.dataclass(frozen=True, slots=True)
class _Section:
    """A list of pairs, on as many pages as it takes."""

    title: str
    name: str
    """In a list of links."""
    path: str
    proofs: Sequence[Proof]
    state: State | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether they are listed by their age."""
        return self.state == "waiting"


def register_pages(proofs: Sequence[Proof], natures: Sequence[str], size: int, today: dt.date) -> Iterator[RegisterPage]:
    """Every page of the register, in a fixed order.

    :param proofs: newest first.
    """
    sections = list(_sections(proofs))
    filters = tuple(_filters(sections))
    for section in sections:
        ordered = sorted(section.proofs, key=lambda proof: proof.date) if section.is_waiting else _by_nature_and_year(section.proofs, natures)
        cuts = [ordered[at : at + size] for at in range(0, len(ordered), size)]
        for number, cut in enumerate(cuts or [()], 1):
            yield _page(section, tuple(cut), (number, max(1, len(cuts))), filters, today)


def _page(section: _Section, proofs: tuple[Proof, ...], place: tuple[int, int], filters: Filters, today: dt.date) -> RegisterPage:
    number, total = place
    whole = shares.share(section.title, section.proofs)
    summary = _summary(whole, section.state)
    title = section.title if number == 1 else f"{section.title}, page {number}"
    return RegisterPage(
        title=title,
        description=f"{title}. {summary}",
        url=_address(section.path, number),
        summary=summary,
        state=section.state,
        groups=tuple(_grouped(proofs)) if not section.is_waiting else (Group(name="", years=((0, proofs),)),),
        ages=tuple((proof.id, age(proof.date.date(), today)) for proof in proofs) if section.is_waiting else (),
        share=whole,
        number=number,
        total=total,
        newer=_address(section.path, number - 1) if number > 1 else None,
        older=_address(section.path, number + 1) if number < total else None,
        filters=filters,
        tags=shares.by_tag(section.proofs)[:_MOST_TAGS] if section.path == ROOT and number == 1 else (),
    )


def _summary(share: Share, state: State | None) -> str:
    """How many promises there are; of one state, what it means."""
    if state is None:
        return share.sentence if share.promises or share.fictional else "Aucune promesse n’est encore inscrite."
    none, one, many = _OF_STATE[state]
    return f"{plural(share.promises, one, many)}." if share.promises else none


def _grouped(proofs: Sequence[Proof]) -> Iterator[Group]:
    for nature, of_nature in itertools.groupby(proofs, key=lambda proof: proof.nature):
        years = itertools.groupby(of_nature, key=lambda proof: proof.date.year)
        yield Group(name=nature or "nature non précisée", years=tuple((year, tuple(of_year)) for year, of_year in years))


def _sections(proofs: Sequence[Proof]) -> Iterator[_Section]:
    yield _Section("Registre des preuves", "tout", ROOT, proofs)
    yield from _state_sections([proof for proof in proofs if not proof.fictional])
    by_nature, by_level, by_year = (collections.defaultdict(list) for _ in range(3))
    for proof in proofs:
        if proof.nature:
            by_nature[proof.nature].append(proof)
        if proof.level:
            by_level[proof.level].append(proof)
        by_year[proof.date.year].append(proof)
    for nature in sorted(by_nature):
        yield _Section(f"Preuves{NBSP}: {nature}", nature, f"{ROOT}nature/{slug(nature)}/", by_nature[nature])
    for level in LEVELS:
        if by_level[level]:
            yield _Section(f"Preuves de niveau «{NBSP}{level}{NBSP}»", level, f"{ROOT}niveau/{slug(level)}/", by_level[level])
    for year in sorted(by_year, reverse=True):
        yield _Section(f"Preuves de {year}", str(year), f"{ROOT}{year}/", by_year[year])


def _state_sections(real: Sequence[Proof]) -> Iterator[_Section]:
    """All three, empty ones too: their addresses never change."""
    for state, title, path in _STATES:
        yield _Section(title, NAMES[state], f"{ROOT}{path}", [proof for proof in real if proof.state == state], state)


def _by_nature_and_year(proofs: Iterable[Proof], natures: Sequence[str]) -> list[Proof]:
    """By nature, in the order of the settings, then newest first."""
    places = {name: place for place, name in enumerate((*natures, ""))}
    return sorted(proofs, key=lambda proof: places.get(proof.nature, len(places)))


def _filters(sections: Sequence[_Section]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The links to all sections, by what they choose."""
    yield "Par état", tuple(_filter(section) for section in sections if section.state)
    for name, start in (("Par nature", f"{ROOT}nature/"), ("Par niveau de preuve", f"{ROOT}niveau/")):
        yield name, tuple(_filter(section) for section in sections if section.path.startswith(start))
    yield "Par année", tuple(_filter(section) for section in sections if section.path.removeprefix(ROOT).strip("/").isdigit())


def _filter(section: _Section) -> Part:
    return Part(name=section.name, url=section.path, count=sum(not proof.fictional for proof in section.proofs))


def _address(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"


def age(since: dt.date, today: dt.date) -> str:
    """« depuis 14 mois »: how many months ago a promise was made; it changes with the month alone."""
    months = (today.year - since.year) * _MONTHS + today.month - since.month
    if months < 1:
        return "depuis ce mois-ci"
    return f"depuis {months}{NBSP}mois" if months < 2 * _MONTHS else f"depuis {months // _MONTHS}{NBSP}ans"


def next_month(today: dt.date) -> float:
    """When ages change: seconds since the epoch."""
    first = (today.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    return dt.datetime.combine(first, dt.time(), dt.UTC).timestamp()
