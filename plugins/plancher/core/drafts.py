"""The first lines of a new post, every field explained."""

from __future__ import annotations

import datetime as dt
import re
import string
from importlib.resources import files

from plancher.core.french import fold
from plancher.core.front_reader import MAX_SLUG


def slug(title: str) -> str:
    """« L'été à Paris » becomes ``l-ete-a-paris``."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    return words[:MAX_SLUG].rstrip("-")


def text(title: str, name: str, today: dt.datetime, authority: str) -> str:
    """A whole draft, ready to be saved.

    The id holds the day, so that two posts of one name in two years differ.
    """
    template = string.Template(files("plancher.core").joinpath("draft.md").read_text(encoding="utf-8"))
    return template.substitute(title=title, date=f"{today:%Y-%m-%d %H:%M}", id=f"tag:{authority},{today:%Y-%m-%d}:{name}")
