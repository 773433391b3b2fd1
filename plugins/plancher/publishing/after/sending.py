"""Sends webmentions: many hosts at once, one request at a time for each (w3.org/TR/webmention, section 3.1)."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import html
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import httpx

from plancher.outputs.announcing.sent import Result, Sent
from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.publishing.after import discovery, reasons
from plancher.publishing.after.mentions import Due, Why
from plancher.web.answer import Answer
from plancher.web.client import Web

_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429})
"""What a host says when it wants to be asked again."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one webmention."""

    due: Due
    result: Result | None
    """None: it waits, since readers still find the link that is gone."""
    reason: str = ""
    """Why it failed, in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """One round."""

    web: Web[AnnouncingSettings]
    own: Web[AnnouncingSettings]
    """Asks our own site."""
    address: str
    """Of the site."""
    site: Path
    """The finished site."""
    note: Callable[[Told], None]

    async def send(self, due: tuple[Due, ...]) -> None:
        """Send all, as long as there is time: what is left is not noted, and is due again.

        :raises Exception: what ``note`` raises.
        """
        try:
            async with asyncio.timeout(self.web.mine.longest), asyncio.TaskGroup() as group:
                for one in due:
                    group.create_task(self._send(one))
        except TimeoutError:
            return
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _send(self, due: Due) -> None:
        try:
            told = await self._told(due)
        except reasons.FAILURES as error:
            told = Told(due=due, result=Result.RETRY, reason=reasons.of(error))
        self.note(told)

    async def _told(self, due: Due) -> Told:
        if due.why is Why.GONE and await self._is_still_there(due):
            return Told(due=due, result=None)
        if due.why is not Why.GONE and not self._leads_there(due):  # an archived copy stands in its place
            return Told(due=due, result=Result.NOWHERE)
        page = await self.web.ask("GET", due.link.target, read=True)
        if page.status in _GONE or (page.status == httpx.codes.OK and discovery.endpoint(page) is None):
            return Told(due=due, result=Result.NOWHERE)
        endpoint = discovery.endpoint(page)
        if endpoint == "":
            return Told(due=due, result=Result.REFUSED, reason="l'adresse qu'elle donne n'en est pas une")
        if not httpx.codes.is_success(page.status) or endpoint is None:
            return Told(due=due, result=Result.RETRY, reason=f"répond {page.status}")
        return _judged(due, await self.web.tell(endpoint, (("source", self.address + due.link.source), ("target", due.link.target))))

    def _leads_there(self, due: Due) -> bool:
        with contextlib.suppress(OSError):
            return _has_link((self.site / due.page).read_text(encoding="utf-8", errors="replace"), due.link.target)
        return False

    async def _is_still_there(self, due: Due) -> bool:
        """Whether readers still find the link: whoever is told that it is gone will look."""
        answer = await self.own.ask("GET", self.address + due.link.source, read=True)
        return answer.status not in _GONE and _has_link(answer.body.decode("utf-8", "replace"), due.link.target)


def _judged(due: Due, answer: Answer) -> Told:
    if httpx.codes.is_success(answer.status):
        return Told(due=due, result=Result.SENT)
    is_final = httpx.codes.is_client_error(answer.status) and answer.status not in _LATER
    return Told(due=due, result=Result.REFUSED if is_final else Result.RETRY, reason=f"répond {answer.status}")


def _has_link(page: str, target: str) -> bool:
    return f'href="{html.unescape(target)}"' in html.unescape(page)


def after(told: Told, last: Sent | None, today: str) -> Sent | None:
    """What is known of a link afterwards; None: nothing more is to be known."""
    due, failures = told.due, (last.failures if last else 0) + 1
    if told.result is None:
        return last
    if told.result is Result.RETRY and last is not None and last.result is Result.SENT:
        return dataclasses.replace(last, failures=min(failures, 9))  # the page knows of the former text, and is told again
    if due.why is Why.GONE:
        return None
    if told.result is Result.RETRY:
        same = last is not None and last.digest == due.digest
        return Sent(result=Result.RETRY, day=today, digest=due.digest, failures=min(failures, 9) if same else 1)
    return Sent(result=told.result, day=today, digest=due.digest)


def host_of(told: Told) -> str:
    """Whose page it is."""
    return urllib.parse.urlsplit(told.due.link.target).netloc
