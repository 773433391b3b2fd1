"""Block Markdown without the work that cannot do anything.

Python-Markdown asks each of its seventeen block processors, in order, whether
a block is theirs, and most answer with a regular expression. Where a sign that
the processor needs is absent, the answer is no, and is not asked for.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from plancher.core.source import MARK_OPEN

SIGNS: dict[str, tuple[str, ...]] = {
    "indent": ("    ",),
    "defindent": ("    ",),
    "plancher": (MARK_OPEN,),
    "code": ("    ",),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("-", "_", "*"),
    "olist": (". ",),
    "ulist": ("* ", "+ ", "- "),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("]:",),
    "abbr": ("*[",),
    "reference": ("]:",),
}
"""For each processor, by its name in the registry, text of which every block it takes holds one.

A processor that is not named here is always asked.
"""


class FastBlockParser(BlockParser):
    """Markdown's block parser, which asks only the processors that may say yes."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._processors: tuple[tuple[BlockProcessor, tuple[str, ...]], ...] = ()

    def prepare(self) -> None:
        """Learn the processors, once every extension has registered its own."""
        signs = {self.blockprocessors[name]: signs for name, signs in SIGNS.items() if name in self.blockprocessors}
        self._processors = tuple((processor, signs.get(processor, ("",))) for processor in self.blockprocessors)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - Markdown's name
        """Give each block to the first processor that takes it."""
        while blocks:
            for processor, signs in self._processors:
                block = blocks[0]
                for sign in signs:
                    if sign in block:
                        break
                else:
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break
