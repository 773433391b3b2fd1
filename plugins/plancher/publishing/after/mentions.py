"""Which webmentions are due: a pure comparison of what posts cite today with what was sent."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence

from plancher.outputs.announcing import sent
from plancher.outputs.announcing.sent import Known, Link, Result
from plancher.outputs.announcing.texts import Announcement, PublicText

PATIENCE = 5
"""Publications that ask a page which does not answer; then it is left alone until the text changes."""


class Why(enum.Enum):
    """Why a page is told."""

    NEW = enum.auto()
    CHANGED = enum.auto()
    """The text, since it was told last."""
    GONE = enum.auto()
    """The link, or the post."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A webmention to send."""

    link: Link
    why: Why
    digest: str
    """Of the text; empty when the link is gone."""
    page: str = ""
    """The file of the post, from the root of the site."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one round does."""

    due: tuple[Due, ...]
    """In their order."""
    postponed: int
    """How many wait for the next publication."""
    forgotten: tuple[Link, ...]
    """Links that are gone, and that nobody was told of."""


def plan(announcement: Announcement, digests: Mapping[str, str], known: Known, today: dt.date) -> Plan:
    """Plan a round.

    :param digests: of each text, by its file; a text without one is not told.
    """
    mine = announcement.settings
    host = urllib.parse.urlsplit(announcement.address).netloc
    texts = [text for text in announcement.texts if text.day]
    current = {Link(text.address, target): text for text in texts for target in text.links if _may_be_told(target, host)}
    wanted = list(_wanted(current, digests, known, (today - dt.timedelta(days=mine.days)).isoformat()))
    gone = [link for link in known if link not in current]
    told = [Due(link=link, why=Why.GONE, digest="") for link in sorted(gone) if _knows(known, link)]
    every = [*wanted, *told]
    return Plan(
        due=tuple(every[: mine.most]),
        postponed=max(0, len(every) - mine.most),
        forgotten=tuple(link for link in sorted(gone) if not _knows(known, link)),
    )


def _wanted(current: Mapping[Link, PublicText], digests: Mapping[str, str], known: Known, oldest: str) -> Iterator[Due]:
    for link, text in _newest_first(current):
        digest, last = digests.get(text.source), known.get(link)
        if digest is None or (last is None and text.day < oldest):
            continue
        is_new_text = last is not None and last.digest != digest
        if last is None or is_new_text or (last.result is Result.RETRY and last.failures < PATIENCE):
            yield Due(link=link, why=Why.CHANGED if last and last.result is Result.SENT else Why.NEW, digest=digest, page=text.page)


def _newest_first(current: Mapping[Link, PublicText]) -> Sequence[tuple[Link, PublicText]]:
    return sorted(sorted(current.items(), key=lambda pair: pair[0]), key=lambda pair: pair[1].day, reverse=True)


def _knows(known: Known, link: Link) -> bool:
    """Whether the page was told of a link, and can be told that it is gone."""
    return known[link].result is Result.SENT and known[link].failures < PATIENCE


def _may_be_told(target: str, own: str) -> bool:
    return urllib.parse.urlsplit(target).netloc != own and sent.may_be_kept(target)
