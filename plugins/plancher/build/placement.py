"""Where a site must never be built: over its own sources, or around them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from plancher.base import files
from plancher.build import output

_OURS_BESIDE = re.compile(r"\.(.+)-(?:double|chantier-[^/]*)")
"""Names of what builds put beside a site (``standby``, ``staging``)."""
_INSTEAD = "Choisissez un dossier à part, par exemple « output »."


def check(target: Path, settings: Mapping[str, object]) -> None:
    """Refuse an output folder that would replace something else.

    :param target: the output folder, without links.
    :param settings: Pelican's.
    :raises RefusedError: it would.
    """
    above = {identity for folder in (target, *target.parents) if (identity := _identity(folder))}
    itself = _identity(target)
    for what, folder, is_source in _guarded(settings):
        shown = f"{what} ({output.shown(folder)})"
        if target == folder or target in folder.parents or (itself and itself in {_identity(parent) for parent in (folder, *folder.parents)}):
            raise output.refused(target, f"construit ici, le site prendrait la place d'autre chose : {shown}. {_INSTEAD}")
        if is_source and (folder in target.parents or _identity(folder) in above):
            raise output.refused(target, f"un site ne se construit pas à l'intérieur d'autre chose : {shown}. {_INSTEAD}")
    if ".git" in target.parts:
        raise output.refused(target, f"un site ne peut pas être construit dans un dossier de git. {_INSTEAD}")
    if _OURS_BESIDE.fullmatch(target.name):
        raise output.refused(target, f"ce nom est réservé à ce qui accompagne un site pendant sa construction. {_INSTEAD}")


def _guarded(settings: Mapping[str, object]) -> Iterator[tuple[str, Path, bool]]:
    """What it is, where it lies, and whether a site may not lie inside either."""
    yield "vos textes", _resolved(settings["PATH"]), True
    yield "votre thème", _resolved(settings["THEME"]), True
    folders = settings["PLUGIN_PATHS"]
    for folder in folders if isinstance(folders, list | tuple) else ():
        yield "vos extensions", _resolved(folder), True
    yield "le programme", Path(__file__).resolve().parent.parent, True
    yield "le cache", _resolved(settings["CACHE_PATH"]), True
    yield "le dossier où vous travaillez", Path.cwd(), False
    for who in ("", os.environ.get("SUDO_USER", "")):
        home = Path(os.path.expanduser(f"~{who}"))  # noqa: PTH111 - pathlib raises for a user that is not known
        if home.is_absolute():
            yield "votre dossier personnel", files.real(home), False


def _resolved(folder: object) -> Path:
    return files.real(str(folder))


def _identity(folder: Path) -> tuple[int, int] | None:
    """Device and inode: the same for one folder under any name, in another case or on a second mount."""
    try:
        seen = folder.stat()
    except OSError:
        return None
    return seen.st_dev, seen.st_ino
