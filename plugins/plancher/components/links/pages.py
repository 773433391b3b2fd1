"""The pages of links: the latest, a month, a tag, a domain; and how they are."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from plancher.base.dates import MONTHS
from plancher.base.french import NBSP, fold, plural
from plancher.components.links.collection import ListedLink
from plancher.components.links.health import State
from plancher.site.listing import Part
from plancher.site.requests import PageRequest, TemplatePage

ROOT, HEALTH, DOMAINS, NETSCAPE = "liens/", "liens/etat/", "liens/domaines/", "liens.html"
"""Addresses that never change."""
LATEST = 20
"""Links of the first page."""
PAGE = 60
"""Links of any other."""
_WORTH_A_PAGE = 2
"""Links from which a domain has a page of its own."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage:
    """One page of links."""

    title: str
    description: str
    url: str
    items: tuple[ListedLink, ...]
    count: int
    """Of the whole part."""
    number: int = 1
    total: int = 1
    newer: str | None = None
    older: str | None = None
    months: tuple[Part, ...] = ()
    tags: tuple[Part, ...] = ()
    domains: tuple[Part, ...] = ()


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
    """Suspect, or never looked at."""


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


def requests(items: Sequence[ListedLink]) -> Iterator[PageRequest]:
    """Every page of links, then how they are; browsers import the last one."""
    for page in pages(items):
        yield TemplatePage(address=page.url, template="liens", values={"sheet": page})
    yield TemplatePage(address=HEALTH, template="liens_etat", values={"checkup": checkup(items)})
    yield TemplatePage(address=NETSCAPE, template="liens_netscape", values={"items": tuple(items)}, in_sitemap=False)


def pages(items: Sequence[ListedLink]) -> Iterator[LinksPage]:
    """Every page of links, in a fixed order.

    :param items: the newest first.
    """
    months: dict[tuple[int, int], list[ListedLink]] = collections.defaultdict(list)
    tags: dict[str, list[ListedLink]] = collections.defaultdict(list)
    domains: dict[str, list[ListedLink]] = collections.defaultdict(list)
    for item in items:
        months[item.first.year, item.first.month].append(item)
        for tag in item.tags:
            tags[tag].append(item)
        if item.domain:
            domains[item.domain].append(item)
    newest = sorted(months, reverse=True)
    by_month = tuple(Part(name=f"{MONTHS[month - 1]} {year}", url=f"{ROOT}{year}/{month:02d}/", count=len(months[year, month])) for year, month in newest)
    by_tag = tuple(Part(name=tag, url=f"{ROOT}mot-cle/{tag}/", count=len(tags[tag])) for tag in sorted(tags, key=lambda name: (fold(name), name)))
    by_domain = tuple(
        Part(name=name, url=f"{ROOT}domaine/{name}/" if len(domains[name]) >= _WORTH_A_PAGE else "", count=len(domains[name]))
        for name in sorted(domains, key=lambda name: (-len(domains[name]), name))
    )
    yield LinksPage(
        title="Liens",
        description=f"{plural(len(items), 'lien choisi et commenté', 'liens choisis et commentés')}, par mois, par mot-clé et par site.",
        url=ROOT,
        items=tuple(items[:LATEST]),
        count=len(items),
        months=by_month,
        tags=by_tag,
        domains=tuple(part for part in by_domain if part.url)[:LATEST],
    )
    yield LinksPage(
        title="Liens, site par site", description="Tous les sites que citent les revues de liens.", url=DOMAINS, items=(), count=len(domains), domains=by_domain
    )
    for part, found in zip(by_month, (months[key] for key in newest), strict=True):
        yield from _cut(f"Liens de {part.name}", part.url, found)
    for part in by_tag:
        yield from _cut(f"Liens au mot-clé «{NBSP}{part.name}{NBSP}»", part.url, tags[part.name])
    for part in by_domain:
        if part.url:
            yield from _cut(f"Liens vers {part.name}", part.url, domains[part.name])


def _cut(title: str, url: str, items: Sequence[ListedLink]) -> Iterator[LinksPage]:
    total = -(-len(items) // PAGE)
    for number in range(1, total + 1):
        page = title if number == 1 else f"{title}, page {number}"
        yield LinksPage(
            title=page,
            description=f"{page}{NBSP}: {plural(len(items), 'lien choisi et commenté', 'liens choisis et commentés')}.",
            url=_page(url, number),
            items=tuple(items[(number - 1) * PAGE : number * PAGE]),
            count=len(items),
            number=number,
            total=total,
            newer=_page(url, number - 1) if number > 1 else None,
            older=_page(url, number + 1) if number < total else None,
        )


def _page(url: str, number: int) -> str:
    return url if number == 1 else f"{url}page/{number}/"


def checkup(items: Sequence[ListedLink]) -> Checkup:
    """How all links are, and which need somebody."""
    years: dict[int, list[ListedLink]] = collections.defaultdict(list)
    for item in items:
        years[item.first.year].append(item)
    rows = [_year(year, years[year]) for year in sorted(years, reverse=True)]
    dead = [item for item in items if item.is_dead or not item.typed]
    return Checkup(
        years=tuple([*rows, _year(0, items)] if len(rows) > 1 else rows),
        moved=_of(items, State.MOVED),
        suspect=_of(items, State.SUSPECT),
        archived=tuple(item for item in dead if item.archive),
        lost=tuple(item for item in dead if not item.archive),
        checked=max((item.health.checked for item in items), default=""),
    )


def _of(items: Iterable[ListedLink], state: State) -> tuple[ListedLink, ...]:
    return tuple(item for item in items if item.health.state is state)


def _year(year: int, items: Sequence[ListedLink]) -> YearHealth:
    dead = [item for item in items if item.is_dead or not item.typed]
    moved, archived = len(_of(items, State.MOVED)), sum(bool(item.archive) for item in dead)
    alive = len(_of(items, State.ALIVE)) + len(_of(items, State.REVIVED))
    others = len(items) - alive - moved - len(dead)
    return YearHealth(year=year, total=len(items), alive=alive, moved=moved, archived=archived, lost=len(dead) - archived, others=others)
