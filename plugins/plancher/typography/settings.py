"""What a site decides about its typography: ``PLANCHER_TYPOGRAPHY``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_TYPOGRAPHY"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TypographySettings:
    """The country whose custom is followed, and the rules one does without."""

    locale: str = "fr_FR"
    """``fr_FR``, ``fr_BE``, ``fr_CA`` (no space before ; ! ?) or ``fr_CH`` (thin spaces everywhere)."""
    off: tuple[str, ...] = ()
    """Names of rules to switch off, as the functions of ``rules`` are named."""
