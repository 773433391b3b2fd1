"""Public replies to a Mastodon status, from what its server says under it (``/api/v1/statuses/:id/context``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.base import addresses, data
from plancher.importing.answers.json_values import Json, inner, moment, text
from plancher.importing.answers.model import Left, Received, Way, cleaned, one_line
from plancher.importing.blogs.home import replies

MOST_WITHOUT_TOKEN = 60
"""Replies that a server shows to whoever has no account there; it has no second page."""
_STATUS = re.compile(r"(https?://[^/\s?#]+)/(?:@[\w.@-]+/|users/[\w.-]+/statuses/)(\d+)")
_PUBLIC = frozenset({"public", "unlisted"})


def context_of(status: str) -> str:
    """Where its server says what answers a status; empty: it is no address of a status."""
    found = _STATUS.fullmatch(status)
    return f"{found[1]}/api/v1/statuses/{found[2]}/context" if found else ""


def read(answer: str, token: str) -> Iterator[Received | Left]:
    """Each public reply.

    :param token: of the call under whose status they stand.
    :raises DataError: the server says something else.
    """
    content = data.from_json(answer)
    descendants = content.get("descendants") if isinstance(content, dict) else None
    if not isinstance(descendants, list):
        raise data.DataError("« descendants » y manque")
    for status in descendants:
        yield _reply(status, token) if isinstance(status, dict) else Left("réponse Mastodon illisible")


def _reply(status: Json, token: str) -> Received | Left:
    author = inner(status, "account")
    address, profile = text(status, "url") or text(status, "uri"), text(author, "url")
    if status.get("visibility") not in _PUBLIC:
        return Left("réponse Mastodon qui n'est pas publique")
    if not addresses.is_web(address) or not addresses.is_web(profile):
        return Left("réponse Mastodon sans adresse")
    words, notes = cleaned(replies.words(text(status, "content")))
    warned = ("son auteur l'a mise derrière un avertissement",) if status.get("sensitive") or text(status, "spoiler_text") else ()
    return Received(
        way=Way.MASTODON,
        source=address,
        token=token,
        sender=profile,
        date=moment(text(status, "edited_at") or text(status, "created_at")),
        words=words or "(sans mots)",
        name=one_line(text(author, "display_name") or text(author, "acct")),
        address=address,
        is_verified=True,
        notes=(*notes, *warned),
    )
