"""The project's settings of a publication, with the identity of the tests."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from publishconf import *  # noqa: F403 - Pelican’s own way to extend settings
from tests.settings.identity import *  # noqa: F403 - the same

SITEURL = os.environ.get("SITEURL", "").rstrip("/") or SITEURL  # noqa: F405 - the same
FEED_DOMAIN = SITEURL
CACHE_PATH = str(Path(__file__).resolve().parent.parent.parent / ".cache")
