"""Inline Markdown, without the patterns that cannot match.

Python-Markdown runs each of its fifteen inline patterns on each text of the
tree. Every pattern needs some sign to match at all: where the sign is absent,
the pattern has nothing to find, and is passed over.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from plancher.markdown.fast.signs import RuleFilter

INLINE = 20
"""Markdown's own priority for this step."""
SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "backslash_break": ("\\\n",),
    "escaped_entity": ("\\&",),
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
    "bare_address": ("://", "www.", "WWW."),
    "bare_mail": ("@",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
    "struck": ("~~",),
}
"""For each pattern, by its name in the registry: every match contains one of these signs. A pattern that is not named here always runs."""


class FastInline(InlineProcessor):
    """Markdown's step for inline patterns, which asks only those that may match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.prepare()

    def prepare(self) -> None:
        """Learn the patterns; again, once every extension has registered its own."""
        self._filter = RuleFilter(self.inlinePatterns, SIGNS)

    # Markdown documents no way to choose the patterns for a text: this is the one method of its own that is replaced, by the name Python
    # gives it. Should Markdown rename it, ours is never called and all is as it always was, only slower; a test says so.
    # A match leaves a placeholder in its place, so the text never gains a sign on the way.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - Markdown's names
        if isinstance(data, AtomicString):
            return data
        for index, pattern in self._filter.of(data):
            start, matched = 0, index >= patternIndex
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, index, start)  # type: ignore[attr-defined]  # the same
        return data
