"""All the links of the blog: the same address once, with every post that cites it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from plancher.base import addresses, dates, digest, tracking
from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import fold
from plancher.components.links import copies
from plancher.components.links.entries import LinkEntry, key_of
from plancher.components.links.health import Copy, Health, State
from plancher.site.model import Post, Site


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
class ListedLink:
    """One link, with every post that cites it."""

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
    """Of the page, ISO 8601; empty: unknown."""
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
    """A copy of it, which the archives have or its author gave."""

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
        facts = (self.author, where, when, self.language, self.type, "accès payant" if self.access == "payant" else "")
        return tuple(fact for fact in facts if fact)

    @property
    def note(self) -> str:
        """What readers must know when it no longer leads where it did; empty otherwise."""
        return copies.note(self.archive) if self.is_dead or (self.archive and not self.url) else ""


def collect(site: Site, health: Mapping[str, Health]) -> list[ListedLink]:
    """Every link once, those of the newest post first, in the order of its text.

    The first post that cites a link gives its words and its identifier: a
    link that is cited again is not new.

    :param health: what is known of each address.
    """
    cited: dict[str, list[_Place]] = {}
    for post in sorted(site.posts, key=lambda post: (post.date, post.id)):
        for entry in post.entries(LinkEntry):
            public = entry if entry.key else _public(entry, post, site)
            cited.setdefault(_key(post, public), []).append((post, public))
    links = [_listed(places, health) for places in cited.values()]
    return sorted(links, key=lambda link: link.first, reverse=True)  # those of one post stay in their order


_Place = tuple[Post, LinkEntry]


def _public(entry: LinkEntry, post: Post, site: Site) -> LinkEntry:
    """A link with the address of the page of the site that its author named by its file."""
    place = site.place_of(entry.url, post.path)
    url = entry.url if place is None else site.absolute(place)
    return entry._replace(url=url, key=key_of(url))


def _key(post: Post, entry: LinkEntry) -> str:
    """The same for all places of one link."""
    return entry.key or (f"{post.id} {entry.url}" if entry.url else f"perdu {fold(entry.title)}")


def _listed(places: Sequence[_Place], known: Mapping[str, Health]) -> ListedLink:
    post, entry = places[0]
    url = tracking.clean(entry.url) if entry.key else ""
    health = known.get(url, Health())
    name = f"lien-{digest.of_text(_key(post, entry))[:10]}"
    return ListedLink(
        id=f"{post.id}#{name}",
        name=name,
        url=url,
        typed=entry.url,
        title=entry.title,
        author=entry.author,
        site=entry.site,
        domain=addresses.domain(url) if url else "",
        date=entry.date,
        lang=entry.lang,
        language=entry.language,
        via=(entry.via_address, entry.via_name) if entry.via_address or entry.via_name else None,
        type=entry.type,
        access=entry.access,
        comment=next((other.comment for _, other in places if other.comment), ""),
        tags=tuple(dict.fromkeys(tag.name for citing, _ in places for tag in citing.tags)),
        cited_by=_citations(places),
        health=health,
        archive=health.archive or copies.typed_copy(next((other.archive for _, other in places if other.archive), "")),
    )


def _citations(places: Sequence[_Place]) -> tuple[Citation, ...]:
    """Each post once, where it first cites the link."""
    first: dict[str, Citation] = {}
    for post, entry in places:
        if post.id not in first:
            first[post.id] = Citation(url=post.url, anchor=entry.anchor, title=post.title, date=post.date, lang=post.foreign_lang)
    return tuple(first.values())
