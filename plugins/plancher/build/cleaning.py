"""« invoke clean »: removes what builds made, keeps foreign files, and says both."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from plancher.base import files
from plancher.base.french import NBSP, plural
from plancher.build import lock, output, progress, standby
from plancher.build.ledger import Ledger
from plancher.build.staging import remove_leftovers
from plancher.cache import manifest
from plancher.cache.manifest import MARKER, STAGING, Manifest

_OF_THE_CACHE = re.compile(
    r"recherche(?:-publie)?\.index|(?:publication|corrections|online)/.*|(?:textes|images)\.sqlite.*|images/[0-9a-f]+\.[a-z]+|liens\.jsonl|sites/[0-9a-f]+\..*|(?:sites/|images/)?(?:tmp[a-z0-9_]+|\.[a-z0-9_]+\.tmp)"
)
_COMPILED = re.compile(r".*\.pyc(?:\.\d+)?|[0-9a-f]{40}|tmp[a-z0-9_]+|\.[a-z0-9_]+\.tmp")
"""What Python and Jinja keep of what they compiled."""
_OF_TOOLS = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis")
_TAGS = {"CACHEDIR.TAG", ".gitignore"}
"""Files by which caches of tools are known (bford.info/cachedir)."""
_CODE = ("plugins", "tests", "theme/templates")
_STEP = 1024
_LARGE = 10
"""From here on, a size is told without decimals."""


def clean(root: Path, cache: Path) -> Iterator[str]:
    """Remove what builds left in a project; one sentence for each folder.

    :raises OSError: something cannot be removed.
    """
    yield from clean_sites(root, cache)
    for name in _OF_TOOLS:
        if any((root / name / tag).is_file() for tag in _TAGS):
            yield from _folder(root / name, bool)
    yield from _compiled(root)


def clean_sites(root: Path, cache: Path) -> Iterator[str]:
    """Remove the site, the preview and the caches of both: all in which words of a text may stand.

    :raises OSError: something cannot be removed.
    """
    for name in ("output", ".preview"):
        yield from _site(root / name, cache)
    yield from _folder(cache, _OF_THE_CACHE.fullmatch)


def _site(named: Path, cache: Path) -> Iterator[str]:
    """A site, its standby, and what builds that were killed left beside."""
    target = files.real(named)  # a link stays a link
    if not target.parent.is_dir():
        return
    with lock.locked(target, progress.Terminal().say):
        standby.recover(target)
        ledger, beside = Ledger(cache, target), standby.path_of(target)
        for folder, known in ((target, ledger.live), (beside, ledger.standby)):
            if folder.is_dir() and not folder.is_symlink():
                found = output.adopt(folder, known)
                yield from _told(folder, _emptied(folder, found))
            elif os.path.lexists(folder):
                yield f"Laissé{NBSP}: {output.shown(folder)}, qui n'est pas un dossier."
        with contextlib.suppress(OSError):
            remove_leftovers(target)


def _emptied(folder: Path, found: Manifest) -> list[int]:
    """Remove the files of a site; their sizes. A folder where something stays keeps its marker."""
    gone = _remove(folder, sorted(found.files, key=MARKER.__eq__))
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    if found.files and folder.is_dir() and any(folder.iterdir()):
        (folder / MARKER).write_text(output.marker_text(()), encoding="utf-8", newline="\n")
    return gone


def _folder(folder: Path, is_ours: Callable[[str], object]) -> Iterator[str]:
    """A cache: the files that are known, and the folders they leave empty."""
    if folder.is_symlink():
        yield f"Laissé{NBSP}: {output.shown(folder)}, qui est un lien."
    elif folder.is_dir():
        paths = sorted(manifest.walk(folder))
        gone = _remove(folder, [path for path in paths if is_ours(path)])
        yield from _told(folder, gone)


def _compiled(root: Path) -> Iterator[str]:
    folders = [root / "__pycache__"]
    for name in _CODE:
        for place, inside, _ in os.walk(root / name):
            inside[:] = [one for one in inside if one != "node_modules"]
            folders += [Path(place)] if Path(place).name == "__pycache__" else []
    gone = [
        size for folder in folders if folder.is_dir() for size in _remove(folder, [path.name for path in folder.iterdir() if _COMPILED.fullmatch(path.name)])
    ]
    if gone:
        yield f"Effacé{NBSP}: les __pycache__ ({_measured(gone)})."


def _remove(folder: Path, paths: Iterable[str]) -> list[int]:
    """These files of a folder, and the folders they leave empty, itself too; the size of each."""
    sizes = []
    for path in paths:
        place = folder / path
        with contextlib.suppress(FileNotFoundError):
            sizes.append(place.lstat().st_size)
            place.unlink()
        files.remove_empty(place.parent, folder)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return sizes


def _told(folder: Path, gone: list[int]) -> Iterator[str]:
    left = sorted(path.name for path in folder.iterdir() if path.name != MARKER) if folder.is_dir() else []
    if gone:
        yield f"Effacé{NBSP}: {output.shown(folder)} ({_measured(gone)})."
    if left:
        yield f"Gardé{NBSP}: {output.shown(folder)}, où ceci n'est pas à nous{NBSP}: {output.named(folder, left)}."


def _measured(sizes: list[int]) -> str:
    """« 412 fichiers, 3,2 Mo »."""
    total, units = float(sum(sizes)), ["octets", "ko", "Mo", "Go"]
    while total >= _STEP and len(units) > 1:
        total /= _STEP
        del units[0]
    shown = f"{total:.0f}" if total >= _LARGE or units[0] == "octets" else f"{total:.1f}".replace(".", ",")
    return f"{plural(len(sizes), 'fichier', 'fichiers')}, {shown}{NBSP}{units[0]}"
