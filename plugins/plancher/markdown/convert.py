"""From an author's file to everything the site needs to know of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from markdown.extensions.toc import slugify_unicode

from plancher.base import clock, reasons
from plancher.base.french import clip
from plancher.base.problems import Problem
from plancher.cache.outline import Heading
from plancher.markdown import anchors, checks, highlight, tree_text
from plancher.markdown.extension import PlancherExtension, code_element
from plancher.markdown.fast.markdown import FastMarkdown
from plancher.markdown.page_fields import PageFields, examples_of
from plancher.markdown.place import Place
from plancher.markdown.safety import Cleaner, CleanHtml
from plancher.markdown.tree_findings import TreeFindings
from plancher.markdown.where import Where
from plancher.text import source
from plancher.text.blocks import MARK
from plancher.text.document import Document, failed_block, parse
from plancher.text.front import FrontRules
from plancher.text.grammar import Grammar, Row
from plancher.text.html import as_typed, el, to_html_string

_EXTENSIONS = ("abbr", "attr_list", "def_list", "footnotes", "tables", "toc")
_SUMMARY_LENGTH = 300
"""Characters of the first paragraph that stand for a missing summary."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """A file, converted."""

    document: Document
    title: str
    """The header's, set as French asks."""
    category: str
    body: CleanHtml
    summary: CleanHtml
    """The header's, or the first paragraph."""
    headings: tuple[Heading, ...]
    words: int
    problems: tuple[Problem, ...]
    image: str = ""
    """The picture that the header names, from the content folder; empty when there is none, or none that may be shown."""
    images: tuple[tuple[str, str], ...] = ()
    """Each picture of the site in the text, once: its address as typed, and its words."""
    links: tuple[tuple[str, int], ...] = ()
    """Each address in the text and its line, where it is one of the site."""
    entries: Mapping[str, list[Row]] = dataclasses.field(default_factory=dict)
    """The index entries of the blocks, in the order of the text, by the name of their type."""
    shown_since: dt.date | None = None
    """The last day on which time alone changed what the text shows (UTC)."""
    expires_at: dt.date | None = None
    """The next such day."""
    kept: str = ""
    """What a component keeps of its words."""

    @property
    def html(self) -> str:
        """The body, with Pelican's ``{static}`` links still to resolve."""
        return self.body.html


class Converter:
    """Reads files one after the other with a single Markdown object."""

    def __init__(self, root: Path, grammar: Grammar) -> None:
        self.root = root
        self.grammar = grammar
        self._cleaner = Cleaner()
        self._extension = PlancherExtension()
        self._markdown = FastMarkdown(
            output_format="html",
            extensions=[*_EXTENSIONS, self._extension],
            extension_configs={
                "footnotes": {"BACKLINK_TITLE": "Retour à l’appel de la note {}", "BACKLINK_TEXT": "↩\ufe0e"},
                "toc": {"slugify": _heading_id},
            },
        )

    def read(self, path: Path, rules: FrontRules) -> Reading:
        """Read one file.

        :raises OSError: the file cannot be opened.
        """
        return self.read_bytes(path.read_bytes(), rules, Place(self.root, path.parent))

    def read_bytes(self, raw: bytes, rules: FrontRules, place: Place) -> Reading:
        """Read the bytes of one file; problems carry no path yet.

        :param raw: what it holds.
        :param place: where it stands; notes which other files were asked for.
        """
        document = parse(source.decode(raw), self.grammar, rules)
        grammar = self.grammar.for_language(document.front.lang)
        self._extension.text_filters = grammar.text_filters
        html = self._convert(document.scan.text, document, place)
        findings = self._extension.findings
        headings = tuple(_headings(getattr(self._markdown, "toc_tokens", []), grammar))
        word_count = findings.word_count()  # before anything else is converted
        kept = grammar.keep_words(tree_text.passages(findings.root, findings.raw_html, findings.passages)) if grammar.keep_words else ""
        body = self._cleaner.clean(html)
        body = dataclasses.replace(body, marked=MARK.sub(lambda mark: _code_in_raw_html(mark, document), body.marked).strip("\n"))
        image, bad_image = checks.header_image(document.front, place)
        of_text = (*document.problems, *findings.problems, *checks.run(document, findings, place))
        summary, bad_summary = self._summary(document, findings.first_paragraph, place)
        entries, bad_entries = self._index_entries(document, place, findings)
        shown_since, expires_at = _lifetime(document)
        return Reading(
            document=document,
            title=grammar.filtered(document.front.title),
            category=self.grammar.filtered(document.front.category),
            body=body,
            summary=summary,
            headings=headings,
            words=word_count,
            problems=(*of_text, *bad_summary, *anchors.repeated(body.ids, document), *bad_entries, *bad_image),
            image=image,
            images=findings.pictures(),
            links=tuple(_lines_of(findings.links, Where(document.scan))),
            entries=entries,
            shown_since=shown_since,
            expires_at=expires_at,
            kept=kept,
        )

    def _summary(self, document: Document, first_paragraph: str, place: Place) -> tuple[CleanHtml, tuple[Problem, ...]]:
        """The summary of the header, else the first paragraph; a summary that fails costs the text nothing else."""
        line = document.front.line("summary")
        refused: tuple[Problem, ...] = ()
        if document.front.summary:
            try:
                summary = self._cleaner.clean(self._convert(document.front.summary, None, place), keeps_ids=False)
                return summary, tuple(checks.run_fragment(self._extension.findings, line, place))
            except Exception as error:  # noqa: BLE001 - whatever an extension of Markdown does
                refused = (Problem(line, "PDV036", f"le résumé ne peut pas être rendu : {reasons.french(error)}. Simplifiez-le."),)
        made = as_typed(el("p", self.grammar.for_language(document.front.lang).filtered(clip(first_paragraph, _SUMMARY_LENGTH))))
        return CleanHtml(made), refused

    def _index_entries(self, document: Document, place: Place, findings: TreeFindings) -> tuple[dict[str, list[Row]], tuple[Problem, ...]]:
        """The index entries of the blocks, and the blocks that fail to give theirs."""
        entries: dict[str, list[Row]] = {}
        refused: list[Problem] = []
        examples = examples_of(document)
        lang = document.front.lang
        fields = PageFields(findings, lambda markdown: self.fragment(markdown, place), self.grammar.for_language(lang).filtered, place, lang or "fr")
        for index, block in enumerate(document.blocks):
            if block and block.kind.index and index not in examples:
                try:
                    entries.setdefault(block.kind.index.__name__, []).extend(block.kind.index_entries(block.model, fields))
                except Exception as error:  # noqa: BLE001 - whatever a plugin does
                    refused.append(Problem(document.scan.blocks[index].line, "PDV036", failed_block(block.kind.name, error)))
        return entries, tuple(refused)

    def fragment(self, markdown: str, place: Place) -> TreeFindings:
        """What the tree of a piece of Markdown holds."""
        self._convert(markdown, None, place)
        return self._extension.findings

    def _convert(self, text: str, document: Document | None, place: Place) -> str:
        self._extension.begin(document, place)
        self._markdown.reset()
        return tree_text.unescaped(self._markdown.convert(text))  # an escape that is left would not be valid HTML


def _lifetime(document: Document) -> tuple[dt.date | None, dt.date | None]:
    """The last day on which a block of the text changed by itself, and the next one."""
    today = clock.now().date()
    days = [day for block in document.blocks if block for day in block.kind.expires_on(block.model)]
    return max((day for day in days if day < today), default=None), min((day for day in days if day >= today), default=None)


def _lines_of(links: Iterable[str], where: Where) -> Iterator[tuple[str, int]]:
    """Each address of the site with each of its lines; nobody needs the lines of the others."""
    for address in dict.fromkeys(links):
        lines = where.leads(address) if address.startswith(("{", "|", "/", "#")) else [1]
        yield from ((address, line) for line in lines)


def _heading_id(value: str, separator: str) -> str:
    return slugify_unicode(value.replace("’", " ").replace("'", " "), separator) or "section"


def _headings(tokens: list[dict[str, object]], grammar: Grammar) -> list[Heading]:
    headings: list[Heading] = []
    for token in tokens:
        title = grammar.filtered(html.unescape(str(token["name"])))
        headings.append(Heading(int(str(token["level"])), str(token["id"]), title))
        children = token["children"]
        if isinstance(children, list):
            headings.extend(_headings(children, grammar))
    return headings


def _code_in_raw_html(mark: re.Match[str], document: Document) -> str:
    """What a mark stands for where Markdown does not look: code is shown, a block is a problem."""
    index = int(mark["index"])
    if mark["kind"] != "code" or index >= len(document.scan.codes):
        return ""
    box = el("div")
    box.append(code_element(document.scan.codes[index]))
    highlight.colour(box)
    return to_html_string(box[0])
