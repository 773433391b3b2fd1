"""What the index entries of a block are made of: its fields, as its page shows them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

from plancher.markdown.block_fields import is_marked
from plancher.markdown.place import Place
from plancher.markdown.tree_findings import TreeFindings
from plancher.text.blocks import MARK
from plancher.text.document import Document

_NOTE = re.compile(r"\[\^[^\]\s]+\]")


@dataclasses.dataclass(frozen=True, slots=True)
class PageFields:
    """Answers what a block asks about the Markdown of its fields, from the converted page where it shows the field."""

    page: TreeFindings
    convert: Callable[[str], TreeFindings]
    """Markdown that the page does not show."""
    filtered: Callable[[str], str]
    """Plain words, as the text filters set them."""
    place: Place
    lang: str

    def text(self, markdown: str) -> str:
        """An image is what it shows; a call for a note is nothing."""
        if not is_marked(markdown):
            return self.filtered(markdown)
        words = self.page.fields.text(markdown, self.page.raw_html)
        return self.convert(_NOTE.sub("", markdown)).words() if words is None else words

    def link(self, markdown: str) -> str:
        """Where its first link leads, as typed."""
        if not is_marked(markdown):
            return ""
        address = self.page.fields.link(markdown, self.page.raw_html)
        return self.convert(markdown).first_link() if address is None else address

    def file(self, address: str) -> bytes | None:
        """What a file of the content folder holds."""
        return self.place.read(address)


def examples_of(document: Document) -> set[int]:
    """The blocks that stand in an example, however deep."""
    examples: set[int] = set()
    for index in range(len(document.blocks) - 1, -1, -1):  # the outer ones come last
        block = document.blocks[index]
        if index in examples or (block and block.kind.is_example):
            marks = MARK.finditer("\n".join(line.text for line in document.scan.blocks[index].lines))
            examples.update(int(mark["index"]) for mark in marks if mark["kind"] == "bloc")
    return examples
