"""Where the theme of the engine is: in the installed package, or beside it in its repository; and where a blog puts what is its own."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def engine() -> Path:
    """The theme that every blog has."""
    installed = _PACKAGE / "theme"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "theme"


def own(content: Path, theme: Path) -> Path | None:
    """The folder of a blog whose templates, styles and pictures stand over those of its theme, file by file; None when it has none."""
    folder = content.parent / "theme"
    return folder if folder.is_dir() and folder != theme else None
