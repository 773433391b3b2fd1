"""Talks for programs: ``/videos.json``, the chapters that podcast applications read, what search engines read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plancher.base import addresses
from plancher.components.talks.collection import ListedTalk, VideoSource, iso_duration
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


def as_json(given: tuple[str, Sequence[ListedTalk]]) -> str:
    """``/videos.json``.

    :param given: the address of the site, and the talks, newest first.
    """
    site, rows = given
    return listing.as_json(_item(site, row) for row in rows)


def _item(site: str, row: ListedTalk) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": place(site, row),
        "title": row.title,
        "speaker": row.speaker or None,
        "event": row.event or None,
        "place": row.place or None,
        "date": row.date or None,
        "duration": row.duration,
        "language": row.spoken,
        "sources": [_source(source) for source in row.sources],
        "state": row.state,
        "archive": row.archive or None,
        "transcript": transcript(site, row) or None,
        "chapters": [{"start": chapter.start, "title": chapter.title} for chapter in row.chapters],
    }


def _source(source: VideoSource) -> dict[str, Any]:
    found = {"url": source.url, "platform": source.platform, "type": source.type, "length": source.length}
    return {name: value for name, value in found.items() if value}


def place(site: str, row: ListedTalk) -> str:
    """The whole address of a talk in its post."""
    return f"{site}/{addresses.quote(row.post_url)}#{row.anchor}"


def transcript(site: str, row: ListedTalk) -> str:
    """The whole address of its words; empty when there are none."""
    return f"{site}/{addresses.quote(row.post_url)}{row.transcript}" if row.transcript.startswith("#") else row.transcript


def as_chapters(row: ListedTalk) -> str:
    """Chapters as podcast applications read them (Podcast Index, « JSON Chapters », 1.2)."""
    found = [{"startTime": chapter.start, "title": chapter.title} for chapter in row.chapters]
    return json.dumps({"version": "1.2.0", "chapters": found}, ensure_ascii=False, indent=1) + "\n"


def by_post(site: Site, talks: Sequence[ListedTalk]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """The talks of each post as schema.org has them, by the path of the post."""
    paths = {post.url: post.path for post in site.posts}
    described: dict[str, list[Mapping[str, object]]] = {}
    for talk in talks:
        described.setdefault(paths[talk.post_url], []).append(_linked(site.identity.address, talk))
    return described


def _linked(site: str, row: ListedTalk) -> dict[str, Any]:
    """A talk as schema.org has it; what is not known is left out."""
    sources = () if row.is_lost else row.sources
    own = row.own_file
    frame = next((source.frame for source in sources if source.frame), "")
    here = place(site, row)
    clips = [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.start,
            **_end(row, number),
            "url": f"{here.partition('#')[0]}?t={chapter.start}#{row.anchor}",
        }
        for number, chapter in enumerate(row.chapters)
    ]
    found: dict[str, Any] = {
        "@type": "VideoObject",
        "name": row.title,
        "description": ", ".join(row.facts),
        "url": here,
        "uploadDate": row.date,
        "duration": iso_duration(row.duration) if row.duration else "",
        "thumbnailUrl": f"{site}/{row.poster}" if row.poster else "",
        "contentUrl": own.url if own else "",
        "embedUrl": "" if own else frame,
        "inLanguage": row.spoken,
        "transcript": transcript(site, row),
        "actor": [{"@type": "Person", "name": name} for name in row.speakers],
        "hasPart": clips,
    }
    return {name: value for name, value in found.items() if value}


def _end(row: ListedTalk, number: int) -> dict[str, int]:
    following = row.chapters[number + 1].start if number + 1 < len(row.chapters) else row.duration
    return {"endOffset": following} if following else {}
