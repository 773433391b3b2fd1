"""One build at a time for one output folder: the second waits, and says so."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from plancher.building import progress

try:
    import fcntl
except ImportError:  # Windows has no such locks: two builds at once are then the author's business
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def held(target: Path) -> Iterator[None]:
    """Hold the folder that contains ``target``: a lock that leaves no file behind, and dies with its process."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                progress.say(f"Une autre construction est en cours dans {target.parent} : celle-ci attend son tour.")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
