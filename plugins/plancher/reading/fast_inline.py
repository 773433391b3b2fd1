"""Inline Markdown without the work that cannot do anything.

Python-Markdown runs each of its fifteen inline patterns on each text of the
tree. Every pattern needs some sign to match at all: where the sign is absent,
the pattern has nothing to find, and is passed over.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

INLINE = 20
"""Markdown's own priority for this step."""
SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("://",),
    "automail": ("@",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""For each pattern, by its name in the registry, text of which every match needs one, at or after its start.

A pattern that is not named here always runs.
"""


class FastInline(InlineProcessor):
    """Markdown's step for inline patterns, which asks only those that may match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def prepare(self) -> None:
        """Learn the patterns, once every extension has registered its own."""
        signs = {self.inlinePatterns[name]: signs for name, signs in SIGNS.items() if name in self.inlinePatterns}
        self._patterns = tuple((pattern, signs.get(pattern, ("",))) for pattern in self.inlinePatterns)

    # Markdown documents no way to choose the patterns for a text: this is the one method of its own that is replaced, by the name Python
    # gives it. Should Markdown rename it, ours is never called and all is as it always was, only slower; a test says so.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - Markdown's names
        if isinstance(data, AtomicString):
            return data
        for index in range(patternIndex, len(self._patterns)):
            pattern, signs = self._patterns[index]
            start, matched = 0, True
            while matched:
                for sign in signs:
                    if data.find(sign, start) >= 0:
                        break
                else:
                    break
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]  # the same
        return data
