"""A host that is reached by SFTP (asyncssh)."""

from __future__ import annotations

import contextlib
import os
import posixpath
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from pathlib import Path

import asyncssh

from plancher.publishing.errors import PublishingError
from plancher.publishing.place import unfinished
from plancher.publishing.stores import sftp_login
from plancher.publishing.stores.sftp_reader import SftpReader, told
from plancher.publishing.targets import Sftp

_MODE = 0o644
_FOLDER_MODE = 0o755


@contextlib.asynccontextmanager
async def connected(target: Sftp, environment: Mapping[str, str]) -> AsyncIterator[asyncssh.SFTPClient]:
    """A session.

    :raises PublishingError: the host does not answer, is not the one we know, or does not let us in.
    """
    async with sftp_login.connection(target, environment) as connection:
        try:
            client = await connection.start_sftp_client()
        except (asyncssh.Error, OSError) as error:
            raise PublishingError(f"{target.host} ouvre une session, mais sans SFTP. Demandez-le à votre hébergeur, ou prenez Ftps(…) ou Rsync(…).") from error
        async with client:
            yield client


class SftpStore(SftpReader):
    """Changes it."""

    async def create(self, path: str, content: bytes) -> bool:
        """Make a file that did not exist."""
        with told(path):
            file = await self._made_alone(path)
            if file is None:
                return False
            async with self._undone(path), file:
                await file.write(content)
            return True

    async def write(self, path: str, content: bytes) -> None:
        """Replace a small file in one step, where the server can."""
        with told(path):
            made = _temporary(path)
            async with self._undone(made):
                async with self._client.open(made, "wb") as file:
                    await file.write(content)
                await self._over(made, path)

    async def put(self, path: str, source: Path) -> None:
        """Make a file."""
        with told(path):
            await self._send(path, source)

    async def replace(self, path: str, source: Path) -> None:
        """Replace a file that readers see."""
        with told(path):
            made = unfinished(path)
            await self._send(made, source)
            await self._over(made, path)

    async def make_folder(self, folder: str) -> None:
        """Make a folder."""
        with told(folder):
            try:
                await self._client.mkdir(folder, asyncssh.SFTPAttrs(permissions=_FOLDER_MODE))
            except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
                if not await self._client.isdir(folder):
                    raise

    async def remove(self, path: str) -> None:
        """Nothing stands there any more."""
        with told(path), contextlib.suppress(asyncssh.SFTPNoSuchFile):
            await self._client.remove(path)

    async def remove_folder(self, folder: str) -> bool:
        """Remove a folder if it is empty."""
        with told(folder):
            try:
                await self._client.rmdir(folder)
            except asyncssh.SFTPNoSuchFile:
                return True
            except asyncssh.SFTPError:
                return False
            return True

    async def rename(self, old: str, new: str) -> None:
        """Give a file or folder another name."""
        with told(old):
            await self._client.rename(old, new)

    async def copy(self, existing: str, path: str) -> bool:
        """A second name for the same bytes, or a copy that the server makes of them: both are extensions of OpenSSH's."""
        return await _first_of((self._client.link, self._client.remote_copy), existing, path)

    async def rename_over(self, made: str, path: str) -> bool:
        """Give a file the name of another one: an extension of OpenSSH's, or what a server does without it."""
        return await _first_of((self._client.posix_rename, self._client.rename), made, path)

    async def switch(self, link: str, target: str) -> None:
        """Make a symbolic link lead somewhere else: a new one takes its name, by an extension of OpenSSH's."""
        with told(link):
            made = _temporary(link)
            await self._client.symlink(target, made)
            try:
                await self._client.posix_rename(made, link)
            finally:
                with contextlib.suppress(asyncssh.SFTPError):
                    await self._client.remove(made)

    async def _send(self, path: str, source: Path) -> None:
        async with self._client.open(path, "wb", asyncssh.SFTPAttrs(permissions=_MODE)) as file:
            with source.open("rb") as content:
                while piece := content.read(_PIECE):
                    await file.write(piece)

    async def _made_alone(self, path: str, attempts: int = 5) -> asyncssh.SFTPClientFile | None:
        """A file that did not exist; None: it does.

        Protocol 3 has no word for « it exists », so the server is asked; whoever made the file may have taken it away by then.
        """
        try:
            return await self._client.open(path, asyncssh.FXF_WRITE | asyncssh.FXF_CREAT | asyncssh.FXF_EXCL, encoding=None)
        except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            if await self._client.exists(path):
                return None
            if attempts == 1:
                raise
            return await self._made_alone(path, attempts - 1)

    @contextlib.asynccontextmanager
    async def _undone(self, path: str) -> AsyncIterator[None]:
        """Leave no half of a file, where the disk was full."""
        try:
            yield
        except asyncssh.SFTPError:
            with contextlib.suppress(asyncssh.Error, OSError):
                await self._client.remove(path)
            raise

    async def _over(self, made: str, path: str) -> None:
        try:
            await self._client.posix_rename(made, path)
        except asyncssh.SFTPOpUnsupported:  # not OpenSSH: for a moment there is no file
            with contextlib.suppress(asyncssh.SFTPNoSuchFile):
                await self._client.remove(path)
            await self._client.rename(made, path)


_PIECE = 256 * 1024
"""Bytes in memory at once, for each file under way."""


async def _first_of(attempts: Iterable[Callable[[str, str], Awaitable[object]]], one: str, other: str) -> bool:
    """Whether the server can do one of these.

    :raises PublishingError: the line is cut.
    """
    with told(other):
        for attempt in attempts:
            with contextlib.suppress(asyncssh.SFTPError):  # the server cannot, or the file is gone
                await attempt(one, other)
                return True
    return False


def _temporary(path: str) -> str:
    return posixpath.join(posixpath.dirname(path), f".{posixpath.basename(path)[:80]}.{os.getpid()}.{secrets.token_hex(3)}.tmp")
