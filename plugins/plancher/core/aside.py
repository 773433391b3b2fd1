"""A look at the disk taken by a copy of this process, while this one does something else."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Aside:
    """A question with a yes or a no, whose answer is wanted later, if at all.

    Where the system makes no copies, it is looked at when the answer is wanted.
    """

    def __init__(self, look: Callable[[], bool]) -> None:
        """Begin.

        :param look: changes nothing that this process would have to know.
        """
        self._look = look
        self._answer: bool | None = None
        self._child = os.fork() if hasattr(os, "fork") else 0
        if self._child == 0 and hasattr(os, "fork"):
            code = 1
            try:
                code = 0 if look() else 1
            finally:
                os._exit(code)  # no more of this program is to be run twice

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        """Whatever it still sees would change nothing."""
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)

    def answer(self) -> bool:
        """Wait for it; no, when the copy could not look to the end."""
        if self._answer is None:
            child, self._child = self._child, 0
            self._answer = os.waitpid(child, 0)[1] == 0 if child else self._look()
        return self._answer
