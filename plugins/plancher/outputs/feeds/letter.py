"""The newsletter: a feed with one entry for each week that had posts, which mailing services send as it is.

A week enters it once it is over, on Monday at midnight where the blog is: what
was sent does not grow afterwards. Titles, dates and summaries alone make an
entry, in plain HTML that every mail program shows, and that none cuts.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import itertools
from collections.abc import Iterator, Sequence

from plancher.base import dates
from plancher.base.french import NBSP, plural
from plancher.outputs.feeds import content
from plancher.outputs.feeds.model import Entry
from plancher.site.model import Post, Site
from plancher.text.html import add_plain, as_typed, el

ATOM, RSS = "feeds/lettre.atom.xml", "feeds/lettre.rss.xml"
"""Addresses that never change."""
TITLE = "la lettre"
_WEEKS = 10
"""How many the feed keeps."""


@dataclasses.dataclass(frozen=True, slots=True)
class Week:
    """A week of the blog."""

    posts: tuple[Post, ...]
    """Newest first; at least one."""

    @property
    def monday(self) -> dt.date:
        """Its first day."""
        day = self.posts[0].date.date()
        return day - dt.timedelta(days=day.weekday())

    @property
    def closes(self) -> dt.datetime:
        """When it is over, where the blog is."""
        return dt.datetime.combine(self.monday + dt.timedelta(days=7), dt.time(), self.posts[0].date.tzinfo)


def weeks(posts: Sequence[Post]) -> Iterator[Week]:
    """Those that have posts.

    :param posts: newest first.
    """
    for _, members in itertools.groupby(posts, key=lambda post: post.date.isocalendar()[:2]):
        yield Week(tuple(members))


def closes_next(site: Site) -> float | None:
    """When the week that now lasts is over, in seconds since the epoch; None when it has no posts."""
    first = next(weeks(site.posts), None)
    return first.closes.timestamp() if first and site.now and site.now < first.closes else None


def entries(site: Site, authority: str, since: str) -> tuple[Entry, ...]:
    """A letter for each week that is over, the newest first.

    :param authority: of identifiers, and a date on which it was ours (RFC 4151).
    """
    over = (week for week in weeks(site.posts) if site.now and week.closes <= site.now)
    return tuple(_letter(site, week, f"tag:{authority},{since}:lettre") for week in itertools.islice(over, _WEEKS))


def _letter(site: Site, week: Week, start: str) -> Entry:
    year, number, _ = week.monday.isocalendar()
    titles = f"{NBSP}; ".join(post.title for post in week.posts)
    return Entry(
        id=f"{start}-{year}-S{number:02}",
        title=f"La semaine du {dates.day(week.monday)}",
        url=site.absolute(week.posts[0].url),
        published=week.closes,
        updated=week.closes,
        summary=html.escape(titles, quote=False),
        body="\n".join(_parts(site, week)),
        base=site.identity.address,
        tags=(),
        authors=(),
        lang=site.lang,
        is_part=True,
    )


def _parts(site: Site, week: Week) -> Iterator[str]:
    """The letter, piece by piece: no class, no style and no picture, which mail programs would hold back."""
    yield as_typed(el("p", f"{plural(len(week.posts), 'billet', 'billets')} cette semaine."))
    for post in week.posts:
        lang = {"lang": post.foreign_lang} if post.foreign_lang else {}
        title = el("h2", **lang)
        add_plain(title, "a", post.title, href=site.absolute(post.url))
        yield as_typed(title)
        yield as_typed(el("p", dates.day(post.date)))
        summary = content.words(post.summary)
        if summary:
            yield as_typed(el("p", summary, **lang))
