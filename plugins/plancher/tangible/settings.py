"""What a site decides about proofs: ``PLANCHER_TANGIBLE``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_TANGIBLE"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TangibleSettings:
    """The words and the size of the register."""

    natures: tuple[str, ...] = ("ventes", "économies", "temps", "emploi", "votes", "qualité", "autre")
    """What a proof may have changed; « nature » must be one of them."""
    page_size: int = 60
    """Pairs on one page of the register: a page stays light on a telephone."""
    feed_size: int = 30
    """Entries in the feed of proofs."""
