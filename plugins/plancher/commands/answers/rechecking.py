"""Pages of public answers that are known already: one that its author took away goes from the queue, and is told when it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from plancher.base import clock
from plancher.commands.answers import webmentions
from plancher.commands.answers.queue import Queue, State
from plancher.commands.answers.taking_in import Tally
from plancher.commands.links import archives
from plancher.components.answers.asked import Asked
from plancher.components.answers.settings import AnswerSettings
from plancher.importing.answers.model import Way
from plancher.site import testimonies
from plancher.web.client import Answer, Web

_MOST = 40
"""Pages that one fetch asks for; each of them once a day."""
_GONE = frozenset({httpx.codes.NOT_FOUND, httpx.codes.GONE})
GONE = "disparue"
"""What stands in the place of the day when a page was last seen."""


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """A public answer."""

    id: str
    address: str
    target: str
    """Where its page must lead; empty: it need not."""
    is_shown: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rechecking:
    """One round."""

    queue: Queue
    web: Web[AnswerSettings]
    asked: Sequence[Asked]
    content: Path
    tally: Tally
    seen: set[str]
    """Addresses that were seen in this fetch."""

    async def run(self) -> None:
        """Ask for those that were not seen today, the longest forgotten first."""
        cursors, today = self.queue.cursors(), clock.now().date().isoformat()
        due = [one for one in self._known() if one.address not in self.seen and cursors.get(cursor(one.id)) != today]
        due.sort(key=lambda one: (cursors.get(cursor(one.id), ""), one.id))
        for one in due[:_MOST]:
            is_gone = await self._is_gone(one)
            if is_gone is None:
                continue
            if not is_gone:
                self.queue.save_cursor(cursor(one.id), today)
            elif one.is_shown:
                self.queue.save_cursor(cursor(one.id), GONE)
                remedy = f"« invoke answers.review --remove={one.id} » retire la réponse du site"
                self.tally.alerts.append(f"La page d'une réponse acceptée n'existe plus, ou ne mène plus ici : {one.address}. {remedy}.")
            else:
                self.queue.remove(one.id)
                self.tally.gone += 1

    def _known(self) -> Iterator[Known]:
        """Public answers that wait, and those that are shown."""
        urls = {one.token: one.url for one in self.asked}
        rows = {row.id: row for row in self.queue.rows(State.WAITING, State.ACCEPTED)}
        shown = {one.id: one for one in testimonies.load(self.content).rows if one.address}
        for row in rows.values():
            received = row.received
            if received is not None and received.way.is_public and (row.state is State.WAITING or row.id in shown):
                target = urls.get(received.token, "") if received.way is Way.MENTION else ""
                yield Known(row.id, received.address, target, row.state is State.ACCEPTED)
            elif received is None and row.id in shown:
                yield Known(row.id, shown[row.id].address, "", is_shown=True)

    async def _is_gone(self, one: Known) -> bool | None:
        """Whether a page is no more; None: nobody knows just now."""
        try:
            answer = await self.web.ask("GET", one.address, read=bool(one.target))
        except archives.FAILURES:
            return None
        if answer.status in _GONE:
            return True
        if answer.status != httpx.codes.OK:
            return None
        return bool(one.target) and not _leads(answer, one.target)


def _leads(answer: Answer, target: str) -> bool:
    """Whether it leads to a post, written with or without its last slash."""
    bare = target.rstrip("/")
    return any(webmentions.leads_to(answer, one) for one in (target, bare, f"{bare}/"))


def cursor(identifier: str) -> str:
    """Under which name the queue knows when a page was last seen."""
    return f"page:{identifier}"
