"""Public replies and webmentions, asked from the web within bounds."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Iterator, Sequence
from pathlib import Path

from plancher.base.data import DataError
from plancher.base.owner_secrets import SecretError
from plancher.commands.answers import mastodon, secrets_of_owner, webmentions
from plancher.commands.answers.queue import Queue
from plancher.commands.answers.rechecking import Rechecking
from plancher.commands.answers.taking_in import Tally
from plancher.commands.links import archives
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.model import Left, Received
from plancher.web import elements
from plancher.web.client import Web

_FAILURES = (*archives.FAILURES, DataError, SecretError)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WebSources:
    """One round."""

    queue: Queue
    settings: AnswerSettings
    asked: Sequence[Asked]
    blog: Path
    tally: Tally
    failures: list[str] = dataclasses.field(default_factory=list)
    """Why a source could not be read, each in French."""
    seen: set[str] = dataclasses.field(default_factory=set)
    """Addresses of replies that stand where they stood."""

    async def read(self) -> AsyncGenerator[Received | Left, None]:
        """All that answers the calls, one after the other; then what became of the pages that are known."""
        pages = dataclasses.replace(self.settings, size=elements.MOST)
        async with Web(dataclasses.replace(self.settings, size=mastodon.SIZE)) as servers, Web(pages) as web:
            for call in self.asked:
                if call.mastodon:
                    for reply in await self._replies(servers, call):
                        if isinstance(reply, Received):
                            self.seen.add(reply.address)
                        yield reply
            if self.settings.mentions:
                async with contextlib.aclosing(self._mentions(servers, web)) as found:
                    async for mention in found:
                        yield mention
            await Rechecking(queue=self.queue, web=web, asked=self.asked, content=self.blog / "content", tally=self.tally, seen=self.seen).run()

    async def _replies(self, web: Web[AnswerSettings], call: Asked) -> Iterator[Received | Left]:
        """The public replies to the status of a call."""
        try:
            replies = await mastodon.replies(web, call, secrets_of_owner.of_instance(self.blog, self.settings, call.mastodon))
        except _FAILURES as error:
            self.failures.append(f"{call.mastodon} : {_why(error)}")
            return iter(())
        if replies.more:
            self.tally.alerts.append(replies.more)
        return replies.found

    async def _mentions(self, receiver: Web[AnswerSettings], web: Web[AnswerSettings]) -> AsyncGenerator[Received | Left, None]:
        """The webmentions that the receiver has."""
        targets = {one.url.rstrip("/"): one.token for one in reversed(self.asked)}
        try:
            token = secrets_of_owner.of_receiver(self.blog, self.settings)
            mentions = webmentions.Mentions(queue=self.queue, receiver=receiver, web=web, targets=targets, token=token)
            async with contextlib.aclosing(mentions.read()) as found:
                async for one in found:
                    if isinstance(one, Received):
                        self.seen.add(one.address)
                    yield one
            self.tally.is_full |= mentions.is_cut
        except _FAILURES as error:
            self.failures.append(f"Webmentions : {_why(error)}")


def _why(error: Exception) -> str:
    if isinstance(error, DataError):
        return f"{error}."
    if isinstance(error, SecretError):
        return str(error)
    return "pas de réponse, ou d'une machine qui ne peut pas être interrogée. Réessayez plus tard."
