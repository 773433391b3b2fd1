"""« invoke import --undo » and « --redo »."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from plancher.base import reasons
from plancher.base.french import plural
from plancher.commands.history import History
from plancher.importing.blogs.home.journal import Journal
from plancher.importing.blogs.home.journals import FOLDER, Journals


def journals(root: Path) -> Journals:
    """The imports of a blog."""
    return Journals(root / FOLDER, root / "content")


def move(root: Path, tell: Callable[[str], object], *, forward: bool, fetches: bool = False) -> int:
    """Take the last import back, or make it again; the exit code.

    :param fetches: of what was fetched after it, and of that alone.
    :raises HistoryError: another command changes the texts.
    """
    with History(root, print).locked():
        known = journals(root)
        try:
            known.finish()
            chosen = _chosen([journal for journal in known.all() if not journal.is_empty], forward=forward, fetches=fetches)
            if not chosen:
                tell(f"Rien n'a changé : rien à {'refaire' if forward else 'défaire'} pour « invoke import{'.fetch' if fetches else ''} ».")
                return 1
            return _move(root, chosen, tell, forward=forward)
        except OSError as error:
            tell(f"Interrompu : {error.filename} ({reasons.of_a_disk(error)}). La même commande, relancée, finit.")
            return 1


def _chosen(past: Sequence[Journal], *, forward: bool, fetches: bool) -> list[Journal]:
    """The last import with what was fetched after it, in the order in which they are moved."""
    able = [journal for journal in past if journal.is_undone == forward]
    able = able if forward else able[::-1]
    if fetches:
        return able[:1] if able and able[0].is_fetch else []
    first = next((place for place, journal in enumerate(able) if not journal.is_fetch), None)
    if first is None:
        return []
    if not forward:
        return able[: first + 1]
    after = next((place for place, journal in enumerate(able[first + 1 :], first + 1) if not journal.is_fetch), len(able))
    return able[first:after]


def _move(root: Path, chosen: Sequence[Journal], tell: Callable[[str], object], *, forward: bool) -> int:
    skipped = {path: journal.aside(path, forward=forward) for journal in chosen for path in journal.take_back(forward=forward)}
    count = len({path for journal in chosen for path in journal.afters} - set(skipped))
    tell(f"{'Refait' if forward else 'Défait'} : invoke import ({plural(count, 'fichier', 'fichiers')}).")
    for path, aside in skipped.items():
        former = f" Ce que la commande y aurait remis est dans {aside.relative_to(root).as_posix()}." if aside.exists() else ""
        tell(f"content/{path} a changé depuis : laissé tel quel.{former}")
    tell(f"Pour {'défaire à nouveau' if forward else 'refaire'} : invoke import --{'undo' if forward else 'redo'}")
    return 1 if skipped else 0
