"""The fields of blocks, once the page is converted: nobody converts them again for the pages of the whole site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from plancher.markdown import tree_text
from plancher.markdown.raw_html import Inspection

_MARKED = re.compile(r"[*_`<>&\[\]\\!{}|^~#]")
"""A sign of inline Markdown, or of HTML."""


def is_marked(markdown: str) -> bool:
    """Whether Markdown may find something in a text: most words are only words, and « - 5 € » is no list."""
    return _MARKED.search(markdown) is not None


class BlockFields:
    """Elements of the page, by the Markdown in them."""

    def __init__(self) -> None:
        self._elements: dict[str, tuple[Element, Element | None]] = {}

    def add(self, block: Element) -> None:
        """Note the fields of a block that was just rendered: inline Markdown has not run on it yet."""
        for element in block.iter():
            if type(element.text) is str and is_marked(element.text):  # and not a text that Markdown must leave alone
                self._elements.setdefault(element.text, (element, element[0] if len(element) else None))

    def text(self, markdown: str, raw: Sequence[Inspection]) -> str | None:
        """The words of a field; None when the page does not show it."""
        shown = self._elements.get(markdown)
        return tree_text.words(shown[0], raw, shown[1]) if shown else None

    def link(self, markdown: str, raw: Sequence[Inspection]) -> str | None:
        """Where its first link leads."""
        shown = self._elements.get(markdown)
        return tree_text.first_link(shown[0], raw, shown[1]) if shown else None
