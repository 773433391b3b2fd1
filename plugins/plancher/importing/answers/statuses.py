"""Public replies to a Mastodon status, from what its server says under it (``/api/v1/statuses/:id/context``)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from plancher.base import addresses, data
from plancher.importing.answers.model import Left, Received, Way, cleaned, one_line
from plancher.importing.blogs.home import replies

MOST_WITHOUT_TOKEN = 60
"""Replies that a server shows to whoever has no account there; it has no second page."""
_STATUS = re.compile(r"(https?://[^/\s?#]+)/(?:@[\w.@-]+/|users/[\w.-]+/statuses/)(\d+)")
_PUBLIC = frozenset({"public", "unlisted"})
_Json = Mapping[str, Any]  # Any: of a server that may say anything; each value is checked below


def context_of(status: str) -> str:
    """Where its server says what answers a status; empty: it is no address of a status."""
    found = _STATUS.fullmatch(status)
    return f"{found[1]}/api/v1/statuses/{found[2]}/context" if found else ""


def read(text: str, token: str) -> Iterator[Received | Left]:
    """Each public reply.

    :param token: of the call under whose status they stand.
    :raises DataError: the server says something else.
    """
    content = data.from_json(text)
    descendants = content.get("descendants") if isinstance(content, dict) else None
    if not isinstance(descendants, list):
        raise data.DataError("« descendants » y manque")
    for status in descendants:
        yield _reply(status, token) if isinstance(status, dict) else Left("réponse Mastodon illisible")


def _reply(status: _Json, token: str) -> Received | Left:
    account = status.get("account")
    author: _Json = account if isinstance(account, dict) else {}
    address, profile = _text(status, "url") or _text(status, "uri"), _text(author, "url")
    if status.get("visibility") not in _PUBLIC:
        return Left("réponse Mastodon qui n'est pas publique")
    if not addresses.is_web(address) or not addresses.is_web(profile):
        return Left("réponse Mastodon sans adresse")
    words, notes = cleaned(replies.words(_text(status, "content")))
    warned = ("son auteur l'a mise derrière un avertissement",) if status.get("sensitive") or _text(status, "spoiler_text") else ()
    return Received(
        way=Way.MASTODON,
        source=address,
        token=token,
        sender=profile,
        date=_moment(_text(status, "edited_at") or _text(status, "created_at")),
        words=words or "(sans mots)",
        name=one_line(_text(author, "display_name") or _text(author, "acct")),
        address=address,
        is_verified=True,
        notes=(*notes, *warned),
    )


def _text(value: _Json, name: str) -> str:
    found = value.get(name)
    return found[:100_000] if isinstance(found, str) else ""


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
