"""Public replies and webmentions, asked from the web within bounds."""

from __future__ import annotations

import contextlib
import dataclasses
import urllib.parse
from collections.abc import AsyncGenerator, Mapping, Sequence

import httpx

from plancher.base.data import DataError
from plancher.commands.answers.queue import Queue
from plancher.commands.links import archives
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers import mentions, statuses
from plancher.importing.answers.mentions import Mention
from plancher.importing.answers.model import Left, Received
from plancher.web.client import Web

_SIZE = 3_000_000
"""Bytes of one answer of a server: sixty replies of the longest kind."""
_PAGE = 100
_MOST_PAGES = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WebSources:
    """One round."""

    queue: Queue
    settings: AnswerSettings
    asked: Sequence[Asked]
    token: str
    """Of the receiver of webmentions; empty: it asks for none."""
    failures: list[str] = dataclasses.field(default_factory=list)
    """Why a source could not be read, each in French."""

    async def read(self) -> AsyncGenerator[Received | Left, None]:
        """All that answers the calls, one after the other."""
        async with Web(dataclasses.replace(self.settings, size=max(self.settings.size, _SIZE))) as web:
            for call in self.asked:
                if call.mastodon:
                    for reply in await self._replies(web, call):
                        yield reply
            if self.settings.mentions:
                async with contextlib.aclosing(self._mentions(web)) as found:
                    async for mention in found:
                        yield mention

    async def _replies(self, web: Web[AnswerSettings], call: Asked) -> list[Received | Left]:
        """The public replies to the status of a call, as whoever has no account there may read them."""
        try:
            return list(statuses.read(await _json(web, statuses.context_of(call.mastodon)), call.token))
        except (*archives.FAILURES, DataError) as error:
            self.failures.append(f"{call.mastodon} : {_why(error)}")
            return []

    async def _mentions(self, web: Web[AnswerSettings]) -> AsyncGenerator[Received | Left, None]:
        """The webmentions that the receiver has since the last fetch, each verified; what is in the queue counts as read, and no more."""
        targets = {one.url.rstrip("/"): one.token for one in reversed(self.asked)}
        for _ in range(_MOST_PAGES):
            since = self._since
            try:
                found = await self._page(web, since)
            except (*archives.FAILURES, DataError) as error:
                self.failures.append(f"Webmentions : {_why(error)}")
                return
            for mention in found:
                yield Left("webmention illisible") if mention is None else await _verified(web, mention, targets)
                if mention is not None and mention.number > self._since:
                    self.queue.save_cursor(self.settings.mentions, str(mention.number))
            if len(found) < _PAGE or self._since == since:
                return

    @property
    def _since(self) -> int:
        """The number of the last webmention that was taken in."""
        return int(self.queue.cursors().get(self.settings.mentions, "0"))

    async def _page(self, web: Web[AnswerSettings], since: int) -> list[Mention | None]:
        """:raises DataError: the receiver says something else."""
        address = self.settings.mentions
        query = urllib.parse.urlencode({"since_id": since, "per-page": _PAGE, "sort-dir": "up", **({"token": self.token} if self.token else {})})
        return list(mentions.read(await _json(web, f"{address}{'&' if '?' in address else '?'}{query}")))


async def _json(web: Web[AnswerSettings], address: str) -> str:
    """What a server says there.

    :raises DataError: it refuses.
    """
    answer = await web.ask("GET", address, read=True)
    if answer.status != httpx.codes.OK:
        raise DataError(f"le serveur répond {answer.status}")
    return answer.body.decode("utf-8", "replace")


async def _verified(web: Web[AnswerSettings], mention: Mention, targets: Mapping[str, str]) -> Received | Left:
    token = targets.get(urllib.parse.urldefrag(mention.target)[0].rstrip("/"))
    if token is None:
        return Left("webmention vers une page qui n'est d'aucun appel ni billet")
    try:
        answer = await web.ask("GET", mention.source, read=True)
    except archives.FAILURES:
        return Left("webmention dont la source n'a pas pu être lue")
    if answer.status != httpx.codes.OK:
        return Left(f"webmention dont la source répond {answer.status}")
    if not mentions.leads_to(answer.body.decode("utf-8", "replace"), answer.url, mention.target):
        return Left("webmention dont la source ne mène pas ici")
    return mentions.received(mention, token)


def _why(error: Exception) -> str:
    if isinstance(error, DataError):
        return f"{error}."
    return "pas de réponse, ou d'une machine qui ne peut pas être interrogée. Réessayez plus tard."
