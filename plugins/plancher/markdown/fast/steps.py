"""Steps of Python-Markdown that look first whether there is anything to do.

Each is Markdown's own class, and leaves the work to it when there is some.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension, AttrListTreeprocessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import ETX, STX

WHITESPACE, HTML_BLOCKS = 30, 20
"""Markdown's own priorities: before blocks…"""
ATTRIBUTES, UNESCAPE = 8, 0
"""… and after inline text."""


class FastWhitespace(NormalizeWhitespace):
    """Skips the search for blank lines that hold spaces, where no line ends with a space."""

    def run(self, lines: list[str]) -> list[str]:
        """Markdown runs only on a text with something to remove, expand or empty."""
        source = "\n".join(lines)
        if " \n" in source or source.endswith(" ") or any(sign in source for sign in ("\t", "\r", STX, ETX)):
            return super().run(lines)
        return f"{source}\n\n".split("\n")


class FastHtmlBlocks(HtmlBlockPreprocessor):
    """The parser of HTML finds tags at « < » and entities at « & »; a text with neither comes out as it went in."""

    def run(self, lines: list[str]) -> list[str]:
        """Only a text with a sign is parsed."""
        if any("<" in line or "&" in line for line in lines):
            return super().run(lines)
        return lines


class FastAttributes(AttrListTreeprocessor):
    """An attribute list opens with a brace, in a text or after an element."""

    def run(self, doc: Element) -> None:
        """Only a tree whose texts hold one is searched."""
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class FastUnescape(UnescapeTreeprocessor):
    """Markdown marks each escaped letter with one sign, which no author can type."""

    def unescape(self, text: str) -> str:
        """The text with its escaped letters."""
        return super().unescape(text) if STX in text else text


class FastContents(TocTreeprocessor):
    """The table of contents: its entries are always collected and headings get ids, but the HTML is made only where a text asks for it.

    Without a heading there is neither: ``reset`` has made ``toc_tokens`` empty.
    """

    _asked = False

    def run(self, doc: Element) -> None:
        """« [TOC] » is the text of an element."""
        self._asked = self.marker in "".join(doc.itertext())
        if self._asked or any(self.header_rgx.match(element.tag) for element in doc.iter()):
            super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:  # Any: Markdown gives the type of a heading no public name
        """Empty when nothing shows it."""
        return super().build_toc_div(toc_list if self._asked else [])

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Nothing to do when no text asks."""
        if self._asked:
            super().replace_marker(root, elem)


class FastAttrListExtension(AttrListExtension):
    """Markdown's extension, with our step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Register, then take the place."""
        super().extendMarkdown(md)
        md.treeprocessors.register(FastAttributes(md), "attr_list", ATTRIBUTES)


class FastTocExtension(TocExtension):
    """Markdown's extension, with our step: it has a name for that."""

    TreeProcessorClass = FastContents


EXTENSIONS: dict[str, type[Extension]] = {"attr_list": FastAttrListExtension, "toc": FastTocExtension}
"""By the name one asks Markdown for."""


def register(md: Markdown) -> None:
    """Take the places of Markdown's own steps."""
    md.preprocessors.register(FastWhitespace(md), "normalize_whitespace", WHITESPACE)
    md.preprocessors.register(FastHtmlBlocks(md), "html_block", HTML_BLOCKS)
    md.treeprocessors.register(FastUnescape(md), "unescape", UNESCAPE)
