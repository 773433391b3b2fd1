"""A finished site put into a folder that cannot be exchanged for another: file after file, with a journal.

Where two folders cannot be exchanged (a volume of a container, a disk shared
over a network, a system that knows of no exchange), the new files are prepared
in a hidden folder of the site, ``STAGING``; a journal then says what is to be
moved and removed, and each file takes its place. Until the journal is whole the
site is the old one. From then on it is the new one: whatever stops the moves,
the next command ends them (``recover``), even if its own build is refused.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict

from plancher.base import digest, files
from plancher.cache.manifest import MARKER, STAGING
from plancher.cache.manifest_file import stay_inside

_JOURNAL = "journal.json"
_FILES = "fichiers"
Identity = list[int]
"""Size, modification time (ns) and inode of a file: what the journal says of one that is there."""


class _Changes(TypedDict):
    """What the journal holds: each path with the file that was there when it was written."""

    moves: dict[str, Identity | None]
    removes: dict[str, Identity | None]


def replace(target: Path, sources: Sequence[Path], changed: Iterable[str], removed: Iterable[str]) -> None:
    """Bring a site up to date in its folder.

    :param sources: folders where the changed files are, the first that has one counts; they are moved.
    """
    workshop = target / STAGING
    try:
        target.mkdir(parents=True, exist_ok=True)
        _discard(workshop, but=[source for source in sources if workshop in source.parents])
        plan = _prepared(target, sources, changed, removed)
    except BaseException:
        _discard(workshop)
        raise
    try:
        _carry_out(target, plan)
    except KeyboardInterrupt:  # better a moment later than half a site
        _carry_out(target, plan)
        raise


def _prepared(target: Path, sources: Sequence[Path], changed: Iterable[str], removed: Iterable[str]) -> _Changes:
    """The files, ready on the disk where the site is, and the journal."""
    workshop = target / STAGING
    moves = sorted(changed, key=lambda path: (path == MARKER, path.endswith(".html"), path))  # what pages call for comes before them
    for path in moves:
        place = workshop / _FILES / path
        place.parent.mkdir(parents=True, exist_ok=True)
        _move(next(source / path for source in sources if (source / path).exists()), place)
    for folder in {parent for path in (*moves, *removed) for parent in files.parents(path) if (target / parent).is_dir()}:
        if not os.access(target / folder, os.W_OK):  # better now than halfway
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target / folder))
    plan: _Changes = {
        "moves": {path: _identity(target / path) for path in moves},
        "removes": {path: _identity(target / path) for path in removed},
    }
    draft = workshop / f"{_JOURNAL}.tmp"
    workshop.mkdir(exist_ok=True)
    draft.write_text(digest.sealed(json.dumps(plan)), encoding="utf-8", newline="\n")  # on Windows too: sealed as it is
    files.replace(draft, workshop / _JOURNAL)
    return plan


def recover(target: Path) -> bool:
    """End what a build began and could not end; whether there was anything.

    :raises OSError: this cannot be done now.
    """
    journal = target / STAGING / _JOURNAL
    try:
        plan = json.loads(digest.unsealed(journal.read_bytes()))
        if not stay_inside([*plan["moves"], *plan["removes"]]):
            return False
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return False
    _carry_out(target, plan)
    return True


def _carry_out(target: Path, plan: _Changes) -> None:
    """Do what the journal says and is not done yet; a file that somebody changed meanwhile is left as it is."""
    moves, removes, workshop = plan["moves"], plan["removes"], target / STAGING
    above = {parent for path in moves for parent in files.parents(path)}
    for path, was in removes.items():
        if path in above or any(parent in moves for parent in files.parents(path)):  # a file where a folder will be, or the reverse
            _remove(target, path, was)
    for path, was in moves.items():
        made, place = workshop / _FILES / path, target / path
        if made.exists() and _identity(place) == was:
            with contextlib.suppress(FileExistsError, IsADirectoryError, NotADirectoryError):  # put there since: the next build names it
                place.parent.mkdir(parents=True, exist_ok=True)
                files.replace(made, place)
    for path, was in removes.items():
        _remove(target, path, was)
    _discard(workshop)


def _remove(target: Path, path: str, was: Identity | None) -> None:
    """A file, if it is the one that was meant, and the folders it leaves empty.

    On a disk to which « A » and « a » are one name, the new file may stand under the old one.
    """
    now = _identity(target / path)
    if now is not None:
        if now != was:
            return
        (target / path).unlink()
    files.remove_empty((target / path).parent, target)


def _move(made: Path, place: Path) -> None:
    try:
        made.replace(place)
    except OSError:  # another disk, a lower layer
        shutil.copy2(made, place)


def _discard(workshop: Path, but: Sequence[Path] = ()) -> None:
    """Remove the staging folder. The journal goes first: without one, the rest is worth nothing."""
    (workshop / _JOURNAL).unlink(missing_ok=True) if workshop.is_dir() else None
    for path in workshop.iterdir() if workshop.is_dir() else ():
        if path not in but:
            files.remove(path)
    with contextlib.suppress(OSError):
        workshop.rmdir()


def _identity(path: Path) -> Identity | None:
    try:
        seen = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return None if stat.S_ISDIR(seen.st_mode) else [seen.st_size, seen.st_mtime_ns, seen.st_ino]
