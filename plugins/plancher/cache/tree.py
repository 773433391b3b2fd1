"""A folder as a build sees it: one walk, each file known by its content.

A file whose size, times and inode are those of a moment when its content was
read is not read again (git's index does the same). A « racy » file changed so
recently that a second change could hide behind the same times: it is always
read.
"""

from __future__ import annotations

import dataclasses
import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plancher.base import digest, files
from plancher.cache import ignored_names

_FINE = 50_000_000
"""Nanoseconds: several ticks of a kernel that stamps files (4 ms to 10 ms)."""
_COARSE = 2_000_000_000
"""Nanoseconds: file systems that count whole seconds, or even ones (FAT)."""

_LONGEST = 1000
"""Bytes of a path from the root: systems stop at four thousand, and a site stands deeper than its content."""
_SHORT = _LONGEST // 4
"""Letters of which no path is as long, whatever they are."""
_NO_NAME = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What no name of a file that is published may hold: signs that nobody sees, bytes that are no text."""
Stamp = tuple[int, int, int, int]
"""Size in bytes, modification and change times in nanoseconds, inode."""


def stamp(found: os.stat_result) -> Stamp:
    """What tells one state of a file from another without reading it."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_racy(stamp: Stamp, now: int) -> bool:
    """Whether a later change might not show in the stamp, as git says it.

    :param now: nanoseconds since the epoch, read before the file was.
    """
    latest = max(stamp[1], stamp[2])
    return now - latest <= (_COARSE if stamp[1] % 1_000_000_000 == 0 else _FINE)


@dataclasses.dataclass(slots=True)
class Tree:
    """The files of one folder, symbolic links aside."""

    root: Path
    files: dict[str, Stamp] = dataclasses.field(default_factory=dict)
    """By path from the root, with slashes, in a fixed order."""
    links: list[str] = dataclasses.field(default_factory=list)
    """Symbolic links, to files and to folders: nobody follows them."""
    refused: dict[str, str] = dataclasses.field(default_factory=dict)
    """Files and folders of which nothing is read, each with the reason, as a sentence goes on after its name."""
    known: dict[str, tuple[Stamp, str]] = dataclasses.field(default_factory=dict)
    """Digests read by this build or an earlier one, with the stamp they were read under."""
    began: int = dataclasses.field(default_factory=time.time_ns)
    """When the walk began, in nanoseconds since the epoch."""
    left_out: list[str] = dataclasses.field(default_factory=list)
    """What the patterns of a folder of its own leave out there (``scan``)."""
    outside: set[str] = dataclasses.field(default_factory=set)
    """Files whose digest was asked for, and that the walk left out."""
    learnt: dict[str, tuple[Stamp, str]] = dataclasses.field(default_factory=dict)
    """Those read by this build."""

    def digest(self, path: str) -> str | None:
        """The content of a file of the folder; None when there is no such file."""
        name = path if path in self.files else os.path.normpath(path).replace(os.sep, "/")
        found = self.files.get(name)
        if found is None:
            return self._digest_outside(name)
        known = self.known.get(name)
        if known and known[0] == found:
            return known[1]
        now = time.time_ns()
        content = self._read(self.root / name)
        if content is None:
            return None
        if not is_racy(found, now):
            self.known[name] = self.learnt[name] = (found, content)
        return content

    def below(self, folders: Iterable[str], excluded: Iterable[str] = ()) -> Iterator[str]:
        """The files and links that lie under these folders, or that are named among them, but under those that are left out.

        :param folders: from the root, as settings have them: « images », « . », « extra/robots.txt ».
        """
        starts = tuple("" if folder in {"", "."} else f"{folder.strip('/').removeprefix('./')}/" for folder in folders)
        out = tuple(f"{folder.strip('/')}/" for folder in excluded)
        for name in (*self.files, *self.links):
            if f"{name}/".startswith(starts) and not f"{name}/".startswith(out):
                yield name

    def is_racy(self, name: str) -> bool:
        """Whether a change of this file since the walk might not show in its stamp."""
        return is_racy(self.files[name], self.began)

    def _digest_outside(self, name: str) -> str | None:
        """A file that the walk leaves out (its name is ignored, or a link leads to it): read each time."""
        path = self.root / name
        self.outside.add(name)
        try:
            inside = not name.startswith(("../", "/")) and path.is_file() and path.resolve().is_relative_to(self.root.resolve())
        except (OSError, ValueError, RuntimeError):  # a name too long, a NUL in it, a loop
            return None
        return self._read(path) if inside else None

    @staticmethod
    def _read(path: Path) -> str | None:
        try:
            return digest.of_ordinary_file(path)
        except files.UnreadableError:
            return None


def scan(root: Path, ignored: Iterable[str], known: Mapping[str, tuple[Stamp, str]] | None = None) -> Tree:
    """Walk a folder once.

    :param ignored: patterns of names that are not looked at (``ignored_names``).
    """
    everywhere, own = ignored_names.compiled(ignored)
    tree = Tree(root, known=dict(known or {}))
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(root / prefix), key=lambda entry: entry.name)
        except OSError as error:
            if prefix and error.errno != errno.ENOENT:  # a folder that went away while we looked is no folder
                tree.refused[prefix.rstrip("/")] = _reason(error)
            continue
        unwanted = own.get(prefix.partition("/")[0], everywhere)
        for entry in entries:
            if not unwanted.match(entry.name):
                _enter(tree, prefix + entry.name, entry, waiting)
            elif unwanted is not everywhere:
                tree.left_out.append(prefix + entry.name)
    tree.files = dict(sorted(tree.files.items()))
    return tree


def _enter(tree: Tree, name: str, entry: os.DirEntry[str], waiting: list[str]) -> None:
    """Sort one name of a folder into the tree; one that went away meanwhile is left out."""
    try:
        if entry.is_symlink():
            tree.links.append(name)
            return
        found = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    except OSError as error:
        tree.refused[name] = _reason(error)
        return
    mode = found.st_mode
    if stat.S_ISREG(mode) and mode & 0o400 and len(name) <= _SHORT and name.isascii() and name.isprintable():
        tree.files[name] = stamp(found)  # as nearly all are: five thousand times a build
        return
    why = _why_not(name, mode, found.st_uid)
    if why:
        tree.refused[name] = why
    elif stat.S_ISDIR(mode):
        waiting.append(f"{name}/")
    else:
        tree.files[name] = stamp(found)


def _why_not(name: str, mode: int, owner: int) -> str:
    """Why nothing of a file or a folder can be read or published; empty: nothing is against it."""
    if not name.isascii() or not name.isprintable():
        odd = _NO_NAME.search(name)
        if odd:
            return "son nom n'est pas en UTF-8. Renommez-le" if odd[0] > "\u0fff" else "son nom contient un caractère invisible. Renommez-le"
    if len(name) > _SHORT and len(os.fsencode(name)) > _LONGEST:
        return "il est dans trop de dossiers les uns dans les autres. Rangez-le plus haut"
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        return "ce n'est pas un fichier ordinaire, mais un tube ou un appareil. Retirez-le"
    if not mode & 0o400 and owner == _me() != 0:
        return "vous n'avez pas le droit de le lire. Rendez-le lisible"
    return ""


def _me() -> int:
    """The user whose rights count; 0, who may read all, where the system has no such users."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _reason(error: OSError) -> str:
    return f"{files.reason(error)}. Rendez-le lisible, ou retirez-le"


def is_case_blind(folder: Path) -> bool:
    """Whether the files of this disk answer to their names in any case, as on macOS and Windows."""
    other = folder.with_name(folder.name.swapcase())
    return other.name != folder.name and other.exists() and other.samefile(folder)
