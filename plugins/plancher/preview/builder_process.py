"""The process that builds, seen from the one that serves: it is started, asked, waited for and ended."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from plancher.base.french import NBSP, plural
from plancher.preview.report import FAILURE, Notice, Outcome, SiteInfo, failed

PACKAGE_PARENT = Path(__file__).resolve().parents[2]
"""Where Python finds ``plancher``."""
BUILD_TIMEOUT = 600.0
"""Seconds; a build that takes longer never ends."""


class BuilderProcess:
    """One such process, from its start to its end.

    ``failure`` is why it can no longer be asked; ``was_killed``: a signal ended it, for want of memory or by somebody.
    """

    def __init__(self, root: Path, output: Path) -> None:
        paths = os.pathsep.join(filter(None, (str(PACKAGE_PARENT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "plancher.preview.builder", str(root), str(output)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the server, which then stops this one; on Windows, a group of its own:
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.failure: Outcome | None = None
        self.was_killed = False

    def _listen(self) -> None:
        """Queue its lines, and an empty one at its end."""
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout or ():
                self._lines.put(line)
        self._lines.put("")

    def load_site(self) -> SiteInfo | None:
        """What the builder says once it has loaded the settings; None when it cannot."""
        first = self._answer()
        if "outcome" in first:
            self.failure = Outcome.read(first["outcome"])
        return SiteInfo(**first["site"]) if "site" in first else None

    def build(self) -> Outcome:
        """One build; after a failure of the builder, that failure."""
        if self.failure is None:
            with contextlib.suppress(OSError):  # a dead builder gives no answer either
                self._stdin.write("construire\n")
                self._stdin.flush()
            return Outcome.read(self._answer()["outcome"])
        return self.failure

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked again."""
        return self.failure is None and self._process.poll() is None

    def close(self) -> None:
        """Stop it and its workers."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):  # its disk does not answer: it is left to the system
                self._process.wait(timeout=10)
        if hasattr(os, "killpg") and hasattr(signal, "SIGKILL"):  # elsewhere, each worker ends when nobody asks it any more
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)  # the group it leads: its own workers
        self._listener.join(timeout=3)
        if self._process.stdout and not self._listener.is_alive():
            self._process.stdout.close()

    @property
    def _stdin(self) -> Any:
        return self._process.stdin

    def _answer(self) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=BUILD_TIMEOUT)
        except queue.Empty:
            minutes = plural(round(BUILD_TIMEOUT / 60), "minute", "minutes")
            why = f"la construction ne répond plus depuis {minutes}{NBSP}: une extension ou un réglage ne finit jamais. Corrigez-le, puis enregistrez."
            self.close()
        else:
            if line:
                return dict(json.loads(line))
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=3)
            self.was_killed = (self._process.returncode or 0) < 0
            self.close()
            why = f"le programme qui construit s’est arrêté (code{NBSP}{self._process.returncode}). Le terminal dit pourquoi."
        self.failure = failed([Notice(severity=FAILURE, message=why)])
        return {"outcome": dataclasses.asdict(self.failure)}
