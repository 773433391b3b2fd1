"""What the tree of one text holds that rules, the cache and pages of the whole site want to know."""

from __future__ import annotations

import dataclasses
from xml.etree.ElementTree import Element

from plancher.base import addresses
from plancher.base.problems import Problem
from plancher.markdown import tree_text
from plancher.markdown.block_fields import BlockFields
from plancher.markdown.raw_html import Inspection


@dataclasses.dataclass(slots=True)
class TreeFindings:
    """Filled while Markdown converts a text."""

    links: list[str] = dataclasses.field(default_factory=list)
    images: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Address and text."""
    refused_attributes: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    """Tag and attribute, from attribute lists."""
    refused_html: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)
    """Raw piece, code and message."""
    rendered_blocks: set[int] = dataclasses.field(default_factory=set)
    """Indices of the blocks that stand where they can be rendered."""
    undefined_notes: list[str] = dataclasses.field(default_factory=list)
    """Names of notes that are called and not written."""
    called_notes: set[str] = dataclasses.field(default_factory=set)
    """Names of notes that are called and written."""
    problems: list[Problem] = dataclasses.field(default_factory=list)
    """Of blocks, while they were rendered."""
    references: frozenset[str] = frozenset()
    """Names of the addresses that the text defines."""
    first_paragraph: str = ""
    """Its words."""
    root: Element = dataclasses.field(default_factory=lambda: Element("div"))
    raw_html: tuple[Inspection, ...] = ()
    """Markdown's stash of raw HTML, in its order."""
    fields: BlockFields = dataclasses.field(default_factory=BlockFields)
    """Fields of blocks that pages of the whole site show too."""
    uncounted: list[Element] = dataclasses.field(default_factory=list)
    """What nobody reads through: the words of a film."""
    passages: list[tuple[Element, str]] = dataclasses.field(default_factory=list)
    """Elements whose words a search finds by themselves, each with what ``text.html.passage`` gave."""

    def pictures(self) -> tuple[tuple[str, str], ...]:
        """Address and text of each picture of the site, once."""
        found: dict[str, str] = {}
        for address, words in self.images:
            if addresses.is_internal(address):
                found.setdefault(address, words)
        return tuple(found.items())

    def word_count(self) -> int:
        """How many words a reader meets."""
        return tree_text.count(self.root, self.raw_html) - sum(tree_text.count(element, self.raw_html) for element in self.uncounted)

    def words(self) -> str:
        """All words of the tree."""
        return tree_text.words(self.root, self.raw_html)

    def first_link(self) -> str:
        """Where its first link leads."""
        return tree_text.first_link(self.root, self.raw_html)
