"""What surrounds a build in its process: rights of new files, memory, a cache that can be written."""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def public_files() -> Iterator[None]:
    """A web server must read what a strict umask would hide."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextlib.contextmanager
def rare_collections() -> Iterator[None]:
    """A build makes many objects that live until its end: looking for dead ones among them costs a fifth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


_ROOM = 64 * 1024
"""Bytes that a cache must have room for; with less, the disk is as good as full."""


@contextlib.contextmanager
def writable(cache: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """The folder of the cache; one that lasts as long as the build, where that cannot be written.

    :raises OSError: nor can that.
    """
    try:
        _try_to_write(cache)
    except OSError:
        with forgotten(cache, say) as other:
            yield other
    else:
        yield cache


@contextlib.contextmanager
def forgotten(cache: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """A cache that lasts as long as the build, in the place of one that fails."""
    say(f"Le cache {os.path.relpath(cache)} ne peut pas être écrit : cette construction refait tout, et n'en retient rien.")
    with tempfile.TemporaryDirectory() as other:
        yield Path(other)


def _try_to_write(cache: Path) -> None:
    """Write into a cache, and see that what it holds can be written; what somebody else left there (a build as root) makes room.

    :raises OSError: it cannot.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=cache) as file:
        file.write(b"\0" * _ROOM)
    for kept in (*cache.glob("*.sqlite"), *cache.glob("sites/*")):
        if not os.access(kept, os.W_OK):
            kept.unlink()
