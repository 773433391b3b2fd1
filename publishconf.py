"""What changes when the site is published."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 - Pelican's own way to extend settings

SITEURL = os.environ.get("SITEURL", "").rstrip("/") or SITEURL
FEED_DOMAIN = SITEURL
PLANCHER_READING = ReadingSettings(mode="strict")
