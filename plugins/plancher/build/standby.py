"""A finished site takes the place of the previous one at once, or not at all.

Beside the site, hidden, lies its standby: the site as it was one build ago,
most of its files the very same inodes. A build brings the standby up to date,
which costs what has changed and no more, and exchanges the two names. A build
that is killed before leaves the site as it was; the next one mends the standby,
and trusts no file of it without looking.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from plancher.base import files
from plancher.build import in_place
from plancher.build.exchange import exchange_names
from plancher.build.output import marker_text
from plancher.cache.manifest import MARKER, Manifest, SiteStatus, survey


def path_of(target: Path) -> Path:
    """Where the standby of a site lies."""
    return target.with_name(f".{target.name}-double")


def recover(target: Path) -> None:
    """End what a build began to change and could not end."""
    aside = path_of(target).with_name(f"{path_of(target).name}-precedent")
    if not os.path.lexists(target) and aside.is_dir():  # as builds once did, in two steps
        aside.rename(target)
    in_place.recover(target)


def sync(  # noqa: PLR0913, PLR0917 - all that a site is made from
    folder: Path, was: Manifest, status: SiteStatus, want: Mapping[str, str], staging: Path, live: Path, foreign: Sequence[str] = ()
) -> Manifest:
    """Make ``folder`` hold exactly the wanted files; its manifest.

    :param was: what ``folder`` held when a build left it; nothing, for a new folder.
    :param status: what became of it since.
    :param want: path and digest of each file.
    :param staging: where the files that this build made are, at most; they are moved.
    :param live: where the others are; they are linked.
    :param foreign: what of ``live`` is somebody else's, and stays in the site.
    :raises OSError: the disk is full, or has no links.
    """
    have = {path: state[0] for path, state in was.files.items() if path not in status.altered}
    if was.files and was.files.keys() != want.keys():
        _mark_both(folder, staging, (*was.files, *want))
        have.pop(MARKER, None)
    gone = [*(path for path in was.files if path not in want), *status.untracked]
    for path in gone:
        _remove(folder, path)
    changed = [path for path, content in want.items() if have.get(path) != content]
    for path in sorted(changed, key=MARKER.__eq__):  # until all is there, the marker names the files of both
        _place(folder, path, staging, live)
    for path in foreign:
        link_foreign(live, folder, path)
    after = survey(folder, want, Manifest(was.files) if status.names_changed else was, {*changed, *gone, *status.altered, *foreign})
    return dataclasses.replace(after, foreign=list(foreign))


def _mark_both(folder: Path, staging: Path, paths: Iterable[str]) -> None:
    """While a standby is on its way from one site to the next, its marker names the files of both: a build that is killed leaves no file of nobody's."""
    draft = staging / f"{MARKER}.tmp"
    draft.write_text(marker_text({*paths}), encoding="utf-8", newline="\n")
    files.remove(folder / MARKER)
    files.replace(draft, folder / MARKER)


def _place(folder: Path, path: str, staging: Path, live: Path) -> None:
    made = staging / path
    is_made = made.exists()
    if folder == staging and is_made:
        return
    place = folder / path
    _clear_way(folder, path)
    if is_made:
        files.replace(made, place)
    else:
        files.remove(place)
        _link(live / path, place)


def link_foreign(old: Path, new: Path, path: str) -> None:
    """Give somebody else's file or folder a second name, in the other of the two sites.

    :raises OSError: the disk has no second names.
    """
    source, place = old / path, new / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir() and not source.is_symlink():
        place.mkdir()
        for inside in sorted(source.iterdir()):
            link_foreign(old, new, f"{path}/{inside.name}")
        shutil.copystat(source, place)
    else:
        _link(source, place)


def unlink_foreign(old: Path, new: Path, path: str) -> None:
    """Take away the names of somebody else's files in one site where they have the same in the other, and nowhere else."""
    place, other = old / path, new / path
    if place.is_dir() and not place.is_symlink():
        for inside in sorted(place.iterdir()):
            unlink_foreign(old, new, f"{path}/{inside.name}")
        with contextlib.suppress(OSError):
            place.rmdir()
    elif os.path.lexists(other) and os.path.samestat(place.lstat(), other.lstat()):
        place.unlink()


def create(site: Path, manifest: Manifest, standby: Path) -> Manifest:
    """Give a site that has no standby one: the same files, linked. It costs nothing beside a first build, and would cost half of a first edit."""
    try:
        for folder in sorted(manifest.folders):
            os.mkdir(f"{standby}/{folder}")  # noqa: PTH102 - eight thousand times
        for path in sorted(manifest.files, key=MARKER.__ne__):  # the marker first: by it the next build knows the standby of one that was killed
            os.link(f"{site}/{path}", f"{standby}/{path}")
    except OSError:
        shutil.rmtree(standby, ignore_errors=True)  # no links here, or no room: the next build does without
        return Manifest()
    return survey(standby, {path: state[0] for path, state in manifest.files.items()}, Manifest(manifest.files), ())


def exchange(new: Path, target: Path) -> bool:
    """Give ``new`` the name of ``target``; the former ``target``, if any, gets that of ``new``. At once, or not at all.

    :returns: whether there was a former one.
    :raises OSError: they cannot be exchanged; nothing has changed.
    """
    if not target.exists():
        new.rename(target)
        return False
    exchange_names(new, target)
    return True


def _link(source: Path, place: Path) -> None:
    """A second name; of a link, the link itself gets it, where the system knows the difference."""
    os.link(source, place, **({"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}))


def _remove(folder: Path, path: str) -> None:
    """A file, a link or a folder, and the folders it leaves empty."""
    files.remove(folder / path)
    files.remove_empty((folder / path).parent, folder)


def _clear_way(folder: Path, path: str) -> None:
    """A folder may have become a file, or a file a folder."""
    place = folder / path
    for parent in reversed(place.relative_to(folder).parents[:-1]):
        if (folder / parent).is_file() or (folder / parent).is_symlink():
            (folder / parent).unlink()
    if place.is_dir():
        files.remove(place)
    place.parent.mkdir(parents=True, exist_ok=True)
