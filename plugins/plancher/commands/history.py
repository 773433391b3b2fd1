"""Changes of several of the author's files, which can be undone exactly; each is made whole or not at all.

A step holds the contents before and after, and is on disk before any file is
touched. A command that is cut short is undone by the next one. A file that
somebody edited since is never overwritten: it is left alone, and named.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from plancher.base import files, reasons
from plancher.base.file_lock import try_to_lock
from plancher.base.french import join
from plancher.commands import step as steps
from plancher.commands.step import FileChange, Step, StepError, StepState

FOLDER = ".annuler"
"""Beside the content folder: neither published, nor forgotten by « invoke clean », nor followed by git."""
MAX_STEPS = 30
"""Older steps are deleted."""


class HistoryError(Exception):
    """Nothing was changed; the message says why and what to do, in French."""


class History:
    """The steps of one project, in order."""

    def __init__(self, root: Path, tell: Callable[[str], None]) -> None:
        """:param root: the project's folder: names in messages and on disk start from it."""
        self.root = Path(os.path.abspath(root))  # noqa: PTH100 - links in the path are the owner's own business
        self.folder, self.tell = self.root / FOLDER, tell

    def make(self, command: str, command_line: str, edits: Iterable[FileChange]) -> None:
        """Write all these files, or none of them.

        :param command: the task, « tags.merge »: its ``--undo`` takes this back.
        :param command_line: the whole command, as the author may recognise it.
        :raises HistoryError: one of them has changed since it was read, or cannot be written.
        """
        changes = [dataclasses.replace(edit, path=Path(os.path.abspath(edit.path))) for edit in edits if edit.before != edit.after]  # noqa: PTH100 - as above
        with self.locked():
            for edit in changes:
                self._check_unchanged(edit)
            if not changes:
                return
            step = self._new(command, command_line, changes, StepState.OPEN)
            try:
                step.move(forward=True)
                step.set_state(StepState.DONE)
            except BaseException as error:
                with contextlib.suppress(OSError):
                    step.move(forward=False)
                    shutil.rmtree(step.folder)
                if isinstance(error, OSError):
                    raise HistoryError(f"{error.filename or self.root} ne peut pas être écrit ({reasons.of_a_disk(error)}).") from error
                raise

    @contextlib.contextmanager
    def watching(self, command: str, command_line: str, path: Path) -> Iterator[None]:
        """Save what happens to a file meanwhile as a step, even if the command is cut short."""
        with self.locked():
            whole = Path(os.path.abspath(path))  # noqa: PTH100 - as above
            step = self._new(command, command_line, [FileChange(whole, steps.content(whole), None)], StepState.WATCHING)
        try:
            yield
        finally:
            with self.locked(finish_interrupted=False):
                self._save_watched(step)

    def undo(self, command: str) -> bool:
        """Undo the last change of a command.

        :returns: whether every file is as it was; one that was edited since is not.
        :raises HistoryError: there is nothing to undo, or another command's change comes first.
        """
        return self._move_last(command, forward=False)

    def redo(self, command: str) -> bool:
        """Make the change again that was undone last.

        :raises HistoryError: there is none.
        """
        return self._move_last(command, forward=True)

    def _move_last(self, command: str, *, forward: bool) -> bool:
        with self.locked():
            past = list(self._load_steps())
            candidates = [step for step in past if step.command == command and step.state is (StepState.UNDONE if forward else StepState.DONE)]
            if not candidates:
                raise HistoryError(f"rien à {'refaire' if forward else 'défaire'} pour « invoke {command} ».")
            chosen = candidates[0] if forward else candidates[-1]
            self._check_free(chosen, past)
            chosen.set_state(StepState.REDOING if forward else StepState.UNDOING)
            skipped = chosen.move(forward=forward)
            chosen.set_state(StepState.DONE if forward else StepState.UNDONE)
            self._report(chosen, skipped, forward=forward)
            return not skipped

    def _check_free(self, chosen: Step, past: Iterable[Step]) -> None:
        """:raises HistoryError: a later change touches the same files, or the author changed them all."""
        edited = chosen.edited_since()
        later = [step for step in past if step.number > chosen.number and step.state is StepState.DONE and edited & {edit.path for edit in step.edits}]
        if later:
            raise HistoryError(f"un changement plus récent touche les mêmes fichiers ({later[-1].command_line}). D'abord : invoke {later[-1].command} --undo")
        if len(edited) == len(chosen.edits):
            names, stored = join([self._name(edit.path) for edit in chosen.edits]), self._name(chosen.folder)
            verb = "a" if len(edited) == 1 else "ont"
            raise HistoryError(f"{names} {verb} changé depuis « {chosen.command_line} ». Ce qu'il y avait avant est dans {stored}.")

    def _report(self, step: Step, skipped: Iterable[Path], *, forward: bool) -> None:
        self.tell(f"{'Refait' if forward else 'Défait'} : {step.command_line}")
        for edit in step.edits:
            if edit.path not in skipped:
                self.tell(f"  {self._name(edit.path)}")
        for path in skipped:
            former = self._name(step.stored_content(path, forward=forward))
            self.tell(f"{self._name(path)} a changé depuis : laissé tel quel. Ce que la commande y aurait remis est dans {former}.")
        other = f"invoke {step.command} --{'undo' if forward else 'redo'}"
        self.tell(f"Pour {'défaire à nouveau' if forward else 'refaire'} : {other}")

    def _check_unchanged(self, edit: FileChange) -> None:
        """:raises HistoryError: the file has changed since it was read."""
        if edit.path.is_symlink():
            raise HistoryError(f"{self._name(edit.path)} est un lien symbolique. Mettez le fichier lui-même à la place.")
        if edit.path.exists() and not edit.path.is_file():
            raise HistoryError(f"{self._name(edit.path)} n'est pas un fichier ordinaire. Retirez-le, ou donnez-lui un autre nom.")
        *folders, _ = edit.path.relative_to(self.root).parts
        top = self.root.joinpath(*folders[:1])  # the content folder may be a link of the owner's
        if not files.real(edit.path.parent).is_relative_to(files.real(top)):
            raise HistoryError(f"{self._name(edit.path.parent)} est un lien qui sort de {self._name(top)}. Mettez le dossier lui-même à la place.")
        if steps.content(edit.path) != edit.before:
            why = "existe déjà" if edit.before is None else "a changé pendant la commande"
            raise HistoryError(f"{self._name(edit.path)} {why}. Recommencez.")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def _new(self, command: str, command_line: str, edits: list[FileChange], state: StepState) -> Step:
        number = max((int(folder.name) for folder in self._folders()), default=0) + 1
        past = list(self._load_steps())
        unreachable = [step for step in past if step.command == command and step.state is StepState.UNDONE]  # there is no way back to these
        for old in {step.folder for step in (*unreachable, *past[: max(0, len(past) + 1 - MAX_STEPS)])}:
            shutil.rmtree(old, ignore_errors=True)
        try:
            return steps.save(self.folder, self.root, steps.planned(number, command, command_line, tuple(edits), self.root), state)
        except OSError as error:
            raise HistoryError(f"{self.folder} ne peut pas être écrit ({reasons.of_a_disk(error)}) : sans lui, rien ne pourrait être défait.") from error

    def _load_steps(self) -> Iterator[Step]:
        for folder in self._folders():
            with contextlib.suppress(StepError):
                yield steps.load(folder, self.root)

    def _folders(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.name.isdecimal() and path.is_dir())

    @contextlib.contextmanager
    def locked(self, *, finish_interrupted: bool = True) -> Iterator[None]:
        """One command at a time; what an earlier one left half done is finished first.

        :raises HistoryError: another one is running, or the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8", newline="\n")
            lock = (self.folder / "verrou").open("w", encoding="utf-8")
        except OSError as error:
            raise HistoryError(f"{self.folder} ne peut pas être écrit ({reasons.of_a_disk(error)}) : sans lui, rien ne pourrait être défait.") from error
        with lock:
            if not try_to_lock(lock.fileno()):
                raise HistoryError("une autre commande change les textes ; attendez qu'elle finisse.")
            if finish_interrupted:
                self._finish_interrupted()
            yield

    def _finish_interrupted(self) -> None:
        steps.remove_unfinished(self.folder)
        for step in self._load_steps():
            match step.state:
                case StepState.OPEN:
                    step.move(forward=False)
                    shutil.rmtree(step.folder)
                    self.tell(f"Une commande interrompue a été défaite : {step.command_line}")
                case StepState.UNDOING:
                    step.move(forward=False)
                    step.set_state(StepState.UNDONE)
                case StepState.REDOING:
                    step.move(forward=True)
                    step.set_state(StepState.DONE)
                case StepState.WATCHING:
                    self._save_watched(step)
                case _:
                    pass

    def _save_watched(self, watched: Step) -> None:
        """Turn a watch into a step, if the file has changed."""
        (edit,) = watched.edits
        after = steps.content(edit.path)
        shutil.rmtree(watched.folder)
        if after != edit.before:
            step = dataclasses.replace(watched, edits=(FileChange(edit.path, edit.before, after),))
            steps.save(self.folder, self.root, step, StepState.DONE)
