"""Webmentions that a receiver keeps for the blog, as JF2 (webmention.io)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from plancher.base import addresses, data
from plancher.importing.answers import html_words, oddities
from plancher.importing.answers.json_values import Json, inner, moment, text, web_address
from plancher.importing.answers.model import Left, Received, Way, cleaned, dated, one_line

_NO_WORDS = {"like-of": "« j'aime »", "repost-of": "partage", "bookmark-of": "marque-page", "follow-of": "abonnement", "rsvp": "réponse à une invitation"}
"""What says nothing, and is no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One, as the receiver tells it."""

    number: int
    """Its own, which grows; 0: it has none."""
    source: str
    target: str
    author: str
    date: dt.datetime | None
    words: str
    why_not: str = ""
    """Why it is no answer, in French; empty: it may be one."""


def read(answer: str) -> Iterator[Mention | None]:
    """Each of them; None for one that makes no sense.

    :raises DataError: the receiver says something else.
    """
    content = data.from_json(answer)
    children = content.get("children") if isinstance(content, dict) else None
    if not isinstance(children, list):
        raise data.DataError("« children » y manque")
    for child in children:
        yield _mention(child) if isinstance(child, dict) else None


def _mention(child: Json) -> Mention | None:
    source, target, number = web_address(child, "wm-source"), web_address(child, "wm-target"), child.get("wm-id")
    if not (source and target):
        return None
    said = inner(child, "content")
    return Mention(
        number=number if isinstance(number, int) and 0 < number < 2**63 else 0,
        source=source,
        target=target,
        author=one_line(text(inner(child, "author"), "name")),
        date=dated(moment(text(child, "published") or text(child, "wm-received"))),
        words=text(said, "text") or html_words.of(text(said, "html")) or text(child, "name"),
        why_not=_why_not(child),
    )


def _why_not(child: Json) -> str:
    if child.get("wm-private"):
        return "webmention privée"
    kind = _NO_WORDS.get(text(child, "wm-property"))
    return f"webmention sans mots ({kind})" if kind else ""


def received(mention: Mention, token: str) -> Received | Left:
    """The same, once its source was seen to lead here."""
    if mention.why_not:
        return Left(mention.why_not)
    words, notes = cleaned(mention.words)
    return Received(
        way=Way.MENTION,
        source=f"{mention.source}\n{token}",
        token=token,
        sender=mention.source,
        date=mention.date,
        words=words or "(sans mots)",
        name=mention.author or addresses.domain(mention.source),
        address=mention.source,
        is_verified=True,
        notes=(*notes, *oddities.of(words, mention.author)),
    )
