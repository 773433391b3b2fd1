"""What is true of the author's files after Ctrl-C."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from plancher.commands.history import FOLDER
from plancher.commands.step import STATE, StepState

Progress = Mapping[str, str]
"""How far each change of the history has come, by its number."""
_SENTENCES = {
    StepState.OPEN: "Interrompu au milieu des fichiers : la prochaine commande qui en change les remettra d'abord comme ils étaient.",
    StepState.UNDOING: "Interrompu au milieu des fichiers : la prochaine commande qui en change finira d'abord de les remettre.",
    StepState.REDOING: "Interrompu au milieu des fichiers : la prochaine commande qui en change finira d'abord de les refaire.",
    StepState.WATCHING: "Interrompu. Ce qui a été vu est retenu ; relancez la commande pour le reste.",
    StepState.DONE: "Interrompu, une fois le changement fait. Pour le défaire : invoke {command} --undo",
    StepState.UNDONE: "Interrompu, une fois le changement défait. Pour le refaire : invoke {command} --redo",
}
"""From what matters most."""


def progress(blog: Path) -> Progress:
    """How far the changes of a blog have come now."""
    found = {}
    with contextlib.suppress(OSError):
        for folder in (blog / FOLDER).iterdir():
            if folder.name.isdecimal():
                found[folder.name] = (folder / STATE).read_text(encoding="utf-8")
    return found


def told(blog: Path, command: str, before: Progress) -> str:
    """What Ctrl-C left of a command.

    :param before: the changes when it began.
    """
    reached = {state for number, state in progress(blog).items() if before.get(number) != state}
    return next((sentence.format(command=command) for state, sentence in _SENTENCES.items() if state in reached), "Interrompu : rien n'a changé.")
