"""A village and a blog, new for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing.after import village as villages
from tests.publishing.after.blog import Blog
from tests.publishing.after.village import Village


@pytest.fixture
def village(monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    monkeypatch.delenv("CI", raising=False)
    with villages.playing() as village:
        yield village


@pytest.fixture
def blog(village: Village, tmp_path: Path) -> Blog:
    return Blog(village, tmp_path)
