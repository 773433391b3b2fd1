"""Tasks that change the author's files: ``--undo`` takes back the last change of one, ``--redo`` makes it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Unpack

from invoke.exceptions import Exit
from invoke.parser.argument import Argument
from invoke.tasks import task

from plancher.tasks.blog_task import INTERRUPTED, USAGE, BlogTask, Body, TaskOptions, TypedOnce

_OPTIONS = {"undo": "défaire le dernier changement de cette commande", "redo": "refaire ce qui vient d'être défait"}


class _HistoryOption(TypedOnce):
    """An option beside which the words of a command are not needed."""

    words: tuple[Argument, ...] = ()

    def set_value(self, value: object, cast: bool = True) -> None:  # noqa: FBT001, FBT002 - Invoke's signature
        super().set_value(value, cast)
        for word in self.words:
            if word.value is None:
                word.set_value("", cast=False)


class ReversibleTask(BlogTask):
    """A task with the two options."""

    command: str
    """Its whole name, « tags.merge »."""

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:  # noqa: FBT001 - Invoke's signature
        """Those of the task, and the two options."""
        arguments = super().get_arguments(ignore_unknown_help)
        words = tuple(argument for argument in arguments if argument.positional)
        for name, meaning in _OPTIONS.items():
            option = _HistoryOption(name=name, kind=bool, default=False, help=meaning)
            option.words = words
            arguments.append(option)
        return arguments

    def __call__(self, context: object, *typed: object, undo: bool = False, redo: bool = False, **options: object) -> None:  # type: ignore[override] # the same as in BlogTask
        """Do the task, or take back what it did.

        :raises Exit: with 0 when every file is as it was, with 1 when one was edited since.
        """
        if undo or redo:
            self._check_alone([*typed, *options.values()], both=undo and redo)
        from plancher.commands import interrupts  # noqa: PLC0415 - the same

        before = interrupts.progress(self.blog)
        try:
            if undo or redo:
                self._move(undo=undo)
            super().__call__(context, *typed, **options)
        except KeyboardInterrupt:
            raise Exit(interrupts.told(self.blog, self.command, before), INTERRUPTED) from None

    def _check_alone(self, others: list[object], *, both: bool) -> None:
        """:raises Exit: something else was typed, which would be forgotten in silence."""
        if both:
            raise Exit("--undo défait et --redo refait : donnez l'un ou l'autre.", USAGE)
        if any(isinstance(word, str) and word for word in others):
            raise Exit(f"--undo et --redo s'écrivent seuls : c'est le dernier changement de « invoke {self.command} » qu'ils défont ou refont.", USAGE)

    def _move(self, *, undo: bool) -> None:
        """:raises Exit: always, with the exit code."""
        from plancher.commands.history import History, HistoryError  # noqa: PLC0415 - needed by these options only

        history = History(self.blog, print)
        try:
            is_whole = history.undo(self.command) if undo else history.redo(self.command)
        except HistoryError as error:
            raise Exit(f"Rien n'a changé : {error}", 1) from None
        raise Exit(code=0 if is_whole else 1)


def reversible(group: str, command: str, *, takes_all_words: bool = False, **options: Unpack[TaskOptions]) -> Callable[[Body], ReversibleTask]:
    """The decorator of such a task.

    :param command: the whole name of the task, « tags.merge ».
    :param takes_all_words: whether all words after it are one.
    """

    def decorate(body: Body) -> ReversibleTask:
        made: ReversibleTask = task(klass=ReversibleTask, **options)(body)
        made.group, made.command, made.takes_all_words = group, command, takes_all_words
        return made

    return decorate
