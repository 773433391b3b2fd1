"""What stopped a build, as its author is told."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from plancher.base import files
from plancher.build import render

_REASONS = {
    errno.ENOSPC: "disque plein ; libérez de l'espace, puis recommencez",
    errno.EDQUOT: "votre part du disque est pleine ; libérez de l'espace, puis recommencez",
    errno.EROFS: "ce disque ne peut pas être écrit",
    errno.EACCES: "vous n'avez pas le droit d'écrire ici",
    errno.EPERM: "vous n'avez pas le droit d'écrire ici",
}
"""What the commonest failures of a disk mean, for an author."""


def sentence(error: Exception, target: Path, settings: Mapping[str, Any]) -> str:
    """What stopped a build, in French, with its file; without full stop."""
    if isinstance(error, OSError):
        ours = error.strerror if error.errno and error.strerror != os.strerror(error.errno) else None
        return f"{ours or _REASONS.get(error.errno or 0) or files.reason(error)} ({error.filename or target})"
    if isinstance(error, UnicodeDecodeError):  # Jinja reads templates by itself, and does not say which
        folders = (settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"])
        error = next(files.not_text(map(Path, folders), (".html", ".xml", ".txt")), files.UnreadableError(Path(folders[0]), files.NOT_UTF8))
    if isinstance(error, files.UnreadableError):
        return f"{os.path.relpath(error.path)}:{error.line}: ce fichier ne peut pas être lu : {error}"
    if isinstance(error, jinja2.TemplateError):  # found before anything is rendered
        return str(render.at_fault(error, str(error))).rstrip(".")
    return str(error).rstrip(".")
