"""French typography, applied once, while texts are read: pages, feeds and data all carry it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pelican import signals

from plancher.base import settings as core_settings
from plancher.base.problems import Problems
from plancher.markdown.typography import habits
from plancher.markdown.typography.settings import KEY, TypographySettings
from plancher.markdown.typography.suggestions import suggestions
from plancher.markdown.typography.typographer import Typographer
from plancher.text.document import Document

SUGGESTIONS = (suggestions,)


def advice(settings: Mapping[str, Any]) -> tuple[Callable[[Document], Problems], ...]:
    """What ``invoke check`` says, which the choices of a site decide."""
    return habits.advice(core_settings.load(settings, KEY, TypographySettings))


def polisher(settings: Mapping[str, Any]) -> Typographer:
    """What the reader asks for, once a build."""
    return Typographer(core_settings.load(settings, KEY, TypographySettings))


def check_settings(pelican: Any) -> None:
    """An unknown country or rule is fatal, before anything is read."""
    polisher(pelican.settings)


def register() -> None:
    """Connect the receivers."""
    signals.initialized.connect(check_settings)
