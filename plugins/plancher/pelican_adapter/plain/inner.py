"""The Markdown inside a block: the owner's own, as outside of it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown.extensions.meta import MetaPreprocessor
from markdown.preprocessors import NormalizeWhitespace, Preprocessor

from plancher.markdown.extension import Inner
from plancher.text.blocks import MARK

_FENCED = "fenced_code_block"
"""The step by which Markdown, or an extension such as « codehilite », reads fenced code."""


class OwnersMarkdown(Inner):
    """Runs on the text of a block the steps that ran on the lines around it."""

    def blocks(self, parent: Element, text: str) -> None:
        """Read Markdown, blocks included, at the end of ``parent``."""
        if not text.strip():
            return
        lines = self._with_code(text).split("\n")
        for step in self.parser.md.preprocessors:
            if _reads_text(step):
                lines = step.run(lines)
        self.parser.parseBlocks(parent, "\n".join(lines).strip("\n").split("\n\n"))

    def _with_code(self, text: str) -> str:
        """Fenced code as its author typed it, where the owner has something that reads it."""
        document = self.conversion.document
        if document is None or _FENCED not in self.parser.md.preprocessors:
            return text
        lines = []
        for line in text.split("\n"):
            mark = MARK.fullmatch(line)
            code = document.scan.codes[int(mark["index"])] if mark and mark["kind"] == "code" else None
            fence = "`" * (3 + (code.text.count("`") if code else 0))
            lines.append(f"{fence}{code.language}\n{code.text}\n{fence}" if code else line)
        return "\n".join(lines)


def _reads_text(step: Preprocessor) -> bool:
    """Whether a step is for any text: not for the whole file, whose header and line ends are read already."""
    return not isinstance(step, (MetaPreprocessor, NormalizeWhitespace)) and not hasattr(step, "extension")
