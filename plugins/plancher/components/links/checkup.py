"""How all links are, year by year, and which need somebody."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Sequence

from plancher.components.links.collection import ListedLink
from plancher.components.links.health import State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class YearHealth:
    """How the links first cited in a year are."""

    year: int
    total: int
    alive: int
    moved: int
    archived: int
    """Dead, with a copy."""
    lost: int
    """Dead or without address, and no copy."""
    others: int
    """Suspect, or never visited."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """The state of all links."""

    years: tuple[YearHealth, ...]
    """Newest first, then all of them together under the year 0."""
    moved: tuple[ListedLink, ...]
    suspect: tuple[ListedLink, ...]
    archived: tuple[ListedLink, ...]
    lost: tuple[ListedLink, ...]
    checked: str
    """The day of the latest visit, ISO 8601; empty: none yet."""


def checkup(links: Sequence[ListedLink]) -> Checkup:
    """The state of all links."""
    years: dict[int, list[ListedLink]] = collections.defaultdict(list)
    for link in links:
        years[link.first.year].append(link)
    rows = [_year(year, years[year]) for year in sorted(years, reverse=True)]
    dead = [link for link in links if _is_dead(link)]
    return Checkup(
        years=tuple([*rows, _year(0, links)] if len(rows) > 1 else rows),
        moved=tuple(link for link in links if link.health.state is State.MOVED),
        suspect=tuple(link for link in links if link.health.state is State.SUSPECT),
        archived=tuple(link for link in dead if link.archive),
        lost=tuple(link for link in dead if not link.archive),
        checked=max((link.health.checked for link in links), default=""),
    )


def _is_dead(link: ListedLink) -> bool:
    return link.is_dead or not link.typed


def _year(year: int, links: Sequence[ListedLink]) -> YearHealth:
    states = collections.Counter(link.health.state for link in links)
    dead = [link for link in links if _is_dead(link)]
    alive, moved, archived = states[State.ALIVE] + states[State.REVIVED], states[State.MOVED], sum(bool(link.archive) for link in dead)
    others = len(links) - alive - moved - len(dead)
    return YearHealth(year=year, total=len(links), alive=alive, moved=moved, archived=archived, lost=len(dead) - archived, others=others)
