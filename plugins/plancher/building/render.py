"""What a worker does for a file of the site: make it from its inputs, write it, say what it holds."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from plancher.core import digest, facts
from plancher.core.body import LostError
from plancher.core.makers import maker
from plancher.core.travel import swift


@swift
@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """One file to make: a function of a module, and all it may know."""

    path: str
    """From the root of the site, with slashes."""
    make: Callable[[Any], str | bytes]
    argument: Any
    is_kept: bool = False
    """Whether the file may have to be made again with another text, and nothing else."""


@dataclasses.dataclass(slots=True)
class Bench:
    """What the jobs of one build share."""

    folder: Path
    """Where files are written."""
    env: Environment | None = None
    frames: dict[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)
    """Values that do not depend on the page, by their digest."""


_bench: list[Bench] = []


def set_up(bench: Bench) -> None:
    """Before the first job; copies of this process inherit it."""
    _bench[:] = [bench]


class TemplateError(Exception):
    """A template failed: where, and why, in French."""


@maker
def page(argument: tuple[str, str, Mapping[str, Any]]) -> str:
    """Render a template with the values of its page.

    :param argument: the template's name, the digest of its frame, and the values.
    :raises TemplateError: the template is wrong.
    """
    name, frame, values = argument
    bench = _bench[0]
    if bench.env is None:
        raise RuntimeError("no templates")
    try:
        return bench.env.get_template(name).render({**bench.frames[frame], **values})
    except LostError:
        raise
    except Exception as error:
        raise TemplateError(where(error, name)) from error


def where(error: Exception, name: str) -> str:
    """The line of a template that an exception comes from, as editors know how to follow."""
    path, line = getattr(error, "filename", None) or name, getattr(error, "lineno", 1)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".xml", ".txt")):
            path, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return f"{os.path.relpath(path)}:{line}: ce gabarit ne peut pas être rendu : {str(getattr(error, 'message', None) or error).rstrip('.')}."


def copied(source: str) -> bytes:
    """The content of a file that is published as it is."""
    return Path(source).read_bytes()


def as_is(text: str) -> str:
    """A text somebody has already made."""
    return text


def do(job: Job) -> tuple[str, bytes]:
    """Make one file; its digest, and its argument as it is kept, if it is."""
    made = job.make(job.argument)
    content = made.encode("utf-8") if isinstance(made, str) else made
    place = f"{_bench[0].folder}/{job.path}"
    _make_folder(os.path.dirname(place))  # noqa: PTH120 - ten thousand times a build
    with open(place, "wb") as file:  # noqa: PTH123 - the same
        file.write(content)
    return digest.of_bytes(content), facts.sealed(job.argument) if job.is_kept else b""


@functools.lru_cache(maxsize=1024)
def _make_folder(path: str) -> None:
    Path(path).mkdir(parents=True, exist_ok=True)
