"""All the talks of the blog, as its pages, its data and its feeds know them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from plancher.base import addresses, dates, digest, tracking
from plancher.base.fast_pickle import fast_pickle
from plancher.components.talks import files
from plancher.components.talks.entries import TalkEntry
from plancher.components.talks.model import Chapter
from plancher.components.talks.platforms import name_of, recognise
from plancher.site.model import Post, Site


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VideoSource:
    """Where a talk can be seen."""

    url: str
    """The whole address."""
    platform: str
    """As readers know it; empty for a file of the site."""
    embed: str
    """The player that a click shows; empty: none."""
    type: str
    """Of a file of the site: « video/webm »."""
    length: int
    """Of a file of the site, in bytes."""


@fast_pickle
@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ListedTalk:
    """One talk, and the post that shows it."""

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
    """ISO 8601; empty: unknown."""
    duration: int | None
    lang: str
    """That is spoken."""
    foreign_lang: str
    """The same, when it is not French."""
    sources: tuple[VideoSource, ...]
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
        """When it was given, or posted when that is unknown."""
        return int(self.date[:4]) if self.date else self.posted.year

    @property
    def is_lost(self) -> bool:
        """Whether nobody can see it any more."""
        return self.state == "lost"

    @property
    def own_files(self) -> tuple[VideoSource, ...]:
        """The film itself and its sound, when the site has them, as its author orders them."""
        return tuple(source for source in self.sources if source.length and not self.is_lost)

    @property
    def own_file(self) -> VideoSource | None:
        """The first of them."""
        return next(iter(self.own_files), None)

    @property
    def facts(self) -> tuple[str, ...]:
        """Who, where, when, how long, in words."""
        when = dates.day(dt.date.fromisoformat(self.date)) if self.date else ""
        duration = dates.clock(self.duration) if self.duration else ""
        return tuple(filter(None, (self.speaker, self.event, self.place, when, duration)))

    def address(self, site: str) -> str:
        """Of its place in its post, under the address of the site."""
        return f"{site}/{addresses.quote(self.post_url)}#{self.anchor}"

    def transcript_address(self, site: str) -> str:
        """Of its words; empty when there are none."""
        return f"{site}/{addresses.quote(self.post_url)}{self.transcript}" if self.transcript.startswith("#") else self.transcript


def collect(site: Site) -> list[ListedTalk]:
    """Every talk, the newest post first."""
    talks = [talk for post in site.posts for talk in _of_post(post, site)]
    return sorted(talks, key=lambda talk: talk.posted, reverse=True)


def _of_post(post: Post, site: Site) -> Iterator[ListedTalk]:
    """The talks of a post, each with a name of its own, which talks added before it do not change."""
    seen: Counter[str] = Counter()
    for entry in post.entries(TalkEntry):
        about = entry.urls[0] if entry.urls else entry.title
        seen[about] += 1
        whole = "\n".join((post.id, about, str(seen[about])))
        yield _listed(post, entry, f"video-{digest.of_text(whole)[:10]}", site)


def _listed(post: Post, entry: TalkEntry, name: str, site: Site) -> ListedTalk:
    sources = tuple(source for url in entry.urls if (source := _source(url, post, site)))
    return ListedTalk(
        id=f"{post.id}#{name}",
        name=name,
        anchor=entry.anchor,
        post_url=post.url,
        post_title=post.title,
        posted=post.date,
        title=entry.title,
        speakers=tuple(entry.speakers),
        event=entry.event,
        place=entry.place,
        date=entry.date,
        duration=entry.duration,
        lang=entry.lang,
        foreign_lang=entry.foreign_lang,
        sources=sources,
        state=_state(entry, sources, site.link_states),
        archive=entry.archive,
        transcript=entry.words or (entry.transcript if addresses.is_web(entry.transcript) else _absolute(entry.transcript, post, site)),
        captions=_absolute(entry.captions, post, site),
        captions_lang=entry.captions_lang,
        chapters=tuple(Chapter(start=start, title=title) for start, title in zip(entry.chapter_starts, entry.chapter_titles, strict=True)),
        poster=addresses.quote(site.place_of(entry.poster, post.path) or ""),
    )


def _absolute(address: str, post: Post, site: Site) -> str:
    """The whole address of a file or a page of the site; empty when there is none."""
    place = site.place_of(address, post.path)
    return "" if place is None else site.absolute(place)


def _source(url: str, post: Post, site: Site) -> VideoSource | None:
    if not addresses.is_internal(url):
        video = recognise(url)
        return VideoSource(url=video.page if video else url, platform=name_of(url), embed=video.embed if video else "", type="", length=0)
    address = _absolute(url, post, site)
    return VideoSource(url=address, platform="", embed="", type=files.film(url), length=_bytes(url, post, site)) if address else None


def _bytes(url: str, post: Post, site: Site) -> int:
    """Of a file of the site."""
    file = site.files.get(addresses.inside(url, post.path) or "")
    return (site.content / file.path).stat().st_size if file else 0


def _state(entry: TalkEntry, sources: Sequence[VideoSource], states: Mapping[str, str]) -> str:
    if entry.is_lost:
        return "lost"
    if any(source.length for source in sources):
        return "available"
    known = {_link_state(url, states) for url in entry.urls}
    if known & {"alive", "moved", "revived"}:
        return "available"
    return "lost" if known == {"dead"} else "unknown"


def _link_state(url: str, states: Mapping[str, str]) -> str:
    """The state of an address, or of the one that the page shows in its place, which « invoke links.check » visits."""
    video = recognise(url)
    shown = (tracking.clean(address) for address in ((url, video.page) if video else (url,)))
    return next((states[address] for address in shown if address in states), "")
