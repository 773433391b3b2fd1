"""A finished site takes the place of the previous one at once, or not at all.

Beside the site, hidden, lies its double: the site as it was one build ago, most
of its files the very same inodes. A build brings the double up to date, which
costs what has changed and no more, and exchanges the two names. Whatever kills
it before leaves the site as it was; the double is mended by the next build,
which trusts no file of it without looking.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""renameat2(2), Linux 3.15: two names exchanged in one step, so that no reader ever finds nothing."""

Mark = tuple[str, int, int, int]
"""Digest of a file's content, its size, modification time (ns) and inode."""


@dataclasses.dataclass(slots=True)
class Generation:
    """A whole site on disk, as it was when a build left it."""

    files: dict[str, Mark] = dataclasses.field(default_factory=dict)
    folders: dict[str, int] = dataclasses.field(default_factory=dict)
    """Modification time (ns) of each folder: it tells whether a name came or went."""

    def altered(self, root: Path) -> set[str]:
        """The files that are missing or not as they were left."""
        found, base = set(), f"{root}/"
        for path, (_, size, time, inode) in self.files.items():
            try:
                seen = os.stat(base + path, follow_symlinks=False)
            except OSError:
                found.add(path)
                continue
            if (seen.st_size, seen.st_mtime_ns, seen.st_ino) != (size, time, inode):
                found.add(path)
        return found

    def strays(self, root: Path) -> list[str]:
        """The files that no build put there; looked for only where a name came or went."""
        if any(_time(f"{root}/{folder}") != time for folder, time in self.folders.items()):
            return [path for path in walk(root) if path not in self.files]
        return []


def survey(root: Path, digests: Mapping[str, str]) -> Generation:
    """The site as it is now.

    :param digests: what each file holds.
    """
    files: dict[str, Mark] = {}
    folders = {""}
    for path, content in digests.items():
        seen = os.stat(f"{root}/{path}", follow_symlinks=False)
        files[path] = (content, seen.st_size, seen.st_mtime_ns, seen.st_ino)
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return Generation(files, {folder: _time(f"{root}/{folder}") for folder in folders})


def double_of(target: Path) -> Path:
    """Where the double of a site lies."""
    return target.with_name(f".{target.name}-double")


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` for what a build makes; removed in the end, as are those of builds that were killed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob(f".{target.name}-*"):
        if old != double_of(target):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bring_up_to_date(folder: Path, was: Generation, want: Mapping[str, str], fresh: Path, live: Path) -> None:
    """Make ``folder`` hold exactly the wanted files.

    :param was: what ``folder`` held when a build left it; empty for a new folder.
    :param want: path and digest of each file.
    :param fresh: where the files that this build made are, at most; they are moved.
    :param live: where the others are; they are linked.
    """
    altered = was.altered(folder)
    have = {path: mark[0] for path, mark in was.files.items() if path not in altered}
    gone = [*(path for path in was.files if path not in want), *was.strays(folder)]
    for path in gone:
        _remove(folder, path)
    for path, content in want.items():
        if have.get(path) == content:
            continue
        made = fresh / path
        if folder == fresh and made.exists():
            continue
        place = folder / path
        _clear_way(folder, path)
        if made.exists():
            made.replace(place)
        else:
            place.unlink(missing_ok=True)
            _link(live / path, place)


def exchange(new: Path, target: Path) -> bool:
    """Give ``new`` the name of ``target``; the former ``target``, if any, gets that of ``new``.

    :returns: whether there was a former one.
    """
    if not target.exists():
        new.rename(target)
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None or renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) != 0:
        aside = new.with_name(f"{new.name}-precedent")
        target.rename(aside)
        new.rename(target)
        aside.rename(new)
    return True


def walk(root: Path) -> Iterator[str]:
    """Every file under a folder, from it, with slashes."""
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{prefix}{entry.name}/")
                else:
                    yield prefix + entry.name


def _remove(folder: Path, path: str) -> None:
    """A file, and the folders it leaves empty."""
    (folder / path).unlink(missing_ok=True)
    parent = (folder / path).parent
    with contextlib.suppress(OSError):
        while parent != folder:
            parent.rmdir()
            parent = parent.parent


def _clear_way(folder: Path, path: str) -> None:
    """A folder may have become a file, or a file a folder."""
    place = folder / path
    for parent in reversed(place.relative_to(folder).parents[:-1]):
        if (folder / parent).is_file() or (folder / parent).is_symlink():
            (folder / parent).unlink()
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.parent.mkdir(parents=True, exist_ok=True)


def _link(source: Path, place: Path) -> None:
    try:
        place.hardlink_to(source)
    except OSError:
        shutil.copy2(source, place)  # a file system without links


def _time(folder: str) -> int:
    try:
        return os.stat(folder, follow_symlinks=False).st_mtime_ns
    except OSError:
        return -1

