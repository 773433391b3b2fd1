"""Author errors are values: a line, a code, a message and its remedy in French.

A rule is a generator of problems whose docstring is the rule; printing is the
journal's job.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator

from plancher.base.catalogue import CATALOGUE


class Severity(enum.StrEnum):
    """What a problem does to a publication."""

    ERROR = "erreur"
    """Stops a publication; the preview is still made."""
    WARNING = "avertissement"
    """Published, but worth a look."""
    NOTE = "note"
    """Said for information."""
    SUGGESTION = "suggestion"
    """Said by « invoke check » only."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing an author should know about one line of one file."""

    line: int
    """1 for the first line of the file."""
    code: str
    """A key of the catalogue, explained in the author's guide."""
    message: str
    """What was found, what was expected, what to do."""
    path: str = ""
    """Relative to the folder the command was run from."""

    @property
    def severity(self) -> Severity:
        """What this kind of problem does to a publication."""
        return Severity(CATALOGUE[self.code].severity)

    @property
    def sort_key(self) -> tuple[str, int, str, str]:
        """File, then line, then code: the order of every report."""
        return (self.path, self.line, self.code, self.message)

    def at(self, path: str) -> Problem:
        """The same problem, in a named file."""
        return dataclasses.replace(self, path=path)

    def __str__(self) -> str:
        """``path:line: CODE message [effect]``, as editors know how to follow; what is to be pasted comes after, untouched."""
        sentence, end, pasted = self.message.partition("\n")
        effect = "bloque la publication" if self.severity is Severity.ERROR else self.severity
        return f"{self.path}:{self.line}: {self.code} {sentence} [{effect}]{end}{pasted}"


Problems = Iterator[Problem]
"""What a rule yields."""
SiteProblem = tuple[str, Problem]
"""A file, from the content folder, and what is wrong in it."""
