"""Whatever a test waits for has an end, and what does not come says where it stood."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

LIMIT = 240.0
"""Seconds for one answer: many times the longest build of a test, and less than a test has in all."""


class HelperProcess:
    """A process that answers each request, a line of JSON, with one line."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], limit: float = LIMIT) -> None:
        self._command, self._env, self._limit = list(command), dict(env), limit
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        # A session of its own: what it has started can be ended with it.
        return subprocess.Popen(self._command, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)

    def send(self, request: Mapping[str, Any]) -> None:
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        """The next line. One that does not come is an error; another process answers the next request."""
        line = self._process.stdout.readline() if select.select([self._process.stdout], [], [], self._limit)[0] else ""
        if not line:
            self._end()
            self._process = self._started()
            raise AssertionError(f"pas de réponse en {self._limit:.0f} s, ou un processus qui s'arrête : {self._command}")
        return line

    def _end(self) -> None:
        """Have each of its processes print where it is (``say_where_on_request``), then end them."""
        for kind in (signal.SIGUSR1, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, kind)
            time.sleep(0.5)
        self._process.wait(timeout=60)
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                stream.close()

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        try:
            self._process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self._end()
        self._process.stdout.close()


def say_where_on_request() -> None:
    """On SIGUSR1, this process and its copies print the stack of each thread."""
    import faulthandler  # noqa: PLC0415 - for helpers alone

    faulthandler.register(signal.SIGUSR1, file=sys.__stderr__)


def line(process: subprocess.Popen[str], seconds: float = 60.0) -> str:
    """The next line that a process says on its error stream; its first, or it has read none by itself."""
    assert select.select([process.stderr], [], [], seconds)[0], "rien n'a été dit"
    return process.stderr.readline()
