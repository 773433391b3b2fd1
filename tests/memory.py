"""How much memory a piece of work needs, measured in a process that tests share."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

_ROUNDS = 2


def assert_below(most: int, work: Callable[[], object]) -> None:
    """Fail where this work makes Python hold so many bytes at once, each time that it is done.

    One round would not tell: a table of the whole process may grow by
    megabytes meanwhile, or a module be loaded, which is not of the work.
    """
    peaks: list[int] = []
    while len(peaks) < _ROUNDS and not any(peak < most for peak in peaks):
        peaks.append(_peak(work))
    assert min(peaks) < most, peaks


def _peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
