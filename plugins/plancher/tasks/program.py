"""Invoke itself, in French: it would say in English what is wrong with a command."""

from __future__ import annotations

import contextlib
import inspect
import shutil
from collections.abc import Iterator
from typing import Any

from invoke.collection import Collection
from invoke.exceptions import Exit, ParseError
from invoke.program import Program
from invoke.tasks import Task

from plancher.base import reasons
from plancher.tasks import words
from plancher.tasks.blog_task import INTERRUPTED, USAGE

_HELP = {"--help", "-h"}


class DottedTasks(Collection):
    """Tasks whose names may hold a dot without being of a group: « import » is a task, and so is « import.fetch »."""

    # Any: Invoke's own types.
    def task_with_config(self, name: str | None) -> tuple[Task[Any], dict[str, Any]]:  # type: ignore[override] # Invoke says « str » for the task
        """The task of a name."""
        if name and self.transform(name) in self.tasks:
            return self.tasks[self.transform(name)], self.configuration()
        return super().task_with_config(name)  # type: ignore[return-value] # the same


class FrenchProgram(Program):
    """A command that is typed wrong, or a disk that resists, ends in one sentence and never in a traceback."""

    def parse_tasks(self) -> None:
        """Read the words of a command."""
        self.collection.__class__ = DottedTasks  # Invoke has copied our tasks into a collection of its own
        typed = self.core.unparsed
        if typed and _HELP & {*typed}:  # Invoke would take it for the word that a command expects
            self.core[0].args["help"].value = typed[0]
            self.core.unparsed = []
        with self._typed_right():
            self.core.unparsed = words.gathered(self.core.unparsed, self.collection)
            super().parse_tasks()

    def parse_cleanup(self) -> None:
        """Do what is no task: lists and helps."""
        with self._typed_right():
            group = self.args["list"].value
            if isinstance(group, str) and group not in self.collection.collections:
                raise ParseError(f"No idea what '{group}' is!")
            super().parse_cleanup()

    def execute(self) -> None:
        """Do what was asked."""
        try:
            super().execute()
        except OSError as error:
            raise Exit(f"Rien de plus n'a été fait : {reasons.of_a_disk(error)}{f' ({error.filename})' if error.filename else ''}.", 1) from None
        except ModuleNotFoundError as error:
            raise Exit(f"Rien n'a été fait : {reasons.french(error)}. Refaites l'installation, telle que le README la donne.", 1) from None
        except KeyboardInterrupt:
            raise Exit("Interrompu.", INTERRUPTED) from None

    def list_flat(self) -> None:
        """Show the commands of the blog, or those under one name."""
        from plancher.tasks import help_texts  # noqa: PLC0415 - needed by who asks for help

        print(help_texts.commands(self.collection, self.list_root or "", _width()))

    list_nested = list_flat

    def print_help(self) -> None:
        """« plancher --help », which is read before any tasks.py; « invoke --help » is Invoke's own, before this class is known."""
        print("plancher COMMANDE [options]\n\nDans le dossier d'un blog, « plancher » sans rien montre ses commandes ; ailleurs, celles qui en font un.")

    def no_tasks_given(self) -> None:
        """Without a word: show the commands."""
        self.list_flat()
        raise Exit

    def print_task_help(self, name: str) -> None:
        """Show what a command does, and its options."""
        from plancher.tasks import help_texts  # noqa: PLC0415 - the same

        print(help_texts.of_command(self.parser.contexts[name], inspect.getdoc(self.collection[name]) or "", _width()))

    @contextlib.contextmanager
    def _typed_right(self) -> Iterator[None]:
        """:raises Exit: what was typed makes no sense."""
        try:
            yield
        except (ParseError, ValueError) as error:  # a ValueError: a word where a number is expected
            from plancher.tasks import usage  # noqa: PLC0415 - needed by what goes wrong only

            typed = self.core.unparsed
            context = getattr(error, "context", None) or (self.parser.contexts.get(typed[0]) if typed else None)
            raise Exit(usage.french(str(error), sorted(self.scoped_collection.task_names), context, typed), USAGE) from None


def _width() -> int:
    """Of the terminal; 80 columns where there is none."""
    return shutil.get_terminal_size((80, 24)).columns
