"""What a site decides about how it is built: ``PLANCHER_BUILDING``."""

from __future__ import annotations

import dataclasses

KEY = "PLANCHER_BUILDING"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BuildingSettings:
    """How the work is shared. Nothing here changes a byte of the site."""

    workers: int = 0
    """Processes that read and render; 0: one for each core."""
    start: str = ""
    """How they start, ``fork`` or ``spawn``; empty: the first of these that the machine has."""
    explain: bool = False
    """Whether a build says, for each file it writes, which input changed."""
