"""What a snapshot keeps of the folders and files that a build read, and what became of them since."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.base import digest
from plancher.cache import tree
from plancher.cache.tree import Stamp, Tree


class FileRecord(NamedTuple):
    """One file: its stamp, its digest, and whether it is racy, as git says.

    It then changed so lately that one more change might leave the same stamp.
    """

    size: int
    mtime: int
    ctime: int
    inode: int
    digest: str | None
    is_racy: bool

    @property
    def stamp(self) -> Stamp:
        """What tells two states of the file apart without reading it: size, times, inode."""
        return self[:4]


class Folder(NamedTuple):
    """A folder that was walked, the names left out, and its files; a single file has no name."""

    root: str
    ignored: list[str]
    files: dict[str, FileRecord]


def stat_digest(folders: Iterable[tuple[str, Mapping[str, Stamp] | None]]) -> str:
    """A digest of the names and stamps of all files; of None where a folder holds what no stamp tells."""
    parts: list[str] = []
    for root, files in folders:
        names = ["/"] if files is None else list(files)  # no name of a file
        parts += [root, *names, digest.of_numbers([number for stamp in (files or {}).values() for number in stamp])]
    return digest.of_text(*parts)


def stamps(root: Path, ignored: Iterable[str]) -> Mapping[str, Stamp] | None:
    """The stamps of the files of a folder; of a file, under no name; None when there are links."""
    if root.is_file():
        return {"": tree.stamp(root.stat())}
    now = tree.scan(root, ignored)
    return None if now.links or now.refused else now.files


def of_folder(found: Tree, ignored: Iterable[str]) -> Folder | None:
    """What a snapshot keeps of a folder; None when it holds what no stamp tells all of: links, files that were refused."""
    if found.links or found.outside or found.refused:
        return None
    return Folder(str(found.root), list(ignored), {name: record(found, name) for name in found.files})


def of_file(path: Path) -> Folder:
    """What a snapshot keeps of a single file."""
    stamp = tree.stamp(path.stat())
    return Folder(str(path), [], {"": FileRecord(*stamp, digest.of_file(path), tree.is_racy(stamp, time.time_ns()))})


def record(found: Tree, name: str) -> FileRecord:
    """One file of a folder that was walked."""
    return FileRecord(*found.files[name], found.digest(name), found.is_racy(name))


def changed_files(root: Path, ignored: Iterable[str], files: Mapping[str, FileRecord], now: Tree | None = None) -> list[str] | None:
    """The files of a folder whose content changed; None when files came or went, or links did.

    :param files: what a snapshot keeps of them.
    :param now: the folder as it is, when it was walked already.
    """
    if "" in files:  # a single file
        return [] if _is_unchanged(root, files[""]) else None
    now = now or tree.scan(root, ignored)
    if now.links or now.refused or now.files.keys() != files.keys():
        return None
    found = []
    for name, stamp in now.files.items():
        was = files[name]
        if (was.is_racy or was.stamp != stamp) and now.digest(name) != was.digest:
            found.append(name)
    return found


def _is_unchanged(path: Path, was: FileRecord) -> bool:
    try:
        return (not was.is_racy and tree.stamp(path.stat()) == was.stamp) or digest.of_file(path) == was.digest
    except OSError:
        return False
