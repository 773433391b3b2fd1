"""Anchors are addresses: a warning before one would change."""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from plancher.core.problems import Problem
from plancher.tangible.register import Proof

Known = Mapping[str, Mapping[str, str]]
"""For each post, by identifier, the anchor of each promise."""


def known(register: Path) -> Known:
    """The anchors of a register that was built before; none when there is none, or none that can be read."""
    try:
        return _by_post((item["id"], item["promise"]) for item in json.loads(register.read_text(encoding="utf-8"))["items"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _by_post(pairs: Iterable[tuple[str, str]]) -> Known:
    """Promises that a post makes twice in the same words are left out: nobody could tell which is which."""
    found: dict[str, dict[str, str]] = collections.defaultdict(dict)
    twice: set[tuple[str, str]] = set()
    for identifier, promise in pairs:
        post, _, anchor = identifier.rpartition("#")
        if promise in found[post]:
            twice.add((post, promise))
        found[post][promise] = anchor
    return {post: {promise: anchor for promise, anchor in promises.items() if (post, promise) not in twice} for post, promises in found.items()}


def moved(before: Known, now: Iterable[tuple[Proof, str, int]]) -> Iterator[tuple[str, Problem]]:
    """An anchor keeps leading to the same promise.

    :param now: each proof, its file and its line.
    :returns: files and problems.
    """
    lines = {proof.id: (path, line, proof.promise) for proof, path, line in now}
    said: set[str] = set()
    for post, promises in _by_post((identifier, promise) for identifier, (_, _, promise) in lines.items()).items():
        former = before.get(post, {})
        for promise, anchor in promises.items():
            old = former.get(promise, anchor)
            taker = lines.get(f"{post}#{old}")
            if old == anchor:
                continue
            if taker and taker[2] not in former:
                if f"{post}#{old}" not in said:
                    said.add(f"{post}#{old}")
                    yield taker[0], Problem(taker[1], "PDV018", f"cette paire prendrait l'ancre « #{old} » d'une autre. Donnez-lui un nom : « id : … ».")
            else:
                path, line, _ = lines[f"{post}#{anchor}"]
                yield path, Problem(line, "PDV018", f"l'ancre de cette paire passerait de « #{old} » à « #{anchor} ». Ajoutez « id : {old} » pour la garder.")
