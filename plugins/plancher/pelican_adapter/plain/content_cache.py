"""Pelican keeps texts from one build to the next by their time alone: it must forget them when components or their settings change."""

from __future__ import annotations

import contextlib
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from plancher.base import digest
from plancher.pelican_adapter.site_frame import SiteParts

_FILE = "plancher.txt"
"""In Pelican's folder of cached texts."""
_CODE = Path(__file__).resolve().parents[2]


def check(settings: MutableMapping[str, Any], parts: SiteParts) -> str:
    """Have Pelican read all texts again, if what is kept is not of today's components.

    :returns: what these are, for ``remember``.
    """
    ours = [(component.name, repr(component.settings), repr(component.words), component.email, component.has_forms) for component in parts.components]
    today = digest.of_text(digest.of_code(_CODE), repr(ours))
    if settings["LOAD_CONTENT_CACHE"]:
        kept = ""
        with contextlib.suppress(OSError, ValueError):
            kept = _file(settings).read_text(encoding="utf-8")
        settings["LOAD_CONTENT_CACHE"] = kept == today
    return today


def remember(settings: MutableMapping[str, Any], today: str) -> None:
    """The texts that Pelican has kept are of these components."""
    if settings["CACHE_CONTENT"]:
        with contextlib.suppress(OSError):  # without it, all texts are read again
            _file(settings).parent.mkdir(parents=True, exist_ok=True)
            _file(settings).write_text(today, encoding="utf-8")


def _file(settings: MutableMapping[str, Any]) -> Path:
    return Path(settings["CACHE_PATH"]) / _FILE
