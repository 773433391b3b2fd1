"""Python-Markdown, with shortcuts that change nothing of what it makes.

Every shortcut stands in a ``fast_`` module, which says why it is without
effect; ``tests/markdown/test_fast.py`` compares them all with Markdown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import markdown
from markdown.extensions import Extension

from plancher.markdown.fast import steps as fast_steps
from plancher.markdown.fast.blocks import FastBlockParser
from plancher.markdown.fast.html import to_html
from plancher.markdown.fast.inline import INLINE, FastInline


class FastMarkdown(markdown.Markdown):
    """Markdown whose steps skip what a text does not contain."""

    def __init__(self, **options: Any) -> None:  # Any: each option of Markdown has its own type
        self._block_level: dict[object, bool] = {}
        super().__init__(**options)
        self._fast_parser.prepare()
        self._fast_inline.prepare()
        self.serializer = to_html if self.output_format == "html" else self.serializer

    def build_parser(self) -> Self:
        """Markdown's own parts, some of them replaced."""
        super().build_parser()
        self._fast_parser = FastBlockParser(self)
        self._fast_parser.blockprocessors = self.parser.blockprocessors
        for processor in self.parser.blockprocessors:
            processor.parser = self._fast_parser
        self.parser = self._fast_parser
        self._fast_inline = FastInline(self)
        self.treeprocessors.register(self._fast_inline, "inline", INLINE)
        fast_steps.register(self)
        return self

    def build_extension(self, ext_name: str, configs: Mapping[str, Any]) -> Extension:  # Any: so has each of an extension
        """Markdown's extension of that name, or ours in its place."""
        ours = fast_steps.EXTENSIONS.get(ext_name)
        return ours(**configs) if ours else super().build_extension(ext_name, configs)

    def is_block_level(self, tag: object) -> bool:
        """Remembered: Markdown searches a list for each element of each step, and the list no longer changes."""
        known = self._block_level.get(tag)
        if known is None:
            known = self._block_level[tag] = super().is_block_level(tag)
        return known
