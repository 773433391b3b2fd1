"""What is known of all links, on disk at any moment.

Each result is first a line in a journal; the state file is replaced as a whole,
now and then and at the end. A round that is killed loses one visit at most.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from plancher.base import data
from plancher.base.file_lock import try_to_lock
from plancher.components.links import state
from plancher.components.links.health import Health

_SECONDS_BETWEEN_SAVES = 10.0


class BusyError(Exception):
    """Two commands may not write the state of links at once; the message says so, in French."""


class StateStore:
    """What is known of all links, on disk at any moment."""

    def __init__(self, path: Path, journal: Path) -> None:
        """Read both files: a round may have been killed before it saved.

        :param path: of the state file.
        :param journal: of the results that are not in it yet.
        :raises DataError: the state file cannot be read.
        :raises BusyError: another command is using it.
        """
        self.path, self.journal = path, journal
        journal.parent.mkdir(parents=True, exist_ok=True)
        self._lock = journal.with_suffix(".lock").open("w")
        if not try_to_lock(self._lock.fileno()):
            self._lock.close()
            raise BusyError("une autre commande visite déjà les liens ; attendez qu'elle finisse.")
        self.known = state.load(path)
        self._saved = time.monotonic()
        unsaved = list(_read_journal(journal))
        self.known.update(unsaved)
        if unsaved:
            state.save(path, self.known)
        self._file: IO[str] = journal.open("w", encoding="utf-8")

    def record(self, address: str, health: Health) -> None:
        """Store the state of one link."""
        self._file.write(json.dumps([address, state.plain(health)], ensure_ascii=False) + "\n")
        self._file.flush()
        self.known[address] = health
        if time.monotonic() - self._saved > _SECONDS_BETWEEN_SAVES:
            self._save()

    def _save(self) -> None:
        state.save(self.path, self.known)
        self._file.seek(0)
        self._file.truncate()
        self._saved = time.monotonic()

    def close(self) -> None:
        """Replace the state file and remove the journal. Links that no post has any more stay: they may come back."""
        if self.known or self.path.exists():
            state.save(self.path, self.known)
        self._file.close()
        self.journal.unlink(missing_ok=True)
        self._lock.close()


def _read_journal(journal: Path) -> Iterable[tuple[str, Health]]:
    """The last line may be cut."""
    if journal.is_file():
        for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, TypeError, AttributeError):
                address, raw = data.from_json(line)
                yield str(address), state.health(raw)
