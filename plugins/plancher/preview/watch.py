"""Says that something changed on disk, not what: the builder looks for itself.

Saves within a few hundredths of a second make one change.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import watchfiles

from plancher.site import root_files

QUIET_TIME = 10
"""Milliseconds without an event that end a change."""
MAX_DELAY = 40
"""Milliseconds after which a change that goes on is reported anyway."""
FIRST_REPORT = 400
"""Milliseconds until a new watch reports a change that may have come before it."""


class Watch:
    """Watches the folders of a project, even if they disappear and come back."""

    def __init__(self, root: Path, folders: Iterable[Path], made: Path) -> None:
        """:param made: the site; a build is wanted when somebody removes it."""
        self.root, self.made = root, made
        self.changed = threading.Event()
        self._folders = set(folders)
        self._closing = threading.Event()
        self._restart = {True: threading.Event(), False: threading.Event()}
        self._threads = [threading.Thread(target=self._run, args=(deep,), daemon=True) for deep in (True, False)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._closing.set()
        for event in self._restart.values():
            event.set()
        for thread in self._threads:
            thread.join(timeout=2)

    def wait(self) -> None:
        """Return when something has changed since the last call."""
        while not self.changed.wait(timeout=60):  # with a timeout, Ctrl-C comes through everywhere
            continue
        self.changed.clear()

    def follow(self, folders: Iterable[Path]) -> None:
        """Watch these folders from now on."""
        if set(folders) != self._folders:
            self._folders = set(folders)
            for event in self._restart.values():
                event.set()

    def _run(self, deep: bool) -> None:  # noqa: FBT001 - one of two threads
        """Watch all files in the folders, or only what lies beside them, to see a folder come back."""
        while not self._closing.is_set():
            restart = self._restart[deep]
            restart.clear()
            places = self._places(deep=deep)
            if not places:
                restart.wait(timeout=1)
                continue
            try:
                self._look(places, restart, deep=deep)
            except OSError:  # a folder just disappeared; or the system has no watches left, then poll
                restart.wait(timeout=0.2)
                os.environ.setdefault("WATCHFILES_POLL_DELAY_MS", "200")

    def _places(self, *, deep: bool) -> list[Path]:
        if deep:
            return sorted({folder.resolve() for folder in self._folders if folder.is_dir()})
        return sorted({self.root, *(folder.parent for folder in self._folders if folder.parent.is_dir())})

    def _look(self, places: list[Path], restart: threading.Event, *, deep: bool) -> None:
        is_new = True
        is_relevant = self._deep_filter(places) if deep else self._shallow_filter
        for events in self._events(places, restart, is_relevant, deep=deep):
            if events or is_new:
                self.changed.set()
            if events and not deep and any(Path(path) in self._folders for _, path in events):
                self._restart[True].set()
            is_new = False

    def _events(
        self, places: list[Path], restart: threading.Event, is_relevant: Callable[[watchfiles.Change, str], bool], *, deep: bool
    ) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        return watchfiles.watch(
            *places,
            watch_filter=is_relevant,
            step=QUIET_TIME if deep else MAX_DELAY,
            debounce=MAX_DELAY if deep else 2 * MAX_DELAY,
            stop_event=restart,
            rust_timeout=FIRST_REPORT,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=deep,
            ignore_permission_denied=True,
        )

    def _shallow_filter(self, _: watchfiles.Change, path: str) -> bool:
        changed = Path(path)
        if changed == self.made:
            return not changed.exists()
        return changed in self._folders or (changed.parent == self.root and changed.suffix == ".py")

    @staticmethod
    def _deep_filter(places: list[Path]) -> Callable[[watchfiles.Change, str], bool]:
        def is_relevant(_: watchfiles.Change, path: str) -> bool:
            """Not files of editors, nor compiled Python."""
            place = next((place for place in places if Path(path).is_relative_to(place)), Path("/"))
            parts = Path(path).relative_to(place).parts
            if root_files.holds("/".join(parts)):  # hidden files are published there
                return not any(map(root_files.is_left_behind, parts))
            return not any(part.startswith((".", "#")) or part.endswith(("~", ".swp")) or part == "__pycache__" for part in parts)

        return is_relevant
