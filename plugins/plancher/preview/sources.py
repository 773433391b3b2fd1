"""Which files of code changed: those that a running Python would not read again."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterable
from pathlib import Path

Stamps = dict[Path, tuple[int, int, int]]
"""Modification time (ns), size and inode of each file."""


def stamps(root: Path, folders: Iterable[Path]) -> Stamps:
    """The settings and whatever lies beside them, and the code of the plug-ins."""
    found: Stamps = {}
    for path in (*root.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))):
        with contextlib.suppress(OSError):  # gone meanwhile
            seen = path.stat()
            found[path] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found


def changed(before: Stamps, after: Stamps) -> set[Path]:
    """The files that came, went or differ."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def forget_compiled(paths: Iterable[Path]) -> None:
    """Python knows compiled code by whole seconds and size alone: two quick saves would show the first."""
    for path in paths:
        with contextlib.suppress(OSError, NotImplementedError):
            Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
