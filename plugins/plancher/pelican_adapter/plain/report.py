"""What is wrong in texts goes to Pelican's log, in French, with file and line."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from pathlib import Path

from plancher.base import files
from plancher.base.problems import Problem, Severity, SiteProblem

_LEVELS = {Severity.ERROR: logging.ERROR, Severity.WARNING: logging.WARNING, Severity.NOTE: logging.INFO}
"""A suggestion is for « invoke check »."""


def tell(root: Path, problems: Iterable[SiteProblem]) -> None:
    """Say each problem once, in the order of files and lines."""
    logger = logging.getLogger("pelican.plancher")
    told = {problem.at(files.shown(os.path.relpath(root / path))) for path, problem in problems}
    for problem in sorted(told, key=lambda problem: problem.sort_key):
        if problem.severity in _LEVELS:
            logger.log(_LEVELS[problem.severity], "%s", _sentence(problem))


def _sentence(problem: Problem) -> str:
    """``path:line: CODE message``; here nothing says what stops a publication, which Pelican does not know."""
    return f"{problem.path}:{problem.line}: {problem.code} {problem.message}"
