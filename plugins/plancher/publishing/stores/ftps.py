"""A host that is reached by FTP over TLS: it has no links, and no way to make a file that must not exist."""

from __future__ import annotations

import contextlib
import ftplib
import io
import posixpath
import secrets
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from plancher.publishing.errors import PublishingError
from plancher.publishing.place import unfinished
from plancher.publishing.store import Entry, Room
from plancher.publishing.stores import ftp_listing
from plancher.publishing.stores.ftp_session import FtpOverTls, Pool
from plancher.publishing.targets import Ftps

_GUARD = ".held"


@contextlib.asynccontextmanager
async def connected(target: Ftps, environment: Mapping[str, str], together: int) -> AsyncIterator[Pool]:
    """Connections to it, opened when they are needed."""
    pool = Pool(target, environment, together)
    try:
        yield pool
    finally:
        pool.close()


class FtpsReader:
    """Looks at it."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, path: str) -> bytes | None:
        """The content of a small file."""

        def read(ftp: FtpOverTls) -> bytes | None:
            content = io.BytesIO()
            try:
                ftp.retrbinary(f"RETR {path}", content.write)
            except ftplib.error_perm:
                return None
            return content.getvalue()

        return await self._pool.run(path, read)

    async def entries(self, folder: str) -> list[Entry] | None:
        """What stands in a folder."""
        return await self._pool.run(folder, lambda ftp: ftp_listing.entries(ftp, folder))

    async def link_target(self, path: str) -> str | None:
        """None: no word of FTP is about links."""
        return None

    async def room(self, folder: str) -> Room | None:
        """None: nor about what is free."""
        return None


class FtpsStore(FtpsReader):
    """Changes it."""

    async def create(self, path: str, content: bytes) -> bool:
        """Make a file that did not exist: a folder beside it, which only one can make, says whose turn it is."""

        def make(ftp: FtpOverTls) -> bool:
            try:
                ftp.mkd(f"{path}{_GUARD}")
            except ftplib.error_perm:
                return False
            return True

        if not await self._pool.run(path, make):
            return False
        try:
            await self.write(path, content)
        except PublishingError:
            with contextlib.suppress(PublishingError):
                await self._pool.run(path, lambda ftp: ftp.rmd(f"{path}{_GUARD}"))
            raise
        return True

    async def write(self, path: str, content: bytes) -> None:
        """Replace a small file."""

        def write(ftp: FtpOverTls) -> None:
            made = _temporary(path)
            try:
                ftp.storbinary(f"STOR {made}", io.BytesIO(content))
                _over(ftp, made, path)
            except ftplib.Error:
                with contextlib.suppress(ftplib.Error):
                    ftp.delete(made)  # no half of a file, where the disk was full
                raise

        await self._pool.run(path, write)

    async def put(self, path: str, source: Path) -> None:
        """Make a file."""
        await self.replace(path, source)

    async def replace(self, path: str, source: Path) -> None:
        """Replace a file that readers see."""

        def send(ftp: FtpOverTls) -> None:
            made = unfinished(path)
            with source.open("rb") as content:
                ftp.storbinary(f"STOR {made}", content)
            _over(ftp, made, path)

        await self._pool.run(path, send)

    async def rename(self, old: str, new: str) -> None:
        """Give a file or folder another name."""
        await self._pool.run(old, lambda ftp: ftp.rename(old, new))

    async def copy(self, existing: str, path: str) -> bool:
        """False: no word of FTP copies."""
        return False

    async def rename_over(self, made: str, path: str) -> bool:
        """Give a file the name of another one, where the server lets it."""

        def rename(ftp: FtpOverTls) -> bool:
            try:
                ftp.rename(made, path)
            except (ftplib.error_perm, ftplib.error_temp):  # some say 450 where they never will
                return False
            return True

        return await self._pool.run(path, rename)

    async def make_folder(self, folder: str) -> None:
        """Make a folder."""

        def make(ftp: FtpOverTls) -> None:
            try:
                ftp.mkd(folder)
            except ftplib.error_perm:
                if ftp_listing.entries(ftp, folder) is None:
                    raise

        await self._pool.run(folder, make)

    async def remove(self, path: str) -> None:
        """Nothing stands there any more, nor the folder that said whose turn it was."""

        def remove(ftp: FtpOverTls) -> None:
            try:
                ftp.delete(path)
            except ftplib.error_perm:
                if ftp_listing.exists(ftp, path):
                    raise
            if path.endswith("lock.json"):
                with contextlib.suppress(ftplib.error_perm):
                    ftp.rmd(f"{path}{_GUARD}")

        await self._pool.run(path, remove)

    async def remove_folder(self, folder: str) -> bool:
        """Remove a folder if it is empty."""

        def remove(ftp: FtpOverTls) -> bool:
            try:
                ftp.rmd(folder)
            except ftplib.error_perm:
                return ftp_listing.entries(ftp, folder) is None
            return True

        return await self._pool.run(folder, remove)


def _over(ftp: FtpOverTls, made: str, path: str) -> None:
    """Give the new file the name of the old one; where the server refuses (ProFTPD without « AllowOverwrite »), for a moment there is none."""
    ftp.sendcmd(f"RNFR {made}")  # a server that renames nothing refuses here, and nothing is deleted
    try:
        ftp.voidcmd(f"RNTO {path}")
    except ftplib.error_perm:
        with contextlib.suppress(ftplib.error_perm):
            ftp.delete(path)
        ftp.rename(made, path)


def _temporary(path: str) -> str:
    return posixpath.join(posixpath.dirname(path), f".{posixpath.basename(path)[:80]}.{secrets.token_hex(3)}.tmp")
