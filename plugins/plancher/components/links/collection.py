"""All the links of the blog: the same address once, with every post that cites it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from plancher.base import addresses, dates, digest, tracking
from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import NBSP, fold
from plancher.components.links.health import Copy, Health, State

_STAMP = re.compile(r"/web/(\d{4})(\d\d)(\d\d)\d*(?:[a-z]{2}_)?/")
"""The day in an address of the Wayback Machine."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A post that cites a link, and where."""

    url: str
    """From the root of the site."""
    anchor: str
    title: str
    date: dt.datetime
    lang: str
    """Of the post, when it is not that of the site."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One link."""

    id: str
    """Stable: the first post that cites it, and ``name``."""
    name: str
    """What tells it from the other links of its post, whatever their order: made of its address, or of its title."""
    url: str
    """Without tracking parameters; empty: lost."""
    typed: str
    """As its author typed it."""
    title: str
    author: str
    site: str
    domain: str
    """« exemple.fr »; empty when it is not elsewhere."""
    date: str
    """Of the page, ISO 8601; empty when nobody said."""
    lang: str
    language: str
    """« en anglais »; empty for French."""
    via: tuple[str, str] | None
    """Address and words of who showed it."""
    type: str
    access: str
    comment: str
    tags: tuple[str, ...]
    cited_by: tuple[Citation, ...]
    """The oldest first."""
    health: Health
    archive: Copy | None
    """A copy, found or typed."""

    @property
    def first(self) -> dt.datetime:
        """When it was first cited."""
        return self.cited_by[0].date

    @property
    def is_dead(self) -> bool:
        """Whether nothing answers any more."""
        return self.health.state is State.DEAD

    @property
    def leads_to(self) -> str:
        """Where its title leads: to the page, or to its copy when it is dead; empty when it is lost."""
        return self.archive.url if self.archive and (self.is_dead or not self.url) else self.url

    @property
    def facts(self) -> tuple[str, ...]:
        """Who, where, when, in which language: words for a line."""
        where = self.site or self.domain or ("" if self.url else "adresse perdue")
        when = dates.day(dt.date.fromisoformat(self.date)) if self.date else ""
        found = (self.author, where, when, self.language, self.type, "accès payant" if self.access == "payant" else "")
        return tuple(fact for fact in found if fact)

    @property
    def note(self) -> str:
        """What is said of it when it no longer leads where it did; empty otherwise."""
        return note(self.archive) if self.is_dead or (self.archive and not self.url) else ""


def note(archive: Copy | None) -> str:
    """« (archivé le 12 septembre 2008) », or « (page disparue) »."""
    if archive is None:
        return "(page disparue)"
    return f"(archivé le {dates.day(dt.date.fromisoformat(archive.date))})" if archive.date else "(copie archivée)"


def sourced(archive: Copy | None) -> str:
    """The same, where the link is the source of a proof."""
    return f"{note(archive)[:-1]}{NBSP}; source à retrouver)"


def typed_copy(address: str) -> Copy | None:
    """The copy an author gave, with its day when the address says it."""
    if not address:
        return None
    found = _STAMP.search(address)
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        day = ""
    return Copy(url=address, date=day)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A post with links."""

    id: str
    url: str
    title: str
    date: dt.datetime
    lang: str
    tags: tuple[str, ...]
    kept: tuple[Mapping[str, Any], ...]
    """What it gathered, in the order of the text."""


def collect(posts: Iterable[Source], known: Mapping[str, Health]) -> list[Item]:
    """Every link once, the newest post first, in the order of its text.

    The first post that cites a link gives its words, and its identifier: a
    link that is cited again is not new.
    """
    found: dict[str, list[tuple[Source, Mapping[str, Any]]]] = {}
    for post in sorted(posts, key=lambda post: (post.date, post.id)):
        for kept in post.kept:
            found.setdefault(_key(post, kept), []).append((post, kept))
    items = [_item(cited, known) for cited in found.values()]
    return sorted(items, key=lambda item: item.first, reverse=True)  # those of one post stay in their order


def _key(post: Source, kept: Mapping[str, Any]) -> str:
    if kept["url"]:
        return tracking.key(kept["url"]) if addresses.is_web(kept["url"]) else f"{post.id} {kept['url']}"
    return f"perdu {fold(kept['title'])}"


def _item(cited: list[tuple[Source, Mapping[str, Any]]], known: Mapping[str, Health]) -> Item:
    post, kept = cited[0]
    address = kept["url"] if addresses.is_web(kept["url"]) else ""
    clean = tracking.clean(address)
    health = known.get(clean, Health())
    name = f"lien-{digest.of_text(_key(post, kept))[:10]}"
    return Item(
        id=f"{post.id}#{name}",
        name=name,
        url=clean,
        typed=kept["url"],
        title=kept["title"],
        author=kept["author"],
        site=kept["site"],
        domain=addresses.domain(clean) if clean else "",
        date=kept["date"],
        lang=kept["lang"],
        language=kept["language"],
        via=(kept["via"][0], kept["via"][1]) if kept["via"] else None,
        type=kept["type"],
        access=kept["access"],
        comment=next((other["comment"] for _, other in cited if other["comment"]), ""),
        tags=tuple(dict.fromkeys(tag for source, _ in cited for tag in source.tags)),
        cited_by=tuple(
            Citation(url=source.url, anchor=other["anchor"], title=source.title, date=source.date, lang=source.lang) for source, other in _once(cited)
        ),
        health=health,
        archive=health.archive or typed_copy(next((other["archive"] for _, other in cited if other["archive"]), "")),
    )


def _once(cited: list[tuple[Source, Mapping[str, Any]]]) -> Iterable[tuple[Source, Mapping[str, Any]]]:
    """Each post once, where it first cites the link."""
    seen: set[str] = set()
    for source, kept in cited:
        if source.id not in seen:
            seen.add(source.id)
            yield source, kept
