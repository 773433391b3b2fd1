"""Tells that something changed on disk, not what: whoever builds looks for himself.

Saves that follow each other within a few hundredths of a second make one change.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import watchfiles

STEP = 10
"""Milliseconds without any event that end a change; events are looked for as often."""
BURST = 40
"""Milliseconds after which a change that goes on is told all the same."""
FIRST_LOOK = 400
"""Milliseconds until a new watch tells that something may have changed before it began."""


class Watch:
    """Watches the folders of a project, also those that vanish and come back."""

    def __init__(self, root: Path, folders: Iterable[Path], made: Path) -> None:
        """:param made: the site; a build is wanted when somebody removes it."""
        self.root, self.made = root, made
        self.changed = threading.Event()
        self._folders = set(folders)
        self._closing = threading.Event()
        self._again = {True: threading.Event(), False: threading.Event()}
        self._threads = [threading.Thread(target=self._run, args=(deep,), daemon=True) for deep in (True, False)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._closing.set()
        for event in self._again.values():
            event.set()
        for thread in self._threads:
            thread.join(timeout=2)

    def wait(self) -> None:
        """Return when something has changed since the last call."""
        while not self.changed.wait(timeout=60):  # with a timeout, Ctrl-C comes through everywhere
            continue
        self.changed.clear()

    def follow(self, folders: Iterable[Path]) -> None:
        """The settings may name other folders than before."""
        if set(folders) != self._folders:
            self._folders = set(folders)
            for event in self._again.values():
                event.set()

    def _run(self, deep: bool) -> None:  # noqa: FBT001 - one of two threads
        """Everything in the folders, or what lies beside them: that is how one that comes back is seen."""
        while not self._closing.is_set():
            again = self._again[deep]
            again.clear()
            places = self._places(deep=deep)
            if not places:
                again.wait(timeout=1)
                continue
            try:
                self._look(places, again, deep=deep)
            except OSError:  # gone in between; or no watch is left on this machine, and we look by ourselves
                again.wait(timeout=0.2)
                os.environ.setdefault("WATCHFILES_POLL_DELAY_MS", "200")

    def _places(self, *, deep: bool) -> list[Path]:
        if deep:
            return sorted({folder.resolve() for folder in self._folders if folder.is_dir()})
        return sorted({self.root, *(folder.parent for folder in self._folders if folder.parent.is_dir())})

    def _look(self, places: list[Path], again: threading.Event, *, deep: bool) -> None:
        is_new = True
        counts = self._deep_filter(places) if deep else self._shallow_filter
        for found in self._events(places, again, counts, deep=deep):
            if found or is_new:
                self.changed.set()
            if found and not deep and any(Path(path) in self._folders for _, path in found):
                self._again[True].set()
            is_new = False

    def _events(
        self, places: list[Path], again: threading.Event, counts: Callable[[watchfiles.Change, str], bool], *, deep: bool
    ) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        return watchfiles.watch(
            *places,
            watch_filter=counts,
            step=STEP if deep else BURST,
            debounce=BURST if deep else 2 * BURST,
            stop_event=again,
            rust_timeout=FIRST_LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=deep,
            ignore_permission_denied=True,
        )

    def _shallow_filter(self, _: watchfiles.Change, path: str) -> bool:
        found = Path(path)
        if found == self.made:
            return not found.exists()
        return found in self._folders or (found.parent == self.root and found.suffix == ".py")

    @staticmethod
    def _deep_filter(places: list[Path]) -> Callable[[watchfiles.Change, str], bool]:
        def counts(_: watchfiles.Change, path: str) -> bool:
            """Neither what editors keep for themselves, nor what Python compiles."""
            place = next((place for place in places if Path(path).is_relative_to(place)), Path("/"))
            parts = Path(path).relative_to(place).parts
            return not any(part.startswith((".", "#")) or part.endswith(("~", ".swp")) or part == "__pycache__" for part in parts)

        return counts
