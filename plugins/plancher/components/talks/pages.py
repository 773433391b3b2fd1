"""The pages of talks: all of them, by speaker, event and year; and those that are lost."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from plancher.base import digest
from plancher.base.french import NBSP, fold, plural
from plancher.components.talks.collection import ListedTalk
from plancher.site.listing import Part
from plancher.site.requests import PageRequest, TemplatePage
from plancher.text.drafts import slug

ROOT, LOST = "videos/", "videos/disparues/"
"""Addresses that never change."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TalksPage:
    """One page."""

    title: str
    description: str
    url: str
    rows: tuple[ListedTalk, ...]
    lost: int
    """How many of all talks are lost."""
    parts: tuple[tuple[str, tuple[Part, ...]], ...] = ()
    """On the first page: the others, by what they choose."""

    @property
    def is_of_the_lost(self) -> bool:
        """Whether this is the page of those that nobody can see."""
        return self.url == LOST


_Key = Callable[[ListedTalk], Iterable[str]]
_WAYS: tuple[tuple[str, str, str, _Key], ...] = (
    ("Par intervenant", "Vidéos avec ", "intervenant", lambda row: row.speakers),
    ("Par événement", f"Vidéos{NBSP}: ", "evenement", lambda row: filter(None, (row.event,))),
    ("Par année", "Vidéos de ", "", lambda row: (str(row.year),)),
)


def requests(talks: Sequence[ListedTalk]) -> Iterator[PageRequest]:
    """Every page of talks."""
    for page in pages(talks):
        yield TemplatePage(address=page.url, template="videos", values={"sheet": page})


def pages(rows: Sequence[ListedTalk]) -> Iterator[TalksPage]:
    """Every page of talks, in a fixed order.

    :param rows: the newest first.
    """
    lost = tuple(row for row in rows if row.is_lost)
    parts: list[tuple[str, tuple[Part, ...]]] = []
    others: list[TalksPage] = []
    for title, before, folder, key in _WAYS:
        found: dict[str, tuple[str, list[ListedTalk]]] = {}
        for row in rows:
            for typed in key(row):
                found.setdefault(_segment(typed), (typed, []))[1].append(row)
        address = f"{ROOT}{folder}/" if folder else ROOT
        names = sorted(found, key=lambda name: fold(found[name][0]), reverse=not folder)
        parts.append((title, tuple(Part(name=found[name][0], url=f"{address}{name}/", count=len(found[name][1])) for name in names)))
        others += [_sheet(f"{before}{found[name][0]}", f"{address}{name}/", found[name][1], len(lost)) for name in names]
    first = _sheet("Toutes les vidéos", ROOT, rows, len(lost))
    yield dataclasses.replace(first, parts=tuple((title, found) for title, found in parts if found))
    yield _sheet("Vidéos disparues", LOST, lost, len(lost))
    yield from others


def _segment(name: str) -> str:
    """What stands in the address of a page: plain letters, and a sign of its own where they do not tell the name from another (« C++ », « 李明 »)."""
    plain = slug(name)
    is_whole = plain.replace("-", "") == re.sub(r"[\s.,;:'’\"«»()\[\]&/_-]", "", fold(name))
    return plain if plain and is_whole else "-".join(filter(None, (plain, digest.of_text(fold(name))[:6])))


def _sheet(title: str, url: str, rows: Sequence[ListedTalk], lost: int) -> TalksPage:
    count = plural(len(rows), "intervention filmée", "interventions filmées")
    return TalksPage(title=title, description=f"{title}{NBSP}: {count}, avec ce qui s’y dit.", url=url, rows=tuple(rows), lost=lost)
