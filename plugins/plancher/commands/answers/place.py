"""Where the queue of a blog lies: never among what is published."""

from __future__ import annotations

from pathlib import Path

from plancher.base import files
from plancher.commands.answers.queue import Queue, QueueError

_PUBLISHED = ("content", "output", "theme")


def queue_of(blog: Path, folder: str) -> Queue:
    """The queue that a blog's settings name.

    :raises QueueError: it would lie among what is published.
    """
    path = files.real(blog / Path(folder).expanduser())
    if any(path.is_relative_to(files.real(blog / name)) for name in _PUBLISHED):
        raise QueueError(f"{path} serait publié avec le site : donnez à PLANCHER_ANSWERS un autre dossier (« queue »).")
    return Queue(path)
