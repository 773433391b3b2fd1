"""What changes when the site is published."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 - Pelican's own way to extend settings

# isort: split
from plancher.blog import published_settings

globals().update(published_settings(IDENTITY))
