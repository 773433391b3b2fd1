"""A theme of somebody else: what Pelican's own settings would give it, where ours are made for our theme."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

_SHEET = "main.css"
"""Pelican's own name for the style sheet of a theme."""


def welcome(settings: MutableMapping[str, Any]) -> None:
    """Its files are where Pelican's themes have them, and it links to the pages of authors."""
    theme = Path(settings["THEME"])
    found = [folder for folder in settings["THEME_STATIC_PATHS"] if (theme / folder).exists()]
    settings["THEME_STATIC_PATHS"] = found or ["static"]
    if not settings["CSS_FILE"] and (theme / settings["THEME_STATIC_PATHS"][0] / "css" / _SHEET).is_file():
        settings["CSS_FILE"] = _SHEET  # Pelican looked where our own theme has its files
    settings["PAGINATED_TEMPLATES"] = {"author": None, **settings["PAGINATED_TEMPLATES"]}
    if not settings["AUTHOR_SAVE_AS"]:
        settings["AUTHOR_URL"], settings["AUTHOR_SAVE_AS"] = "auteur/{slug}/", "auteur/{slug}/index.html"
