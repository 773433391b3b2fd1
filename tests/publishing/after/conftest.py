"""A village and a blog, new for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing.after import village as villages
from tests.publishing.after.blog import Blog
from tests.publishing.after.village import Village


@pytest.fixture(scope="session")
def one_village() -> Iterator[Village]:
    with villages.playing() as village:
        yield village


@pytest.fixture
def village(one_village: Village, monkeypatch: pytest.MonkeyPatch) -> Village:
    monkeypatch.delenv("CI", raising=False)
    one_village.forget()
    one_village.pages.clear()
    one_village.answers.clear()
    one_village.pause, one_village.folder, one_village.is_down = 0.0, None, False
    return one_village


@pytest.fixture
def blog(village: Village, tmp_path: Path) -> Blog:
    return Blog(village, tmp_path)
