"""Builds after each change, restarts the builder after a change of code, and prints the outcome."""

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
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plancher.base.french import NBSP, join, plural
from plancher.preview import sources
from plancher.preview.report import ERROR, FAILURE, WARNING, Notice, Outcome, SiteInfo, failed

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
"""Where Python finds ``plancher``."""
_PREVIEW_CODE = Path(__file__).resolve().parent
BUILD_TIMEOUT = 600.0
"""Seconds; a build that takes longer never ends."""
_SEVERITY_NAMES = {FAILURE: ("panne", "pannes"), ERROR: ("erreur", "erreurs"), WARNING: ("avertissement", "avertissements")}


class BuilderProcess:
    """The process that builds, seen from the one that serves."""

    def __init__(self, root: Path, output: Path) -> None:
        paths = os.pathsep.join(filter(None, (str(_PACKAGE_PARENT), os.environ.get("PYTHONPATH"))))
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
            self.close()
            why = f"le programme qui construit s’est arrêté (code{NBSP}{self._process.returncode}). Le terminal dit pourquoi."
        self.failure = failed([Notice(severity=FAILURE, message=why)])
        return {"outcome": dataclasses.asdict(self.failure)}


class Preview:
    """One preview: a project, its builder, and the last outcome."""

    def __init__(self, root: Path, output: Path, say: Callable[[str], None]) -> None:
        self.root, self.output, self.say = root, output, say
        self.site_info = SiteInfo()
        self.notices: tuple[Notice, ...] | None = None
        self._builder: BuilderProcess | None = None
        self._code_stamps: sources.Stamps = {}

    @property
    def watched(self) -> list[Path]:
        """The folders that a site is made from."""
        content = [self.root / folder for folder in self.site_info.content]
        return [*content, *self._code_folders]

    @property
    def _code_folders(self) -> set[Path]:
        return {_PACKAGE_PARENT, *(self.root / folder for folder in self.site_info.code)}

    def refresh(self) -> Outcome:
        """Build with what is on disk now."""
        self._restart_if_changed()
        if self._builder is None:
            self._builder = BuilderProcess(self.root, self.output)
            self.site_info = self._builder.load_site() or self.site_info
        outcome = self._builder.build()
        self._print_outcome(outcome)
        self.notices = outcome.notices
        return outcome

    def close(self) -> None:
        """Stop the builder."""
        if self._builder is not None:
            self._builder.close()
            self._builder = None

    def _restart_if_changed(self) -> None:
        """Stop a builder that has failed, or whose code has changed on disk."""
        now = sources.stamps(self.root, self._code_folders)
        changed = sources.changed(self._code_stamps, now) if self._code_stamps else set()
        self._code_stamps = now
        if any(path.parent == _PREVIEW_CODE for path in changed):
            self.say("Le programme de l'aperçu a changé\u00a0: relancez invoke serve pour qu'il en tienne compte.")
        if changed or (self._builder is not None and not self._builder.is_usable):
            sources.forget_compiled(changed)
            self.close()

    def _print_outcome(self, outcome: Outcome) -> None:
        """One line for a build that did something, and the notices when they are new."""
        before, is_new = self.notices, outcome.notices != self.notices
        if not (outcome.made or outcome.removed or is_new):
            return
        all_corrected = f"{NBSP}; plus rien à corriger" if before and not outcome.notices else ""
        self.say(f"{time.strftime('%H:%M:%S')} {summary(outcome)}{all_corrected}.")
        if is_new:
            for notice in outcome.notices:
                self.say(f"  {notice}")


def summary(outcome: Outcome) -> str:
    """« 2 pages refaites en 0,18 s ; 1 erreur »."""
    pages = sum(path.endswith(".html") for path in outcome.made)
    others = len(outcome.made) - pages
    gone = sum(path.endswith(".html") for path in outcome.removed)
    other = ("autre fichier refait", "autres fichiers refaits") if pages else ("fichier refait", "fichiers refaits")
    done = [
        *([plural(pages, "page refaite", "pages refaites")] if pages else []),
        *([plural(others, *other)] if others else []),
        *([plural(gone, "page retirée", "pages retirées")] if gone else []),
    ]
    what = f"{join(done) or 'Rien à refaire'} en {outcome.seconds:.2f}{NBSP}s".replace(".", ",")
    counts = [plural(count, *words) for kind, words in _SEVERITY_NAMES.items() if (count := sum(notice.severity == kind for notice in outcome.notices))]
    first = "Le site n’a pas pu être reconstruit" if outcome.is_broken else what
    return f"{first}{NBSP}; {join(counts)}" if counts else first
