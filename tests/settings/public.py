"""The settings of the blog of the tests, as they are when it is published."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.settings.local import *  # noqa: F403 - Pelican’s own way to extend settings

# isort: split
from plancher.blog import published_settings

globals().update(published_settings(IDENTITY))  # noqa: F405 - the same
