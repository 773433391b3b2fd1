"""Builds when something changed, starts the builder anew when code did, and tells what came of it."""

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
from plancher.preview.report import ERROR, FAILURE, WARNING, Notice, Outcome, failed

_CODE = Path(__file__).resolve().parents[2]
"""Where Python finds ``plancher``."""
_OURS = Path(__file__).resolve().parent
PATIENCE = 600.0
"""Seconds one build may take: more than any does that ends."""
_COUNTED = {FAILURE: ("panne", "pannes"), ERROR: ("erreur", "erreurs"), WARNING: ("avertissement", "avertissements")}


class Builder:
    """The process that builds, seen from the one that serves."""

    def __init__(self, root: Path, output: Path) -> None:
        paths = os.pathsep.join(filter(None, (str(_CODE), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "plancher.preview.builder", str(root), str(output)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the server, which then stops this one
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.failure: Outcome | None = None

    def _listen(self) -> None:
        """Pass on what it says, and an empty line at its end."""
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout or ():
                self._lines.put(line)
        self._lines.put("")

    def meet(self) -> dict[str, Any]:
        """What it knows of the site, once it has loaded it; nothing when it cannot."""
        first = self._answer()
        if "outcome" in first:
            self.failure = Outcome.read(first["outcome"])
        return dict(first.get("facts", {}))

    def build(self) -> Outcome:
        """One build; once the builder has failed, what it failed on."""
        if self.failure is None:
            with contextlib.suppress(OSError):  # it is dead, and so will be the answer
                self._stdin.write("construire\n")
                self._stdin.flush()
            return Outcome.read(self._answer()["outcome"])
        return self.failure

    @property
    def is_usable(self) -> bool:
        """Whether it can be asked again."""
        return self.failure is None and self._process.poll() is None

    def close(self) -> None:
        """Stop it, and whatever works for it."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        self._process.terminate()
        try:
            self._process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if os.name == "posix":
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
            line = self._lines.get(timeout=PATIENCE)
        except queue.Empty:
            minutes = plural(round(PATIENCE / 60), "minute", "minutes")
            why = f"la construction ne répond plus depuis {minutes}{NBSP}: une extension ou un réglage ne finit jamais. Corrigez-le, puis enregistrez."
            self.close()
        else:
            if line:
                found: dict[str, Any] = json.loads(line)
                return found
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=3)
            self.close()
            why = f"le programme qui construit s’est arrêté (code{NBSP}{self._process.returncode}). Le terminal dit pourquoi."
        self.failure = failed([Notice(severity=FAILURE, message=why)])
        return {"outcome": dataclasses.asdict(self.failure)}


class Session:
    """One preview: a project, its builder, and the last outcome."""

    def __init__(self, root: Path, output: Path, say: Callable[[str], None]) -> None:
        self.root, self.output, self.say = root, output, say
        self.facts: dict[str, Any] = {}
        self.notices: tuple[Notice, ...] | None = None
        self._builder: Builder | None = None
        self._stamps: sources.Stamps = {}

    @property
    def watched(self) -> list[Path]:
        """The folders a site is made from."""
        told = [self.root / folder for folder in self.facts.get("content", ("content", "theme"))]
        return [*told, *self._code]

    @property
    def _code(self) -> set[Path]:
        return {_CODE, *(self.root / folder for folder in self.facts.get("code", ("plugins",)))}

    def refresh(self) -> Outcome:
        """Build with what is on disk now."""
        self._renew()
        if self._builder is None:
            self._builder = Builder(self.root, self.output)
            self.facts = self._builder.meet() or self.facts
        outcome = self._builder.build()
        self._tell(outcome)
        self.notices = outcome.notices
        return outcome

    def close(self) -> None:
        """Stop the builder."""
        if self._builder is not None:
            self._builder.close()
            self._builder = None

    def _renew(self) -> None:
        """A builder whose code is no longer that on disk, or that has failed, is of no use."""
        now = sources.stamps(self.root, self._code)
        changed = sources.changed(self._stamps, now) if self._stamps else set()
        self._stamps = now
        if any(path.parent == _OURS for path in changed):
            self.say("Le programme de l'aperçu a changé\u00a0: relancez invoke serve pour qu'il en tienne compte.")
        if changed or (self._builder is not None and not self._builder.is_usable):
            sources.forget_compiled(changed)
            self.close()

    def _tell(self, outcome: Outcome) -> None:
        """One line for a build that did something, and what there is to mend when that is new."""
        before, is_new = self.notices, outcome.notices != self.notices
        if not (outcome.made or outcome.removed or is_new):
            return
        mended = f"{NBSP}; plus rien à corriger" if before and not outcome.notices else ""
        self.say(f"{time.strftime('%H:%M:%S')} {summary(outcome)}{mended}.")
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
    counts = [plural(count, *words) for kind, words in _COUNTED.items() if (count := sum(notice.severity == kind for notice in outcome.notices))]
    first = "Le site n’a pas pu être reconstruit" if outcome.is_broken else what
    return f"{first}{NBSP}; {join(counts)}" if counts else first
