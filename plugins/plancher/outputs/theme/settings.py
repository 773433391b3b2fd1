"""What a site decides about the pictures of its theme: ``PLANCHER_THEME``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import one_of

KEY = "PLANCHER_THEME"
PUBLISHED, ALWAYS, NEVER = "publication", "toujours", "jamais"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """When the picture of each post is drawn: it takes as long as some ten pages."""

    cards: str = one_of(PUBLISHED, ALWAYS, NEVER)
    """« publication » (``invoke publish``), « toujours » or « jamais »."""
