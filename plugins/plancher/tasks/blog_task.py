"""A task of ours: its function is given the blog's folder, and may return an exit code."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypedDict, Unpack

from invoke.exceptions import Exit, ParseError
from invoke.parser.argument import Argument
from invoke.tasks import Task, task

Body = Callable[..., int | None]
"""The function of a task: (the blog's folder, what was typed…) → its exit code; nothing is 0."""
USAGE, INTERRUPTED = 2, 130
"""Exit codes: the command was typed wrong, as a shell says it; it was stopped by Ctrl-C."""


class TaskOptions(TypedDict, total=False):
    """What Invoke's ``task`` takes."""

    name: str
    aliases: list[str]
    positional: list[str]
    help: dict[str, str]


class TypedOnce(Argument):
    """An option that may be given once: of two values, one would be forgotten in silence."""

    def set_value(self, value: object, cast: bool = True) -> None:  # noqa: FBT001, FBT002 - Invoke's signature
        """Keep what was typed.

        :raises Exit: something was typed already.
        :raises ParseError: an option stands where a word is expected; Invoke would take it for the word.
        """
        if self.positional and isinstance(value, str) and re.fullmatch(r"--?[a-z][\w-]*(=.*)?", value, re.IGNORECASE):
            raise ParseError(f"No idea what '{value}' is!")
        if self.raw_value or self.raw_value is False:
            raise Exit(f"L'option « --{self.names[0]} » est donnée deux fois. Gardez-en une.", USAGE)
        super().set_value(value, cast)


class BlogTask(Task[Body]):
    """Such a task."""

    blog: Path
    group: str
    """Under which title it is listed."""
    takes_all_words: bool = False
    """Whether all words after its name are one: a title, the name of a file."""
    interrupted: str = ""
    """What is true after Ctrl-C."""

    def of(self, blog: Path) -> Self:
        """This task on a blog."""
        bound = copy.copy(self)
        bound.blog = blog
        return bound

    def get_arguments(self, ignore_unknown_help: bool | None = None) -> list[Argument]:  # noqa: FBT001 - Invoke's signature
        """Its words and options."""
        arguments = super().get_arguments(ignore_unknown_help)
        for argument in arguments:
            argument.__class__ = TypedOnce
            argument.names = tuple(name for name in argument.names if name != "h")  # « -h » is help everywhere
        return arguments

    def __call__(self, _context: object, *typed: object, **options: object) -> None:  # type: ignore[override] # Invoke says that a task returns its own function
        """Do it.

        :raises Exit: its code is not 0.
        """
        try:
            code = self.body(self.blog, *typed, **options)
        except KeyboardInterrupt:
            if not self.interrupted:
                raise
            raise Exit(self.interrupted, INTERRUPTED) from None
        if code:
            raise Exit(code=code)


def blog_task(group: str, *, interrupted: str = "", takes_all_words: bool = False, **options: Unpack[TaskOptions]) -> Callable[[Body], BlogTask]:
    """The decorator of such a task.

    :param interrupted: what is true after Ctrl-C.
    :param takes_all_words: whether all words after it are one.
    """

    def decorate(body: Body) -> BlogTask:
        made: BlogTask = task(klass=BlogTask, **options)(body)
        made.group, made.interrupted, made.takes_all_words = group, interrupted, takes_all_words
        return made

    return decorate
