"""How many promises are proved: the figure that the blog shows about itself, and the sentence that says it."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from plancher.base.french import NBSP, plural
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.state import NAMES, State

_FEWEST = 5
"""Promises of which a percentage means something: one of two is no « 50 % »."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many promises are in each state, under one name; made-up examples are counted apart."""

    name: str
    promises: int
    proved: int
    unverified: int
    waiting: int
    fictional: int
    url: str = ""
    """Of the section of the register that lists them; empty: there is none."""

    @property
    def percent(self) -> int | None:
        """Of promises that are proved, rounded down: 100 means all of them; None when there are too few for a percentage."""
        return 100 * self.proved // self.promises if self.promises >= _FEWEST else None

    @property
    def sentence(self) -> str:
        """« 8 promesses sur 23 ramenées à leur preuve, soit 34 % ; 12 à vérifier, 3 en attente. »: a percentage goes with its count."""
        if not self.promises:
            return f"{plural(self.fictional, 'exemple fictif', 'exemples fictifs')}, et pas encore de promesse réelle."
        uncounted = plural(self.fictional, "exemple fictif n’est pas compté", "exemples fictifs ne sont pas comptés")
        return f"{self._counts}.{f' {uncounted}.' if self.fictional else ''}"

    @property
    def _counts(self) -> str:
        counts: dict[State, int] = {"proved": self.proved, "unverified": self.unverified, "waiting": self.waiting}
        if self.promises == 1:
            return f"1{NBSP}promesse, {next(NAMES[state] for state, count in counts.items() if count)}"
        percent = f", soit {self.percent}{NBSP}%" if self.proved and self.percent is not None else ""
        rest = ", ".join(f"{count} {NAMES[state]}" for state, count in counts.items() if count and state != "proved")
        return f"{_proved(self.proved, self.promises)}{percent}{f'{NBSP}; {rest}' if rest else ''}"


def _proved(proved: int, promises: int) -> str:
    if proved > 1:
        return f"{proved} promesses sur {promises} ramenées à leur preuve"
    return f"{'1' if proved else 'Aucune'} promesse sur {promises} ramenée à sa preuve"


def share(name: str, proofs: Sequence[Proof]) -> Share:
    """How many of these promises are in each state."""
    states = collections.Counter(proof.state for proof in proofs if not proof.fictional)
    return Share(
        name=name,
        promises=states.total(),
        proved=states["proved"],
        unverified=states["unverified"],
        waiting=states["waiting"],
        fictional=len(proofs) - states.total(),
    )


def tagged(proofs: Iterable[Proof]) -> Mapping[str, Sequence[Proof]]:
    """By tag, its pairs in their order."""
    pairs: dict[str, list[Proof]] = collections.defaultdict(list)
    for proof in proofs:
        for tag in proof.tags:
            pairs[tag].append(proof)
    return pairs


def by_tag(proofs: Iterable[Proof]) -> tuple[Share, ...]:
    """The share of each tag that has real promises, most promises first, then by name."""
    shares = (share(tag, pairs) for tag, pairs in tagged(proofs).items())
    return tuple(sorted((share for share in shares if share.promises), key=lambda share: (-share.promises, share.name)))
