"""Where each pair stands in the register, for the page of its post; and the proofs of each tag, for the page of the tag."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from plancher.components.tangible.collection import RegisterRow
from plancher.components.tangible.pages import address_of, by_nature_and_year
from plancher.components.tangible.proof import LinkTarget, Proof
from plancher.components.tangible.sections import ROOT

_MOST_OF_A_TAG = 12
"""Proofs on the page of a tag, the newest; the register has all of them."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowLink:
    """What the page of a post says of a pair's row."""

    promise: str
    state: str
    """In words."""
    lang: str
    """Of the promise, when it is not that of the site; empty otherwise."""
    place: LinkTarget


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TagProofs:
    """The proofs of a tag."""

    newest: tuple[Proof, ...]
    more: int
    """How many others the register has."""


def of_posts(rows: Sequence[RegisterRow], natures: Sequence[str], size: int) -> Mapping[str, tuple[RowLink, ...]]:
    """The rows of each post, by its path, in the order of its text.

    :param size: how many rows a page of the register holds.
    """
    ordered = by_nature_and_year([row.proof for row in rows], natures)
    pages = {proof.id: address_of(ROOT, place // size + 1) for place, proof in enumerate(ordered)}
    links: dict[str, list[RowLink]] = collections.defaultdict(list)
    for row in rows:
        proof = row.proof
        name = "déclaré par un lecteur" if row.is_of_reader else "exemple fictif" if proof.fictional else proof.state_name
        links[row.post.path].append(RowLink(promise=proof.promise, state=name, lang=proof.lang, place=LinkTarget(pages[proof.id], proof.row)))
    return {path: tuple(found) for path, found in links.items()}


def of_tags(proofs: Iterable[Proof]) -> Mapping[str, TagProofs]:
    """The proofs of each tag, by its name; made-up examples prove nothing.

    :param proofs: newest first.
    """
    tagged: dict[str, list[Proof]] = collections.defaultdict(list)
    for proof in proofs:
        if proof.proves:
            for tag in proof.tags:
                tagged[tag].append(proof)
    return {tag: TagProofs(newest=tuple(found[:_MOST_OF_A_TAG]), more=max(0, len(found) - _MOST_OF_A_TAG)) for tag, found in tagged.items()}
