"""What a site decides about its pictures: ``PLANCHER_PICTURES``.

Qualities are those that the RGESN 2024 (5.2) names, 70 for JPEG and 56 for
AVIF: on a telephone or a laptop nobody tells them from the original, at a tenth of
its weight.
"""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between

KEY = "PLANCHER_PICTURES"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PictureSettings:
    """How large and how good the pictures of the site are."""

    widest: int = between(1600, 640, 4096)
    """Pixels of the largest file that is made of a picture."""
    jpeg_quality: int = between(70, 30, 95)
    avif_quality: int = between(56, 20, 90)
    webp_quality: int = between(72, 30, 95)
