"""« invoke build » and « invoke publish »: what can be known without Pelican, which takes longer to import than to find that nothing changed."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from invoke.exceptions import Exit

from plancher.cache import snapshot
from plancher.cache.manifest import STAGING

_JOURNAL = Path(STAGING, "journal.json")
"""In the output folder: what a build had begun when it was stopped (``build.in_place``)."""
_INTERRUPTED = 130
"""Exit code after Ctrl-C."""
Run = Callable[[Path], int]
"""Build into a folder; the exit code."""


def output_folder(root: Path, typed: str) -> Path:
    """The output folder that was asked for.

    :raises Exit: its name is empty.
    """
    if not typed.strip():
        raise Exit("Le nom du dossier du site est vide : une variable n'a peut-être pas de valeur. Donnez-le après --output, ou n'écrivez pas --output.", 1)
    return Path(os.path.realpath(root / Path(typed).expanduser()))


def finish_interrupted_change(output: Path) -> None:
    """A build that was stopped while it changed a site file by file left it half done."""
    if (output / _JOURNAL).is_file():
        from plancher.build import in_place, lock  # noqa: PLC0415 - hardly ever needed

        with contextlib.suppress(OSError), lock.try_lock(output) as is_free:  # a disk that cannot be written now: the build will say so
            if is_free:  # else the build is at it
                in_place.recover(output)


def request_digest(settings: str, overrides: Mapping[str, object] | None) -> str:
    """What was asked, by whom: two builds of one digest make the same site."""
    return snapshot.command(settings, json.dumps(overrides, sort_keys=True))


def make(root: Path, typed: str, request: str, run: Run, *, explain: bool = False) -> Path:
    """Build into this folder, which changes only when all is well; at once when nothing has changed.

    :param request: its digest.
    :raises Exit: the build failed.
    """
    output = output_folder(root, typed)
    finish_interrupted_change(output)
    last = None if explain else snapshot.nothing_to_do(root / ".cache", output, request)
    if last:
        if last.report:
            print(last.report, file=sys.stderr)
        return output
    before = _stamp(output)
    code = run(output)
    if code == _INTERRUPTED and _stamp(output) != before:
        raise Exit(f"Interrompu : {typed} est le site d'avant ou le nouveau, jamais entre les deux. La même commande le met à jour.", code)
    if code:
        raise Exit(f"{'Interrompu : ' if code == _INTERRUPTED else ''}{typed} n'a pas changé.", code)
    return output


def _stamp(output: Path) -> tuple[int, ...]:
    """What differs as soon as anything takes the place of a site: a build exchanges its folder, or prepares its files inside."""
    try:
        found = output.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns
