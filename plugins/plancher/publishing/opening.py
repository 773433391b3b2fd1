"""From a target to what reads and writes there."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.publishing import own_folder
from plancher.publishing.host import Host, HostReader
from plancher.publishing.place import Place
from plancher.publishing.store import Reader, RenamingStore, Store, SwitchingStore
from plancher.publishing.stores.local import LocalReader, LocalStore
from plancher.publishing.targets import Bucket, Cloudflare, Ftps, Local, Netlify, Rsync, Sftp

Files = Local | Sftp | Rsync | Ftps | Bucket
"""Targets where a site is files under a name."""


class Looking(NamedTuple):
    """What has no way to write, and where."""

    reader: Reader
    place: Place
    has_links: bool


class Writing(NamedTuple):
    """What writes, and where."""

    store: Store
    place: Place
    renaming: RenamingStore | None
    """The same, where the protocol gives folders another name."""
    switching: SwitchingStore | None
    """The same, where it has links."""


@contextlib.asynccontextmanager
async def to_look(target: Files, environment: Mapping[str, str]) -> AsyncIterator[Looking]:
    """Something that has no way to write."""
    match target:
        case Local():
            reader = LocalReader()
            yield Looking(reader, await own_folder.found(reader, _place(target)), has_links=True)
        case Bucket():
            from plancher.publishing.stores import bucket, bucket_place, bucket_session  # noqa: PLC0415 - its library is needed by this target alone

            with bucket_session.connected(target, environment) as session:
                yield Looking(bucket.BucketReader(session), await bucket_place.place_of(session, is_first_made=False), has_links=False)
        case Ftps():
            from plancher.publishing.stores import ftps  # noqa: PLC0415 - needed by this target alone

            async with ftps.connected(target, environment, 1) as pool:
                ftp = ftps.FtpsReader(pool)
                yield Looking(ftp, await own_folder.found(ftp, _place(target)), has_links=False)
        case _:
            from plancher.publishing.stores import sftp, sftp_reader  # noqa: PLC0415 - its library is needed by this target alone

            async with sftp.connected(target, environment) as client:
                remote = sftp_reader.SftpReader(client)
                yield Looking(remote, await own_folder.found(remote, _place(target)), has_links=True)


@contextlib.asynccontextmanager
async def to_write(target: Files, environment: Mapping[str, str], *, is_first_made: bool = True) -> AsyncIterator[Writing]:
    """Something that writes.

    :param is_first_made: whether to make the folder of our own files where there is none yet.
    """
    own = own_folder.made if is_first_made else own_folder.found
    match target:
        case Local():
            local = LocalStore()
            yield Writing(local, await own(local, _place(target)), local, local)
        case Bucket():
            from plancher.publishing.stores import bucket, bucket_place, bucket_session  # noqa: PLC0415 - the same

            with bucket_session.connected(target, environment) as session:
                yield Writing(bucket.BucketStore(session), await bucket_place.place_of(session, is_first_made=is_first_made), None, None)
        case Ftps():
            from plancher.publishing.stores import ftps  # noqa: PLC0415 - the same

            async with ftps.connected(target, environment, target.together) as pool:
                over_ftp = ftps.FtpsStore(pool)
                yield Writing(over_ftp, await own(over_ftp, _place(target)), over_ftp, None)
        case _:
            async with _over_ssh(target, environment) as store:
                yield Writing(store, await own(store, _place(target)), store, store)


@contextlib.asynccontextmanager
async def _over_ssh(target: Sftp, environment: Mapping[str, str]) -> AsyncIterator[SwitchingStore]:
    from plancher.publishing.stores import sftp  # noqa: PLC0415 - the same

    async with sftp.connected(target, environment) as client:
        if isinstance(target, Rsync):
            from plancher.publishing.stores import rsync  # noqa: PLC0415 - the same

            yield rsync.RsyncStore(client, target)
        else:
            yield sftp.SftpStore(client)


@contextlib.asynccontextmanager
async def host_to_look(target: Netlify | Cloudflare, environment: Mapping[str, str]) -> AsyncIterator[HostReader]:
    """A host that takes a site as a whole, with no way to change it."""
    from plancher.publishing.stores import cloudflare, interface, netlify  # noqa: PLC0415 - needed by these targets alone

    async with interface.session(target.interface, environment) as rest:
        if isinstance(target, Netlify):
            yield netlify.NetlifyReader(interface.Interface(rest, "Netlify", target.site))
        else:
            yield cloudflare.CloudflareReader(interface.Interface(rest, "Cloudflare", target.project), target.account)


@contextlib.asynccontextmanager
async def host_to_write(target: Netlify | Cloudflare, environment: Mapping[str, str]) -> AsyncIterator[Host]:
    """The same, with one."""
    from plancher.publishing.stores import cloudflare, interface, netlify  # noqa: PLC0415 - the same

    async with interface.session(target.interface, environment) as rest:
        if isinstance(target, Netlify):
            yield netlify.NetlifyHost(interface.Interface(rest, "Netlify", target.site))
        else:
            yield cloudflare.CloudflareHost(interface.Interface(rest, "Cloudflare", target.project), target.account)


def _place(target: Local | Sftp | Ftps) -> Place:
    """Where its site stands."""
    return Place(Path(target.folder).expanduser().as_posix() if isinstance(target, Local) else target.folder.rstrip("/"))
