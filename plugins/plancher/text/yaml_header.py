"""YAML that is more than plain lines, as fields: lists, groups, quotes, folded text.

Nodes are composed and no object is ever made: a scalar stays the text that was
typed, and each node knows its line.
"""

from __future__ import annotations

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from plancher.text.header_lines import HeaderField

_EMPTY = frozenset({"null", "~"})
_MOST_VALUES = 500
"""Of a header: an alias of aliases would make thousands out of a few lines."""
_LONGEST = 20_000
"""Characters of one key with its value."""


def read(text: str, first: int) -> list[HeaderField] | None:
    """The fields of one key of the first level; None where YAML cannot read it.

    :param first: the number of its first line.
    """
    if len(text) > _LONGEST:
        return None
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    return _flat(node, first) if isinstance(node, MappingNode) else None


def _flat(root: yaml.MappingNode, first: int) -> list[HeaderField]:
    """The fields of a tree of YAML, groups opened."""
    fields: list[HeaderField] = []
    queue: list[tuple[str, yaml.MappingNode]] = [("", root)]
    while queue and len(fields) < _MOST_VALUES:
        within, group = queue.pop(0)
        for key, value in group.value[:_MOST_VALUES]:
            name, line = str(key.value), first + key.start_mark.line
            if isinstance(value, MappingNode):
                if len(queue) < _MOST_VALUES:
                    queue.append((name, value))
            elif isinstance(value, SequenceNode):
                items = tuple(filter(None, map(_item, value.value[:_MOST_VALUES])))
                fields.append(HeaderField(name, ", ".join(items), line, items, within))
            else:
                fields.append(HeaderField(name, _scalar(value), line, within=within))
    return fields


def _scalar(node: ScalarNode) -> str:
    text = " ".join(str(node.value).split())
    return "" if node.style is None and text.lower() in _EMPTY else text


def _item(node: Node) -> str:
    """One of a list: a word, or the name of what it describes."""
    if isinstance(node, MappingNode):
        named = {str(key.value).lower(): _scalar(value) for key, value in node.value if isinstance(value, ScalarNode)}
        return next((named[name] for name in ("name", "nom", "title") if name in named), next(iter(named.values()), ""))
    return _scalar(node) if isinstance(node, ScalarNode) else ""
