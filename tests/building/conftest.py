"""The warm process and a small site, for every test of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building.small import Small, picture
from tests.building.warm import Warm


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """One process with everything imported builds for all tests."""
    warm = Warm(tmp_path_factory.mktemp("gabarits"))
    yield warm
    warm.close()


@pytest.fixture
def small(tmp_path: Path, warm: Warm) -> Small:
    """Three posts, one page, one picture; built."""
    folder = tmp_path / "site"
    folder.mkdir()
    small = Small(folder, warm)
    small.write("content/images/a.png", picture(5))
    small.write("content/pages/a-propos.md", "Title: À propos\n\nTexte.\n")
    small.post("un", day="2024-05-02", tags=("PME",), picture="a.png")
    small.post("deux", day="2024-05-03", tags=("PME",), link="un")
    small.post("trois", day="2025-06-07", category="Outils")
    assert small.build().code == 0
    return small
