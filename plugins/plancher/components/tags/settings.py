"""What a site decides about its tags: ``PLANCHER_TAGS``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between, one_of

KEY = "PLANCHER_TAGS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TagSettings:
    """The size of the cloud and of what stands around a tag."""

    weights: str = one_of("log", "lineaire", "quantile")
    """How a number of posts becomes a size: ``log``, ``lineaire`` or ``quantile``."""
    steps: int = between(5, 1, 9)
    """Sizes of a cloud; the style sheet draws up to nine."""
    cloud_size: int = between(150, 1, 100_000)
    """Words of a cloud at most: the most used stay. The table beside it has them all."""
    related: int = between(6, 0, 1000)
    """Tags shown as going with another."""
    together: int = between(3, 1, 100_000)
    """Posts that two tags share, from which they may have a page of their own."""
    together_score: float = between(0.1, 0.0, 1.0)
    """How closely two tags must go together to have one: posts that bear both, among those that bear either."""
    crossings: int = between(12, 0, 1000)
    """Pages of two tags that one tag has, at most: the closest."""
    held: int = between(20, 0, 100_000)
    """Proofs, links and talks shown under a tag, of each kind."""
