"""A yes-or-no question about the disk, answered by a copy of this process while this one works on."""

from __future__ import annotations

import contextlib
import multiprocessing.connection
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Self

PATIENCE = 120.0
"""Seconds to wait for an answer; after that it counts as a no."""
MAY_FORK = hasattr(os, "fork") and sys.platform != "darwin"
"""Whether a process may be copied: Windows cannot, and on macOS the system's own libraries may fail in a copy (Python's « multiprocessing »)."""
_POLL = 0.005
"""Seconds between two checks of a process, where the system does not tell when it ends."""
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG."""


def die_with_parent() -> None:
    """Have this process killed when the one that started it ends, where the system can (prctl(2), Linux): it would go on holding the lock of the build."""
    import ctypes  # noqa: PLC0415 - two milliseconds, that only the copies have to spend

    if os.name == "posix" and hasattr(signal, "SIGKILL"):
        prctl = getattr(ctypes.CDLL(None), "prctl", None)
        if prctl is not None:
            prctl(_DEATH_SIGNAL, signal.SIGKILL)


class ForkedCheck:
    """A check whose answer is needed later, or never.

    Where no process may be copied, the check runs when the answer is asked for.
    """

    def __init__(self, check: Callable[[], bool]) -> None:
        """Start the check.

        :param check: what it changes in memory is lost.
        """
        self._check = check
        self._answer: bool | None = None
        self._child = _copy()
        if self._child == 0:
            code = 1
            try:
                die_with_parent()
                code = 0 if check() else 1
            finally:
                os._exit(code)  # nothing after this may run twice

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop the check: nobody asks for its answer any more."""
        if self._child is not None:
            _stop(self._child)
            self._child = None

    def answer(self) -> bool:
        """Wait for it; no, when the copy failed or is too slow."""
        if self._answer is None:
            self._answer = self._check() if self._child is None else self._awaited(self._child)
        return self._answer

    def _awaited(self, child: int) -> bool:
        self._child = None
        try:
            status = _ended(child, PATIENCE)
        except ChildProcessError:  # the process that started us had children ignored (SIGCHLD)
            return self._check()
        if status is None:
            _stop(child)
        return status == 0


def _ended(child: int, seconds: float) -> int | None:
    """The status of a process, once it has ended; None when it has not in this time.

    :raises ChildProcessError: the system does not know it.
    """
    if sys.platform == "win32":
        raise ChildProcessError  # it cannot fork
    end = time.monotonic() + seconds
    with contextlib.suppress(OSError):  # no pidfd on this system, or not allowed
        if hasattr(os, "pidfd_open"):
            handle = os.pidfd_open(child)
            try:
                multiprocessing.connection.wait([handle], seconds)
            finally:
                os.close(handle)
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        if time.monotonic() >= end:
            return None
        time.sleep(_POLL)


def _stop(child: int) -> None:
    """Kill a process; one that still does not end (its disk does not answer) is left to the system."""
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        if hasattr(signal, "SIGKILL"):
            os.kill(child, signal.SIGKILL)
        _ended(child, 5)


def _copy() -> int | None:
    """0 in the copy, its process id here; None where no process may be copied."""
    try:
        return os.fork() if MAY_FORK and hasattr(os, "fork") else None
    except OSError:  # too many processes
        return None
