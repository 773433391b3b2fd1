"""The pages of talks: all of them, by speaker, event and year; and those that are lost."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from plancher.base import digest
from plancher.base.french import NBSP, fold, plural
from plancher.components.talks.collection import ListedTalk
from plancher.site.listing import Part
from plancher.site.requests import TemplatePage
from plancher.text.drafts import slug

ROOT, LOST = "videos/", "videos/disparues/"
"""Addresses that never change."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TalksPage:
    """One page."""

    title: str
    description: str
    url: str
    talks: tuple[ListedTalk, ...]
    lost: int
    """How many of all talks are lost."""
    parts: tuple[tuple[str, tuple[Part, ...]], ...] = ()
    """On the first page: the others, under the title of their grouping."""

    @property
    def is_of_the_lost(self) -> bool:
        """Whether this is the page of those that nobody can see."""
        return self.url == LOST


@dataclasses.dataclass(frozen=True, slots=True)
class _Grouping:
    """A way to put talks on pages."""

    title: str
    page_title: str
    folder: str
    names: Callable[[ListedTalk], Iterable[str]]
    """The groups that a talk is in."""


_GROUPINGS = (
    _Grouping("Par intervenant", "Vidéos avec ", f"{ROOT}intervenant/", lambda talk: talk.speakers),
    _Grouping("Par événement", f"Vidéos{NBSP}: ", f"{ROOT}evenement/", lambda talk: filter(None, (talk.event,))),
    _Grouping("Par année", "Vidéos de ", ROOT, lambda talk: (str(talk.year),)),
)


def requests(talks: Sequence[ListedTalk]) -> Iterator[TemplatePage]:
    """Every page of talks."""
    for page in pages(talks):
        yield TemplatePage(address=page.url, template="videos", values={"sheet": page}, shows=frozenset(talk.post_url for talk in page.talks))


def pages(talks: Sequence[ListedTalk]) -> Iterator[TalksPage]:
    """Every page of talks, in a fixed order.

    :param talks: the newest first.
    """
    lost = [talk for talk in talks if talk.is_lost]
    groups = {grouping.title: _groups(grouping, talks) for grouping in _GROUPINGS}
    parts = tuple((title, tuple(part for part, _, _ in others)) for title, others in groups.items() if others)
    yield dataclasses.replace(_page("Toutes les vidéos", ROOT, talks, len(lost)), parts=parts)
    yield _page("Vidéos disparues", LOST, lost, len(lost))
    for others in groups.values():
        yield from (_page(title, part.url, members, len(lost)) for part, title, members in others)


def _groups(grouping: _Grouping, talks: Sequence[ListedTalk]) -> list[tuple[Part, str, Sequence[ListedTalk]]]:
    """Each group with the title of its page: names in the order of the alphabet, years newest first."""
    groups: dict[str, tuple[str, list[ListedTalk]]] = {}
    for talk in talks:
        for name in grouping.names(talk):
            groups.setdefault(_segment(name), (name, []))[1].append(talk)
    ordered = sorted(groups.items(), key=lambda group: fold(group[1][0]), reverse=grouping.folder == ROOT)
    return [
        (Part(name=name, url=f"{grouping.folder}{segment}/", count=len(members)), f"{grouping.page_title}{name}", members)
        for segment, (name, members) in ordered
    ]


def _segment(name: str) -> str:
    """What stands in the address of a page: plain letters, and a digest where they lose a part of the name (« C++ », « 李明 »)."""
    plain = slug(name)
    is_whole = plain.replace("-", "") == re.sub(r"[\s.,;:'’\"«»()\[\]&/_-]", "", fold(name))
    return plain if plain and is_whole else "-".join(filter(None, (plain, digest.of_text(fold(name))[:6])))


def _page(title: str, url: str, talks: Sequence[ListedTalk], lost: int) -> TalksPage:
    count = plural(len(talks), "intervention filmée", "interventions filmées")
    return TalksPage(title=title, description=f"{title}{NBSP}: {count}, avec ce qui s’y dit.", url=url, talks=tuple(talks), lost=lost)
