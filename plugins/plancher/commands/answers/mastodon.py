"""Public replies under the status of a call, asked from its server."""

from __future__ import annotations

import dataclasses
import urllib.parse
from collections.abc import Iterator

import httpx

from plancher.base.data import DataError
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers import statuses
from plancher.importing.answers.model import Left, Received
from plancher.web.client import Answer, Web

SIZE = 12_000_000
"""Bytes of one answer: four thousand replies of the usual length, or a hundred webmentions of the longest."""


@dataclasses.dataclass(frozen=True, slots=True)
class Replies:
    """Those under one status."""

    found: Iterator[Received | Left]
    more: str
    """Why there may be others, in French; empty: these are all."""


async def replies(web: Web[AnswerSettings], call: Asked, token: str) -> Replies:
    """Ask for them; a token is shown over TLS alone, and to no machine but this one.

    :raises DataError: the server says something else.
    :raises httpx.HTTPError: and what else ``Web.ask`` raises.
    """
    address = statuses.context_of(call.mastodon)
    is_safe = address.startswith("https://") or bool(web.mine.allowed)
    headers = {"Authorization": f"Bearer {token}"} if token and is_safe else {}
    found = statuses.descendants_of(body_of(await web.ask("GET", address, read=True, headers=headers, follow=not headers), SIZE))
    return Replies(statuses.read(found, call.token, call.mastodon), _more(call.mastodon, len(found), has_token=bool(headers)))


def _more(status: str, count: int, *, has_token: bool) -> str:
    if count < (statuses.MOST if has_token else statuses.MOST_WITHOUT_TOKEN):
        return ""
    host = urllib.parse.urlsplit(status).hostname or ""
    if has_token:
        return f"{status} : {host} n'en montre pas plus de {statuses.MOST} ; il y a peut-être d'autres réponses."
    remedy = f"un jeton d'application de {host} (PLANCHER_MASTODON_TOKEN) en montre plus"
    return f"{status} : {host} n'en montre que {statuses.MOST_WITHOUT_TOKEN} sans compte ; il y a peut-être d'autres réponses, et {remedy}."


def body_of(answer: Answer, most: int) -> str:
    """What a server says.

    :raises DataError: it refuses, or says more than is read.
    """
    if answer.status != httpx.codes.OK:
        raise DataError(f"le serveur répond {answer.status}")
    if len(answer.body) >= most:
        raise DataError(f"sa réponse dépasse {most // 1_000_000} Mo")
    return answer.body.decode("utf-8", "replace")
