"""The project's settings, with the identity of the tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from pelicanconf import *  # noqa: F403 - Pelican’s own way to extend settings
from tests.settings.identity import *  # noqa: F403 - the same

CACHE_PATH = str(Path(__file__).resolve().parent.parent.parent / ".cache")
