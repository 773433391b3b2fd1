"""Invoke itself, in French: it would say in English what is wrong with a command."""

from __future__ import annotations

from invoke.exceptions import Exit, ParseError
from invoke.program import Program

from plancher.base import reasons


class FrenchProgram(Program):
    """A command that is typed wrong, or a disk that resists, ends in one sentence and never in a traceback."""

    def parse_tasks(self) -> None:
        """Read the words of a command."""
        try:
            super().parse_tasks()
        except (ParseError, ValueError) as error:  # a ValueError: a word where a number is expected
            from plancher.tasks import usage  # noqa: PLC0415 - needed by what goes wrong only

            raise Exit(usage.french(str(error), sorted(self.scoped_collection.task_names)), 2) from None

    def execute(self) -> None:
        """Do what was asked."""
        try:
            super().execute()
        except OSError as error:
            raise Exit(f"Rien de plus n'a été fait : {reasons.of_a_disk(error)}{f' ({error.filename})' if error.filename else ''}.", 1) from None
