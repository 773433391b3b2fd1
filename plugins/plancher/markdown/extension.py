"""Our extension of Python-Markdown: marks become blocks and code.

Everything here works on ElementTree; text is never glued into HTML.
"""

from __future__ import annotations

from typing import Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, CodeBlockProcessor
from markdown.extensions import Extension
from markdown.util import code_escape

from plancher.base.problems import Problem
from plancher.markdown import containers, highlight, inline
from plancher.markdown.final_treeprocessor import FinalTreeprocessor
from plancher.markdown.place import Place
from plancher.markdown.tree_findings import TreeFindings
from plancher.text.blocks import MARK, Code
from plancher.text.document import Document, failed_block
from plancher.text.grammar import TextFilter
from plancher.text.html import add, el, plain
from plancher.text.plain import words

BEFORE_LISTS = 85
"""A mark is a block of its own: tried before lists (40, 30), after their indentation (90)."""
CODE = 80
"""Markdown's own priority of indented code."""
AFTER_EVERYTHING = 1
"""After inline text (20), attribute lists (8) and heading ids (5)."""


class Conversion(Protocol):
    """The text that is being converted."""

    document: Document | None
    place: Place | None
    text_filters: tuple[TextFilter, ...]
    findings: TreeFindings


class PlancherExtension(Extension):
    """Carries the document being converted, and what its tree holds."""

    def __init__(self) -> None:
        super().__init__()
        self.document: Document | None = None
        self.place: Place | None = None
        self.text_filters: tuple[TextFilter, ...] = ()
        self.findings = TreeFindings()

    def begin(self, document: Document | None, place: Place) -> None:
        """Forget the last text; no document for a fragment without blocks."""
        self.document = document
        self.place = place
        self.findings = TreeFindings()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Register both processors."""
        containers.register(md)
        inline.register(md)
        md.parser.blockprocessors.register(MarkProcessor(md.parser, self), "plancher", BEFORE_LISTS)
        md.parser.blockprocessors.register(IndentedCode(md.parser), "code", CODE)
        md.treeprocessors.register(FinalTreeprocessor(md, self), "plancher", AFTER_EVERYTHING)


class Inner:
    """The Markdown that a renderer may ask for."""

    def __init__(self, parser: BlockParser, extension: Conversion) -> None:
        self.parser = parser
        self.conversion = extension
        self.lang = (extension.document.front.lang if extension.document else "") or "fr"

    def text(self, markdown: str) -> str:
        """See ``Around.text``."""
        plain_words = words(markdown)
        for text_filter in self.conversion.text_filters:
            plain_words = text_filter.text(plain_words)
        return plain_words

    def file(self, address: str) -> bytes | None:
        """See ``Around.file``."""
        place = self.conversion.place
        return place.read(address) if place else None

    def say(self, problem: Problem) -> None:
        """See ``Markdown.say``."""
        self.conversion.findings.problems.append(problem)

    def blocks(self, parent: Element, text: str) -> None:
        """See ``Markdown.blocks``."""
        if text.strip():
            self.parser.parseBlocks(parent, text.split("\n\n"))


class MarkProcessor(BlockProcessor):
    """Puts a block or code in the place of its mark."""

    def __init__(self, parser: BlockParser, extension: Conversion) -> None:
        super().__init__(parser)
        self.extension = extension

    def inner(self) -> Inner:
        """What a block may ask of the Markdown around it."""
        return Inner(self.parser, self.extension)

    def test(self, parent: Element, block: str) -> bool:
        """A mark opens the block."""
        return MARK.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """What it stands for; a block that cannot be rendered is shown as typed."""
        block = blocks.pop(0)
        match = MARK.match(block)
        document = self.extension.document
        if match is None or document is None:
            return
        rest = block[match.end() :].strip("\n")
        if rest:
            blocks.insert(0, rest)
        index = int(match["index"])
        if match["kind"] == "code":
            parent.append(code_element(document.scan.codes[index]))
            return
        self.extension.findings.rendered_blocks.add(index)
        parsed = document.blocks[index]
        inner = self.inner()
        typed = document.scan.blocks[index]
        if parsed is not None:
            try:
                element = parsed.kind.render(parsed.model, inner)
            except Exception as error:  # noqa: BLE001 - whatever a plugin does, the rest of the text is rendered
                self.extension.findings.problems.append(Problem(typed.line, "PDV036", failed_block(parsed.kind.name, error)))
            else:
                parent.append(element)
                if parsed.kind.index:
                    self.extension.findings.fields.add(element)
                return
        box = add(parent, "blockquote")
        add(box, "p", plain(f"[!{typed.name}] {typed.title}".strip()))
        inner.blocks(box, "\n".join(line.text for line in typed.lines))


class IndentedCode(CodeBlockProcessor):
    """Indented code, which never goes on with the fenced code before it."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: N802 - Markdown's name
        """What stands before it, unless a fence has closed it."""
        before = super().lastChild(parent)
        return None if before is not None and before.get("tabindex") else before


def code_element(code: Code) -> Element:
    """A scrollable box must be reachable by keyboard (axe scrollable-region-focusable).

    Entities in code are words: « &lt; » is shown as it is typed, as in indented and inline code.
    """
    box = el("pre", tabindex="0")
    language = highlight.language_of(code.language)
    attributes = {"class_": f"{highlight.LANGUAGE}{language}"} if language else {}
    add(box, "code", plain(code_escape(code.text) + "\n"), **attributes)
    return box
