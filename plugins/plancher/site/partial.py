"""A file of the site that was made without some of its parts."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Partial:
    """What could be made, and what is missing there: one text that fails costs no reader the others."""

    content: str
    lost: tuple[tuple[str, str], ...]
    """For each text that is left out, its address from the root of the site, and why, in French."""
