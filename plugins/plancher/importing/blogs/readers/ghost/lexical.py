"""Lexical, the document of Ghost's editor since version 5, as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.blogs.readers.ghost.notes import Cards
from plancher.importing.blogs.readers.words import clean

_FORMATS = ((16, "code"), (1, "strong"), (2, "em"), (4, "del"), (32, "sub"), (64, "sup"), (128, "mark"))
"""Bits of a text, the innermost element first."""
_DEEP = 60
"""Levels, at most: what is deeper comes as words."""
_BLOCKS = {"paragraph": "p", "quote": "blockquote", "extended-quote": "blockquote", "aside": "aside", "listitem": "li"}
_LINKS = frozenset({"link", "autolink", "at-link"})


def to_html(source: str, cards: Cards) -> str:
    """:raises ValueError: the document does not read."""
    try:
        document = json.loads(source, strict=False)
    except RecursionError as error:
        raise ValueError("trop de niveaux") from error
    root = document.get("root") if isinstance(document, dict) else None
    return dom.html_of(*_Walk(cards).children(root if isinstance(root, dict) else {}, _DEEP))


class _Walk:
    def __init__(self, cards: Cards) -> None:
        self._cards = cards

    def children(self, node: dict[str, object], depth: int) -> list[Node]:
        children = node.get("children")
        if not isinstance(children, list):
            return []
        if not depth:
            return [" ".join(_words(node))]
        return [made for child in children if isinstance(child, dict) for made in self._node(child, depth - 1)]

    def _node(self, node: dict[str, object], depth: int) -> list[Node]:
        kind = str(node.get("type", ""))
        if kind in _LEAVES:
            return _LEAVES[kind](node)
        if kind in _LINKS:
            return self._link(node, depth)
        children, name = self.children(node, depth), _block(kind, node)
        return [dom.el(name, *children)] if name else [*self._cards.nodes(kind, node), *children]

    def _link(self, node: dict[str, object], depth: int) -> list[Node]:
        address, inside = clean(str(node.get("url") or "")).strip(), self.children(node, depth)
        return [dom.el("a", *inside, href=address)] if address and not dom.is_script(address) else inside


def _text(node: dict[str, object]) -> list[Node]:
    text, typed = clean(str(node.get("text", ""))), node.get("format")
    bits = typed if isinstance(typed, int) and text else 0
    made: Node = text
    for bit, name in _FORMATS:
        if bits & bit:
            made = dom.el(name, made)
    return [made] if text else []


def _block(kind: str, node: dict[str, object]) -> str:
    """The element of a block; empty: it is a card."""
    if kind in {"heading", "extended-heading"}:
        tag = str(node.get("tag", ""))
        return tag if tag in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h2"
    if kind == "list":
        return "ol" if node.get("listType") == "number" else "ul"
    return _BLOCKS.get(kind, "")


def _words(root: dict[str, object]) -> list[str]:
    """All texts below a node."""
    words, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node.get("text"), str):
            words.append(clean(str(node["text"])))
        children = node.get("children")
        waiting += [child for child in reversed(children) if isinstance(child, dict)] if isinstance(children, list) else []
    return words


_LEAVES: dict[str, Callable[[dict[str, object]], list[Node]]] = {
    "text": _text,
    "extended-text": _text,
    "linebreak": lambda _node: [dom.el("br")],
    "tab": lambda _node: [" "],
}
