"""Which folder may become a site, and which of its files are ours.

A folder we build into holds a small file, ``MARKER``: it says in French what the
folder is, and which of its files are of the site, as digests of their names
(addresses that nobody is told of stay so). It is a file of the site like any
other: it goes where the folder goes, into a backup and back too, and needs no
cache. What it does not name is somebody else's, and is never deleted.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from plancher.base import digest, files
from plancher.base.french import plural
from plancher.base.problems import Problem
from plancher.cache import manifest
from plancher.cache.manifest import MARKER, STAGING, Manifest

_SENTENCES = (
    "Ce dossier est un site construit : n'y écrivez rien, il est refait à chaque construction.",
    "Les fichiers que vous y ajoutez sont gardés. Ce fichier-ci dit lesquels sont du site : ne l'effacez pas.",
)
_HARMLESS = frozenset(
    {".DS_Store", ".directory", ".gitignore", ".gitkeep", ".htaccess", ".keep", ".nojekyll", ".well-known", "CNAME", "Thumbs.db", "desktop.ini", "lost+found"}
)
"""Files that systems and hosts put into an empty folder; they are kept."""
_SHOWN = 5
"""Names that a message lists."""


class RefusedError(Exception):
    """Something that is not ours stands in the way, and nothing is written. The message is a problem with its remedy."""


class Marker:
    """Which files of a folder are of the site, as the folder itself says."""

    def __init__(self, names: Container[str]) -> None:
        self._names = names

    def __contains__(self, path: str) -> bool:
        """Whether this file is of the site."""
        return path == MARKER or digest.of_text(path) in self._names


def marker_text(paths: Iterable[str]) -> str:
    """The content of the marker of a site of these files."""
    names = sorted(digest.of_text(path) for path in paths if path != MARKER)
    return digest.sealed("\n".join([*_SENTENCES, *names, ""]))


def read_marker(folder: Path) -> Marker | None:
    """The marker of a folder; None when there is none, or none that can be trusted."""
    place = folder / MARKER
    with contextlib.suppress(OSError, ValueError):
        if stat.S_ISREG(place.lstat().st_mode):
            return Marker(frozenset(digest.unsealed(place.read_bytes()).decode().split("\n")[len(_SENTENCES) :]))
    return None


def adopt(folder: Path, known: Manifest) -> Manifest:
    """A site as it stands in a folder that the cache knows nothing of, or knows otherwise: a backup, a copy, a cache that was lost.

    :param known: what the cache believes. Where there is no marker, a file is ours that holds what we put there, and no other.
    """
    marker, states = read_marker(folder), {}
    for path in manifest.walk(folder) if folder.is_dir() else ():
        if (path in marker) if marker else path in known.files:
            place = folder / path
            with contextlib.suppress(OSError):
                if not stat.S_ISREG(place.lstat().st_mode):
                    continue
                content = digest.of_file(place)
                if marker or content == known.files[path][0]:
                    states[path] = manifest.file_state(place, content)
    found = manifest.survey(folder, {path: state[0] for path, state in states.items()}, Manifest(states), ())
    found.folders[""] = -1  # whoever looks at it must look for what is not ours
    return found


def is_free(folder: Path, retained: Container[str]) -> bool:
    """Whether a folder holds nothing but files of systems and hosts.

    :param retained: names at its root that the settings speak for.
    """
    return all(path.name in retained or path.name in _HARMLESS or path.name == STAGING for path in folder.iterdir())


def kept_foreign(root: Path, foreign: Iterable[str], want: Mapping[str, str]) -> list[str]:
    """The foreign files that stay in a site that will hold these files.

    :raises RefusedError: some of it stands where the site wants a file.
    """
    kept: list[str] = []
    conflicts: list[str] = []
    waiting = list(foreign)
    folders = {folder for path in want for folder in files.parents(path)} if waiting else set()
    while waiting:
        path = waiting.pop()
        place = root / path
        is_folder = place.is_dir() and not place.is_symlink()
        if path in want:
            if not (place.is_file() and not place.is_symlink() and digest.of_file(place) == want[path]):
                conflicts.append(path)
        elif any(parent in want for parent in files.parents(path)) or (path in folders and not is_folder):
            conflicts.append(path)
        elif path in folders:
            waiting += [f"{path}/{inside.name}" for inside in place.iterdir()]
        elif os.path.lexists(place):
            kept.append(path)
    if conflicts:
        raise RefusedError("\n".join(_conflict(root / path) for path in sorted(conflicts)))
    return sorted(kept)


def named(root: Path, paths: Iterable[str]) -> str:
    """Some files and folders, as an author reads them."""
    found = list(paths)
    shown = [f"{path}/" if (root / path).is_dir() else path for path in found[:_SHOWN]]
    return ", ".join(shown) + (f" et {plural(len(found) - _SHOWN, 'autre', 'autres')}" if len(found) > _SHOWN else "")


def shown(path: Path) -> str:
    """A path as an author reads it: from the current folder, if it lies inside."""
    here = Path.cwd()
    return os.path.relpath(path) if here in path.parents else str(path)


def refused(folder: Path, message: str) -> RefusedError:
    """The reason why nothing is written into a folder."""
    return RefusedError(_said(folder, message))


def _conflict(path: Path) -> str:
    return _said(path, "ceci n'est pas du site, qui veut cette adresse : rien n'a été changé. Déplacez-le ou renommez-le, puis recommencez.")


def _said(path: Path, message: str) -> str:
    return str(Problem(1, "PDV091", message).at(shown(path)))
