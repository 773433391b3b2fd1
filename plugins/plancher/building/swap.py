"""A finished site takes the place of the previous one at once, or not at all."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
"""renameat2(2), Linux 3.15: two names exchanged in one step, so that no reader ever finds nothing."""


@contextlib.contextmanager
def fresh(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target``, which takes its place when the block ends well.

    Whatever goes wrong before, ``target`` is untouched and the new folder is removed.

    :raises NotADirectoryError: ``target`` is a file.
    """
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "un fichier porte déjà ce nom", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield staging
        _readable(staging)
        _take_place(staging, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _readable(folder: Path) -> None:
    """A web server must read what a strict umask would hide."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _take_place(staging: Path, target: Path) -> None:
    if not target.exists():
        staging.rename(target)
        return
    if not _exchange(staging, target):
        aside = staging.with_name(f"{staging.name}-precedent")
        target.rename(aside)
        staging.rename(target)
        aside.rename(staging)  # removed by the caller


def _exchange(one: Path, other: Path) -> bool:
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
