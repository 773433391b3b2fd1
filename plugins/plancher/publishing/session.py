"""From a target to what can be done there."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from plancher.publishing import in_place, probe, releases, transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import Place
from plancher.publishing.plan import Plan
from plancher.publishing.store import Reader, Store, SwitchingStore
from plancher.publishing.stores.local import LocalReader, LocalStore
from plancher.publishing.targets import Ftps, Local, Pages, Rsync, Sftp, Target
from plancher.publishing.work import Outcome, Status, Work

_COPY = "pages.git"
"""In the cache: what the branch of a repository holds."""


async def look(target: Target, work: Work, environment: Mapping[str, str]) -> Plan:
    """What a publication would do: « --dry-run »."""
    new, adopted = work.new, work.is_adopting
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - Git is needed by this target alone
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        with contextlib.closing(git_remote.RemoteBranch(target, environment, work.checkpoint.parent / _COPY)) as branch:
            return pages.look(branch, new, work.site, adopted=adopted)
    place = place_of(target)
    async with reader_of(target, environment) as reader:
        if await _has_releases(target, reader, place):
            return await releases.look(reader, place, new)
        return await in_place.look(reader, place, new, adopted=adopted)


async def status(target: Target, environment: Mapping[str, str], cache: Path) -> Status:
    """What is online: « --status ».

    :param cache: a folder of this machine that may be forgotten at any time.
    """
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - the same
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        with contextlib.closing(git_remote.RemoteBranch(target, environment, cache / _COPY)) as branch:
            return pages.status(branch)
    place = place_of(target)
    async with reader_of(target, environment) as reader:
        if await _has_releases(target, reader, place):
            return await releases.status(reader, place)
        return await in_place.status(reader, place)


async def publish(target: Target, work: Work, environment: Mapping[str, str]) -> Outcome:
    """Put a site online.

    :raises PublishingError: it is not, or not whole; the sentence says which.
    """
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - the same
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        copy = work.checkpoint.parent / _COPY
        with contextlib.closing(git_remote.WritableBranch(target, environment, copy)) as branch:
            outcome = pages.publish(branch, work)
        if work.is_forgetting:
            shutil.rmtree(copy)  # it holds the former commits
        return outcome
    place = place_of(target)
    if isinstance(target, Ftps):
        async with ftps_store(target, environment) as store:
            return await in_place.publish(store, place, work)
    async with store_of(target, environment) as switching:
        await transfer.make_folder_and_parents(switching, place.state)
        if await _has_releases(target, switching, place) and await probe.can_switch(switching, place):
            if await switching.link_target(place.folder) is None:
                await switching.remove_folder(place.folder)  # an empty one, that a host made for us: a link takes its name
            return await releases.publish(switching, place, work)
        return await in_place.publish(switching, place, work)


async def rollback(target: Target, wanted: str, environment: Mapping[str, str], cache: Path) -> str:
    """Return to a release; its identifier.

    :param cache: a folder of this machine that may be forgotten at any time.
    :raises PublishingError: there is none.
    """
    if isinstance(target, Pages):
        from plancher.publishing import pages  # noqa: PLC0415 - the same
        from plancher.publishing.stores import git_remote  # noqa: PLC0415 - the same

        with contextlib.closing(git_remote.WritableBranch(target, environment, cache / _COPY)) as branch:
            return pages.rollback(branch, wanted)
    place, no_release = place_of(target), "Cette destination ne garde pas les versions passées : revenez au texte d'avant, puis publiez."
    if isinstance(target, Ftps):
        raise PublishingError(no_release)
    async with store_of(target, environment) as store:
        if place.linked(await store.link_target(place.folder)) is None:
            raise PublishingError(no_release)
        return await releases.rollback(store, place, wanted)


def place_of(target: Local | Sftp | Ftps) -> Place:
    """Where its site stands."""
    return Place(Path(target.folder).expanduser().as_posix() if isinstance(target, Local) else target.folder.rstrip("/"))


@contextlib.asynccontextmanager
async def reader_of(target: Local | Sftp | Ftps, environment: Mapping[str, str]) -> AsyncIterator[Reader]:
    """Something that has no way to write."""
    if isinstance(target, Local):
        yield LocalReader()
    elif isinstance(target, Ftps):
        from plancher.publishing.stores import ftps  # noqa: PLC0415 - needed by this target alone

        async with ftps.connected(target, environment, 1) as pool:
            yield ftps.FtpsReader(pool)
    else:
        from plancher.publishing.stores import sftp  # noqa: PLC0415 - its library is needed by this target alone

        async with sftp.connected(target, environment) as client:
            yield sftp.SftpReader(client)


@contextlib.asynccontextmanager
async def ftps_store(target: Ftps, environment: Mapping[str, str]) -> AsyncIterator[Store]:
    """Something that writes, and that cannot switch."""
    from plancher.publishing.stores import ftps  # noqa: PLC0415 - needed by this target alone

    async with ftps.connected(target, environment, target.together) as pool:
        yield ftps.FtpsStore(pool)


@contextlib.asynccontextmanager
async def store_of(target: Local | Sftp, environment: Mapping[str, str]) -> AsyncIterator[SwitchingStore]:
    """Something that writes."""
    if isinstance(target, Local):
        yield LocalStore()
    else:
        from plancher.publishing.stores import sftp  # noqa: PLC0415 - the same

        async with sftp.connected(target, environment) as client:
            if isinstance(target, Rsync):
                from plancher.publishing.stores import rsync  # noqa: PLC0415 - the same

                yield rsync.RsyncStore(client, target)
            else:
                yield sftp.SftpStore(client)


async def _has_releases(target: Local | Sftp | Ftps, reader: Reader, place: Place) -> bool:
    """Whether a link of ours stands there, or may: in the place of nothing, or of an empty folder."""
    if isinstance(target, Ftps):  # which has no word for a link
        return False
    leads = await reader.link_target(place.folder)
    return place.linked(leads) is not None if leads is not None else not await reader.entries(place.folder)
