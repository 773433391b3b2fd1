"""What a build has read so far, and what its authors should know."""

from __future__ import annotations

import collections
import dataclasses
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from plancher.base import files
from plancher.base.french import join, plural
from plancher.base.problems import Problem, Severity
from plancher.markdown.record import Record

_COUNTED = {
    Severity.ERROR: ("erreur", "erreurs"),
    Severity.WARNING: ("avertissement", "avertissements"),
    Severity.NOTE: ("note", "notes"),
    Severity.SUGGESTION: ("suggestion", "suggestions"),
}


@dataclasses.dataclass(slots=True)
class Journal:
    """Texts by file, and every problem of every file."""

    root: Path
    """The content folder."""
    records: dict[str, Record] = dataclasses.field(default_factory=dict)
    """The texts that have a page, by path from the content folder."""
    _problems: set[Problem] = dataclasses.field(default_factory=set)
    _told: set[Problem] = dataclasses.field(default_factory=set)

    def keep(self, record: Record) -> None:
        """Remember a text and its problems."""
        self.records[record.path] = record
        if record.problems:
            self.say(self.root / record.path, record.found)

    def say(self, path: Path, problems: Iterable[Problem]) -> None:
        """Remember problems of one file."""
        shown = files.shown(os.path.relpath(path))
        self._problems.update(problem.at(shown) for problem in problems)

    @property
    def problems(self) -> list[Problem]:
        """Everything said, in the order of files and lines."""
        return sorted(self._problems, key=lambda problem: problem.sort_key)

    @property
    def has_errors(self) -> bool:
        """Whether a publication must stop."""
        return any(problem.severity is Severity.ERROR for problem in self._problems)

    def news(self) -> str:
        """The same as ``report``, of what nobody was told yet."""
        new = self._problems - self._told
        self._told |= new
        return self._lines(new)

    def report(self) -> str:
        """One line a problem, then how many of each; empty when all is well."""
        return self._lines(self._problems)

    @staticmethod
    def _lines(problems: Collection[Problem]) -> str:
        if not problems:
            return ""
        counts = collections.Counter(problem.severity for problem in problems)
        total = join([plural(counts[severity], *words) for severity, words in _COUNTED.items() if counts[severity]])
        ordered = sorted(problems, key=lambda problem: problem.sort_key)
        return "\n".join([*map(str, ordered), f"{total}. Chaque code est expliqué dans le guide de l'auteur : « invoke serve », puis /guide/."])
