"""The settings of the blog of the tests, as a preview has them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "plugins"))

from tests.settings.identity import *  # noqa: F403 - Pelican’s own way to extend settings

PLUGIN_PATHS = [str(Path(__file__).resolve().parents[2] / "plugins")]
CACHE_PATH = str(Path(__file__).resolve().parents[2] / ".cache")
