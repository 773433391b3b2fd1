"""The pages of the register: everything, one nature, one level, one year, and the promises that wait."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence

from plancher.base.french import NBSP, plural
from plancher.components.tangible import shares
from plancher.components.tangible.model import LEVELS
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.shares import Share
from plancher.site.listing import Part
from plancher.text.drafts import slug

ROOT = "preuves/"
"""Where the register stands: an address that never changes."""
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
    is_waiting: bool
    """Whether these promises have no proof."""
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


@dataclasses.dataclass(frozen=True, slots=True)
class _Section:
    """What one address shows, over as many pages as it takes."""

    title: str
    name: str
    """In a list of links."""
    path: str
    proofs: Sequence[Proof]
    is_waiting: bool = False


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
    title = section.title if number == 1 else f"{section.title}, page {number}"
    return RegisterPage(
        title=title,
        description=_description(title, whole, is_waiting=section.is_waiting),
        url=_address(section.path, number),
        is_waiting=section.is_waiting,
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


def _description(title: str, share: Share, *, is_waiting: bool) -> str:
    promises = plural(share.promises, "promesse", "promesses")
    if is_waiting:
        return f"{title}. {promises} dont la preuve est attendue."
    if not share.promises:
        return f"{title}. {plural(share.fictional, 'exemple fictif', 'exemples fictifs')}."
    return f"{title}. {promises}, {plural(share.proved, 'ramenée à sa preuve', 'ramenées à leur preuve')}."


def _grouped(proofs: Sequence[Proof]) -> Iterator[Group]:
    for nature, of_nature in itertools.groupby(proofs, key=lambda proof: proof.nature):
        years = itertools.groupby(of_nature, key=lambda proof: proof.date.year)
        yield Group(name=nature or "nature non précisée", years=tuple((year, tuple(of_year)) for year, of_year in years))


def _sections(proofs: Sequence[Proof]) -> Iterator[_Section]:
    yield _Section("Registre des preuves", "tout", ROOT, proofs)
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
    waiting = [proof for proof in proofs if not proof.is_proved]
    yield _Section("Promesses en attente de preuve", "en attente", f"{ROOT}en-attente/", waiting, is_waiting=True)


def _by_nature_and_year(proofs: Iterable[Proof], natures: Sequence[str]) -> list[Proof]:
    """By nature, in the order of the settings, then newest first."""
    places = {name: place for place, name in enumerate((*natures, ""))}
    return sorted(proofs, key=lambda proof: places.get(proof.nature, len(places)))


def _filters(sections: Sequence[_Section]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The links to all sections, by what they choose."""
    for name, start in (("Par nature", f"{ROOT}nature/"), ("Par niveau de preuve", f"{ROOT}niveau/")):
        yield name, tuple(_filter(section) for section in sections if section.path.startswith(start))
    yield "Par année", tuple(_filter(section) for section in sections if section.path.removeprefix(ROOT).strip("/").isdigit())


def _filter(section: _Section) -> Part:
    return Part(name=section.name, url=section.path, count=len(section.proofs))


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
