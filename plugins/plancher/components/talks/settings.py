"""What a site decides about its talks: ``PLANCHER_TALKS``."""

from __future__ import annotations

import dataclasses

from plancher.base.settings import between

KEY = "PLANCHER_TALKS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TalkSettings:
    """How talks are read and fed."""

    bare: bool = True
    """Whether the address of a film, alone in its paragraph, is a talk."""
    feed_size: int = between(30, 1, 10_000)
    """Entries in the feeds of talks."""
