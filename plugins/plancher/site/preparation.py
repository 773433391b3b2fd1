"""What components settle before the site is made, and the entries of their indexes, out of the cache."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from plancher.site.assembly import AnyComponent
from plancher.site.component import Preparation
from plancher.site.model import Post, Site
from plancher.text.grammar import Kinds, Row


class Indexed(Protocol):
    """What was kept of a text."""

    @property
    def entries(self) -> Mapping[str, Sequence[Sequence[Any]]]:  # Any: the fields of each type of entry
        """The index entries of its blocks, by the name of their type."""


def prepare(components: Sequence[AnyComponent], draft: Site) -> Preparation:
    """What all of them settle together; of the tags of posts, the last word counts.

    :param draft: posts with the tags that were typed, and without their texts.
    """
    parts = [part for component in components if (part := component.prepare(draft))]
    return Preparation(
        tags=next((part.tags for part in reversed(parts) if part.tags is not None), None),
        tag_aliases={name: others for part in parts for name, others in part.tag_aliases.items()},
        link_states={address: state for part in parts for address, state in part.link_states.items()},
        link_replacements={address: replacement for part in parts for address, replacement in part.link_replacements.items()},
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def with_mentions(components: Sequence[AnyComponent], post: Post) -> Post:
    """A post with what each component says that it holds."""
    if not post.index:
        return post
    mentions = tuple([mention for component in components for mention in component.mentions(post)])
    pair = next((pair for component in components if (pair := component.pair(post))), None)
    return dataclasses.replace(post, mentions=mentions, pair=pair) if mentions or pair else post


def entries(kinds: Kinds, record: Indexed) -> Mapping[str, Sequence[Row]]:
    """The index entries of a text, of the types that its blocks have today."""
    if not record.entries:
        return {}
    types = {kind.index.__name__: kind.index for kind in kinds.values() if kind.index}
    return {name: [types[name](*row) for row in rows] for name, rows in record.entries.items() if name in types}
