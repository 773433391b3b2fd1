"""Tasks that change the author's files: ``--undo`` takes back the last change of one, ``--redo`` makes it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, Unpack

from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.tasks import Task, task

Body = Callable[..., None]
"""The function of a task."""
_OPTIONS = {"undo": "défaire le dernier changement de cette commande", "redo": "refaire ce qui vient d'être défait"}


class TaskOptions(TypedDict, total=False):
    """What Invoke's ``task`` takes."""

    name: str
    aliases: list[str]
    positional: list[str]
    help: dict[str, str]


class _HistoryOption(Argument):
    """An option beside which the words of a command are not needed."""

    words: tuple[Argument, ...] = ()

    def set_value(self, value: object, cast: bool = True) -> None:  # noqa: FBT001, FBT002 - Invoke's signature
        super().set_value(value, cast)
        for word in self.words:
            if word.value is None:
                word.set_value("", cast=False)


class ReversibleTask(Task[Body]):
    """A task with the two options."""

    root: Path
    command: str

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:  # noqa: FBT001 - Invoke's signature
        """Those of the task, and the two options."""
        arguments = super().get_arguments(ignore_unknown_help)
        words = tuple(argument for argument in arguments if argument.positional)
        for name, meaning in _OPTIONS.items():
            option = _HistoryOption(name=name, kind=bool, default=False, help=meaning)
            option.words = words
            arguments.append(option)
        return arguments

    def __call__(self, *args: object, undo: bool = False, redo: bool = False, **kwargs: object) -> Body:  # Invoke says so of what a task returns
        """Do the task, or take back what it did.

        :raises Exit: with 0 when every file is as it was, with 1 when one was edited since.
        """
        if not undo and not redo:
            return super().__call__(*args, **kwargs)
        from plancher.commands.history import History, HistoryError  # noqa: PLC0415 - needed by these options only

        history = History(self.root, print)
        try:
            is_whole = history.undo(self.command) if undo else history.redo(self.command)
        except HistoryError as error:
            raise Exit(f"Rien n'a changé : {error}", 1) from None
        raise Exit(code=0 if is_whole else 1)


def reversible(root: Path, command: str, **options: Unpack[TaskOptions]) -> Callable[[Body], ReversibleTask]:
    """The decorator of such a task.

    :param root: the project's folder.
    :param command: the whole name of the task, « tags.merge ».
    """

    def decorate(body: Body) -> ReversibleTask:
        made: ReversibleTask = task(klass=ReversibleTask, **options)(body)
        made.root, made.command = root, command
        return made

    return decorate
