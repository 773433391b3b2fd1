"""From an exception to a sentence with a file and a line.

Imports the standard library alone: it must work when everything else is broken.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from plancher.base import fault_place, reasons
from plancher.preview.report import FAILURE, Notice

_LOCATED = re.compile(r"(?P<path>[^:\n]+):(?P<line>\d+): (?P<message>.+)", re.DOTALL)
_SETTING = re.compile(r"réglage (?P<name>[A-Z_]+)")


def of(error: BaseException, root: Path) -> Notice:
    """Where the author should look, and what is wrong there.

    :param root: the project's folder.
    """
    # The engine stops with a sentence; the exception that it caught has the place.
    cause = error.__context__ if isinstance(error, SystemExit) and error.__context__ is not None else error
    if isinstance(cause, SyntaxError):
        return _at(cause.filename or "", cause.lineno or 0, f"ce programme ne peut pas être lu : {reasons.french(cause)}.", root)
    if isinstance(cause, SystemExit):
        return _stopped(cause, root)
    located = _LOCATED.fullmatch(str(cause))
    if located:
        return _at(located["path"], int(located["line"]), located["message"], root)
    if isinstance(cause, OSError) and cause.strerror:
        return _at(str(cause.filename or ""), 0, f"ce fichier résiste : {reasons.of_a_disk(cause)}.", root)
    return _raised(cause, root)


def _stopped(error: SystemExit, root: Path) -> Notice:
    """A sentence of our own, most often about a setting."""
    sentence = str(error) if isinstance(error.code, str) else f"la construction s'est arrêtée (code {error.code})."
    name = _SETTING.search(sentence)
    if not name:
        return Notice(severity=FAILURE, message=sentence)
    path = root / "pelicanconf.py"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    lines_of_setting = [number for number, line in enumerate(lines, 1) if re.match(rf"{name['name']}\b", line)]
    return _at(str(path), lines_of_setting[-1] if lines_of_setting else 0, sentence, root)


def _raised(error: BaseException, root: Path) -> Notice:
    """The innermost line of the project: a template's, a plug-in's or a setting's."""
    path, line = fault_place.of(error, root, with_engine=True)
    kind = "ce gabarit ne peut pas être rendu" if path.endswith((".html", ".xml")) else "la construction s'arrête ici"
    return _at(path, line, f"{kind} : {reasons.french(error)}.", root)


def _at(path: str, line: int, message: str, root: Path) -> Notice:
    shown = os.path.relpath(path, root) if path and Path(path).is_relative_to(root) else path
    return Notice(severity=FAILURE, path=shown.replace(os.sep, "/"), line=line, message=message)
