"""Promises and their proofs, as typed data."""

from __future__ import annotations

import dataclasses

LEVELS = ("mesuré", "constaté", "déclaré")
"""How sure a proof is: counted, seen, or told."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One promise (the intangible) brought down to its proof (the tangible)."""

    title: str = ""
    promise: str
    """Inline Markdown, as are all texts here."""
    proof: str = ""
    """Empty: the promise is still waiting for it."""
    indicator: str = ""
    before: str = ""
    after: str = ""
    unit: str = ""
    period: str = ""
    source: str = ""
    nature: str = ""
    """What changed: ventes, économies, temps…"""
    level: str = ""
    """One of ``LEVELS``."""
    review: str = ""
    """When the proof must be looked at again."""
    fictional: bool = False
    """A made-up example, said as such to the reader."""
    body: str = ""
    """Markdown under the pair."""
    line: int

    @property
    def is_proved(self) -> bool:
        """Whether anything on the ground answers the promise."""
        return bool(self.proof or (self.before and self.after))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """A list of pairs, one line each."""

    title: str
    pairs: tuple[Pair, ...]
    fictional: bool = False
    body: str
    """Markdown after the list."""
