"""What « invoke answers.fetch » asks a build for: every call and post that an answer may name."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

from plancher.components.answers import model
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.settings import AnswerSettings
from plancher.site.model import Site


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A call, or a post without one, which a reader may answer all the same."""

    token: str
    post: str
    """Its text, from the content folder."""
    call: str = ""
    """Its anchor; empty: the post itself."""
    question: str
    expected: str = ""
    """How long or of what kind an answer should be."""
    example: str = ""
    url: str
    """The whole address of the post."""
    is_open: bool = True
    mastodon: str = ""
    licence: str = ""
    """Of the blog, under which answers are counted."""


def of(site: Site) -> Iterator[Asked]:
    """All of a site."""
    licence = site.identity.licence
    for post in (*site.posts, *site.hidden):
        url, entries = site.absolute(post.url), post.entries(CallEntry)
        if not entries:
            yield Asked(token=model.token_of(post.id), post=post.path, question=post.title, url=url, licence=licence)
        for entry in entries:
            yield Asked(
                token=entry.token,
                post=post.path,
                call=entry.anchor,
                question=entry.question,
                expected=entry.expected,
                example=entry.example,
                url=url,
                is_open=entry.is_open,
                mastodon=entry.mastodon,
                licence=licence,
            )


def as_json(site: Site, settings: AnswerSettings) -> str:
    """The same, and the settings of the component."""
    mine = dataclasses.asdict(settings) | {"agent": settings.agent or site.identity.agent}
    return json.dumps({"asked": [dataclasses.asdict(one) for one in of(site)], "settings": mine}, ensure_ascii=False)
