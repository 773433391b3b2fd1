"""What a site decides about proofs: ``PLANCHER_TANGIBLE``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_TANGIBLE"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TangibleSettings:
    """The words of the register."""

    natures: tuple[str, ...] = ("ventes", "économies", "temps", "emploi", "votes", "qualité", "autre")
    """What a proof may have changed; « nature » must be one of them."""
