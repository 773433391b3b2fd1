"""A round of visits: which links, in which order, and what is kept of each as soon as it is known.

Each result is a line in a journal before anything else; the state file is
replaced in one step, now and then and at the end. A round that is killed loses
the visit it was making, and the next one goes on from there.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import dataclasses
import datetime as dt
import fcntl
import json
import time
import urllib.parse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from plancher.base import addresses, clock, data, tracking
from plancher.commands.links import archives
from plancher.commands.links.visitor import PostponedError, Visitor
from plancher.components.links import health, state
from plancher.components.links.health import Finding, Health, State, Visit
from plancher.components.links.settings import LinkSettings
from plancher.web.client import Web

_SAVED_EVERY = 10.0
"""Seconds between two replacements of the state file."""
_SOUGHT_AGAIN = 30
"""Days before a copy that was not there is looked for again."""


class BusyError(Exception):
    """Two commands may not write the state of links at once; the message says so, in French."""


class Notebook:
    """What is known of all links, on disk at any moment."""

    def __init__(self, path: Path, journal: Path) -> None:
        """Take up what an earlier round left, even one that was killed.

        :param path: of the state file.
        :param journal: of the lines that are not in it yet.
        :raises StateError: the state file cannot be read.
        :raises BusyError: another command is at it.
        """
        self.path, self.journal = path, journal
        journal.parent.mkdir(parents=True, exist_ok=True)
        self._lock = journal.with_suffix(".lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise BusyError("une autre commande visite déjà les liens ; attendez qu'elle finisse.") from None
        self.known = state.load(path)
        self._saved = time.monotonic()
        left = list(_lines(journal))
        self.known.update(left)
        if left:
            state.save(path, self.known)
        self._file: IO[str] = journal.open("w", encoding="utf-8")

    def keep(self, address: str, found: Health) -> None:
        """Remember one link, for good."""
        self._file.write(json.dumps([address, state.plain(found)], ensure_ascii=False) + "\n")
        self._file.flush()
        self.known[address] = found
        if time.monotonic() - self._saved > _SAVED_EVERY:
            self._save()

    def _save(self) -> None:
        state.save(self.path, self.known)
        self._file.seek(0)
        self._file.truncate()
        self._saved = time.monotonic()

    def close(self) -> None:
        """Replace the state file, and forget the journal. What is known of a link that no post has any more stays: it may come back."""
        if self.known or self.path.exists():
            state.save(self.path, self.known)
        self._file.close()
        self.journal.unlink(missing_ok=True)
        self._lock.close()


def _lines(journal: Path) -> Iterable[tuple[str, Health]]:
    """What a journal says; its last line may be cut."""
    if journal.is_file():
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                address, found = data.from_json(line)
                yield str(address), state.health(found)


@dataclasses.dataclass(slots=True)
class Told:
    """What a round did."""

    visited: int = 0
    changed: list[tuple[str, Health, Health]] = dataclasses.field(default_factory=list)
    """Links whose state is no longer what it was: the address, before, after."""
    postponed: int = 0
    """Links left for another day: their host, or the archive, asked for more time."""
    copies: int = 0
    """Archived copies that were found."""
    is_offline: bool = False
    """Whether nobody at all answered: nothing was kept of those who were not found."""


class Round:
    """Visits links, each host in its own time, all hosts together."""

    def __init__(self, mine: LinkSettings, notebook: Notebook, step: Callable[[], None] = lambda: None) -> None:
        """:param step: called after each link."""
        self.mine = mine
        self.notebook = notebook
        self.step = step
        self.told = Told()
        self._held: list[tuple[str, Visit]] = []
        """Visits that found nobody, while nobody has answered yet."""

    async def visit(self, wanted: Mapping[str, str]) -> Told:
        """Visit these links.

        :param wanted: each address, and the day of the first post that has it.
        """
        web = Web(self.mine)
        try:
            visitor = Visitor(web)
            hosts: dict[str, dict[str, list[str]]] = collections.defaultdict(lambda: collections.defaultdict(list))
            # Those seen longest ago first: a host that lets us see only a few at a time shows all of them in the end.
            for address in sorted(wanted, key=lambda one: self.notebook.known.get(one, Health()).checked):
                hosts[addresses.netloc(address)][_page(address)].append(address)
            await _all(self._visit_host(visitor, found) for found in hosts.values())
            if visitor.heard or (self._held and await _is_online(self.mine)):
                self._release()
            self.told.is_offline = bool(self._held)
        finally:
            await web.close()
        return self.told

    async def _visit_host(self, visitor: Visitor, pages: Mapping[str, list[str]]) -> None:
        """All pages of a host, each once, whatever the number of addresses that lead to it."""
        left = sum(map(len, pages.values()))
        for same in pages.values():
            try:
                visit = await visitor.visit(same[0], self.notebook.known.get(same[0], Health()))
            except PostponedError:
                self.told.postponed += left
                for _ in range(left):
                    self.step()
                return
            for address in same:
                self._take(address, visit, visitor)
                self.step()
            left -= len(same)

    def _take(self, address: str, visit: Visit, visitor: Visitor) -> None:
        if visit.finding in {Finding.GONE, Finding.SILENT} and not visitor.heard:
            self._held.append((address, visit))  # our own line may be cut: it is too soon to blame anybody
            return
        self._release()
        self._keep(address, visit)

    def _release(self) -> None:
        """What was found is true after all: somebody answers."""
        while self._held:
            self._keep(*self._held.pop())

    def _keep(self, address: str, visit: Visit) -> None:
        before = self.notebook.known.get(address, Health())
        found = health.after(before, visit, clock.now().date(), failures=self.mine.failures, days=self.mine.days)
        self.notebook.keep(address, found)
        self.told.visited += 1
        if found.state is not before.state:
            self.told.changed.append((address, before, found))

    async def seek(self, wanted: Mapping[str, str]) -> Told:
        """Look for the archived copy of each link that has none, nearest the day it was cited."""
        web = Web(self.mine)
        try:
            for place, (address, day) in enumerate(wanted.items()):
                before = self.notebook.known.get(address, Health())
                try:
                    copy = await archives.nearest(web, address, dt.date.fromisoformat(day))
                except archives.Busy:
                    self.told.postponed = len(wanted) - place
                    break
                except archives.Unreachable:
                    self.step()
                    continue
                self.notebook.keep(address, dataclasses.replace(before, archive=copy, sought=clock.now().date().isoformat()))
                self.told.copies += copy is not None
                self.step()
        finally:
            await web.close()
        return self.told

    async def save_copies(self, wanted: Sequence[str], fail: Callable[[str, str], None]) -> Told:
        """Ask for a copy of each link; what fails is told and blocks nothing.

        :param fail: called with the address and the reason.
        """
        web = Web(self.mine)
        try:
            for place, address in enumerate(wanted):
                before = self.notebook.known.get(address, Health())
                try:
                    copy = await archives.ask_for_copy(web, address)
                except archives.Busy:
                    self.told.postponed = len(wanted) - place
                    break
                except archives.Unreachable as error:
                    fail(address, str(error))
                else:
                    self.notebook.keep(address, dataclasses.replace(before, archive=copy or before.archive, sought=clock.now().date().isoformat()))
                    self.told.copies += 1
                self.step()
        finally:
            await web.close()
        return self.told


def to_visit(wanted: Mapping[str, str], known: Mapping[str, Health], *, everything: bool) -> dict[str, str]:
    """The links that were not visited today yet; all of them on demand."""
    today = clock.now().date().isoformat()
    return {address: day for address, day in wanted.items() if everything or known.get(address, Health()).checked != today}


def to_seek(wanted: Mapping[str, str], known: Mapping[str, Health]) -> dict[str, str]:
    """The links of which no copy is known, and none was looked for lately; dead ones first."""
    today = clock.now().date()
    limit = (today - dt.timedelta(days=_SOUGHT_AGAIN)).isoformat()
    lacking = {
        address: day
        for address, day in wanted.items()
        if not (found := known.get(address, Health())).archive and not limit <= found.sought <= today.isoformat()  # a day to come: a clock was wrong
    }
    return dict(sorted(lacking.items(), key=lambda pair: (known.get(pair[0], Health()).state is not State.DEAD, pair[0])))


def _page(address: str) -> str:
    """What a host is asked for: addresses that differ by a place in the page, or by how they are written, are one page."""
    try:
        parts = urllib.parse.urlsplit(tracking.clean(address))
        port = f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}.get(parts.scheme) else ""
    except ValueError:
        return address
    path = urllib.parse.quote(urllib.parse.unquote(parts.path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape") or "/"
    return f"{parts.scheme}://{parts.hostname}{port}{path}?{parts.query}"


async def _is_online(mine: LinkSettings) -> bool:
    """Whether this machine reaches the web at all: asked when no link answered, of the archives that the settings name."""
    web = Web(mine)
    try:
        for address in filter(None, (mine.wayback, mine.timegate, mine.save)):
            with contextlib.suppress(*archives.FAILURES):
                await web.ask("HEAD", address)
                return True
    finally:
        await web.close()
    return False


async def _all(works: Iterable[Any]) -> None:
    """Do all at once; a fault of ours ends everything."""
    async with asyncio.TaskGroup() as group:
        for work in works:
            group.create_task(work)
