"""A look at the disk taken by a copy of this process, while this one does something else."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

PATIENCE = 120.0
"""Seconds an answer is waited for: a disk that has not answered by then is looked at in the open."""
_LOOK = 0.005
"""Seconds between two looks at a process, where the system does not tell when it ends."""
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG."""


def die_with_parent() -> None:
    """Where the system can: a build that is killed leaves nobody at work, who would hold its lock (prctl(2), Linux)."""
    import ctypes  # noqa: PLC0415 - two milliseconds, that only the copies have to spend

    prctl = getattr(ctypes.CDLL(None), "prctl", None) if os.name == "posix" else None
    if prctl is not None:
        prctl(_DEATH_SIGNAL, signal.SIGKILL)


class ForkedCheck:
    """A question with a yes or a no, whose answer is wanted later, if at all.

    Where the system makes no copies, it is looked at when the answer is wanted.
    """

    def __init__(self, look: Callable[[], bool]) -> None:
        """Begin.

        :param look: changes nothing that this process would have to know.
        """
        self._look = look
        self._answer: bool | None = None
        self._child = _copy()
        if self._child == 0:
            code = 1
            try:
                die_with_parent()
                code = 0 if look() else 1
            finally:
                os._exit(code)  # no more of this program is to be run twice

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        """Whatever it still sees would change nothing."""
        if self._child is not None:
            _stop(self._child)
            self._child = None

    def answer(self) -> bool:
        """Wait for it; no, when the copy could not look to the end, or has not yet."""
        if self._answer is None:
            self._answer = self._look() if self._child is None else self._awaited(self._child)
        return self._answer

    def _awaited(self, child: int) -> bool:
        self._child = None
        try:
            status = _ended(child, PATIENCE)
        except ChildProcessError:  # whoever started us wants to know of no child: neither can we
            return self._look()
        if status is None:
            _stop(child)
        return status == 0


def _ended(child: int, seconds: float) -> int | None:
    """The status of a process, once it has ended; none when it has not in this time.

    :raises ChildProcessError: nobody knows of it.
    """
    end = time.monotonic() + seconds
    with contextlib.suppress(OSError, AttributeError):  # systems that do not tell, and those that refuse
        handle = os.pidfd_open(child)
        try:
            select.select([handle], [], [], seconds)
        finally:
            os.close(handle)
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status
        if time.monotonic() >= end:
            return None
        time.sleep(_LOOK)


def _stop(child: int) -> None:
    """End a process; one that even so does not end (its disk does not answer) is left to the system."""
    with contextlib.suppress(ProcessLookupError, ChildProcessError):
        os.kill(child, signal.SIGKILL)
        _ended(child, 5)


def _copy() -> int | None:
    """0 in the copy, its number here; none where no copy can be made."""
    try:
        return os.fork() if hasattr(os, "fork") else None
    except OSError:  # too many processes
        return None
