"""What pages of the whole site show of a talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from plancher.base import addresses
from plancher.components.talks import transcript
from plancher.components.talks.model import Talk, differs
from plancher.components.talks.platforms import recognise
from plancher.site.model import Mention
from plancher.text import plain
from plancher.text.grammar import Inline


class TalkEntry(NamedTuple):
    """A talk, its words without markup; addresses are as typed, and empty where there is none."""

    anchor: str
    title: str
    urls: Sequence[str]
    speakers: Sequence[str]
    event: str
    place: str
    date: str
    """ISO 8601; empty: unknown."""
    duration: int | None
    """Seconds."""
    lang: str
    """That is spoken."""
    foreign_lang: str
    """The same, when it is not French."""
    is_lost: bool
    archive: str
    transcript: str
    captions: str
    captions_lang: str
    words: str
    """Where the post has its words: « #transcription-1 »."""
    chapter_starts: Sequence[int]
    """Seconds."""
    chapter_titles: Sequence[str]
    poster: str
    origin: str
    """The host of the player that a click shows."""


def index_entries(talk: Talk, inline: Inline) -> Iterator[TalkEntry]:
    """The talk."""
    words, video = inline.text, next((video for url in talk.urls if (video := recognise(url))), None)
    track = transcript.track_of(talk, inline.lang)
    is_kept_here = any(map(addresses.is_internal, talk.urls))
    lang = talk.lang or inline.lang
    chapters = talk.chapters or transcript.chapters_of(talk.chapters_file, inline)
    yield TalkEntry(
        anchor=talk.anchor,
        title=plain.words(talk.title) if talk.foreign_lang(inline.lang) else words(talk.title),  # other languages keep their own quotes and spaces
        urls=talk.urls,
        speakers=tuple(map(words, talk.speakers)),
        event=words(talk.event),
        place=words(talk.place),
        date=talk.date.date().isoformat() if talk.date else "",
        duration=talk.duration,
        lang=lang,
        foreign_lang=lang if differs(lang, "fr") else "",
        is_lost=talk.is_lost,
        archive=talk.archive,
        transcript=talk.transcript,
        captions=track.address if track else "",
        captions_lang=(track.lang or inline.lang) if track else "",
        words=f"#{transcript.anchor(talk)}" if track and transcript.has_words(track.address, inline) else "",
        chapter_starts=tuple(chapter.start for chapter in chapters),
        chapter_titles=tuple(chapter.title for chapter in chapters),
        poster=talk.poster,
        origin=video.origin if video and not is_kept_here and not talk.is_lost else "",
    )


def mention(entry: TalkEntry) -> Mention:
    """« The next web, Tim Berners-Lee ».

    The language is that of the title, which the speaker's name shares.
    """
    words = ", ".join(part for part in (entry.title, *entry.speakers) if part)
    return Mention(kind="vidéos", text=f"{words} (disparue)" if entry.is_lost else words, anchor=entry.anchor, lang="" if entry.is_lost else entry.foreign_lang)
