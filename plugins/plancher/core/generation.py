"""A whole site on disk, as a build left it: enough to tell whether anybody touched it since."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plancher.core import digest

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
        if not root.is_dir():
            return []
        if any(_time(f"{root}/{folder}") != time for folder, time in self.folders.items()):
            return [path for path in walk(root) if path not in self.files]
        return []


def load(path: Path) -> Generation:
    """The site kept there; an empty one when there is none, or none that can be read."""
    try:
        raw = json.loads(digest.unsealed(path.read_bytes()))
        return Generation({name: (str(mark[0]), mark[1], mark[2], mark[3]) for name, mark in raw["files"].items()}, raw["folders"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return Generation()


def text(site: Generation) -> str:
    """A site, as it is kept."""
    return json.dumps({"files": site.files, "folders": site.folders}, ensure_ascii=False, separators=(",", ":"))


def survey(root: Path, digests: Mapping[str, str], was: Generation, touched: Iterable[str]) -> Generation:
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
    return Generation(files, {name: was.folders[name] if name in was.folders and name not in moved else _time(f"{root}/{name}") for name in folders})


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


def _time(folder: str) -> int:
    try:
        return os.stat(folder, follow_symlinks=False).st_mtime_ns
    except OSError:
        return -1
