"""Builds after each change, restarts the builder after a change of code, and prints the outcome."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from plancher.base.french import NBSP, join, plural
from plancher.preview import sources
from plancher.preview.builder_process import PACKAGE_PARENT, BuilderProcess
from plancher.preview.report import ERROR, FAILURE, WARNING, Notice, Outcome, SiteInfo

_PREVIEW_CODE = Path(__file__).resolve().parent
_SEVERITY_NAMES = {FAILURE: ("panne", "pannes"), ERROR: ("erreur", "erreurs"), WARNING: ("avertissement", "avertissements")}


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
        return {PACKAGE_PARENT, *(self.root / folder for folder in self.site_info.code)}

    def refresh(self) -> Outcome:
        """Build with what is on disk now."""
        self._restart_if_changed()
        builder, outcome = self._built()
        if builder.was_killed:  # another one builds at once: an author does not save twice
            self.close()
            _, outcome = self._built()
        self._print_outcome(outcome)
        self.notices = outcome.notices
        return outcome

    def _built(self) -> tuple[BuilderProcess, Outcome]:
        if self._builder is None:
            self._builder = BuilderProcess(self.root, self.output)
            self.site_info = self._builder.load_site() or self.site_info
        return self._builder, self._builder.build()

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
