"""What former runs left, out of the way: it is deleted once the measure is taken, never just before."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

_homes: list[Path] = []


def put(paths: Iterable[Path], home: Path) -> None:
    """Move these away, if they are there.

    :param home: a folder of the same disk, where nothing is measured.
    """
    for path in list(paths):
        if path.exists():
            _homes.append(Path(tempfile.mkdtemp(prefix=".ecarte-", dir=home)))
            path.rename(_homes[-1] / path.name)


def empty() -> None:
    """Delete all of it."""
    while _homes:
        shutil.rmtree(_homes.pop(), ignore_errors=True)
