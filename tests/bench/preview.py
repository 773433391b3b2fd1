"""From an author's save to new bytes in the browser."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import measure

PERIOD = 0.005
"""Seconds between two looks at the page."""
PATIENCE = 900
"""Seconds until a preview that shows nothing is given up."""


def latencies(command: Sequence[str], cwd: Path, page: str, edit: Callable[[], str], times: int) -> list[float]:
    """Seconds from each save to the first answer that holds its word.

    :param command: without its port, which comes last.
    :param edit: saves a change and gives the word to wait for.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}/{page}"
    with _running([*command, str(port)], cwd) as process:
        _wait(address, "<html", process)
        found = []
        for turn in range(times):
            time.sleep(1 + 0.13 * turn)  # watchers that look once a second must not always be caught at the same moment
            start = time.perf_counter()
            _wait(address, edit(), process)
            found.append(time.perf_counter() - start)
        return found


def _wait(address: str, word: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while word not in _get(address):
        if process.poll() is not None or time.monotonic() > end:
            raise measure.CommandError(f"L'aperçu n'a jamais montré « {word} » à {address}.")
        time.sleep(PERIOD)


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.read().decode(errors="replace")
    except (urllib.error.URLError, http.client.HTTPException, OSError):
        return ""  # not listening yet, between two sites, or a page that is being written


@contextlib.contextmanager
def _running(command: Sequence[str], cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=cwd, env=measure.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        for kind in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, kind)  # the group it leads, and nobody else
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
                break


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
