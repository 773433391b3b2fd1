"""The sections of the register: what a reader can narrow it to."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from plancher.base.french import NBSP, plural
from plancher.components.tangible import shares
from plancher.components.tangible.model import LEVELS
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.shares import Share
from plancher.components.tangible.state import NAMES, State
from plancher.site.collected import Redirection
from plancher.site.model import Site
from plancher.text.drafts import slug

ROOT = "preuves/"
"""Where the register stands: an address that never changes, nor do those under it."""
TAGS = f"{ROOT}mot/"
_STATES: tuple[tuple[State, str, str], ...] = (
    ("proved", "Promesses ramenées à leur preuve", f"{ROOT}etablies/"),
    ("unverified", "Preuves à vérifier", f"{ROOT}a-verifier/"),
    ("waiting", "Promesses en attente de preuve", f"{ROOT}en-attente/"),
)
_OF_STATE: Mapping[State, tuple[str, str, str]] = {
    "proved": ("Aucune promesse n’est encore ramenée à sa preuve.", "preuve dit comment on le sait", "preuves disent comment on le sait"),
    "unverified": ("Aucune preuve n’est à vérifier.", "preuve ne dit pas comment on le sait", "preuves ne disent pas comment on le sait"),
    "waiting": ("Aucune promesse n’attend de preuve.", "promesse faite ici n’a pas encore sa preuve", "promesses faites ici n’ont pas encore leur preuve"),
}
"""What is said of promises of a state: of none, of one, of many."""
_MOST_TAGS = 200
"""Rows of the table of tags, so sections of a tag too: the register stays light."""
_FEWEST = 3
"""Real promises of a tag that has a section; they are of two posts at least: one post is a list already."""


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A list of pairs, on as many pages as it takes."""

    title: str
    name: str
    """In a list of links."""
    path: str
    proofs: Sequence[Proof]
    state: State | None = None
    """Of all of them, when the section is that of a state."""

    @property
    def is_of_tag(self) -> bool:
        """Whether it is one of the many."""
        return self.path.startswith(TAGS)

    def summary(self, share: Share) -> str:
        """How many promises there are, in a sentence; of one state, what that means.

        :param share: its own.
        """
        if self.state is None:
            return share.sentence if share.promises or share.fictional else "Aucune promesse n’est encore inscrite."
        none, one, many = _OF_STATE[self.state]
        return f"{plural(share.promises, one, many)}." if share.promises else none


def tag_shares(proofs: Sequence[Proof], tag_slugs: Mapping[str, str]) -> tuple[Share, ...]:
    """The share of each tag that has real promises, with the address of its section if it has one; most promises first.

    :param tag_slugs: of each tag, what its address is made of.
    """
    posts = {tag: {proof.place.path for proof in pairs if not proof.fictional} for tag, pairs in shares.tagged(proofs).items()}
    return tuple(
        dataclasses.replace(share, url=f"{TAGS}{tag_slugs[share.name]}/") if share.promises >= _FEWEST and len(posts[share.name]) > 1 else share
        for share in shares.by_tag(proofs)[:_MOST_TAGS]
    )


def former_addresses(tags: Iterable[Share], site: Site) -> Iterator[Redirection]:
    """The addresses that the section of a tag had, or would have, under the other names of the tag; never that of a section."""
    same = str.casefold if site.is_case_blind else str
    present = {tag.name: tag.url for tag in tags if tag.url}
    taken = {same(url) for url in present.values()}
    for name, url in present.items():
        for alias in site.tag_aliases.get(name, ()):
            former = f"{TAGS}{alias}/"
            if same(former) not in taken:
                taken.add(same(former))
                yield former, url


def every_section(proofs: Sequence[Proof], tags: Iterable[Share]) -> Iterator[Section]:
    """All of them, in a fixed order.

    :param proofs: newest first.
    :param tags: those of the table.
    """
    yield Section("Registre des preuves", "tout", ROOT, proofs)
    yield from _of_states([proof for proof in proofs if not proof.fictional])
    by_nature, by_level, by_year = (collections.defaultdict(list) for _ in range(3))
    for proof in proofs:
        by_nature[proof.nature].append(proof)
        by_level[proof.level].append(proof)
        by_year[proof.date.year].append(proof)
    for nature in filter(None, sorted(by_nature)):
        yield Section(f"Preuves{NBSP}: {nature}", nature, f"{ROOT}nature/{slug(nature)}/", by_nature[nature])
    for level in filter(by_level.get, LEVELS):
        yield Section(f"Preuves de niveau «{NBSP}{level}{NBSP}»", level, f"{ROOT}niveau/{slug(level)}/", by_level[level])
    for year in sorted(by_year, reverse=True):
        yield Section(f"Preuves de {year}", str(year), f"{ROOT}{year}/", by_year[year])
    by_tag = shares.tagged(proofs)
    for tag in filter(attrgetter("url"), tags):
        yield Section(f"Preuves au mot-clé «{NBSP}{tag.name}{NBSP}»", tag.name, tag.url, by_tag[tag.name])


def _of_states(real: Sequence[Proof]) -> Iterator[Section]:
    """All three, empty ones too; made-up examples, which count as nothing, are in none."""
    for state, title, path in _STATES:
        yield Section(title, NAMES[state], path, [proof for proof in real if proof.state == state], state)
