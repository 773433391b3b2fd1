"""What a site decides about its tags: ``PLANCHER_TAGS``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_TAGS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TagSettings:
    """The size of the cloud and of what stands around a tag."""

    weights: str = "log"
    """How a number of posts becomes a size: ``log``, ``lineaire`` or ``quantile``."""
    steps: int = 5
    """Sizes of a cloud; the style sheet draws up to nine."""
    cloud_size: int = 150
    """Words of a cloud at most: the most used stay. The table beside it has them all."""
    related: int = 6
    """Tags shown as going with another."""
    together: int = 3
    """Posts that two tags share, from which they have a page of their own."""
    held: int = 20
    """Proofs, links and talks shown under a tag, of each kind."""
