"""All the talks of the blog, as its pages, its data and its feeds know them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from plancher.base import addresses, dates, digest, tracking
from plancher.base.fast_pickle import fast_pickle
from plancher.base.french import NBSP
from plancher.components.talks import files, poster
from plancher.components.talks.model import Chapter
from plancher.components.talks.platforms import name_of, recognise
from plancher.components.talks.poster import Card


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a talk can be seen."""

    url: str
    """The whole address."""
    platform: str
    """As readers know it; empty for a file of the site."""
    frame: str
    """The player that a click shows; empty where there is none."""
    type: str
    """Of a file of the site: « video/webm »."""
    length: int
    """Of a file of the site, in bytes."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One talk."""

    id: str
    """Stable: the post, and what the talk is called or where it is."""
    name: str
    anchor: str
    post_url: str
    """From the root of the site."""
    post_title: str
    posted: dt.datetime
    title: str
    speakers: tuple[str, ...]
    event: str
    place: str
    date: str
    """ISO 8601; empty when nobody said."""
    duration: int | None
    lang: str
    """Empty for French."""
    spoken: str
    """The same; « fr » for French."""
    sources: tuple[Source, ...]
    state: str
    """``available``, ``lost`` or ``unknown``."""
    archive: str
    transcript: str
    """Where its words are: an anchor of the post (« #transcription-1 »), or a whole address; empty."""
    captions: str
    """The whole address of the file they come from; empty."""
    captions_lang: str
    chapters: tuple[Chapter, ...]
    poster: str
    """A picture, from the root of the site; empty."""

    @property
    def speaker(self) -> str:
        """All who speak, on one line."""
        return ", ".join(self.speakers)

    @property
    def year(self) -> int:
        """When it was given; when it was posted, if nobody said."""
        return int(self.date[:4]) if self.date else self.posted.year

    @property
    def is_lost(self) -> bool:
        """Whether nobody can see it any more."""
        return self.state == "lost"

    @property
    def card(self) -> Card:
        """What is drawn for it where it has no poster."""
        return poster.card(self.title, self.speaker)

    @property
    def facts(self) -> tuple[str, ...]:
        """Who, where, when, how long, in words."""
        when = dates.day(dt.date.fromisoformat(self.date)) if self.date else ""
        long = dates.clock(self.duration) if self.duration else ""
        return tuple(filter(None, (self.speaker, self.event, self.place, when, long)))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post with talks."""

    id: str
    url: str
    title: str
    date: dt.datetime
    lang: str
    kept: Sequence[Mapping[str, Any]]
    site: str
    files: Mapping[str, tuple[str, int]]
    """For each internal address, where it stands from the root of the site, and how many bytes it has."""

    def whole(self, internal: str) -> str:
        """The whole address of a file or a page of the site; empty when there is none."""
        return f"{self.site}/{self.files[internal][0]}" if internal in self.files else ""


def collect(posts: Iterable[Post], states: Mapping[str, str]) -> list[Row]:
    """Every talk, the newest post first.

    :param states: what is known of addresses of other sites (« dead »…).
    """
    rows = [_row(post, kept, name, states) for post in posts for kept, name in zip(post.kept, _names(post), strict=True)]
    return sorted(rows, key=lambda row: row.posted, reverse=True)


def _names(post: Post) -> Iterator[str]:
    """A name for each talk of a post, that no other talk has, and that talks written before it do not change."""
    seen: Counter[str] = Counter()
    for kept in post.kept:
        about = kept["urls"][0] if kept["urls"] else kept["title"]
        seen[about] += 1
        whole = "\n".join((post.id, about, str(seen[about])))
        yield f"video-{digest.of_text(whole)[:10]}"


def _row(post: Post, kept: Mapping[str, Any], name: str, states: Mapping[str, str]) -> Row:
    sources = tuple(source for url in kept["urls"] if (source := _source(url, post)))
    transcript = kept["transcript"]
    return Row(
        id=f"{post.id}#{name}",
        name=name,
        anchor=kept["anchor"],
        post_url=post.url,
        post_title=post.title,
        posted=post.date,
        title=kept["title"],
        speakers=tuple(kept["speakers"]),
        event=kept["event"],
        place=kept["place"],
        date=kept["date"],
        duration=kept["duration"],
        lang=kept["foreign"],
        spoken=kept["spoken"],
        sources=sources,
        state=_state(kept, sources, states),
        archive=kept["archive"],
        transcript=kept["words"] or (transcript if addresses.is_web(transcript) else post.whole(transcript)),
        captions=post.whole(kept["captions"]),
        captions_lang=kept["captions_lang"],
        chapters=tuple(Chapter(start=start, title=title) for start, title in kept["parts"]),
        poster=post.files.get(kept["poster"], ("", 0))[0],
    )


def _source(url: str, post: Post) -> Source | None:
    if not addresses.is_internal(url):
        video = recognise(url)
        return Source(url=video.page if video else url, platform=name_of(url), frame=video.frame if video else "", type="", length=0)
    if url not in post.files:
        return None
    return Source(url=post.whole(url), platform="", frame="", type=files.film(url), length=post.files[url][1])


def _state(kept: Mapping[str, Any], sources: Sequence[Source], states: Mapping[str, str]) -> str:
    if kept["lost"]:
        return "lost"
    if any(source.length for source in sources):
        return "available"
    known = {_known(url, states) for url in kept["urls"]}
    if known & {"alive", "moved", "revived"}:
        return "available"
    return "lost" if known == {"dead"} else "unknown"


def _known(url: str, states: Mapping[str, str]) -> str:
    """What is known of an address: visits are made to the one that the page shows."""
    video = recognise(url)
    shown = (tracking.clean(one) for one in ((url, video.page) if video else (url,)))
    return next((states[one] for one in shown if one in states), "")


def iso_duration(seconds: int) -> str:
    """« PT1H2M3S » (ISO 8601)."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return "PT" + re.sub(r"(?<!\d)0[HMS]", "", f"{hours}H{minutes}M{left}S") if seconds else "PT0S"


def said_of(row: Row) -> str:
    """« The next web, Tim Berners-Lee »."""
    return ", ".join(filter(None, (row.title, row.speaker))).replace(" :", f"{NBSP}:")
