"""The author's tasks: what « invoke » lists and runs. A blog's tasks.py asks for them in one line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plancher.tasks import process

if TYPE_CHECKING:
    from invoke.collection import Collection


def tasks_of(blog: Path, *, developers: bool = False) -> Collection:
    """Every task on a blog, and Invoke in French.

    :param blog: its folder, where pelicanconf.py is.
    :param developers: with those for whoever works on the engine, under « dev. »; only in the engine's own folder.
    """
    process.prepare()
    from plancher.tasks import collection  # noqa: PLC0415 - what is compiled from here on is kept

    return collection.make(blog, developers=developers)
