"""The process of a build: rights of new files, memory, a cache that can be written."""

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
def no_garbage_collection() -> Iterator[None]:
    """Nearly all objects of a build live until its end: a search for dead ones frees nothing (1,000 and 5,000 posts) and costs time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_MIN_FREE = 64 * 1024
"""Bytes that a cache must have room for; with less, the disk is as good as full."""


@contextlib.contextmanager
def writable_cache(cache: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """The folder of the cache; a temporary one where it cannot be written.

    :raises OSError: neither can be written.
    """
    try:
        _try_to_write(cache)
    except OSError:
        with temporary_cache(cache, say) as other:
            yield other
    else:
        yield cache


@contextlib.contextmanager
def temporary_cache(cache: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """A cache that lasts as long as the build, in the place of one that cannot be used."""
    say(f"Le cache {os.path.relpath(cache)} ne peut pas être écrit : cette construction refait tout, et n'en retient rien.")
    with tempfile.TemporaryDirectory() as other:
        yield Path(other)


def _try_to_write(cache: Path) -> None:
    """Write into a cache, and remove the files in it that only somebody else may write (after a build as root).

    :raises OSError: it cannot.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=cache) as file:
        file.write(b"\0" * _MIN_FREE)
    for kept in (*cache.glob("*.sqlite"), *cache.glob("sites/*")):
        if not os.access(kept, os.W_OK):
            kept.unlink()
