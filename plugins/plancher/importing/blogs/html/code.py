"""Blocks of code: their lines alone, without the elements that highlighters put in them."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from plancher.importing.blogs.html import walk
from plancher.importing.blogs.html.parse import BLOCKS

LANGUAGE = "data-language"
"""The attribute that holds the language of a block of code."""
_NAMES = re.compile(r"(?:language-|lang-|brush:\s*|brush-)([a-z0-9+#-]+)")


def run(soup: BeautifulSoup) -> None:
    """Leave in each block of code nothing but its lines."""
    for block in walk.every(soup, "pre", "xmp", "listing", "plaintext", "textarea"):
        if block.parent is None:
            continue
        language, lines = _language(block), _lines(block)
        block.name = "pre"
        block.clear()
        block.append(lines)
        if language:
            block[LANGUAGE] = language


def _lines(block: Tag) -> str:
    """The words of a block, where a browser breaks them."""
    pieces: list[str] = []
    is_at_start = True
    for node in block.descendants:
        if isinstance(node, NavigableString) and str(node):
            pieces.append(str(node))
            is_at_start = str(node).endswith("\n")
        elif isinstance(node, Tag) and (node.name == "br" or (node.name in BLOCKS and not is_at_start)):
            pieces.append("\n")
            is_at_start = True
    return "".join(pieces)


def _language(block: Tag) -> str:
    """The language of a piece of code, as highlighters name it in a class."""
    for tag in [block, *walk.every(block, "code")]:
        match = _NAMES.search(" ".join(tag.get_attribute_list("class")).lower())
        if match:
            return match[1]
    return ""
