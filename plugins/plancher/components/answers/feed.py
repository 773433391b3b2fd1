"""The feed of calls and answers."""

from __future__ import annotations

import dataclasses
import datetime as dt

from plancher.base import dates
from plancher.base.french import NBSP, clip
from plancher.components.answers import paging
from plancher.components.answers.collection import AnswerIndex
from plancher.components.answers.entries import CallEntry
from plancher.components.answers.render import Ways, add_ways
from plancher.components.answers.settings import AnswerSettings
from plancher.components.answers.shown import IN_REGISTER, NAMELESS
from plancher.site import testimonies
from plancher.site.feeds import FeedItem, FeedRequest
from plancher.site.model import Post, Site
from plancher.site.testimonies import Testimony
from plancher.text.html import add, add_plain, as_typed, el

ATOM = "feeds/temoignages.atom.xml"
_TITLE = 120
"""Characters of a title."""


def request(site: Site, index: AnswerIndex, settings: AnswerSettings, ways: Ways) -> FeedRequest:
    """The newest calls and answers together, each at its place in its text; what stands on a further page of a thread is old, a hidden text is in no list."""
    listed = {post.path for post in (*site.posts, *site.pages)}
    further = {(path, answer.id) for path, rest in index.rest.items() for page in rest for answer in page}

    def is_shown(row: Testimony, post: Post) -> bool:
        return post.path in listed and row.kind != testimonies.LINK and (post.path, row.id) not in further

    dated = [(post.date, _call(post, entry, ways)) for post in site.posts for entry in post.entries(CallEntry)]
    dated += [(row.date or post.moment, _answer(row, post)) for row, post in index.rows if is_shown(row, post)]
    dated.sort(key=lambda pair: (pair[0].timestamp(), pair[1].anchor), reverse=True)
    return FeedRequest(path=ATOM, title="témoignages", page=paging.ROOT, items=tuple(item for _, item in dated[: settings.feed_size]))


def _call(post: Post, entry: CallEntry, ways: Ways) -> FeedItem:
    box = el("div")
    facts = (("Réponse attendue", entry.expected), ("Exemple", entry.example))
    add_plain(box, "p", entry.question)
    for name, value in facts:
        if value:
            add_plain(box, "p", f"{name}{NBSP}: {value}")
    if entry.until:
        day = dates.day(dt.date.fromisoformat(entry.until))
        add_plain(box, "p", f"Ouvert jusqu’au {day}." if entry.is_open else f"Clos depuis le {day}.")
    if entry.is_open:
        add_ways(box, dataclasses.replace(ways, has_forms=False), entry, entry.question)
    return FeedItem(post=post, anchor=entry.anchor, title=clip(f"Appel{NBSP}: {entry.question}", _TITLE), html=as_typed(box))


def _answer(row: Testimony, post: Post) -> FeedItem:
    """An answer bears its own date, and its author's name when there is one."""
    box = el("div")
    quote = add(box, "blockquote")
    for paragraph in row.words.split("\n\n"):
        add_plain(quote, "p", paragraph)
    add_plain(box, "p", f"{row.author or NAMELESS}, à propos de «{NBSP}{post.title}{NBSP}»")
    if row.is_counted:
        add_plain(box, "p", IN_REGISTER)
    return FeedItem(
        post=post,
        anchor=row.anchor,
        title=clip(f"Réponse{NBSP}: {row.words}", _TITLE),
        html=as_typed(box),
        answered_on=row.date or post.moment,
        reader=row.author or NAMELESS,
    )
