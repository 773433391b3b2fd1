"""An export of any size: no body stays in memory, in neither pass."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from plancher.importing.blogs.home import bringing
from plancher.importing.blogs.home.survey import survey
from plancher.importing.blogs.model import Item
from plancher.importing.blogs.source import Source

from tests.importing.blogs.home.blog import FakeReader, Home, text


class LongReader(FakeReader):
    """A hundred texts of a hundred kilobytes, one at a time."""

    def __init__(self) -> None:
        super().__init__(())

    def read(self, source: Source) -> Iterator[Item]:
        for number in range(100):
            yield text(number, body=f"<p>{number} " + "mot " * 25_000 + "</p>")


def test_the_first_pass_keeps_no_body(home: Home) -> None:
    tracemalloc.start()
    try:
        found = survey(LongReader(), Source(home.source))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(found.texts) == 100
    assert peak < 1_500_000  # of ten million


def test_the_second_pass_holds_one_batch(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "_BATCH_SIZE", 500_000)
    tracemalloc.start()
    try:
        assert home.bring(readers=(LongReader(),)) == 0
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len([name for name in home.seen() if name.startswith("articles/2008/")]) == 100
    assert peak < 6_000_000
