"""Who sees the author's guide: ``PLANCHER_GUIDE``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_GUIDE"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GuideSettings:
    """Its author sees it in each preview, whatever stands here."""

    published: bool = False
    """Whether readers see it too, at « /guide/ »."""
