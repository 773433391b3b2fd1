"""The pages of links: the latest, a month, a tag, a domain; and how they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from plancher.base.dates import MONTHS
from plancher.base.french import NBSP, fold, plural
from plancher.components.links.checkup import checkup
from plancher.components.links.collection import ListedLink
from plancher.site.listing import Part
from plancher.site.requests import TemplatePage

K = TypeVar("K")
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


@dataclasses.dataclass(frozen=True, slots=True)
class _Group:
    """Links that have pages of their own."""

    part: Part
    title: str
    links: Sequence[ListedLink]


def requests(links: Sequence[ListedLink]) -> Iterator[TemplatePage]:
    """Every page of links, how they are, and a file of bookmarks for browsers."""
    for page in pages(links):
        yield TemplatePage(address=page.url, template="liens", values={"sheet": page}, shows=_posts(page.items if page.items and page.url != ROOT else links))
    yield TemplatePage(address=HEALTH, template="liens_etat", values={"checkup": checkup(links)})
    yield TemplatePage(address=NETSCAPE, template="liens_netscape", values={"items": tuple(links)}, in_sitemap=False)


def _posts(links: Iterable[ListedLink]) -> frozenset[str]:
    """The addresses of the posts that cite these links."""
    return frozenset(citation.url for link in links for citation in link.cited_by)


def pages(links: Sequence[ListedLink]) -> Iterator[LinksPage]:
    """Every page of links, in a fixed order.

    :param links: the newest first.
    """
    months, tags, domains = _by_month(links), _by_tag(links), _by_domain(links)
    yield LinksPage(
        title="Liens",
        description=f"{_count(links)}, par mois, par mot-clé et par site.",
        url=ROOT,
        items=tuple(links[:LATEST]),
        count=len(links),
        months=tuple(group.part for group in months),
        tags=tuple(group.part for group in tags),
        domains=tuple(group.part for group in domains if group.part.url)[:LATEST],
    )
    yield LinksPage(
        title="Liens, site par site",
        description="Tous les sites que citent les revues de liens.",
        url=DOMAINS,
        items=(),
        count=len(domains),
        domains=tuple(group.part for group in domains),
    )
    for group in (*months, *tags, *domains):
        if group.part.url:
            yield from _paginated(group)


def _by_month(links: Sequence[ListedLink]) -> list[_Group]:
    """The newest first."""
    months = _grouped(links, lambda link: [(link.first.year, link.first.month)])
    named = [(f"{MONTHS[month - 1]} {year}", f"{ROOT}{year}/{month:02d}/", months[year, month]) for year, month in sorted(months, reverse=True)]
    return [_group(name, url, f"Liens de {name}", members) for name, url, members in named]


def _by_tag(links: Sequence[ListedLink]) -> list[_Group]:
    """In the order of the alphabet."""
    tags = _grouped(links, lambda link: link.tags)
    names = sorted(tags, key=lambda name: (fold(name), name))
    return [_group(name, f"{ROOT}mot-cle/{name}/", f"Liens au mot-clé «{NBSP}{name}{NBSP}»", tags[name]) for name in names]


def _by_domain(links: Sequence[ListedLink]) -> list[_Group]:
    """The most cited first; one that is cited once has no page."""
    domains = _grouped(links, lambda link: filter(None, [link.domain]))
    names = sorted(domains, key=lambda name: (-len(domains[name]), name))
    urls = {name: f"{ROOT}domaine/{name}/" for name in names if len(domains[name]) >= _WORTH_A_PAGE}
    return [_group(name, urls.get(name, ""), f"Liens vers {name}", domains[name]) for name in names]


def _grouped(links: Iterable[ListedLink], keys: Callable[[ListedLink], Iterable[K]]) -> Mapping[K, list[ListedLink]]:
    groups: dict[K, list[ListedLink]] = {}
    for link in links:
        for key in keys(link):
            groups.setdefault(key, []).append(link)
    return groups


def _group(name: str, url: str, title: str, links: Sequence[ListedLink]) -> _Group:
    return _Group(Part(name=name, url=url, count=len(links)), title, links)


def _paginated(group: _Group) -> Iterator[LinksPage]:
    total = -(-len(group.links) // PAGE)
    for number in range(1, total + 1):
        title = group.title if number == 1 else f"{group.title}, page {number}"
        yield LinksPage(
            title=title,
            description=f"{title}{NBSP}: {_count(group.links)}.",
            url=_page(group.part.url, number),
            items=tuple(group.links[(number - 1) * PAGE : number * PAGE]),
            count=len(group.links),
            number=number,
            total=total,
            newer=_page(group.part.url, number - 1) if number > 1 else None,
            older=_page(group.part.url, number + 1) if number < total else None,
        )


def _page(url: str, number: int) -> str:
    return url if number == 1 else f"{url}page/{number}/"


def _count(links: Sequence[ListedLink]) -> str:
    return plural(len(links), "lien choisi et commenté", "liens choisis et commentés")
