"""The register: every pair of every post, with where its proof can be checked."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterator, Mapping

from plancher.base import addresses, links, tracking
from plancher.base.problems import Problem, SiteProblem
from plancher.components.tangible import readers
from plancher.components.tangible.entries import ProofEntry
from plancher.components.tangible.proof import LinkTarget, Proof, from_entry
from plancher.site.model import Post, Site


@dataclasses.dataclass(frozen=True, slots=True)
class RegisterRow:
    """A pair, and the post it stands in."""

    proof: Proof
    entry: ProofEntry
    post: Post
    is_of_reader: bool = False
    """Whether a reader declared it: no author looks after its anchor."""


@dataclasses.dataclass(frozen=True, slots=True)
class Register:
    """All pairs, those of the newest post first, each post's in the order of its text."""

    rows: tuple[RegisterRow, ...]

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """The same, without their posts."""
        return tuple(row.proof for row in self.rows)

    @property
    def tag_slugs(self) -> Mapping[str, str]:
        """Of each tag of a post that has a pair, what its address is made of."""
        return {tag.name: tag.slug for row in self.rows for tag in row.post.tags}

    @property
    def latest_proof(self) -> Proof | None:
        """The newest promise that is proved, and no made-up example; None when there is none."""
        return next((row.proof for row in self.rows if row.proof.proves), None)


def collect(site: Site) -> Register:
    """Every pair of the posts that lists show."""
    declared = (RegisterRow(proof, entry, post, is_of_reader=True) for proof, entry, post in readers.rows(site))
    return Register(tuple(sorted([*_rows(site), *declared], key=lambda row: -row.proof.date.timestamp())))


def _rows(site: Site) -> Iterator[RegisterRow]:
    talks = _by_slug(site)
    for post in site.posts:
        for entry in sorted(post.entries(ProofEntry), key=lambda entry: entry.line):
            source = _source(entry, post, talks, site)
            state = site.link_states.get(tracking.clean(entry.source_address), "") if source and source.is_elsewhere else ""
            yield RegisterRow(from_entry(entry, post, source, state, site.today), entry, post)


def _by_slug(site: Site) -> Mapping[str, Post]:
    return {post.slug: post for post in site.posts}


def _source(entry: ProofEntry, post: Post, talks: Mapping[str, Post], site: Site) -> LinkTarget | None:
    """Where a proof can be checked."""
    if entry.source_talk:  # a browser finds the moment, or the head of the post
        talk = talks.get(entry.source_talk)
        return LinkTarget(talk.url, f"t={entry.source_second}" if entry.source_second else "") if talk else None
    address = entry.source_address
    path, _, anchor = address.partition("#")
    if addresses.is_internal(address):
        inside = site.place_of(address, post.path)
        return None if inside is None else LinkTarget(inside, anchor)
    if addresses.is_web(address):
        return LinkTarget(path, anchor)
    if address.startswith(("#", "/")):
        return LinkTarget(links.within(path, site.identity.address) if path else post.url, anchor)
    return None


def cited_moments(site: Site, register: Register) -> Mapping[str, tuple[tuple[int, str, LinkTarget], ...]]:
    """For each post with a talk, by its path, the proofs that cite a moment of it: the second, the promise (with what it lacks), where it stands."""
    paths = {post.url: post.path for post in site.posts}
    cited: dict[str, list[tuple[int, str, LinkTarget]]] = collections.defaultdict(list)
    for proof in register.proofs:
        if proof.state != "waiting" and proof.source and proof.source.anchor.startswith("t=") and proof.source.path in paths:
            cited[paths[proof.source.path]].append((int(proof.source.anchor[2:]), f"{proof.promise} {proof.state_note}".strip(), proof.place))
    return {path: tuple(sorted(moments, key=lambda moment: moment[0])) for path, moments in cited.items()}


def missing_talks(site: Site, register: Register) -> Iterator[SiteProblem]:
    """A talk that a proof cites has its post."""
    talks = _by_slug(site)
    for row in register.rows:
        name = row.entry.source_talk
        if name and name not in talks:
            message = f"aucun billet ne porte la vidéo « {name} ». Donnez le nom de fichier du billet qui la montre."
            yield row.post.path, Problem(row.entry.line, "PDV042", message)
