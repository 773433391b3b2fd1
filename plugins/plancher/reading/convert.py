"""From an author's file to everything the site needs to know of it."""

from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path

from markdown.extensions.toc import slugify_unicode

from plancher.core import source
from plancher.core.blocks import MARK
from plancher.core.document import Document, parse
from plancher.core.facts import Heading
from plancher.core.french import clip
from plancher.core.front import FrontRules
from plancher.core.html import el, plain, to_html_string
from plancher.core.problems import Problem
from plancher.core.registry import Contributions
from plancher.reading import checks, safety
from plancher.reading.extension import PlancherExtension, code_element
from plancher.reading.fast_markdown import FastMarkdown
from plancher.reading.place import Place

_EXTENSIONS = ("abbr", "attr_list", "def_list", "footnotes", "sane_lists", "tables", "toc")
_SUMMARY_LENGTH = 300
"""Characters of the first paragraph that stand for a missing summary."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What one file becomes."""

    document: Document
    title: str
    """The header's, set as French asks."""
    category: str
    html: str
    """The body, clean, with Pelican's ``{static}`` links still to resolve."""
    summary: str
    """HTML; the header's, or the first paragraph."""
    headings: tuple[Heading, ...]
    words: int
    problems: tuple[Problem, ...]
    links: tuple[tuple[str, int], ...] = ()
    """Each address in the text and its line."""


class Converter:
    """Reads files one after the other with a single Markdown object."""

    def __init__(self, root: Path, brought: Contributions) -> None:
        self.root = root
        self.brought = brought
        self._extension = PlancherExtension()
        self._markdown = FastMarkdown(
            output_format="html",
            extensions=[*_EXTENSIONS, self._extension],
            extension_configs={
                "footnotes": {"BACKLINK_TITLE": "Retour à l’appel de la note {}", "BACKLINK_TEXT": "↩\ufe0e"},
                "toc": {"slugify": _heading_id},
            },
        )

        self._markdown.ESCAPED_CHARS.append("<")

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
        document = parse(source.decode(raw), self.brought.kinds, rules)
        brought = self.brought.for_language(document.front.lang)
        self._extension.polishers = brought.polishers
        body = self._convert(document.scan.text, document, place)
        facts = self._extension.facts
        headings = tuple(_headings(getattr(self._markdown, "toc_tokens", []), brought))
        problems = (*document.problems, *checks.run(document, facts, place))
        if document.front.summary:
            summary = self._convert(document.front.summary, None, place)
            problems += tuple(checks.run_fragment(self._extension.facts, document.front.line("summary"), place))
        else:
            summary = to_html_string(el("p", plain(brought.polish(clip(facts.lead, _SUMMARY_LENGTH)))))
        return Reading(
            document=document,
            title=brought.polish(document.front.title),
            category=self.brought.polish(document.front.category),
            html=MARK.sub(lambda mark: _lost(mark, document), safety.clean(body)).strip("\n"),
            summary=_without_ids(safety.clean(summary)),
            headings=headings,
            words=_words(body),
            problems=problems,
            links=tuple((address, document.scan.find(address)) for address in facts.links),
        )

    def _convert(self, text: str, document: Document | None, place: Place) -> str:
        self._extension.begin(document, place)
        self._markdown.reset()
        return self._markdown.convert(text)


def _words(body: str) -> int:
    """How many words a reader meets. Most stand between two spaces, which costs less to see than to search."""
    pieces = re.sub(r"<[^>]*>", " ", body).split()
    others = [piece for piece in pieces if not piece.isalnum()]
    return len(pieces) - len(others) + len(re.findall(r"\w+", " ".join(others)))


def _heading_id(value: str, separator: str) -> str:
    return slugify_unicode(value.replace("’", " ").replace("'", " "), separator) or "section"


def _headings(tokens: list[dict[str, object]], brought: Contributions) -> list[Heading]:
    found: list[Heading] = []
    for token in tokens:
        title = brought.polish(html.unescape(re.sub(r"<[^>]*>", "", str(token["name"]))))
        found.append(Heading(int(str(token["level"])), str(token["id"]), title))
        children = token["children"]
        if isinstance(children, list):
            found.extend(_headings(children, brought))
    return found


def _lost(mark: re.Match[str], document: Document) -> str:
    """What a mark stands for where Markdown does not look, in raw HTML: code is shown, a block is a problem."""
    return to_html_string(code_element(document.scan.codes[int(mark["index"])])) if mark["kind"] == "code" else ""


def _without_ids(fragment: str) -> str:
    """Summaries stand several to a page: ids must not."""
    return re.sub(r' id="[^"]*"', "", fragment)
