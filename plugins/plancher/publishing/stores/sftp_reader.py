"""What stands at a host that is reached by SFTP."""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterator

import asyncssh

from plancher.publishing.errors import PublishingError
from plancher.publishing.store import Entry, Kind, Room
from plancher.publishing.stores import sftp_login


@contextlib.contextmanager
def told(path: str) -> Iterator[None]:
    """:raises PublishingError: the host refuses, or is gone."""
    try:
        yield
    except (asyncssh.Error, OSError) as error:
        raise PublishingError(sftp_login.refused(path, error)) from error


class SftpReader:
    """Looks at it, and has no way to change it."""

    def __init__(self, client: asyncssh.SFTPClient) -> None:
        self._client = client

    async def read(self, path: str) -> bytes | None:
        """The content of a small file."""
        with told(path):
            try:
                async with self._client.open(path, "rb") as file:
                    content: bytes = await file.read()
                    return content
            except asyncssh.SFTPNoSuchFile:
                return None

    async def entries(self, folder: str) -> list[Entry] | None:
        """What stands in a folder."""
        with told(folder):
            try:
                return [_entry(one) for one in await self._client.readdir(folder) if one.filename not in {".", ".."}]
            except asyncssh.SFTPNoSuchFile:
                return None

    async def link_target(self, path: str) -> str | None:
        """Where a symbolic link leads."""
        with told(path):
            try:
                status = await self._client.lstat(path)
            except asyncssh.SFTPNoSuchFile:
                return None
            return str(await self._client.readlink(path)) if stat.S_ISLNK(status.permissions or 0) else None

    async def room(self, folder: str) -> Room | None:
        """What is free there; quotas are seen where the disk counts them so."""
        try:
            free = await self._client.statvfs(folder)
        except (asyncssh.Error, OSError):  # few servers but OpenSSH say it
            return None
        return Room(free.bavail * free.frsize, free.favail or 2**31)


def _entry(found: asyncssh.SFTPName) -> Entry:
    name = found.filename if isinstance(found.filename, str) else found.filename.decode("utf-8", "surrogateescape")
    mode = found.attrs.permissions or 0
    kind = Kind.LINK if stat.S_ISLNK(mode) else Kind.FOLDER if stat.S_ISDIR(mode) else Kind.FILE if stat.S_ISREG(mode) else Kind.OTHER
    return Entry(name, kind, (found.attrs.size or 0) if kind is Kind.FILE else 0)
