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
import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from plancher.build import in_place
from plancher.build.output import mark_text
from plancher.cache.manifest import MARK, WORKSHOP, Look, Manifest, survey

_AT_FDCWD = -100
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
"""What a system says of a folder where nothing may be written."""
_RENAME_EXCHANGE = 2
"""renameat2(2), Linux 3.15: two names exchanged in one step, so that no reader ever finds nothing."""


def double_of(target: Path) -> Path:
    """Where the double of a site lies."""
    return target.with_name(f".{target.name}-double")


def heal(target: Path) -> None:
    """End what a build began to change and could not end."""
    aside = double_of(target).with_name(f"{double_of(target).name}-precedent")
    if not os.path.lexists(target) and aside.is_dir():  # as builds once did, in two steps
        aside.rename(target)
    in_place.heal(target)


def remove_leftovers(target: Path) -> None:
    """The workshops of builds that were killed go."""
    for old in target.parent.glob(f"{glob.escape(_workshop(target))}*"):
        shutil.rmtree(old, ignore_errors=True)


def _workshop(target: Path) -> str:
    return f".{target.name}-chantier-"  # no folder of somebody else is named so


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` for what a build makes; removed in the end, as are those of builds that were killed.

    Where nothing can be written beside it, as around the volume of a container, the folder lies in it.
    """
    beside = target.parent
    try:
        beside.mkdir(parents=True, exist_ok=True)
        remove_leftovers(target)
        folder = Path(tempfile.mkdtemp(prefix=_workshop(target), dir=beside))
    except OSError as error:
        if error.errno not in _CLOSED or not os.access(target, os.W_OK):
            raise
        (target / WORKSHOP).mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=target / WORKSHOP))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            (target / WORKSHOP).rmdir()


def bring_up_to_date(  # noqa: PLR0913, PLR0917 - what one generation is made from
    folder: Path, seen: tuple[Manifest, Look], want: Mapping[str, str], fresh: Path, live: Path, theirs: Sequence[str] = ()
) -> Manifest:
    """Make ``folder`` hold exactly the wanted files; what it is then.

    :param seen: what ``folder`` held when a build left it (nothing, for a new folder), and what became of it since.
    :param want: path and digest of each file.
    :param fresh: where the files that this build made are, at most; they are moved.
    :param live: where the others are; they are linked.
    :param theirs: what of ``live`` is somebody else's, and stays in the site.
    :raises OSError: the disk is full, or has no links.
    """
    was, look = seen
    have = {path: mark[0] for path, mark in was.files.items() if path not in look.altered}
    if was.files and was.files.keys() != want.keys():
        _mark_both(folder, fresh, (*was.files, *want))
        have.pop(MARK, None)
    gone = [*(path for path in was.files if path not in want), *look.strays]
    for path in gone:
        _remove(folder, path)
    changed = [path for path, content in want.items() if have.get(path) != content]
    for path in sorted(changed, key=MARK.__eq__):  # until all is there, the mark names the files of both
        made = fresh / path
        if folder == fresh and made.exists():
            continue
        place = folder / path
        _clear_way(folder, path)
        if made.exists():
            made.replace(place)
        else:
            clear(place)
            os.link(live / path, place, follow_symlinks=False)
    for path in theirs:
        carry(live, folder, path)
    after = survey(folder, want, Manifest(was.files) if look.moved else was, {*changed, *gone, *look.altered, *theirs})
    return dataclasses.replace(after, theirs=list(theirs))


def _mark_both(folder: Path, fresh: Path, paths: Iterable[str]) -> None:
    """While a double is on its way from one site to the next, its files are those of both: a build that is killed leaves nothing that is nobody's."""
    draft = fresh / f"{MARK}.tmp"
    draft.write_text(mark_text({*paths}), encoding="utf-8")
    clear(folder / MARK)
    draft.replace(folder / MARK)


def carry(old: Path, new: Path, path: str) -> None:
    """Somebody else's file or folder stands in another generation of the site too: the very same files, under a second name.

    :raises OSError: the disk has no second names.
    """
    source, place = old / path, new / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and not source.is_symlink():
        place.mkdir()
        for inside in sorted(source.iterdir()):
            carry(old, new, f"{path}/{inside.name}")
        shutil.copystat(source, place)
    else:
        os.link(source, place, follow_symlinks=False)


def uncarry(old: Path, new: Path, path: str) -> None:
    """The names of somebody else's files in a generation are taken away where they have the same in the other, and nowhere else."""
    place, kept = old / path, new / path
    if place.is_dir() and not place.is_symlink():
        for inside in sorted(place.iterdir()):
            uncarry(old, new, f"{path}/{inside.name}")
        with contextlib.suppress(OSError):
            place.rmdir()
    elif os.path.lexists(kept) and os.path.samestat(place.lstat(), kept.lstat()):
        place.unlink()


def twin(site: Path, held: Manifest, double: Path) -> Manifest:
    """Give a site that has none its double: the same files, linked. What costs nothing beside a first build would cost half of a first edit.

    :param held: what the site holds.
    """
    try:
        for folder in sorted(held.folders):
            os.mkdir(f"{double}/{folder}")  # noqa: PTH102 - eight thousand times
        for path in sorted(held.files, key=MARK.__ne__):  # the mark first: by it the next build knows the double of one that was killed
            os.link(f"{site}/{path}", f"{double}/{path}")
    except OSError:
        shutil.rmtree(double, ignore_errors=True)  # no links here, or no room: the next build does without
        return Manifest()
    return survey(double, {path: mark[0] for path, mark in held.files.items()}, Manifest(held.files), ())


def exchange(new: Path, target: Path) -> bool:
    """Give ``new`` the name of ``target``; the former ``target``, if any, gets that of ``new``. At once, or not at all.

    :returns: whether there was a former one.
    :raises OSError: they cannot be exchanged; nothing has changed.
    """
    if not target.exists():
        new.rename(target)
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(target))
    if renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))
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
