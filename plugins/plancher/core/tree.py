"""A folder as a build sees it: one walk, each file known by its content.

A file whose size, times and inode are those of a moment when its content was
read is not read again (git's index does the same). A file that changed so
recently that a second change could hide behind the same times is always read.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import os
import re
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from plancher.core import digest

_FINE = 50_000_000
"""Nanoseconds: several ticks of a kernel that stamps files (4 ms to 10 ms)."""
_COARSE = 2_000_000_000
"""Nanoseconds: file systems that count whole seconds, or even ones (FAT)."""

Stamp = tuple[int, int, int, int]
"""Size in bytes, modification and change times in nanoseconds, inode."""


def stamp(found: os.stat_result) -> Stamp:
    """What tells one state of a file from another without reading it."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_settled(seen: Stamp, now: int) -> bool:
    """Whether a later change would show in the stamp.

    :param now: nanoseconds since the epoch, read before the file was.
    """
    latest = max(seen[1], seen[2])
    return now - latest > (_COARSE if seen[1] % 1_000_000_000 == 0 else _FINE)


@dataclasses.dataclass(slots=True)
class Tree:
    """The files of one folder, symbolic links aside."""

    root: Path
    files: dict[str, Stamp] = dataclasses.field(default_factory=dict)
    """By path from the root, with slashes, in a fixed order."""
    links: list[str] = dataclasses.field(default_factory=list)
    """Symbolic links, to files and to folders: nobody follows them."""
    known: dict[str, tuple[Stamp, str]] = dataclasses.field(default_factory=dict)
    """Digests read by this build or an earlier one, with the stamp they were read under."""
    began: int = dataclasses.field(default_factory=time.time_ns)
    """When the walk began, in nanoseconds since the epoch."""
    outside: set[str] = dataclasses.field(default_factory=set)
    """Files that were asked for and are not of the walk."""
    learnt: dict[str, tuple[Stamp, str]] = dataclasses.field(default_factory=dict)
    """Those read by this build."""

    def digest(self, path: str) -> str | None:
        """The content of a file of the folder; None when there is no such file."""
        name = path if path in self.files else os.path.normpath(path).replace(os.sep, "/")
        seen = self.files.get(name)
        if seen is None:
            return self._elsewhere(name)
        kept = self.known.get(name)
        if kept and kept[0] == seen:
            return kept[1]
        now = time.time_ns()
        try:
            content = digest.of_bytes((self.root / name).read_bytes())
        except OSError:
            return None
        if is_settled(seen, now):
            self.known[name] = self.learnt[name] = (seen, content)
        return content

    def is_settled(self, name: str) -> bool:
        """Whether the stamp of a file tells it from any later state."""
        return is_settled(self.files[name], self.began)

    def _elsewhere(self, name: str) -> str | None:
        """A file that the walk leaves out (its name is ignored, or a link leads to it): read each time."""
        path = self.root / name
        self.outside.add(name)
        if name.startswith(("../", "/")) or not path.is_file() or not path.resolve().is_relative_to(self.root.resolve()):
            return None
        return digest.of_bytes(path.read_bytes())


def scan(root: Path, ignored: Iterable[str], known: Mapping[str, tuple[Stamp, str]] | None = None) -> Tree:
    """Walk a folder once.

    :param ignored: patterns of names that are not looked at, as in Pelican's ``IGNORE_FILES``.
    """
    patterns = [fnmatch.translate(pattern) for pattern in ignored]
    unwanted = re.compile("|".join(patterns) or r"(?!)")
    tree = Tree(root, known=dict(known or {}))
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(root / prefix), key=lambda entry: entry.name)
        except OSError:
            continue  # a folder that went away while we looked
        for entry in entries:
            name = prefix + entry.name
            if unwanted.match(entry.name):
                continue
            if entry.is_symlink():
                tree.links.append(name)
            elif entry.is_dir():
                waiting.append(f"{name}/")
            elif entry.is_file():
                tree.files[name] = stamp(entry.stat(follow_symlinks=False))
    tree.files = dict(sorted(tree.files.items()))
    return tree


def is_case_blind(folder: Path) -> bool:
    """Whether the files of this disk answer to their names in any case, as on macOS and Windows."""
    other = folder.with_name(folder.name.swapcase())
    return other.name != folder.name and other.exists() and other.samefile(folder)
