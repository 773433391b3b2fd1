"""The bare copy of a branch on this machine: one publication at a time, and what a killed one left half done is no obstacle."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from dulwich.errors import NotGitRepository
from dulwich.repo import Repo

from plancher.base.file_lock import try_to_lock
from plancher.publishing.errors import PublishingError

_TURN = "verrou"
"""The file that says whose turn it is; the lock ends with its process."""
PATIENCE = 120.0
"""Seconds to wait for another publication of this machine."""
_POLL = 0.1


@contextlib.contextmanager
def opened(cache: Path) -> Iterator[Repo]:
    """The copy; made if there is none.

    :raises PublishingError: it cannot be used, or another publication of this machine does not end.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        turn = os.open(cache / _TURN, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _useless(cache, error) from error
    try:
        _wait(turn)
        try:
            for left in cache.rglob("*.lock"):  # nobody else is here: a killed process left it
                left.unlink()
            repository = Repo(str(cache)) if (cache / "HEAD").is_file() else Repo.init_bare(str(cache))
        except (OSError, NotGitRepository) as error:
            raise _useless(cache, error) from error
        with contextlib.closing(repository):
            yield repository
    finally:
        os.close(turn)


def _wait(turn: int) -> None:
    end = time.monotonic() + PATIENCE
    while not try_to_lock(turn):
        if time.monotonic() > end:
            raise PublishingError("Une autre publication de ce blog est en cours sur cette machine. Attendez la fin, puis recommencez.")
        time.sleep(_POLL)


def _useless(cache: Path, error: Exception) -> PublishingError:
    """One that is damaged is made again by hand."""
    return PublishingError(f"Le dossier {cache} ne peut pas servir ({type(error).__name__}). Effacez-le avec « invoke clean », puis recommencez.")
