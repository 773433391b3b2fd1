"""The progress bar of an import."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn


@contextlib.contextmanager
def bar(title: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """What to call for each thing that is done.

    :param total: None while nobody knows how many there are.
    """
    count = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) if total is not None else (SpinnerColumn(), TextColumn("{task.completed}"))
    with Progress(TextColumn("{task.description}"), *count, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=total)
        yield lambda: shown.advance(task)
