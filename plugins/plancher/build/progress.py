"""How far a long build is, on a terminal; silent in CI and in files."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn


class Terminal:
    """What an author sees of a build: one bar for reading, one for writing, and sentences between them; no bar off a terminal."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def start(self) -> None:
        """Show the bar, on a terminal only."""
        self.stop()
        if sys.stderr.isatty() and not os.environ.get("CI"):
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
            self._progress.start()

    def step(self, what: str) -> None:
        """One more of ``what`` is done."""
        if self._progress is None:
            self.start()
        if self._progress is None:
            return
        if what not in self._tasks:
            self._tasks[what] = self._progress.add_task(what, total=None)
        self._progress.advance(self._tasks[what])

    def stop(self) -> None:
        """Remove the bar."""
        if self._progress is not None:
            self._progress.stop()
        self._progress = None
        self._tasks = {}

    def say(self, sentence: str) -> None:
        """Print a sentence for the author; the bar goes first."""
        self.stop()
        print(sentence, file=sys.stderr, flush=True)


def lacking(terminal: Terminal, skipped: Sequence[str]) -> None:
    """Name the pages for which the theme has no template."""
    if not skipped:
        return
    parts = {path.split("/")[0] for path in skipped if path == f"{path.split('/')[0]}/index.html"}
    names = {path.split("/")[0] if path.split("/")[0] in parts else path.removesuffix("index.html") for path in skipped}
    terminal.say(f"Le thème n'a pas de gabarit pour ces pages, qui ne sont pas faites : {', '.join(sorted(names))}. Ajoutez-les, ou reprenez le thème du blog.")


def explain(terminal: Terminal, made: Sequence[str], removed: Sequence[str], reasons: Mapping[str, str]) -> None:
    """For each file that was written, the input that changed."""
    for path in made:
        terminal.say(f"écrit     /{path} : {reasons.get(path, '')}")
    same = sorted(path for path in reasons if path not in set(made))
    for path in same:
        terminal.say(f"identique /{path} : {reasons[path]}")
    for path in removed:
        terminal.say(f"retiré    /{path}")
    if not (made or same or removed):
        terminal.say("Rien n'a changé.")
