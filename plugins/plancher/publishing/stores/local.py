"""A folder of this machine, or of a disk that is mounted on it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from plancher.base import atomic, reasons
from plancher.base import files as own_files
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import unfinished
from plancher.publishing.store import Entry, Kind, Room

_MODE = 0o644
_FULL = {errno.ENOSPC, errno.EDQUOT}
_NO_LINKS = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP}
"""A disk without hard links, or a file that has as many as it may."""


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    """:raises PublishingError: the disk refuses."""
    try:
        yield
    except OSError as error:
        remedy = "Faites de la place" if error.errno in _FULL else "Corrigez cela"
        raise PublishingError(f"{path} : {reasons.of_a_disk(error)}. {remedy}, puis recommencez : ce qui est fait ne se refait pas.") from error


class LocalReader:
    """Looks at it."""

    async def read(self, path: str) -> bytes | None:
        """The content of a small file."""
        with _told(path):
            try:
                return Path(path).read_bytes()
            except FileNotFoundError:
                return None

    async def entries(self, folder: str) -> list[Entry] | None:
        """What stands in a folder."""
        with _told(folder):
            try:
                with os.scandir(folder) as found:
                    return [_entry(one) for one in found]
            except FileNotFoundError:
                return None

    async def link_target(self, path: str) -> str | None:
        """Where a symbolic link leads."""
        with _told(path):
            return Path(path).readlink().as_posix() if Path(path).is_symlink() else None

    async def room(self, folder: str) -> Room | None:
        """What is free on its disk."""
        with _told(folder):
            if not hasattr(os, "statvfs"):  # Windows
                return None
            free = os.statvfs(folder)
            return Room(free.f_bavail * free.f_frsize, free.f_favail or 2**31)  # some disks make their inodes as they go


class LocalStore(LocalReader):
    """Changes it."""

    async def create(self, path: str, content: bytes) -> bool:
        """Make a file that did not exist, whole."""
        with _told(path):
            made = Path(f"{path}.{os.getpid()}.tmp")
            try:
                made.write_bytes(content)
                os.link(made, path)
            except FileExistsError:
                return False
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                return _made(Path(path), content)
            finally:
                made.unlink(missing_ok=True)
            return True

    async def write(self, path: str, content: bytes) -> None:
        """Replace a small file in one step."""
        with _told(path):
            atomic.write(Path(path), content)

    async def put(self, path: str, source: Path) -> None:
        """Make a file."""
        with _told(path):
            await asyncio.to_thread(shutil.copyfile, source, path)
            Path(path).chmod(_MODE)

    async def replace(self, path: str, source: Path) -> None:
        """Replace a file that readers see."""
        with _told(path):
            made = Path(unfinished(path))
            try:
                await asyncio.to_thread(shutil.copyfile, source, made)
                made.chmod(_MODE)
                own_files.replace(made, Path(path))
            finally:
                made.unlink(missing_ok=True)

    async def make_folder(self, folder: str) -> None:
        """Make a folder."""
        with _told(folder):
            Path(folder).mkdir(exist_ok=True)

    async def remove(self, path: str) -> None:
        """Nothing stands there any more."""
        with _told(path):
            Path(path).unlink(missing_ok=True)

    async def remove_folder(self, folder: str) -> bool:
        """Remove a folder if it is empty."""
        try:
            Path(folder).rmdir()
        except OSError:
            return not Path(folder).exists()
        return True

    async def rename(self, old: str, new: str) -> None:
        """Give a file or folder another name."""
        with _told(old):
            Path(old).rename(new)

    async def copy(self, existing: str, path: str) -> bool:
        """A second name for the same bytes, or a copy of them."""
        with _told(path):
            try:
                os.link(existing, path)
            except FileNotFoundError:  # somebody removed it from an old release
                return False
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                await asyncio.to_thread(shutil.copyfile, existing, path)
                Path(path).chmod(_MODE)
            return True

    async def rename_over(self, made: str, path: str) -> bool:
        """Give a file the name of another one: rename(2)."""
        with _told(path):
            own_files.replace(Path(made), Path(path))
            return True

    async def switch(self, link: str, target: str) -> None:
        """Make a symbolic link lead somewhere else: a new one takes its name (rename(2) is one step)."""
        with _told(link):
            made = Path(f"{link}.{os.getpid()}.tmp")
            made.unlink(missing_ok=True)
            made.symlink_to(target)
            try:
                made.replace(link)
            finally:
                made.unlink(missing_ok=True)


def _made(path: Path, content: bytes) -> bool:
    """The same where a disk has no hard links: for a moment the file is there, and empty."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True


def _entry(found: os.DirEntry[str]) -> Entry:
    if found.is_symlink():
        return Entry(found.name, Kind.LINK, 0)
    if found.is_dir():
        return Entry(found.name, Kind.FOLDER, 0)
    status = found.stat(follow_symlinks=False)
    return Entry(found.name, Kind.FILE if stat.S_ISREG(status.st_mode) else Kind.OTHER, status.st_size)
