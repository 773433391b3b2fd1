"""What components settle before the site is made, and the entries of their indexes, out of the cache."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from plancher.cache.body import LinkReplacement
from plancher.markdown.record import Record
from plancher.site.assembly import AnyComponent
from plancher.site.component import SiteProblem
from plancher.site.model import Site
from plancher.text.grammar import Kinds, Row


@dataclasses.dataclass(slots=True)
class Settled:
    """What all of them settled."""

    tags: Mapping[str, tuple[str, ...]] | None = None
    """The tags of each post by its path; None: those that were typed."""
    tag_aliases: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    link_states: Mapping[str, str] = dataclasses.field(default_factory=dict)
    link_replacements: Mapping[str, LinkReplacement] = dataclasses.field(default_factory=dict)
    problems: tuple[SiteProblem, ...] = ()


def prepare(components: Sequence[AnyComponent], draft: Site) -> Settled:
    """Ask every component.

    :param draft: posts with the tags that were typed, and without their texts.
    """
    settled = Settled()
    for component in components:
        given = component.prepare(draft)
        if given is not None:
            settled.tags = given.tags if given.tags is not None else settled.tags
            settled.tag_aliases = {**settled.tag_aliases, **given.tag_aliases}
            settled.link_states = {**settled.link_states, **given.link_states}
            settled.link_replacements = {**settled.link_replacements, **given.link_replacements}
            settled.problems += given.problems
    return settled


def entries(kinds: Kinds, record: Record) -> Mapping[str, Sequence[Row]]:
    """The index entries of a text, of the types that its blocks have today."""
    if not record.entries:
        return {}
    types = {kind.index.__name__: kind.index for kind in kinds.values() if kind.index}
    return {name: [types[name](*row) for row in rows] for name, rows in record.entries.items() if name in types}
