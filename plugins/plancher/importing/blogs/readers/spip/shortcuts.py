"""SPIP's shortcuts as HTML: headings, lists, tables, quotations, poems, code; what stands in several languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.blogs.readers.lists import nested_lists
from plancher.importing.blogs.readers.spip.inline import Inline, Show
from plancher.importing.blogs.readers.words import clean

_OPENING = re.compile(r"<(code|cadre|html|quote|poesie|poetry)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_LANGUAGE = re.compile(r"\[([a-z]{2,3}(?:_[a-z]{2,8})?)\]")
_LINE = re.compile(r"(?P<hr>-{4,}\s*\Z|_{4,}\s*\Z)|-(?P<list>[*#]+)\s*|(?P<dash>-)\s+|(?P<table>\|)")
_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"


def chosen(text: str, language: str) -> str:
    """Of each ``<multi>``, what is in a language; else the first one."""
    pieces, place = [], 0
    while (start := text.find("<multi>", place)) >= 0 and (end := text.find("</multi>", start)) >= 0:
        parts = _LANGUAGE.split(text[start + 7 : end])
        words = dict(zip(reversed(parts[1::2]), reversed(parts[2::2]), strict=True))
        pieces += [text[place:start], words.get(language) or next(iter(parts[2::2]), parts[0])]
        place = end + 8
    return "".join([*pieces, text[place:]])


class Shortcuts:
    """One text, which may be given in several parts; notes follow one another."""

    def __init__(self, prefix: str, language: str, document: Show) -> None:
        """:param document: what the document of a number shows."""
        self._inline = Inline(prefix, document)
        self._language = language

    def to_html(self, source: str) -> str:
        """The HTML of one part."""
        text = clean(chosen(source, self._language)).replace(_MARK, "")
        nodes = [node for kind, piece in _segments(text) for node in self._segment(kind, piece)]
        return dom.html_of(*nodes)

    def notes(self) -> str:
        """The notes of all parts."""
        return dom.html_of(dom.notes(self._inline.notes)) if self._inline.notes else ""

    def _segment(self, kind: str, text: str) -> list[Node]:
        if kind in {"code", "cadre"}:
            return [dom.code(text)]
        if kind == "html":
            return list(dom.raw(text))
        if kind == "quote":
            return [dom.el("blockquote", *self._blocks(text))]
        if kind in {"poesie", "poetry"}:
            return [dom.el("blockquote", *(dom.el("p", *self._inline.nodes(stanza.replace("\n", "\n_ "))) for stanza in re.split(r"\n\s*\n", text.strip())))]
        return self._blocks(text)

    def _blocks(self, text: str) -> list[Node]:
        nodes: list[Node] = []
        for is_heading, piece in _headings(text):
            if is_heading:
                nodes.append(dom.el("h2", *self._inline.nodes(piece.strip())))
                continue
            for block in re.split(r"\n[ \t]*\n\s*", piece):
                for kind, lines in _groups(block):
                    nodes += _MAKERS[kind](self._inline, lines)
        return [part for node in nodes for part in (node, "\n")]


Lines = list[tuple[str, str]]


def _headings(text: str) -> Iterator[tuple[bool, str]]:
    """« {{{ }}} », and what stands between."""
    place = 0
    while (start := text.find("{{{", place)) >= 0 and (end := text.find("}}}", start)) >= 0:
        yield False, text[place:start]
        yield True, text[start + 3 : end]
        place = end + 3
    yield False, text[place:]


def _segments(text: str) -> Iterator[tuple[str, str]]:
    """What stands inside the tags that change how lines are read, and what stands outside; code in a line is part of it."""
    place, start, missing = 0, 0, set[str]()
    while match := _OPENING.search(text, place):
        name, place = match[1].lower(), match.end()
        end = -1 if name in missing else text.find(f"</{match[1]}>", place)
        if end < 0:
            missing.add(name)
            continue
        inside = text[place:end]
        place = end + len(name) + 3
        if name == "code" and "\n" not in inside:
            continue
        yield "", text[start : match.start()]
        yield name, inside
        start = place
    yield "", text[start:]


def _groups(block: str) -> Iterator[tuple[str, Lines]]:
    """Lines of the same kind; a plain line after an item goes on with it."""
    kind, lines = "", Lines()
    for typed in block.split("\n"):
        match = _LINE.match(typed)
        new = (match.lastgroup or "") if match else "p"
        sign = match[new] if match else ""
        new, sign = ("list", "*") if new == "dash" else (new, sign)
        words = typed[match.end() :] if match else typed
        if new == "p" and kind == "list" and lines and typed.strip():
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}\n{typed}")
            continue
        if new != kind and lines:
            yield kind, lines
            lines = []
        kind = new
        lines.append((sign, words))
    if lines:
        yield kind, lines


def _paragraph(inline: Inline, lines: Lines) -> list[Node]:
    nodes = inline.nodes("\n".join(words for _, words in lines).strip())
    return dom.paragraphs(nodes)


def _table(inline: Inline, lines: Lines) -> list[Node]:
    """Cells between bars; a first row all in bold is a header; « ||titre|résumé|| » is its caption."""
    table = dom.el("table")
    for number, (_, words) in enumerate(lines):
        cells = [cell.strip() for cell in words.strip().removesuffix("|").split("|")]
        if number == 0 and words.startswith("|"):
            table.append(dom.el("caption", *inline.nodes(" ".join(filter(None, cells)))))
            continue
        name = "th" if all(cell.startswith("{{") and cell.endswith("}}") for cell in cells) else "td"
        table.append(dom.el("tr", *(dom.el(name, *inline.nodes(cell.removeprefix("{{").removesuffix("}}") if name == "th" else cell)) for cell in cells)))
    return [table]


_MAKERS: dict[str, Callable[[Inline, Lines], list[Node]]] = {
    "p": _paragraph,
    "hr": lambda _inline, lines: [dom.el("hr") for _ in lines],
    "list": lambda inline, lines: nested_lists([(sign, inline.nodes(words)) for sign, words in lines]),
    "table": _table,
}
