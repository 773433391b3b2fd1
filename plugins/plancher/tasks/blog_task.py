"""A task of ours: its function is given the blog's folder, and may return an exit code."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypedDict, Unpack

from invoke.exceptions import Exit
from invoke.tasks import Task, task

Body = Callable[..., int | None]
"""The function of a task: (the blog's folder, what was typed…) → its exit code; nothing is 0."""


class TaskOptions(TypedDict, total=False):
    """What Invoke's ``task`` takes."""

    name: str
    aliases: list[str]
    positional: list[str]
    optional: list[str]
    help: dict[str, str]


class BlogTask(Task[Body]):
    """Such a task."""

    blog: Path
    group: str
    """Under which title it is listed."""

    def of(self, blog: Path) -> Self:
        """This task on a blog."""
        bound = copy.copy(self)
        bound.blog = blog
        return bound

    def __call__(self, _context: object, *typed: object, **options: object) -> None:  # type: ignore[override] # Invoke says that a task returns its own function
        """Do it.

        :raises Exit: its code is not 0.
        """
        code = self.body(self.blog, *typed, **options)
        if code:
            raise Exit(code=code)


def blog_task(group: str, **options: Unpack[TaskOptions]) -> Callable[[Body], BlogTask]:
    """The decorator of such a task."""

    def decorate(body: Body) -> BlogTask:
        made: BlogTask = task(klass=BlogTask, **options)(body)
        made.group = group
        return made

    return decorate
