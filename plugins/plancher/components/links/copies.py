"""Archived copies of pages, and links that lead to them once the page is dead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from plancher.base import dates, tracking
from plancher.base.french import NBSP
from plancher.cache.body import LinkReplacement
from plancher.components.links.entries import LinkEntry
from plancher.components.links.health import Copy, Health, State
from plancher.site.model import Site

_STAMP = re.compile(r"/web/(\d{4})(\d\d)(\d\d)\d*(?:[a-z]{2}_)?/")
"""The day in an address of the Wayback Machine."""


def typed_copy(address: str) -> Copy | None:
    """The copy an author gave, with its day when the address says it."""
    if not address:
        return None
    stamp = _STAMP.search(address)
    try:
        day = dt.date(int(stamp[1]), int(stamp[2]), int(stamp[3])).isoformat() if stamp else ""
    except ValueError:
        day = ""
    return Copy(url=address, date=day)


def note(copy: Copy | None) -> str:
    """What is said of a dead link: « (archivé le 12 septembre 2008) », or « (page disparue) »."""
    if copy is None:
        return "(page disparue)"
    return f"(archivé le {dates.day(dt.date.fromisoformat(copy.date))})" if copy.date else "(copie archivée)"


def note_of_source(copy: Copy | None) -> str:
    """The same, where the link is the source of a proof."""
    return f"{note(copy)[:-1]}{NBSP}; source à retrouver)"


def replacements(site: Site, health: Mapping[str, Health]) -> Iterator[LinkReplacement]:
    """What stands in the place of each dead address of texts that have a page: a draft's copy is not published elsewhere.

    :param health: by address without tracking parameters.
    """
    dead = {address: known for address, known in health.items() if known.state is State.DEAD}
    posts = [post for post in (*site.posts, *site.hidden, *site.drafts) if post.save_as] if dead else []
    typed = {tracking.clean(entry.url): entry.archive for post in reversed(posts) for entry in post.entries(LinkEntry) if entry.archive}
    for address in dict.fromkeys(address for post in posts for address in post.elsewhere):
        clean = tracking.clean(address)
        if clean in dead:
            copy = dead[clean].archive or typed_copy(typed.get(clean, ""))
            yield LinkReplacement(address, copy.url if copy else "", copy.date if copy else "", note(copy), note_of_source(copy))
