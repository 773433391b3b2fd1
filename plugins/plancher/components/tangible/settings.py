"""What a site decides about proofs: ``PLANCHER_TANGIBLE``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between, shaped

KEY = "PLANCHER_TANGIBLE"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TangibleSettings:
    """The words and the size of the register."""

    natures: tuple[str, ...] = shaped(
        ("ventes", "économies", "temps", "emploi", "votes", "qualité", "autre"), "des mots, sans virgule", r"[^\s,;](?:[^,;]*[^\s,;])?"
    )
    """What a proof may have changed; « nature » must be one of them."""
    page_size: int = between(60, 1, 100_000)
    """Pairs on one page of the register: a page stays light on a telephone."""
    feed_size: int = between(30, 1, 10_000)
    """Entries in the feed of proofs."""
