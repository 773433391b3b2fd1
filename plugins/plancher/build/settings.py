"""What a site decides about how it is built: ``PLANCHER_BUILDING``."""

from __future__ import annotations

import dataclasses
import multiprocessing

from plancher.base.settings import between, one_of

KEY = "PLANCHER_BUILDING"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BuildingSettings:
    """How the work is shared. Nothing here changes a byte of the site."""

    workers: int = between(0, 0, 256)
    """Processes that read and render; 0: one for each core."""
    start: str = one_of("", *(name for name in ("fork", "spawn") if name in multiprocessing.get_all_start_methods()))
    """How they start, ``fork`` or ``spawn``; empty: the first of these that is safe on the system (``forked_check.MAY_FORK``)."""
    explain: bool = False
    """Whether a build says, for each file it writes, which input changed."""
    in_place: bool = False
    """Whether the output folder always stays the very one it is, and files alone change: for a container of somebody else's that shows it.
    Mounts that this process may see need no setting."""
