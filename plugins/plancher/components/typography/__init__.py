"""French typography, applied once, while texts are read: pages, feeds and data all carry it."""

from __future__ import annotations

from collections.abc import Sequence

from plancher.markdown.typography import habits
from plancher.markdown.typography.settings import KEY, TypographySettings
from plancher.markdown.typography.suggestions import suggestions
from plancher.markdown.typography.typographer import Typographer
from plancher.site import registration
from plancher.site.component import Component
from plancher.text.grammar import Advice


class Typography(Component[TypographySettings, None]):
    """Spaces, quotation marks, bonds between words."""

    name = "typography"
    settings_name = KEY
    settings_type = TypographySettings

    def __init__(self, settings: TypographySettings) -> None:
        """An unknown country or rule is fatal, before anything is read."""
        super().__init__(settings)
        self._typographer = Typographer(settings)

    def text_filter(self) -> Typographer:
        """What sets words."""
        return self._typographer

    def text_advice(self) -> Sequence[Advice]:
        """What sets badly, and habits of another country."""
        return (suggestions, *habits.advice(self.settings))


COMPONENT = Typography


def register() -> None:
    """Pelican calls it; the adapter takes ``COMPONENT``."""
    registration.register()
