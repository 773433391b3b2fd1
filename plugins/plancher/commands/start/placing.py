"""A folder takes its place whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_WELCOME = frozenset({".git", ".venv"})
"""What a folder may hold before a blog is made in it."""
_SHOWN = 8
"""How many names a refusal shows."""


class PlaceError(Exception):
    """No blog can be made there; the message says why, in French."""


def check(target: Path) -> None:
    """Refuse a place that is taken.

    :raises PlaceError: something is there.
    """
    if target.is_symlink() and not target.exists():
        raise PlaceError(f"{target} est un lien qui ne mène nulle part. Choisissez un autre nom.")
    if target.exists() and not target.is_dir():
        raise PlaceError(f"{target} est un fichier. Choisissez un autre nom.")
    names = sorted(path.name for path in target.iterdir() if path.name not in _WELCOME) if target.is_dir() else []
    if names:
        more = f" et {len(names) - _SHOWN} de plus" if len(names) > _SHOWN else ""
        raise PlaceError(f"{target} n'est pas vide : {', '.join(names[:_SHOWN])}{more}. Choisissez un dossier vide, ou un nom nouveau.")


def place(target: Path, files: Mapping[str, bytes], folders: Iterable[str] = ()) -> None:
    """Write files beside their place, then move them there in one step.

    :param files: their contents by their path in the folder, with slashes.
    :param folders: those that stand there empty.
    """
    there = Path(os.path.realpath(target))
    nearest = next(folder for folder in there.parents if folder.is_dir())
    with tempfile.TemporaryDirectory(prefix=".nouveau-blog-", dir=nearest) as work:
        made = Path(work) / "blog"
        for folder in folders:
            (made / folder).mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if there.is_dir():
            _move_into(made, there)
        else:
            there.parent.mkdir(parents=True, exist_ok=True)
            made.rename(there)


def _move_into(made: Path, there: Path) -> None:
    """Into a folder that somebody may be standing in: it stays the one it is, and is left as it was when a move fails."""
    moved: list[str] = []
    try:
        for path in sorted(made.iterdir()):
            path.rename(there / path.name)
            moved.append(path.name)
    except BaseException:
        for name in moved:
            with contextlib.suppress(OSError):
                (there / name).rename(made / name)
        raise
