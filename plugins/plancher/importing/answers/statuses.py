"""Public replies to a status, from what its server says under it (``/api/v1/statuses/:id/context``, of Mastodon and of those that speak as it does)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from plancher.base import addresses, data
from plancher.importing.answers import html_words, oddities
from plancher.importing.answers.json_values import Json, inner, moment, text, web_address
from plancher.importing.answers.model import Left, Received, Way, cleaned, dated, one_line

MOST_WITHOUT_TOKEN, MOST = 60, 4096
"""Replies that a server shows to whoever has no account there, and to whoever has; it has no second page."""
_STATUS = re.compile(r"(https?://[^/\s?#]+)/(?:@([\w.@-]+)/(?:statuses/)?|users/([\w.-]+)/statuses/|notice/)([0-9A-Za-z]+)")
_PUBLIC = frozenset({"public", "unlisted"})


def context_of(status: str) -> str:
    """Where its server says what answers a status; empty: it is no address of a status."""
    found = _STATUS.fullmatch(status)
    return f"{found[1]}/api/v1/statuses/{found[4]}/context" if found else ""


def descendants_of(answer: str) -> Sequence[object]:
    """All that stands under a status, as its server says it.

    :raises DataError: it says something else.
    """
    content = data.from_json(answer)
    descendants = content.get("descendants") if isinstance(content, dict) else None
    if not isinstance(descendants, list):
        raise data.DataError("« descendants » y manque")
    return descendants


def read(descendants: Iterable[object], token: str, status: str) -> Iterator[Received | Left]:
    """Each public reply among them.

    :param token: of the call under whose status they stand.
    """
    mine = _profile(status)
    for reply in descendants:
        yield _reply(reply, token, mine) if isinstance(reply, dict) else Left("réponse Mastodon illisible")


def _profile(status: str) -> str:
    """The page of whoever asks, under whose status his own words are no answers; empty: its address does not say."""
    found = _STATUS.fullmatch(status)
    name = found and (found[2] or found[3])
    return f"{found[1]}/@{name}".casefold() if found and name else ""


def _reply(status: Json, token: str, mine: str) -> Received | Left:
    author = inner(status, "account")
    address, profile = web_address(status, "url") or web_address(status, "uri"), web_address(author, "url")
    if status.get("visibility") not in _PUBLIC:
        return Left("réponse Mastodon qui n'est pas publique")
    if not address or not profile:
        return Left("réponse Mastodon sans adresse")
    if profile.casefold() == mine:
        return Left("réponse Mastodon de l'auteur de l'appel")
    words, notes = cleaned(html_words.of(text(status, "content")))
    name = one_line(text(author, "display_name") or text(author, "acct"))
    return Received(
        way=Way.MASTODON,
        source=f"{address}\n{token}",
        token=token,
        sender=profile,
        date=dated(moment(text(status, "edited_at") or text(status, "created_at"))),
        words=words or "(sans mots)",
        name=name,
        address=address,
        is_verified=True,
        notes=(*notes, *_warnings(status, address, profile), *oddities.of(words, name)),
    )


def _warnings(status: Json, address: str, profile: str) -> Iterator[str]:
    if status.get("sensitive") or text(status, "spoiler_text"):
        yield "son auteur l'a mise derrière un avertissement"
    if addresses.domain(address) != addresses.domain(profile):
        yield "sa page n'est pas sur la machine de son auteur"
