"""The words of a title, or of a file's name, typed without quotes: they go together."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from invoke.collection import Collection

from plancher.tasks.blog_task import BlogTask


def gathered(typed: Sequence[str], tasks: Collection) -> list[str]:
    """The words of a command, those that go together in one: « new Mon titre » becomes « new --title="Mon titre" ».

    :param typed: the name of a task, then its words and options.
    """
    task = _task(typed[0], tasks) if typed else None
    if task is None or not task.takes_all_words or "--" in typed:
        return list(typed)
    (whole,) = task.positional
    words = [word for word in typed[1:] if not _is_option(word)]
    options = [word for word in typed[1:] if _is_option(word)]
    if not words or any(option.split("=")[0] in {f"--{whole}", f"-{whole[0]}"} for option in options):
        return list(typed)
    is_needed = next(iter(task.argspec(task.body).parameters.values())).default is inspect.Parameter.empty
    first_after = words[1:2] if is_needed and " " in words[0] else [] if is_needed else words[:1]
    if any(_task(word, tasks) is not None for word in first_after):  # a title in quotes, or nothing, and then another command
        return list(typed)
    return [typed[0], f"--{whole}={' '.join(words)}", *options]


def _is_option(word: str) -> bool:
    """« -5 % sur tout » is none."""
    return word.startswith("-") and len(word) > 1 and " " not in word


def _task(name: str, tasks: Collection) -> BlogTask | None:
    try:
        task = tasks[name]
    except (KeyError, ValueError):
        return None
    return task if isinstance(task, BlogTask) else None
