"""An export of any size: no body stays in memory, in neither pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.importing.blogs.home import bringing
from plancher.importing.blogs.home.survey import survey
from plancher.importing.blogs.model import Item
from plancher.importing.blogs.source import Source

from tests import memory
from tests.importing.blogs.home.blog import FakeReader, Home, text


class LongReader(FakeReader):
    """A hundred texts of a hundred kilobytes, one at a time."""

    def __init__(self) -> None:
        super().__init__(())

    def read(self, source: Source) -> Iterator[Item]:
        for number in range(100):
            yield text(number, body=f"<p>{number} " + "mot " * 25_000 + "</p>")


def test_the_first_pass_keeps_no_body(home: Home) -> None:
    counts: list[int] = []
    memory.assert_below(1_500_000, lambda: counts.append(len(survey(LongReader(), Source(home.source)).texts)))  # of ten million
    assert {*counts} == {100}


def test_the_second_pass_holds_one_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "_BATCH_SIZE", 500_000)
    homes: list[Home] = []

    def bring() -> None:
        homes.append(Home(tmp_path / str(len(homes))))
        assert homes[-1].bring(readers=(LongReader(),)) == 0

    memory.assert_below(6_000_000, bring)
    assert len([name for name in homes[-1].seen() if name.startswith("articles/2008/")]) == 100
