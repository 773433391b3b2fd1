"""What a site decides about its typography: ``PLANCHER_TYPOGRAPHY``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_TYPOGRAPHY"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TypographySettings:
    """The country whose custom is followed, whether missing spaces are added, and the rules one does without."""

    locale: str = "fr_FR"
    """``fr_FR``, ``fr_BE``, ``fr_CA`` (no space before ; ! ?) or ``fr_CH`` (thin spaces everywhere)."""
    spaces: str = "keep"
    """Where the author typed no space before ; ! ? or a colon: ``keep`` (« invoke check » says so), or ``insert`` (the site adds it)."""
    off: tuple[str, ...] = ()
    """Names of rules to switch off, as ``locales`` names them."""
