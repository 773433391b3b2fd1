"""Where the theme of the engine is: in the installed package, or beside it in its repository; and where a blog puts what is its own."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def engine() -> Path:
    """The theme that every blog has."""
    installed = _PACKAGE / "theme"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "theme"


def place_of_own(content: Path, theme: Path) -> Path | None:
    """Where a blog puts templates, styles and pictures over those of its theme, file by file; None when that is the theme itself."""
    folder = content.parent / "theme"
    return folder if folder != theme else None


def own(content: Path, theme: Path) -> Path | None:
    """The same; None when there is no such folder."""
    folder = place_of_own(content, theme)
    return folder if folder and folder.is_dir() else None
