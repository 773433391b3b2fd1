"""One build at a time for one output folder: the second waits, says so, and gives up in the end."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from plancher.base.french import plural

try:
    import fcntl
except ImportError:  # Windows has no such locks: two builds at once are then the author's business
    fcntl = None  # type: ignore[assignment]

PATIENCE = 600.0
"""Seconds a build waits for another one: longer than any build takes, shorter than the time limits of CI."""
_POLL = 0.1
"""Seconds between two attempts."""


@contextlib.contextmanager
def locked(target: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder that contains ``target``: a lock that leaves no file behind, and dies with its process.

    :raises TimeoutError: the other build does not end.
    """
    with _opened(target) as handle:
        if not _take(handle):
            say(f"Une autre construction est en cours dans {target.parent} : celle-ci attend son tour.")
            _wait(handle, target.parent)
        yield


@contextlib.contextmanager
def try_lock(target: Path) -> Iterator[bool]:
    """The same without waiting: whether the lock is ours now."""
    with _opened(target) as handle:
        yield _take(handle)


@contextlib.contextmanager
def _opened(target: Path) -> Iterator[int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Take the lock if it is free; whether it is ours now. On a disk without locks, as over some networks, it always is."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (AttributeError, OSError):  # no such module, no such locks
        return True
    return True


def _wait(handle: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _take(handle):
        if time.monotonic() > end:
            minutes = plural(round(PATIENCE / 60), "minute", "minutes")
            raise TimeoutError(errno.ETIMEDOUT, f"une autre construction tient ce dossier depuis {minutes} ; arrêtez-la, puis recommencez", str(folder))
        time.sleep(_POLL)
