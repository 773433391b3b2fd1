"""French typography, applied once, while texts are read: pages, feeds and data all carry it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pelican import signals

from plancher.core import settings as core_settings
from plancher.core.document import Document
from plancher.core.problems import Problems
from plancher.typography import habits
from plancher.typography.settings import KEY, TypographySettings
from plancher.typography.suggestions import suggestions
from plancher.typography.typographer import Typographer

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
