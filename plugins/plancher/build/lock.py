"""One build at a time for one output folder: the second waits, says so, and gives up in the end."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from plancher.base.file_lock import try_to_lock
from plancher.base.french import plural

PATIENCE = 600.0
"""Seconds a build waits for another one: longer than any build takes, shorter than the time limits of CI."""
_POLL = 0.1
"""Seconds between two attempts."""
_FILE = ".plancher-verrou"
"""What is locked in a folder that cannot be opened as a file can."""


@contextlib.contextmanager
def locked(target: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder that contains ``target``: a lock that leaves no file behind (Windows: one, empty), and ends with its process.

    :raises TimeoutError: the other build does not end.
    """
    with _opened(target) as handle:
        if not try_to_lock(handle):
            say(f"Une autre construction est en cours dans {target.parent} : celle-ci attend son tour.")
            _wait(handle, target.parent)
        yield


@contextlib.contextmanager
def try_lock(target: Path) -> Iterator[bool]:
    """The same without waiting: whether the lock is ours now."""
    with _opened(target) as handle:
        yield try_to_lock(handle)


@contextlib.contextmanager
def _opened(target: Path) -> Iterator[int]:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(target.parent, os.O_RDONLY)
    except PermissionError:  # as Windows says of every folder
        handle = os.open(target.parent / _FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _wait(handle: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not try_to_lock(handle):
        if time.monotonic() > end:
            minutes = plural(round(PATIENCE / 60), "minute", "minutes")
            raise TimeoutError(errno.ETIMEDOUT, f"une autre construction tient ce dossier depuis {minutes} ; arrêtez-la, puis recommencez", str(folder))
        time.sleep(_POLL)
