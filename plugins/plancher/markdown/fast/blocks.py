"""Block Markdown, without the processors that cannot match.

Python-Markdown asks each of its seventeen block processors, in order, whether
a block is theirs, and most answer with a regular expression. Where a sign that
the processor needs is absent, the answer is no, and is not asked for.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser

from plancher.markdown.fast.signs import RuleFilter
from plancher.text.source import MARK_OPEN

SIGNS: dict[str, tuple[str, ...]] = {
    "html": ("\n<",),
    "plancher": ("\n" + MARK_OPEN,),
    "code": ("\n    ",),
    "table": ("|",),
    "hashheader": ("\n#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("\n-", "\n_", "\n*", "\n "),
    "list": ("\n-", "\n*", "\n+", ".", ")"),
    "deflist": ("\n:",),
    "quote": ("\n>",),
    "footnote": ("]:",),
    "abbr": ("\n*[",),
    "reference": ("]:",),
}
"""For each processor, by its name in the registry: every block that it takes, after a line feed, contains one of these signs.

A processor that is not named here is always asked.
"""


class FastBlockParser(BlockParser):
    """Markdown's block parser, which asks only the processors that may say yes."""

    def prepare(self) -> None:
        """Learn the processors, once every extension has registered its own."""
        self._filter = RuleFilter(self.blockprocessors, SIGNS)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - Markdown's name
        """Give each block to the first processor that takes it; a processor that declines puts the block back."""
        while blocks:
            block = blocks[0]
            for _, processor in self._filter.of(f"\n{block}"):
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break
