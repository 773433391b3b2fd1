"""One task, run under a time limit; what it raises stands in the place of its result."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TypeVar

from plancher.base.deadline import TooLong, deadline

A = TypeVar("A")
R = TypeVar("R")

LIMIT = 600.0
"""Seconds one task may take when the caller sets no limit."""


class WorkerError(Exception):
    """A task has no result, because of its process, or because a value cannot be sent to another process."""


def run_task(task: Callable[[A], R], argument: A) -> R | Exception:
    """The result of a task, or what it raises."""
    try:
        return task(argument)
    except Exception as error:  # noqa: BLE001 - given to the caller, in the place of a result
        return error
    except SystemExit as stop:  # of a library that takes itself for a program
        return WorkerError(f"arrêt demandé ({brief(stop)})")


def run_within(limit: float, task: Callable[[A], R], argument: A) -> R | Exception:
    """The same, in this process; ``TooLong`` after ``limit`` seconds."""
    try:
        with deadline(limit):
            return run_task(task, argument)
    except TooLong as late:
        return late


def pickled_result(result: object) -> bytes:
    """A result as it is sent; in the place of one that cannot be, an error that says why."""
    try:
        pickled = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        if isinstance(result, BaseException):
            pickle.loads(pickled)  # noqa: S301 - our own; many exceptions can be written and not be read
    except Exception as error:  # noqa: BLE001 - whatever the class of a value does
        reason = brief(result) if isinstance(result, BaseException) else f"le résultat ne peut pas être rendu : {brief(error)}"
        return pickle.dumps(WorkerError(reason))
    return pickled


def brief(error: BaseException, most: int = 200) -> str:
    """The message of an exception, in one short line that has no full stop."""
    try:
        text = " ".join(str(error)[: 10 * most].split()).rstrip(".")
    except Exception:  # noqa: BLE001 - some raise another one here
        text = ""
    return (text if len(text) <= most else f"{text[:most]}…") or "erreur sans message"
