"""Talks as search engines read them: schema.org, in the page of a post."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plancher.components.talks.collection import ListedTalk
from plancher.site.model import Site


def by_post(site: Site, talks: Sequence[ListedTalk]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """The talks of each post, by the path of the post."""
    paths = {post.url: post.path for post in site.posts}
    objects: dict[str, list[Mapping[str, object]]] = {}
    for talk in talks:
        objects.setdefault(paths[talk.post_url], []).append(_video_object(site.identity.address, talk))
    return objects


def _video_object(site: str, talk: ListedTalk) -> Mapping[str, object]:
    """What is not known is left out."""
    own = talk.own_file
    embed = "" if own or talk.is_lost else next((source.embed for source in talk.sources if source.embed), "")
    fields = {
        "@type": "VideoObject",
        "name": talk.title,
        "description": ", ".join(talk.facts),
        "url": talk.address(site),
        "uploadDate": _uploaded(talk),
        "dateCreated": talk.date if own else "",
        "duration": _iso_duration(talk.duration) if talk.duration else "",
        "thumbnailUrl": f"{site}/{talk.poster}" if talk.poster else "",
        "contentUrl": own.url if own else "",
        "embedUrl": embed,
        "inLanguage": talk.lang,
        "transcript": talk.transcript_address(site),
        "actor": [{"@type": "Person", "name": name} for name in talk.speakers],
        "hasPart": [_clip(site, talk, number) for number in range(len(talk.chapters))],
    }
    return {name: value for name, value in fields.items() if value}


def _uploaded(talk: ListedTalk) -> str:
    """When the film could first be seen, which search engines ask for: with its post, when the site has it; else on its day, or with its post again."""
    return talk.date if talk.date and not talk.own_file else talk.posted.isoformat()


def _clip(site: str, talk: ListedTalk, number: int) -> Mapping[str, object]:
    """One chapter, which ends where the next one begins."""
    chapter = talk.chapters[number]
    end = talk.chapters[number + 1].start if number + 1 < len(talk.chapters) else talk.duration
    return {
        "@type": "Clip",
        "name": chapter.title,
        "startOffset": chapter.start,
        **({"endOffset": end} if end else {}),
        "url": f"{talk.address(site).partition('#')[0]}?t={chapter.start}#{talk.anchor}",
    }


def _iso_duration(seconds: int) -> str:
    """« PT1H2M3S » (ISO 8601)."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return "PT" + re.sub(r"(?<!\d)0[HMS]", "", f"{hours}H{minutes}M{left}S") if seconds else "PT0S"
