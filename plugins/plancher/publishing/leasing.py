"""The lock at a target: taken, renewed while work goes on, given back."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable

from plancher.publishing import lease
from plancher.publishing.errors import PublishingError
from plancher.publishing.lease import Lease
from plancher.publishing.store import Store

PAUSE = 2.0
"""Seconds between two looks at a lock of somebody else."""
WRITTEN = 15.0
"""Seconds after which a lock that says nothing was left by a process that ended while it wrote it."""
RENEWAL = 60.0
"""Seconds between two renewals."""


class Lock:
    """Ours, as long as the target says so."""

    def __init__(self, store: Store, path: str, held: Lease) -> None:
        self._store, self._path, self._lease = store, path, held

    def timed(self, told: Callable[[int, int], None]) -> Callable[[int, int], None]:
        """Of each file that stands there this is told: a machine that slept stops, and does not write into what somebody else publishes since.

        What it gives raises ``PublishingError`` where nobody renewed the lock for so long that others may take it.
        """

        def tell(done: int, total: int) -> None:
            if now() > self._lease.expires_at:
                raise PublishingError(
                    "Le verrou de cette publication n'a pas été renouvelé à temps : cette machine a dormi, ou la connexion est mauvaise. "
                    "Recommencez : ce qui est envoyé ne l'est pas deux fois."
                )
            told(done, total)

        return tell

    async def check(self) -> None:
        """To be asked before readers see a change.

        :raises PublishingError: somebody else has it: this machine slept too long.
        """
        raw = await self._store.read(self._path)
        if raw is None or lease.from_bytes(raw, now()).token != self._lease.token:
            raise PublishingError("Le verrou de cette publication a été repris par quelqu'un d'autre. Rien n'a changé en ligne ; recommencez.")

    async def renew(self) -> None:
        """Give it more time.

        :raises PublishingError: it is no longer ours.
        """
        await self.check()
        self._lease = self._lease.renewed(now())
        await self._store.write(self._path, self._lease.to_bytes())

    async def release(self) -> None:
        """Let others publish; a lock of somebody else stays."""
        raw = await self._store.read(self._path)
        if raw is not None and lease.from_bytes(raw, now()).token == self._lease.token:
            await self._store.remove(self._path)


@contextlib.asynccontextmanager
async def locked(store: Store, path: str, patience: float) -> AsyncIterator[Lock]:
    """Hold the lock of a target.

    :param patience: seconds to wait for somebody else.
    :raises PublishingError: somebody else publishes for longer than that.
    """
    lock = Lock(store, path, await _acquire(store, path, patience))
    renewing = asyncio.create_task(_keep(lock))
    try:
        yield lock
    finally:
        renewing.cancel()
        await asyncio.gather(renewing, return_exceptions=True)
        with contextlib.suppress(PublishingError):  # a target that is gone: the lock ends by itself
            await lock.release()


async def _acquire(store: Store, path: str, patience: float) -> Lease:
    clock = asyncio.get_running_loop().time
    begun, silent_since = clock(), clock()
    while True:
        waited = clock() - begun
        wanted = lease.taken(now())
        if await store.create(path, wanted.to_bytes()):
            return wanted
        other = lease.from_bytes(await store.read(path) or b"", now())  # nothing: it was given back just now, or is being written
        if other.token:
            silent_since = clock()
        if other.is_over(now()) or other.is_orphan() or clock() - silent_since > WRITTEN:
            await _take_over(store, path, wanted)
            return wanted
        if other.token and waited >= patience:
            raise PublishingError(other.told(now()))
        await asyncio.sleep(PAUSE)


async def _take_over(store: Store, path: str, wanted: Lease) -> None:
    """Replace a lock that is over. Of two who do it at once, the last one has it, and the other sees it before anything is changed."""
    await store.write(path, wanted.to_bytes())
    await asyncio.sleep(PAUSE)
    await Lock(store, path, wanted).check()


async def _keep(lock: Lock) -> None:
    while True:
        await asyncio.sleep(RENEWAL)
        with contextlib.suppress(PublishingError):  # the next one may succeed; until the end of the lock there is time for some
            await lock.renew()


def now() -> dt.datetime:
    """The real time: ``SOURCE_DATE_EPOCH`` is that of a build."""
    return dt.datetime.now(dt.UTC)
