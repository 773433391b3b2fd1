"""How many promises are proved: the figure that the blog shows about itself."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Sequence

from plancher.components.tangible.proof import Proof


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many promises are proved, under one name; made-up examples prove nothing, and are counted apart."""

    name: str
    promises: int
    proved: int
    fictional: int

    @property
    def percent(self) -> int:
        """Of promises that are proved, rounded down: 100 means all of them."""
        return 100 * self.proved // self.promises if self.promises else 0


def share(name: str, proofs: Sequence[Proof]) -> Share:
    """The share of these promises that are proved."""
    real = [found for found in proofs if not found.fictional]
    return Share(name=name, promises=len(real), proved=sum(found.is_proved for found in real), fictional=len(proofs) - len(real))


def by_tag(proofs: Iterable[Proof]) -> tuple[Share, ...]:
    """The share of each tag that has real promises, most promises first, then by name."""
    found: dict[str, list[Proof]] = collections.defaultdict(list)
    for row in proofs:
        for tag in row.tags:
            found[tag].append(row)
    shares = (share(tag, rows) for tag, rows in found.items())
    return tuple(sorted((one for one in shares if one.promises), key=lambda one: (-one.promises, one.name)))
