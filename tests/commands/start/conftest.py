"""The engine is installed once."""

from __future__ import annotations

import pytest

from tests.commands.start.engine import Installed, install


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("moteur"))
