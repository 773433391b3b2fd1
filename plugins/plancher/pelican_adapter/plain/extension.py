"""Our extension of Pelican's Markdown: blocks are rendered, and all the rest is what the owner's own extensions make of it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from plancher.base import addresses, files
from plancher.base.problems import Problem
from plancher.markdown import raw_html, tree_text
from plancher.markdown.convert import Converter
from plancher.markdown.extension import BEFORE_LISTS, MarkProcessor
from plancher.markdown.page_fields import PageFields, examples_of
from plancher.markdown.place import Place
from plancher.markdown.raw_html import Inspection
from plancher.markdown.tree_findings import TreeFindings
from plancher.pelican_adapter.plain import drawings, placing
from plancher.pelican_adapter.plain.inner import OwnersMarkdown
from plancher.pelican_adapter.plain.known import KnownText
from plancher.pelican_adapter.site_frame import SiteParts
from plancher.site import assembly
from plancher.text.document import Document, failed_block
from plancher.text.grammar import Row, TextFilter

BEFORE_ALL, AFTER_ALL = 1000, 1
"""Before Markdown's own first step (30), which changes the number of lines; after inline text (20) and attribute lists (8)."""


class PlainExtension(Extension):
    """What one blog asks of Markdown, and the text that is being read."""

    def __init__(self, parts: SiteParts, root: Path, lang: str, fingerprint: str) -> None:
        """:param fingerprint: of the components, their settings and our code."""
        super().__init__()
        self.parts = parts
        self.root = root
        self.lang = lang
        self.fingerprint = fingerprint
        self.assembly: assembly.Assembly | None = None
        """What components make of the site, once all texts are read."""
        self.document: Document | None = None
        self.place: Place | None = None
        self.text_filters: tuple[TextFilter, ...] = ()
        self.findings = TreeFindings()
        self._source: Path | None = None
        self._is_open = False
        """Whether the tree of the text is still to come; Pelican has its summary converted after it."""
        self._known = KnownText()

    def __deepcopy__(self, memo: object) -> Self:
        """Itself: somebody else's reader copies the settings, and the blog stays one."""
        return self

    @functools.cached_property
    def converter(self) -> Converter:
        """Reads the Markdown of fields that a page does not show."""
        return Converter(self.root, self.parts.grammar)

    def begin(self, source: Path) -> None:
        """The next text that Markdown is given is that of this file."""
        self._source, self._is_open, self._known = source, False, KnownText()
        self.document, self.place, self.text_filters = None, Place(self.root, source.parent), ()

    def end(self) -> KnownText:
        """What is known of it."""
        self._source = None
        return self._known

    def set_text(self, title: str) -> str:
        """A title, as the text filters of the site set it."""
        for text_filter in self.text_filters:
            title = text_filter.text(title)
        return title

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Register our steps."""
        md.preprocessors.register(_Finder(md, self), "plancher", BEFORE_ALL)
        md.parser.blockprocessors.register(_PlainMarks(md.parser, self), "plancher", BEFORE_LISTS)
        md.treeprocessors.register(_Finisher(md, self), "plancher", AFTER_ALL)

    def find(self, lines: list[str]) -> list[str]:
        """The lines of a text with marks in the place of its blocks; those of a summary, which is read after it, stay as they are."""
        if self._source is None:
            return lines
        placed = placing.place(lines, _cut(self._source, lines), self.parts.grammar, self.lang)
        self._source, self._is_open = None, True
        self.document, self.findings = placed.document, TreeFindings()
        self.text_filters = self.parts.grammar.for_language(placed.document.front.lang).text_filters
        self._known = KnownText(problems=placed.problems, tags=placed.tags)
        return placed.lines

    def finish(self, root: Element, raw: Sequence[Inspection]) -> None:
        """Note what the site wants to know of the text, once its tree is whole."""
        document, place, findings = self.document, self.place, self.findings
        if document is None or place is None or not self._is_open:
            return
        self._is_open = False
        findings.root, findings.raw_html = root, tuple(raw)
        links = [tree_text.typed(address) for element in root.iter("a") if (address := element.get("href"))]
        entries, refused = self._entries(document, place)
        self._known = KnownText(
            problems=(*self._known.problems, *findings.problems, *refused),
            tags=self._known.tags,
            links=tuple(dict.fromkeys(address for address in links if addresses.is_internal(address))),
            elsewhere=tuple(dict.fromkeys(address for address in links if addresses.is_web(address))),
            entries=entries,
        )

    def _entries(self, document: Document, place: Place) -> tuple[dict[str, list[Row]], list[Problem]]:
        """The index entries of the blocks that the page shows, and the blocks that fail to give theirs."""
        entries: dict[str, list[Row]] = {}
        refused: list[Problem] = []
        grammar = self.parts.grammar.for_language(document.front.lang)
        fields = PageFields(self.findings, lambda markdown: self.converter.fragment(markdown, place), grammar.filtered, place, document.front.lang)
        for index in sorted(self.findings.rendered_blocks - examples_of(document)):
            block = document.blocks[index]
            if block and block.kind.index:
                try:
                    entries.setdefault(block.kind.index.__name__, []).extend(block.kind.index_entries(block.model, fields))
                except Exception as error:  # noqa: BLE001 - whatever a component does, the text is read
                    refused.append(Problem(document.scan.blocks[index].line, "PDV036", failed_block(block.kind.name, error)))
        return entries, refused


def _cut(source: Path, given: Sequence[str]) -> int:
    """How many lines of a file Markdown was not given: somebody else's reader may take a header off, and the empty lines around the body."""
    try:
        whole = files.read_text(source).rstrip().splitlines()
    except (OSError, files.UnreadableError):
        return 0
    lines = "\n".join(given).rstrip().splitlines()
    count = len(whole) - len(lines)
    empty = next((number for number, line in enumerate(lines) if line.strip()), 0)  # the first may be the end of a line of the header
    return count if count > 0 and whole[count + empty :] == lines[empty:] else 0


class _Finder(Preprocessor):
    """Sees the lines as they were typed."""

    def __init__(self, md: Markdown, extension: PlainExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        return self.extension.find(lines)


class _PlainMarks(MarkProcessor):
    """Gives blocks the owner's own Markdown."""

    def inner(self) -> OwnersMarkdown:
        return OwnersMarkdown(self.parser, self.extension)


class _Finisher(Treeprocessor):
    """The last step on the tree."""

    def __init__(self, md: Markdown, extension: PlainExtension) -> None:
        super().__init__(md)
        self.markdown = md
        self.extension = extension

    def run(self, root: Element) -> None:
        stash = self.markdown.htmlStash.rawHtmlBlocks
        drawings.make_plain(root)
        self.extension.finish(root, list(_inspected(stash)))
        for text_filter in self.extension.text_filters:
            text_filter.tree(root, stash)


def _inspected(stash: Iterable[object]) -> Iterable[Inspection]:
    """Each piece of raw HTML, parsed; it stays as it is."""
    return (raw_html.inspect(piece) if isinstance(piece, str) else Inspection() for piece in stash)
