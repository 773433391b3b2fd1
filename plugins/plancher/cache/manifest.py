"""A whole site on disk, as a build left it: enough to tell whether anybody touched it since."""

from __future__ import annotations

import dataclasses
import json
import os
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plancher.base import digest

MARK = ".plancher"
"""The file by which a folder is known as a site we built (``output``)."""
WORKSHOP = ".plancher-chantier"
"""Where a build prepares its files, inside a site whose folder must stay the one it is (``in_place``)."""
_FOLDERS = "//"
"""Between the names of files and those of folders; no name of either."""
Mark = tuple[str, int, int, int]
"""Digest of a file's content, its size, modification time (ns) and inode."""


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """What became of a site since a build left it."""

    altered: set[str] = dataclasses.field(default_factory=set)
    """The files that are missing or not as they were left."""
    strays: list[str] = dataclasses.field(default_factory=list)
    """The files that no build put there."""
    moved: bool = False
    """Whether a name came or went in a folder."""


@dataclasses.dataclass(slots=True)
class Manifest:
    """A whole site on disk, as it was when a build left it."""

    files: dict[str, Mark] = dataclasses.field(default_factory=dict)
    folders: dict[str, int] = dataclasses.field(default_factory=dict)
    """Modification time (ns) of each folder: it tells whether a name came or went."""
    theirs: list[str] = dataclasses.field(default_factory=list)
    """Files and folders of somebody else's that lie there too; they are never touched."""

    def check(self, root: Path, intact: Manifest | None = None) -> Look:
        """Look at every file.

        :param intact: another site, whose files were just found as they were left. Where no name came or went, a file that is the very same in
            both need not be looked at twice.
        """
        if not root.is_dir():
            return Look(set(self.files), [], moved=True)
        moved = any(_time(f"{root}/{folder}") != time for folder, time in self.folders.items())
        others = intact.files if intact and not moved else {}
        altered, base = set(), f"{root}/"
        for path, mark in self.files.items():
            if others.get(path) == mark:
                continue
            try:
                seen = os.lstat(base + path)
            except OSError:
                altered.add(path)
                continue
            if (seen.st_size, seen.st_mtime_ns, seen.st_ino) != mark[1:]:
                altered.add(path)
        strays = self._strays(root, altered) if moved else []
        # What lies behind a link in the place of a folder is not of the site.
        altered |= {path for stray in strays for path in self.files if path.startswith(f"{stray}/")}
        return Look(altered, strays, moved=moved)

    def _strays(self, root: Path, altered: Container[str]) -> list[str]:
        """The files and folders that no build put there; a link where we left a file is one."""
        found, waiting = [], [""]
        while waiting:
            prefix = waiting.pop()
            with os.scandir(f"{root}/{prefix}") as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False) and name in self.folders:
                        waiting.append(f"{name}/")
                    elif name == WORKSHOP:
                        continue
                    elif name not in self.files or (name in altered and not entry.is_file(follow_symlinks=False)):
                        found.append(name)
        return sorted(self._without_other_spellings(root, found))

    def _without_other_spellings(self, root: Path, strays: list[str]) -> Iterator[str]:
        """On a disk to which « A » and « a » are one name, a folder may keep the spelling it once had."""
        known = {_folded(name): name for name in (*self.folders, *self.files)} if strays else {}
        for stray in strays:
            ours = known.get(_folded(stray))
            if ours is None or ours == stray or not _is_same(root / ours, root / stray):
                yield stray

    def late(self, root: Path, theirs: Container[str]) -> list[str]:
        """What came into the folder since it was looked at, and is not ours."""
        if all(_time(f"{root}/{folder}") == time for folder, time in self.folders.items()):
            return []
        return [path for path in self._strays(root, ()) if path not in theirs]

    def glance(self) -> str:
        """All names, after a digest of what the system says of each: enough to see at once that nothing changed.

        :returns: empty when a name holds a line feed.
        """
        names = [*self.files, _FOLDERS, *self.folders]
        marks = [number for _, *mark in self.files.values() for number in mark]
        return "" if any("\n" in name for name in names) else "\n".join([digest.of_numbers(marks), digest.of_numbers(self.folders.values()), *names])


def same_files(root: Path, glance: str) -> bool:
    """Whether no file of a site is missing or changed since ``Manifest.glance`` told this of it."""
    base = f"{root}/"
    try:
        mark, _, *names = glance.split("\n")
        found = [os.lstat(base + name) for name in names[: names.index(_FOLDERS)]]
    except (OSError, ValueError):
        return False
    return mark == digest.of_numbers(number for seen in found for number in (seen.st_size, seen.st_mtime_ns, seen.st_ino))


def same_folders(root: Path, glance: str) -> bool:
    """Whether no name came or went in a folder of the site since."""
    base = f"{root}/"
    try:
        _, mark, *names = glance.split("\n")
        return mark == digest.of_numbers([os.lstat(base + name).st_mtime_ns for name in names[names.index(_FOLDERS) + 1 :]])
    except (OSError, ValueError):
        return False


def load(path: Path) -> tuple[Manifest, Manifest]:
    """The site and its double, as they are kept there; empty ones when there is nothing, or nothing that can be read."""
    try:
        raw = json.loads(digest.unsealed(path.read_bytes()))
        live, other = Manifest(_marks(raw["files"]), raw["folders"], [str(name) for name in raw.get("theirs", [])]), raw["double"]
        gone = set(other["gone"])
        files = {name: mark for name, mark in live.files.items() if name not in gone} | _marks(other["files"])
        folders = {name: time for name, time in zip(live.folders, other["folders"], strict=True) if time is not None}
        folders |= other["more"]
        if not stay_inside([*live.files, *live.folders, *live.theirs, *files, *folders]):
            return Manifest(), Manifest()
        return live, Manifest(files, folders)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Manifest(), Manifest()


def stay_inside(paths: Iterable[str]) -> bool:
    """Whether each path leads to a file under the folder it starts from: what a cache says is neither written nor removed elsewhere."""
    joined = "/" + "\0/".join(paths) + "\0"  # one look at all of them: there may be ten thousand
    return not any(way in joined for way in ("//", "/../", "/..\0", "/./", "/.\0")) and (os.sep == "/" or not {"\\", ":"} & set(joined))


def _marks(raw: Mapping[str, Any]) -> dict[str, Mark]:
    return {name: (str(content), size, time, inode) for name, (content, size, time, inode) in raw.items()}


def text(live: Manifest, double: Manifest) -> str:
    """A site as it is kept, and how its double differs: mostly in nothing but the times of its folders."""
    differences = {
        "files": {path: mark for path, mark in double.files.items() if live.files.get(path) != mark},
        "gone": [path for path in live.files if path not in double.files],
        "folders": [double.folders.get(name) for name in live.folders],
        "more": {name: time for name, time in double.folders.items() if name not in live.folders},
    }
    kept = {"files": live.files, "folders": live.folders, "theirs": live.theirs, "double": differences}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def survey(root: Path, digests: Mapping[str, str], was: Manifest, touched: Iterable[str]) -> Manifest:
    """A site as it is now.

    :param digests: what each file holds.
    :param was: the site as it was, which is believed but for the files that were touched.
    """
    files: dict[str, Mark] = {}
    again = set(touched)
    folders = {""}
    for path, content in digests.items():
        mark = was.files.get(path)
        if mark is None or path in again:
            again.add(path)
            seen = os.stat(f"{root}/{path}", follow_symlinks=False)
            mark = (content, seen.st_size, seen.st_mtime_ns, seen.st_ino)
        files[path] = mark
        folder = path.rpartition("/")[0]
        while folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    moved = {folder for path in again for folder in _above(path)}
    return Manifest(files, {name: was.folders[name] if name in was.folders and name not in moved else _time(f"{root}/{name}") for name in folders})


def _above(path: str) -> Iterator[str]:
    while path:
        path = path.rpartition("/")[0]
        yield path


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


def mark_of(path: Path, content: str) -> Mark:
    """What is kept of a file.

    :raises OSError: it is not there.
    """
    seen = path.lstat()
    return content, seen.st_size, seen.st_mtime_ns, seen.st_ino


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
