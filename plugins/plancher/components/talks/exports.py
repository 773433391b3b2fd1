"""Talks for programs: ``/videos.json``, and the chapters that podcast applications read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from plancher.components.talks.collection import ListedTalk, VideoSource
from plancher.site import listing
from plancher.site.model import Site
from plancher.site.requests import MadeFile


def requests(site: Site, talks: Sequence[ListedTalk]) -> Iterator[MadeFile]:
    """The files that are published."""
    yield MadeFile(path="videos.json", maker=as_json, argument=(site.identity.address, talks))
    for talk in talks:
        if talk.chapters:
            yield MadeFile(path=chapters_path(talk), maker=as_chapters, argument=talk)


def chapters_path(talk: ListedTalk) -> str:
    """The file of the chapters of a talk, from the root of the site."""
    return f"videos/chapitres/{talk.name}.json"


def as_json(argument: tuple[str, Sequence[ListedTalk]]) -> str:
    """``/videos.json``.

    :param argument: the address of the site, and the talks, newest first.
    """
    site, talks = argument
    return listing.as_json(_item(site, talk) for talk in talks)


def _item(site: str, talk: ListedTalk) -> Mapping[str, object]:
    return {
        "id": talk.id,
        "url": talk.address(site),
        "title": talk.title,
        "speaker": talk.speaker or None,
        "event": talk.event or None,
        "place": talk.place or None,
        "date": talk.date or None,
        "duration": talk.duration,
        "language": talk.lang,
        "sources": [_source(source) for source in talk.sources],
        "state": talk.state,
        "archive": talk.archive or None,
        "transcript": talk.transcript_address(site) or None,
        "chapters": [{"start": chapter.start, "title": chapter.title} for chapter in talk.chapters],
    }


def _source(source: VideoSource) -> Mapping[str, object]:
    fields = {"url": source.url, "platform": source.platform, "type": source.type, "length": source.length}
    return {name: value for name, value in fields.items() if value}


def as_chapters(talk: ListedTalk) -> str:
    """Chapters as podcast applications read them (Podcast Index, « JSON Chapters », 1.2)."""
    chapters = [{"startTime": chapter.start, "title": chapter.title} for chapter in talk.chapters]
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False, indent=1) + "\n"
