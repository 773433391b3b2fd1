"""The elements of a page that anybody may have written, as browsers read them.

What stands in a comment, a template, a script or as plain text is no element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from justhtml import JustHTML

MOST = 400_000
"""Letters of a page that are looked at: reading more of a hostile one would take minutes."""


def of(page: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Name and attributes of each, in their order; an attribute without a value has an empty one."""
    waiting = [JustHTML(page[:MOST], sanitize=False, scripting_enabled=False).root]
    while waiting:
        node = waiting.pop()
        yield getattr(node, "name", ""), {name: value or "" for name, value in (getattr(node, "attrs", None) or {}).items()}
        waiting += reversed(getattr(node, "children", None) or ())  # what stands in a template is beside the tree
