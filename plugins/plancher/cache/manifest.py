"""A whole site on disk, as a build left it: enough to tell whether anybody touched it since."""

from __future__ import annotations

import dataclasses
import os
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from plancher.base.files import parents

MARKER = ".plancher"
"""The file by which a folder is known as a site we built (``output``)."""
STAGING = ".plancher-chantier"
"""Where a build prepares its files, inside a site whose folder must stay the one it is (``in_place``)."""
FileState = tuple[str, int, int, int]
"""Digest of a file's content, its size, modification time (ns) and inode."""


@dataclasses.dataclass(frozen=True, slots=True)
class SiteStatus:
    """What became of a site since a build left it, as « git status » says it."""

    altered: set[str] = dataclasses.field(default_factory=set)
    """The files that are missing or not as they were left."""
    untracked: list[str] = dataclasses.field(default_factory=list)
    """The files that no build put there."""
    names_changed: bool = False
    """Whether a name came or went in a folder."""


@dataclasses.dataclass(slots=True)
class Manifest:
    """A whole site on disk, as it was when a build left it."""

    files: dict[str, FileState] = dataclasses.field(default_factory=dict)
    folders: dict[str, int] = dataclasses.field(default_factory=dict)
    """Modification time (ns) of each folder: it tells whether a name came or went."""
    foreign: list[str] = dataclasses.field(default_factory=list)
    """Files and folders of somebody else's that lie there too; they are never touched."""

    def check(self, root: Path, intact: Manifest | None = None) -> SiteStatus:
        """Look at every file.

        :param intact: another site, whose files were just found as they were left. A file that is the very same in both is not looked at again,
            unless a name came or went.
        """
        if not root.is_dir():
            return SiteStatus(set(self.files), [], names_changed=True)
        names_changed = self._names_changed(root)
        known = intact.files if intact and not names_changed else {}
        altered, base = set(), f"{root}/"
        for path, state in self.files.items():
            if known.get(path) == state:
                continue
            try:
                found = os.lstat(base + path)
            except OSError:
                altered.add(path)
                continue
            if (found.st_size, found.st_mtime_ns, found.st_ino) != state[1:]:
                altered.add(path)
        untracked = self._untracked(root, altered) if names_changed else []
        # What lies behind a link in the place of a folder is not of the site.
        altered |= {path for link in untracked for path in self.files if path.startswith(f"{link}/")}
        return SiteStatus(altered, untracked, names_changed)

    def new_untracked(self, root: Path, foreign: Container[str]) -> list[str]:
        """What came into the folder since it was looked at, and is neither ours nor among what is known as foreign."""
        return [path for path in self._untracked(root, ()) if path not in foreign] if self._names_changed(root) else []

    def _names_changed(self, root: Path) -> bool:
        return any(_time(f"{root}/{folder}") != time for folder, time in self.folders.items())

    def _untracked(self, root: Path, altered: Container[str]) -> list[str]:
        """The files and folders that no build put there; a link where we left a file is one."""
        found, waiting = [], [""]
        while waiting:
            prefix = waiting.pop()
            with os.scandir(f"{root}/{prefix}") as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False) and name in self.folders:
                        waiting.append(f"{name}/")
                    elif name == STAGING:
                        continue
                    elif name not in self.files or (name in altered and not entry.is_file(follow_symlinks=False)):
                        found.append(name)
        return sorted(self._without_other_spellings(root, found))

    def _without_other_spellings(self, root: Path, untracked: list[str]) -> Iterator[str]:
        """On a disk to which « A » and « a » are one name, a folder may keep the spelling it once had."""
        tracked = {_folded(name): name for name in (*self.folders, *self.files)} if untracked else {}
        for name in untracked:
            ours = tracked.get(_folded(name))
            if ours is None or ours == name or not _is_same(root / ours, root / name):
                yield name


def survey(root: Path, digests: Mapping[str, str], was: Manifest, touched: Iterable[str]) -> Manifest:
    """A site as it is now.

    :param digests: what each file holds.
    :param was: the site as it was, which is believed but for the files that were touched.
    """
    files: dict[str, FileState] = {}
    again = set(touched)
    folders = {""}
    for path, content in digests.items():
        state = was.files.get(path)
        if state is None or path in again:
            again.add(path)
            state = file_state(f"{root}/{path}", content)
        files[path] = state
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    changed = {folder for path in again for folder in (*parents(path), "")}
    return Manifest(files, {name: was.folders[name] if name in was.folders and name not in changed else _time(f"{root}/{name}") for name in folders})


def file_state(path: str | Path, content: str) -> FileState:
    """What a manifest keeps of a file.

    :param content: its digest.
    :raises OSError: it is not there.
    """
    found = os.lstat(path)
    return content, found.st_size, found.st_mtime_ns, found.st_ino


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


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _time(folder: str) -> int:
    try:
        return os.stat(folder, follow_symlinks=False).st_mtime_ns
    except OSError:
        return -1
