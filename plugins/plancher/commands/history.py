"""Changes of several of the author's files that can be taken back, exactly: all or nothing, and told.

A step holds what each file was and what it becomes, on disk before any of them
is touched. A command that is cut short is undone by the next one. A file that
somebody edited since is nobody's to overwrite: it is left, and named.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from plancher.base import files
from plancher.base.french import join
from plancher.commands import step
from plancher.commands.step import Edit, State, Step, StepError

try:
    import fcntl
except ImportError:  # Windows has no such locks: two commands at once are then the author's business
    fcntl = None  # type: ignore[assignment]

FOLDER = ".annuler"
"""Beside the content folder: neither published, nor forgotten by « invoke clean », nor followed by git."""
MOST = 30
"""Steps that are kept."""


class HistoryError(Exception):
    """Nothing was changed; the message says why and what to do, in French."""


class History:
    """The steps of one project, the last one last."""

    def __init__(self, root: Path, tell: Callable[[str], None]) -> None:
        """:param root: the project's folder: names in messages and on disk start from it."""
        self.root = Path(os.path.abspath(root))  # noqa: PTH100 - links in the path are the owner's own business
        self.folder, self.tell = self.root / FOLDER, tell

    def make(self, command: str, told: str, edits: Iterable[Edit]) -> None:
        """Write all these files, or none of them.

        :param command: the task, « tags.merge »: its ``--undo`` takes this back.
        :param told: the whole command, as the author may recognise it.
        :raises HistoryError: one of them is not what it was when the change was made up, or cannot be written.
        """
        wanted = [dataclasses.replace(edit, path=Path(os.path.abspath(edit.path))) for edit in edits if edit.before != edit.after]  # noqa: PTH100 - as above
        with self._held():
            for edit in wanted:
                self._check(edit)
            if not wanted:
                return
            made = self._new(command, told, wanted, State.OPEN)
            try:
                made.move(forward=True)
                made.mark(State.DONE)
            except BaseException as error:
                with contextlib.suppress(OSError):
                    made.move(forward=False)
                    shutil.rmtree(made.folder)
                if isinstance(error, OSError):
                    raise HistoryError(f"{error.filename or self.root} ne peut pas être écrit ({error.strerror}).") from error
                raise

    @contextlib.contextmanager
    def watching(self, command: str, told: str, path: Path) -> Iterator[None]:
        """Make a step of whatever becomes of a file meanwhile, even if the command is cut short."""
        with self._held():
            whole = Path(os.path.abspath(path))  # noqa: PTH100 - as above
            made = self._new(command, told, [Edit(whole, step.content(whole), None)], State.WATCHING)
        try:
            yield
        finally:
            with self._held(heal=False):
                self._seen(made)

    def undo(self, command: str) -> bool:
        """Take back the last change of a command.

        :returns: whether every file is as it was; one that was edited since is not.
        :raises HistoryError: there is nothing to take back, or another command's change comes first.
        """
        return self._turn(command, forward=False)

    def redo(self, command: str) -> bool:
        """Make again what was taken back last.

        :raises HistoryError: there is nothing to make again.
        """
        return self._turn(command, forward=True)

    def _turn(self, command: str, *, forward: bool) -> bool:
        with self._held():
            steps = list(self._steps())
            candidates = [one for one in steps if one.command == command and one.state is (State.UNDONE if forward else State.DONE)]
            if not candidates:
                raise HistoryError(f"rien à {'refaire' if forward else 'défaire'} pour « invoke {command} ».")
            chosen = candidates[0] if forward else candidates[-1]
            self._is_free(chosen, steps)
            chosen.mark(State.REDOING if forward else State.UNDOING)
            left = chosen.move(forward=forward)
            chosen.mark(State.DONE if forward else State.UNDONE)
            self._say(chosen, left, forward=forward)
            return not left

    def _is_free(self, chosen: Step, steps: Iterable[Step]) -> None:
        """:raises HistoryError: a later change stands on a file of this one, or the author changed them all."""
        edited = chosen.edited_since()
        later = [one for one in steps if one.number > chosen.number and one.state is State.DONE and edited & {edit.path for edit in one.edits}]
        if later:
            raise HistoryError(f"un changement plus récent touche les mêmes fichiers ({later[-1].told}). D'abord : invoke {later[-1].command} --undo")
        if len(edited) == len(chosen.edits):
            names, kept = join([self._name(edit.path) for edit in chosen.edits]), self._name(chosen.folder)
            verb = "a" if len(edited) == 1 else "ont"
            raise HistoryError(f"{names} {verb} changé depuis « {chosen.told} ». Ce qu'il y avait avant est dans {kept}.")

    def _say(self, done: Step, left: Iterable[Path], *, forward: bool) -> None:
        self.tell(f"{'Refait' if forward else 'Défait'} : {done.told}")
        for edit in done.edits:
            if edit.path not in left:
                self.tell(f"  {self._name(edit.path)}")
        for path in left:
            former = self._name(done.kept(path, forward=forward))
            self.tell(f"{self._name(path)} a changé depuis : laissé tel quel. Ce que la commande y aurait remis est dans {former}.")
        other = f"invoke {done.command} --{'undo' if forward else 'redo'}"
        self.tell(f"Pour {'défaire à nouveau' if forward else 'refaire'} : {other}")

    def _check(self, edit: Edit) -> None:
        """:raises HistoryError: the file is not what it was when the change was made up."""
        if edit.path.is_symlink():
            raise HistoryError(f"{self._name(edit.path)} est un lien symbolique. Mettez le fichier lui-même à la place.")
        if edit.path.exists() and not edit.path.is_file():
            raise HistoryError(f"{self._name(edit.path)} n'est pas un fichier ordinaire. Retirez-le, ou donnez-lui un autre nom.")
        *folders, _ = edit.path.relative_to(self.root).parts
        top = self.root.joinpath(*folders[:1])  # the content folder may be a link of the owner's
        if not files.real(edit.path.parent).is_relative_to(files.real(top)):
            raise HistoryError(f"{self._name(edit.path.parent)} est un lien qui sort de {self._name(top)}. Mettez le dossier lui-même à la place.")
        if step.content(edit.path) != edit.before:
            found = "existe déjà" if edit.before is None else "a changé pendant la commande"
            raise HistoryError(f"{self._name(edit.path)} {found}. Recommencez.")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def _new(self, command: str, told: str, edits: list[Edit], state: State) -> Step:
        number = max((int(folder.name) for folder in self._folders()), default=0) + 1
        steps = list(self._steps())
        forgotten = [one for one in steps if one.command == command and one.state is State.UNDONE]  # there is no way back to these
        for old in {one.folder for one in (*forgotten, *steps[: max(0, len(steps) + 1 - MOST)])}:
            shutil.rmtree(old, ignore_errors=True)
        try:
            return step.record(self.folder, self.root, step.starting(number, command, told, tuple(edits), self.root), state)
        except OSError as error:
            raise HistoryError(f"{self.folder} ne peut pas être écrit ({error.strerror}) : sans lui, rien ne pourrait être défait.") from error

    def _steps(self) -> Iterator[Step]:
        for folder in self._folders():
            with contextlib.suppress(StepError):
                yield step.load(folder, self.root)

    def _folders(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.name.isdecimal() and path.is_dir())

    @contextlib.contextmanager
    def _held(self, *, heal: bool = True) -> Iterator[None]:
        """One command at a time; what an earlier one left half done is put right first.

        :raises HistoryError: another one is at it, or the folder cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            lock = (self.folder / "verrou").open("w", encoding="utf-8")
        except OSError as error:
            raise HistoryError(f"{self.folder} ne peut pas être écrit ({error.strerror}) : sans lui, rien ne pourrait être défait.") from error
        with lock:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise HistoryError("une autre commande change les textes ; attendez qu'elle finisse.") from None
            if heal:
                self._heal()
            yield

    def _heal(self) -> None:
        step.sweep(self.folder)
        for one in self._steps():
            match one.state:
                case State.OPEN:
                    one.move(forward=False)
                    shutil.rmtree(one.folder)
                    self.tell(f"Une commande interrompue a été défaite : {one.told}")
                case State.UNDOING:
                    one.move(forward=False)
                    one.mark(State.UNDONE)
                case State.REDOING:
                    one.move(forward=True)
                    one.mark(State.DONE)
                case State.WATCHING:
                    self._seen(one)
                case _:
                    pass

    def _seen(self, made: Step) -> None:
        """What became of a file that was watched."""
        (edit,) = made.edits
        after = step.content(edit.path)
        shutil.rmtree(made.folder)
        if after != edit.before:
            seen = dataclasses.replace(made, edits=(Edit(edit.path, edit.before, after),))
            step.record(self.folder, self.root, seen, State.DONE)
