"""HTML whose paragraphs are empty lines, and whose line ends are breaks: what engines of the time showed as they showed it."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from plancher.importing.blogs.readers import dom

_BLOCKS = frozenset(
    "address article aside blockquote center details dir div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr iframe menu nav noscript object ol"
    " p pre script section style table ul video audio".split()
)
_GAP = re.compile(r"\n[ \t]*\n\s*")


def with_breaks(html: str) -> str:
    """Its paragraphs as elements; blocks stay what they are, code too."""
    paragraphs = _Paragraphs()
    for node in list(dom.parse(html).contents):
        paragraphs.take(node.extract())
    paragraphs.flush()
    return dom.html_of(*paragraphs.blocks)


class _Paragraphs:
    def __init__(self) -> None:
        self.blocks: list[dom.Node] = []
        self._open: list[dom.Node] = []

    def take(self, node: PageElement) -> None:
        """One node of the top level."""
        if isinstance(node, Tag):
            if node.name in _BLOCKS:
                self.flush()
                self.blocks += [node, "\n"]
            else:
                _break_inside(node)
                self._open.append(node)
        elif isinstance(node, PreformattedString):
            self._open.append(node)
        else:
            for number, piece in enumerate(_GAP.split(str(node))):
                if number:
                    self.flush()
                self._open += _broken(piece)

    def flush(self) -> None:
        """End the open paragraph."""
        while self._open and _is_empty(self._open[0]):
            self._open.pop(0)
        while self._open and _is_empty(self._open[-1]):
            self._open.pop()
        if self._open:
            self.blocks += [dom.el("p", *self._open), "\n"]
        self._open = []


def _is_empty(node: dom.Node) -> bool:
    return node.name == "br" if isinstance(node, Tag) else not isinstance(node, PreformattedString) and not node.strip()  # type: ignore[union-attr] # what is no tag is a string


def _broken(text: str) -> list[dom.Node]:
    nodes: list[dom.Node] = []
    for number, piece in enumerate(text.split("\n")):
        nodes += ([dom.el("br")] if number else []) + ([piece] if piece else [])
    return nodes


def _break_inside(tag: Tag) -> None:
    """Breaks in an inline element; code that stands in a line keeps its own."""
    for text in list(tag.find_all(string=lambda words: bool(words) and "\n" in words)):
        if type(text) is NavigableString and not any(parent.name in {"pre", "textarea", "script", "style"} for parent in text.parents):
            text.replace_with(*_broken(str(text)))
