"""The webmentions that a receiver keeps for the blog, each verified by asking for the page that sent it."""

from __future__ import annotations

import contextlib
import dataclasses
import urllib.parse
from collections.abc import AsyncGenerator, Iterable, Mapping

import httpx

from plancher.commands.answers import mastodon
from plancher.commands.answers.queue import Queue
from plancher.commands.links import archives
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers import leading, mentions
from plancher.importing.answers.charsets import decoded
from plancher.importing.answers.mentions import Mention
from plancher.importing.answers.model import Left, Received
from plancher.web.client import Answer, Web
from plancher.web.guard import RefusedHostError

_PAGE = 100
_MOST_TRIES = 10
"""Fetches after which a page that never answers is given up."""
_LATER = frozenset({408, 425, 429})
"""What a server says that cannot answer just now, beside all from 500 on."""
_MOST_WAITING = 100
"""Pages that wait to be asked again."""
_AGAIN = "webmention dont la source ne répond pas : redemandée à la prochaine relève"


@dataclasses.dataclass(slots=True, kw_only=True)
class Mentions:
    """One round."""

    queue: Queue
    receiver: Web[AnswerSettings]
    web: Web[AnswerSettings]
    """Which asks for pages that anybody may have written."""
    targets: Mapping[str, str]
    """Tokens by the address of their post, without its last slash."""
    token: str
    """Of the receiver; empty: it asks for none."""
    is_cut: bool = False
    """Whether the receiver has others, which the next fetch asks for."""

    async def read(self) -> AsyncGenerator[Received | Left, None]:
        """Those whose page could not be read before, then the new ones; what is in the queue counts as read, and no more.

        :raises DataError: the receiver says something else.
        """
        async with contextlib.aclosing(self._waiting()) as found:
            async for one in found:
                yield one
        for _ in range(max(1, self.receiver.mine.most // _PAGE)):
            since = self._since
            page = await self._page(since, _PAGE)
            for mention in page:
                yield Left("webmention illisible") if mention is None else await self._taken(mention, tries=0)
                if mention is not None and mention.number > self._since:
                    self.queue.save_cursor(self._address, str(mention.number))
            if len(page) < _PAGE or self._since == since:
                return
        self.is_cut = True

    async def _waiting(self) -> AsyncGenerator[Received | Left, None]:
        """Those that wait for their page, by the number that the receiver gave them: nothing else of them is kept."""
        for number, tries in sorted(self._later().items()):
            found = next((one for one in await self._page(number - 1, 1) if one and one.number == number), None)
            yield await self._taken(found, tries) if found else Left("webmention que son receveur n'a plus")
            if found is None or self._later().get(number) == tries:
                self._save_later(self._later().items() - {(number, tries)})

    async def _taken(self, mention: Mention, tries: int) -> Received | Left:
        """What it is; one that cannot be verified now is noted for the next fetch."""
        token = self.targets.get(urllib.parse.urldefrag(mention.target)[0].rstrip("/"))
        if token is None:
            return Left("webmention vers une page qui n'est d'aucun appel ni billet")
        if mention.source.rstrip("/") in self.targets:
            return Left("webmention du blog lui-même")
        found = await verified(self.web, mention, token)
        if found is not None:
            return found
        if tries + 1 >= _MOST_TRIES:
            return Left(f"webmention dont la source n'a pas répondu, {_MOST_TRIES} relèves de suite")
        if not tries and len(self._later()) >= _MOST_WAITING:
            return Left("webmention dont la source ne répond pas, quand trop d'autres attendent déjà")
        if mention.number:  # without a number, the receiver gives it again by itself
            self._save_later({**self._later(), mention.number: tries + 1}.items())
        return Left(_AGAIN)

    @property
    def _address(self) -> str:
        return self.receiver.mine.mentions

    @property
    def _since(self) -> int:
        """The number of the last webmention that was looked at."""
        return int(self.queue.cursors().get(self._address, "0"))

    def _later(self) -> dict[int, int]:
        """Those whose page is asked again: how often it was, by their number."""
        typed = self.queue.cursors().get(f"{self._address} à redemander", "").split()
        return {int(number): int(tries) for number, _, tries in (one.partition(":") for one in typed)}

    def _save_later(self, numbers: Iterable[tuple[int, int]]) -> None:
        self.queue.save_cursor(f"{self._address} à redemander", " ".join(f"{number}:{tries}" for number, tries in sorted(numbers)))

    async def _page(self, since: int, most: int) -> list[Mention | None]:
        """:raises DataError: the receiver says something else."""
        query = urllib.parse.urlencode({"since_id": since, "per-page": most, "sort-dir": "up", **({"token": self.token} if self.token else {})})
        answer = await self.receiver.ask("GET", f"{self._address}{'&' if '?' in self._address else '?'}{query}", read=True)
        return list(mentions.read(mastodon.body_of(answer, self.receiver.mine.size)))


async def verified(web: Web[AnswerSettings], mention: Mention, token: str) -> Received | Left | None:
    """The webmention, once its page was seen to lead here; None: its page does not answer just now."""
    try:
        answer = await web.ask("GET", mention.source, read=True)
    except RefusedHostError:
        return Left("webmention dont la source n'est pas sur le web public")
    except archives.FAILURES:
        return None
    if answer.status >= httpx.codes.INTERNAL_SERVER_ERROR or answer.status in _LATER:
        return None
    if answer.status != httpx.codes.OK:
        return Left(f"webmention dont la source répond {answer.status}")
    return mentions.received(mention, token) if leads_to(answer, mention.target) else Left("webmention dont la source ne mène pas ici")


def leads_to(answer: Answer, target: str) -> bool:
    """Whether a page leads to an address."""
    kind, _, parameters = answer.headers.get("content-type", "").partition(";")
    charset = parameters.partition("charset=")[2].strip(" \"'")
    return leading.leads(decoded(answer.body, charset), kind.strip().lower(), answer.url, target)
