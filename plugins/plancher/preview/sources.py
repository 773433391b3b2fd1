"""Which files of code changed: a running Python does not read them again."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterable
from pathlib import Path

Stamps = dict[Path, tuple[int, int, int]]
"""Modification time (ns), size and inode of each file."""


def stamps(root: Path, folders: Iterable[Path]) -> Stamps:
    """The settings, the Python files beside them, and the code of plugins."""
    stamps_of: Stamps = {}
    for path in (*root.glob("*.py"), *(path for folder in folders for path in folder.rglob("*.py"))):
        with contextlib.suppress(OSError):  # gone meanwhile
            stat = path.stat()
            stamps_of[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return stamps_of


def changed(before: Stamps, after: Stamps) -> set[Path]:
    """Files that are new, gone or different."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def forget_compiled(paths: Iterable[Path]) -> None:
    """Python compares compiled code by whole seconds and size: after two quick saves it would run the first."""
    for path in paths:
        with contextlib.suppress(OSError, NotImplementedError):
            Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
