"""Lists of a wiki, whose signs say at which level an item stands: « * », « ** », « #* »."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from plancher.importing.blogs.readers import dom

_DEEP = 12
"""Levels, at most; what is deeper stands at the last one."""


def nested_lists(items: Sequence[tuple[str, list[dom.Node]]]) -> list[dom.Node]:
    """The lists of some items: the signs of each, « * » for a bullet and « # » for a number, and its content."""
    roots: list[dom.Node] = []
    open_lists: list[tuple[Tag, Tag | None]] = []
    """Each with its last item."""
    signs = ""
    for typed, content in items:
        wanted = typed[:_DEEP]
        common = next((place for place, (one, other) in enumerate(zip(signs, wanted, strict=False)) if one != other), min(len(signs), len(wanted)))
        del open_lists[common:]
        for sign in wanted[common:]:
            added = dom.el("ul" if sign == "*" else "ol")
            if open_lists:
                _last_item(open_lists).append(added)
            else:
                roots.append(added)
            open_lists.append((added, None))
        item = dom.el("li", *content)
        open_lists[-1][0].append(item)
        open_lists[-1] = (open_lists[-1][0], item)
        signs = wanted
    return roots


def _last_item(open_lists: list[tuple[Tag, Tag | None]]) -> Tag:
    parent, item = open_lists[-1]
    if item is None:
        item = dom.el("li")
        parent.append(item)
        open_lists[-1] = (parent, item)
    return item
