"""Where, in a blog's own programs, something went wrong."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path

_ENGINE = Path(__file__).resolve().parent.parent
_INSTALLED = ("site-packages", "dist-packages")


def of(error: BaseException, blog: Path, *, with_engine: bool = False) -> tuple[str, int]:
    """The file and the line of what cannot be read; else the innermost line that the blog's owner wrote; « "", 0 » when there is none.

    :param with_engine: whether the engine's own lines count, where it stands in the folder of the blog: its developers see their faults.
    """
    path, line = getattr(error, "filename", None), getattr(error, "lineno", None)  # of Python's own syntax errors, and of Jinja's
    if isinstance(path, str) and isinstance(line, int):
        return path, line
    written = [place for place in _frames(error.__traceback__) if _is_of_the_blog(Path(place[0]), blog, with_engine=with_engine)]
    return written[-1] if written else ("", 0)


def _frames(trace: types.TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _is_of_the_blog(path: Path, blog: Path, *, with_engine: bool) -> bool:
    return path.is_relative_to(blog) and (with_engine or not path.is_relative_to(_ENGINE)) and not any(part in _INSTALLED for part in path.parts)
