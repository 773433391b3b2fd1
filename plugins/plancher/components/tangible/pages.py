"""The pages of the register: each section on as many as it takes, with links to the others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancher.base.french import NBSP
from plancher.components.tangible import sections, shares
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.sections import ROOT, Section
from plancher.components.tangible.shares import Share
from plancher.components.tangible.state import State
from plancher.site.listing import Part

_MONTHS = 12
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
    filters: Filters = ()
    """None on the pages of a tag: a new pair changes those of its own tags, not of all."""
    tags: tuple[Share, ...] = ()
    """On the first page of the register alone."""

    @property
    def posts(self) -> frozenset[str]:
        """The addresses of the posts in which these pairs stand, from the root of the site."""
        return frozenset(proof.place.path for group in self.groups for _, proofs in group.years for proof in proofs)

    @property
    def is_waiting(self) -> bool:
        """Whether these promises have no proof."""
        return self.state == "waiting"


def register_pages(proofs: Sequence[Proof], natures: Sequence[str], tag_slugs: Mapping[str, str], size: int, today: dt.date) -> Iterator[RegisterPage]:
    """Every page of the register, in a fixed order.

    :param proofs: newest first.
    :param tag_slugs: of each tag, what its address is made of.
    """
    tags = sections.tag_shares(proofs, tag_slugs)
    every = list(sections.every_section(proofs, tags))
    filters = tuple(_filters(every))
    for section in every:
        ordered = sorted(section.proofs, key=lambda proof: proof.date) if section.state == "waiting" else by_nature_and_year(section.proofs, natures)
        cuts = [ordered[at : at + size] for at in range(0, len(ordered), size)]
        for number, cut in enumerate(cuts or [()], 1):
            page = _page(section, tuple(cut), (number, max(1, len(cuts))), today)
            yield dataclasses.replace(page, filters=() if section.is_of_tag else filters, tags=tags if section.path == ROOT and number == 1 else ())


def _page(section: Section, proofs: tuple[Proof, ...], place: tuple[int, int], today: dt.date) -> RegisterPage:
    number, total = place
    whole = shares.share(section.title, section.proofs)
    summary = section.summary(whole)
    title = section.title if number == 1 else f"{section.title}, page {number}"
    return RegisterPage(
        title=title,
        description=f"{title}. {summary}",
        url=address_of(section.path, number),
        summary=summary,
        state=section.state,
        groups=tuple(_grouped(proofs)) if section.state != "waiting" else (Group(name="", years=((0, proofs),)),),
        ages=tuple((proof.id, age(proof.date.date(), today)) for proof in proofs) if section.state == "waiting" else (),
        share=whole,
        number=number,
        total=total,
        newer=address_of(section.path, number - 1) if number > 1 else None,
        older=address_of(section.path, number + 1) if number < total else None,
    )


def _grouped(proofs: Sequence[Proof]) -> Iterator[Group]:
    for nature, of_nature in itertools.groupby(proofs, key=lambda proof: proof.nature):
        years = itertools.groupby(of_nature, key=lambda proof: proof.date.year)
        yield Group(name=nature or "nature non précisée", years=tuple((year, tuple(of_year)) for year, of_year in years))


def by_nature_and_year(proofs: Iterable[Proof], natures: Sequence[str]) -> list[Proof]:
    """By nature, in the order of the settings, then newest first."""
    places = {name: place for place, name in enumerate((*natures, ""))}
    return sorted(proofs, key=lambda proof: places.get(proof.nature, len(places)))


def _filters(sections: Sequence[Section]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """The links to all sections, by what they choose; a state that no promise is in has its page, and no link."""
    yield "Par état", tuple(_filter(section) for section in sections if section.state and section.proofs)
    for name, start in (("Par nature", f"{ROOT}nature/"), ("Par niveau de preuve", f"{ROOT}niveau/")):
        yield name, tuple(_filter(section) for section in sections if section.path.startswith(start))
    yield "Par année", tuple(_filter(section) for section in sections if section.path.removeprefix(ROOT).strip("/").isdigit())


def _filter(section: Section) -> Part:
    return Part(name=section.name, url=section.path, count=sum(not proof.fictional for proof in section.proofs))


def address_of(path: str, number: int) -> str:
    """Of a page of a section."""
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
