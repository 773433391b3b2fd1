"""A round of visits: which links, in which order; each result is stored at once."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import dataclasses
import datetime as dt
import urllib.parse
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence

from plancher.base import addresses, clock, tracking
from plancher.commands.links import archives
from plancher.commands.links.state_store import StateStore
from plancher.commands.links.visitor import PostponedError, Visitor
from plancher.components.links import health
from plancher.components.links.health import Finding, Health, State, Visit
from plancher.components.links.settings import LinkSettings
from plancher.web.client import Web

_DAYS_BEFORE_NEW_SEARCH = 30


@dataclasses.dataclass(slots=True)
class RoundReport:
    """What a round did."""

    visited: int = 0
    changed: list[tuple[str, Health, Health]] = dataclasses.field(default_factory=list)
    """Links whose state has changed: the address, before, after."""
    postponed: int = 0
    """Links left for another day: their host, or the archive, asked for more time."""
    copies: int = 0
    """Archived copies that were found, or asked for."""
    is_offline: bool = False
    """Whether no host answered at all: nothing was recorded of links that failed."""


class Round:
    """Visits links, each host in its own time, all hosts together."""

    def __init__(self, settings: LinkSettings, store: StateStore, step: Callable[[], None] = lambda: None) -> None:
        """:param step: called after each link."""
        self.settings = settings
        self.store = store
        self.step = step
        self.report = RoundReport()
        self._unconfirmed: list[tuple[str, Visit]] = []
        """Visits that failed while no host has answered yet."""

    async def visit(self, wanted: Mapping[str, str]) -> RoundReport:
        """Visit these links.

        :param wanted: each address, and the day of the first post that has it.
        """
        async with Web(self.settings) as web:
            visitor = Visitor(web)
            hosts: dict[str, dict[str, list[str]]] = collections.defaultdict(lambda: collections.defaultdict(list))
            # Those seen longest ago first: a host that lets us see only a few at a time shows all of them in the end.
            for address in sorted(wanted, key=lambda address: self.store.known.get(address, Health()).checked):
                hosts[addresses.netloc(address)][_page_key(address)].append(address)
            await _all(self._visit_host(visitor, pages) for pages in hosts.values())
            if visitor.has_answered or (self._unconfirmed and await _is_online(self.settings)):
                self._confirm()
            self.report.is_offline = bool(self._unconfirmed)
        return self.report

    async def _visit_host(self, visitor: Visitor, pages: Mapping[str, list[str]]) -> None:
        """All pages of a host, each once, whatever the number of addresses that lead to it."""
        remaining = sum(map(len, pages.values()))
        for page_addresses in pages.values():
            try:
                visit = await visitor.visit(page_addresses[0], self.store.known.get(page_addresses[0], Health()))
            except PostponedError:
                self.report.postponed += remaining
                for _ in range(remaining):
                    self.step()
                return
            for address in page_addresses:
                self._consider(address, visit, visitor)
                self.step()
            remaining -= len(page_addresses)

    def _consider(self, address: str, visit: Visit, visitor: Visitor) -> None:
        if visit.finding in {Finding.GONE, Finding.SILENT} and not visitor.has_answered:
            self._unconfirmed.append((address, visit))  # our own connection may be cut: it is too early to blame the page
            return
        self._confirm()
        self._record(address, visit)

    def _confirm(self) -> None:
        """The failures are real: some host answers."""
        while self._unconfirmed:
            self._record(*self._unconfirmed.pop())

    def _record(self, address: str, visit: Visit) -> None:
        before = self.store.known.get(address, Health())
        after = health.after(before, visit, clock.now().date(), failures=self.settings.failures, days=self.settings.days)
        self.store.record(address, after)
        self.report.visited += 1
        if after.state is not before.state:
            self.report.changed.append((address, before, after))

    async def find_copies(self, wanted: Mapping[str, str]) -> RoundReport:
        """Look for the archived copy of each link that has none, nearest the day it was cited."""
        async with Web(self.settings) as web:
            for index, (address, day) in enumerate(wanted.items()):
                before = self.store.known.get(address, Health())
                try:
                    copy = await archives.nearest(web, address, dt.date.fromisoformat(day))
                except archives.Busy:
                    self.report.postponed = len(wanted) - index
                    break
                except archives.Unreachable:
                    self.step()
                    continue
                self.store.record(address, dataclasses.replace(before, archive=copy, sought=clock.now().date().isoformat()))
                self.report.copies += copy is not None
                self.step()
        return self.report

    async def request_copies(self, wanted: Sequence[str], fail: Callable[[str, str], None]) -> RoundReport:
        """Ask for a copy of each link; a failure is reported and stops nothing.

        :param fail: called with the address and the reason.
        """
        async with Web(self.settings) as web:
            for index, address in enumerate(wanted):
                before = self.store.known.get(address, Health())
                try:
                    copy = await archives.request_copy(web, address)
                except archives.Busy:
                    self.report.postponed = len(wanted) - index
                    break
                except archives.Unreachable as error:
                    fail(address, str(error))
                else:
                    self.store.record(address, dataclasses.replace(before, archive=copy or before.archive, sought=clock.now().date().isoformat()))
                    self.report.copies += 1
                self.step()
        return self.report


def to_visit(wanted: Mapping[str, str], known: Mapping[str, Health], *, everything: bool) -> dict[str, str]:
    """The links that were not visited today yet; all of them on demand."""
    today = clock.now().date().isoformat()
    return {address: day for address, day in wanted.items() if everything or known.get(address, Health()).checked != today}


def without_copy(wanted: Mapping[str, str], known: Mapping[str, Health]) -> dict[str, str]:
    """Links without a known copy, for which none was searched lately; dead ones first."""
    today = clock.now().date()
    limit = (today - dt.timedelta(days=_DAYS_BEFORE_NEW_SEARCH)).isoformat()
    lacking = {
        address: day
        for address, day in wanted.items()
        if not (last := known.get(address, Health())).archive and not limit <= last.sought <= today.isoformat()  # a day to come: a clock was wrong
    }
    return dict(sorted(lacking.items(), key=lambda pair: (known.get(pair[0], Health()).state is not State.DEAD, pair[0])))


def _page_key(address: str) -> str:
    """The same for addresses that a host cannot tell apart: another fragment, or another spelling."""
    try:
        parts = urllib.parse.urlsplit(tracking.clean(address))
        port = f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}.get(parts.scheme) else ""
    except ValueError:
        return address
    path = urllib.parse.quote(urllib.parse.unquote(parts.path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape") or "/"
    return f"{parts.scheme}://{parts.hostname}{port}{path}?{parts.query}"


async def _is_online(settings: LinkSettings) -> bool:
    """Whether this machine reaches the web at all: asked when no link answered, of the archives that the settings name."""
    async with Web(settings) as web:
        for address in filter(None, (settings.wayback, settings.timegate, settings.save)):
            with contextlib.suppress(*archives.FAILURES):
                await web.ask("HEAD", address)
                return True
    return False


async def _all(works: Iterable[Coroutine[None, None, None]]) -> None:
    """Run all at once; a bug of ours ends everything."""
    async with asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(work)
