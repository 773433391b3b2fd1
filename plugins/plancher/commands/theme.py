"""« invoke theme.… »: the blog's own templates, styles and pictures, over those of the engine."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from plancher.base import theme_folder
from plancher.base.french import nearest
from plancher.commands import step
from plancher.commands.history import History, HistoryError
from plancher.commands.step import FileChange
from plancher.site import overrides
from plancher.site.overrides import Override


class ThemeError(Exception):
    """Nothing was done; the message says why, in French."""


def copy(blog: Path, typed: str) -> Override:
    """Put a copy of a file of the engine into the blog, for its owner to change.

    :raises ThemeError: the engine has no such file, or the blog has it already.
    """
    found = _named(blog, typed)
    if found.own.exists():
        raise ThemeError(f"theme/{found.name} existe déjà dans votre blog.")
    content = found.original.read_bytes()
    _make(blog, "theme.copy", found, [FileChange(found.own, None, content), FileChange(found.seen, step.content(found.seen), content)])
    return found


def keep(blog: Path, typed: str) -> Override:
    """Note that the owner has seen how the engine's file is today.

    :raises ThemeError: the engine has no such file, or the blog none over it.
    """
    found = _named(blog, typed)
    if not found.own.exists():
        raise ThemeError(f"theme/{found.name} n'est pas dans votre blog : il n'y a rien à comparer.")
    _make(blog, "theme.keep", found, [FileChange(found.seen, step.content(found.seen), found.original.read_bytes())])
    return found


def note_unknown(blog: Path) -> list[FileChange]:
    """The changes that keep, for each file that the owner put there by hand, how the engine's is now."""
    found = overrides.overrides(theme_folder.engine(), blog / "theme")
    return [FileChange(item.seen, None, item.original.read_bytes()) for item in found if not item.seen.exists()]


def differences(blog: Path, typed: str) -> Iterator[str]:
    """What has changed in the engine since, line by line, of one file or of all.

    :raises ThemeError: the engine has no such file.
    """
    found = [_named(blog, typed)] if typed else list(overrides.overrides(theme_folder.engine(), blog / "theme"))
    for item in found:
        if item.is_outdated:
            now = _lines(item.original) if item.original.is_file() else []
            yield from difflib.unified_diff(
                _lines(item.seen), now, f"{item.name} (quand vous l'avez copié)", f"{item.name} (moteur d'aujourd'hui)", lineterm=""
            )


def _named(blog: Path, typed: str) -> Override:
    """:raises ThemeError: the engine has no such file."""
    theme = theme_folder.engine()
    name = PurePosixPath(os.path.normpath(typed.replace("\\", "/").removeprefix("theme/"))).as_posix()
    known = [path.relative_to(theme).as_posix() for path in theme.rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    if name not in known:
        near = nearest(name, known)
        advice = f"Vouliez-vous dire « {near} » ?" if near else f"Les siens sont dans {theme}."
        raise ThemeError(f"le moteur n'a pas de fichier « {typed} ». {advice}")
    return overrides.override(theme, blog / "theme", name)


def _make(blog: Path, command: str, found: Override, changes: list[FileChange]) -> None:
    try:
        History(blog, print).make(command, f"invoke {command} {found.name}", changes)
    except HistoryError as error:
        raise ThemeError(str(error)) from None


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()
