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
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from plancher.core.generation import Generation, Look, survey

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""renameat2(2), Linux 3.15: two names exchanged in one step, so that no reader ever finds nothing."""


def double_of(target: Path) -> Path:
    """Where the double of a site lies."""
    return target.with_name(f".{target.name}-double")


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` for what a build makes; removed in the end, as are those of builds that were killed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}-chantier-"  # no folder of somebody else is named so
    for old in (*target.parent.glob(f"{glob.escape(prefix)}*"), *target.parent.glob(f"{glob.escape(double_of(target).name)}-precedent")):
        shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bring_up_to_date(folder: Path, seen: tuple[Generation, Look], want: Mapping[str, str], fresh: Path, live: Path) -> Generation:
    """Make ``folder`` hold exactly the wanted files; what it is then.

    :param seen: what ``folder`` held when a build left it (nothing, for a new folder), and what became of it since.
    :param want: path and digest of each file.
    :param fresh: where the files that this build made are, at most; they are moved.
    :param live: where the others are; they are linked.
    """
    was, look = seen
    have = {path: mark[0] for path, mark in was.files.items() if path not in look.altered}
    gone = [*(path for path in was.files if path not in want), *look.strays]
    for path in gone:
        _remove(folder, path)
    changed = [path for path, content in want.items() if have.get(path) != content]
    for path in changed:
        made = fresh / path
        if folder == fresh and made.exists():
            continue
        place = folder / path
        _clear_way(folder, path)
        if made.exists():
            made.replace(place)
        else:
            clear(place)
            _link(live / path, place)
    return survey(folder, want, Generation(was.files) if look.moved else was, {*changed, *gone, *look.altered})


def twin(site: Path, held: Generation, double: Path) -> Generation:
    """Give a site that has none its double: the same files, linked. What costs nothing beside a first build would cost half of a first edit.

    :param held: what the site holds.
    """
    try:
        clear(double)
        for folder in sorted(held.folders):
            os.mkdir(f"{double}/{folder}")  # noqa: PTH102 - eight thousand times
        for path in held.files:
            os.link(f"{site}/{path}", f"{double}/{path}")
    except OSError:
        shutil.rmtree(double, ignore_errors=True)  # no links here, or no room: the next build does without
        return Generation()
    return survey(double, {path: mark[0] for path, mark in held.files.items()}, Generation(held.files), ())


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


def clear(place: Path) -> None:
    """Nothing is there any more, whatever it was."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _remove(folder: Path, path: str) -> None:
    """A file, a link or a folder, and the folders it leaves empty."""
    clear(folder / path)
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
