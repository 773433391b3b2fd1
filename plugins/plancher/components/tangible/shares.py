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
    real = [proof for proof in proofs if not proof.fictional]
    return Share(name=name, promises=len(real), proved=sum(proof.is_proved for proof in real), fictional=len(proofs) - len(real))


def by_tag(proofs: Iterable[Proof]) -> tuple[Share, ...]:
    """The share of each tag that has real promises, most promises first, then by name."""
    tagged: dict[str, list[Proof]] = collections.defaultdict(list)
    for proof in proofs:
        for tag in proof.tags:
            tagged[tag].append(proof)
    shares = (share(tag, tagged[tag]) for tag in tagged)
    return tuple(sorted((share for share in shares if share.promises), key=lambda share: (-share.promises, share.name)))
