"""Dotclear's wiki: the first signs of a line say which block it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dotclear.wiki_inline import Inline, shown_tags
from plancher.importing.blogs.readers.lists import nested_lists
from plancher.importing.blogs.readers.words import clean

_ATTRIBUTES = re.compile(r"§§[^§]*§§\s*\Z")
_MACRO = re.compile(r"///\s*(?P<name>[^\n]*)")
_LINE = re.compile(
    r"(?P<title>!{1,4})|(?P<hr>-{4}[- ]*\Z)|(?P<quote>>|;:)|(?P<list>[*#]+)|(?P<definition>[=:]) |(?P<pre> )|(?P<aside>\))|(?P<details>\|)"
    r"|(?P<escaped>\\(?=[!>;*#=: )|-]))"
)


def to_html(source: str, prefix: str, html: str = "") -> str:
    """The HTML of a wiki text.

    :param prefix: of the names of its footnotes.
    :param html: what the engine had made of it: it tells which signs it knew.
    """
    return Wiki(prefix, html).to_html(source)


class Wiki:
    """One text; it may be given in two parts, whose footnotes follow one another."""

    def __init__(self, prefix: str, html: str = "") -> None:
        self._inline = Inline(prefix, shown_tags(html))

    def to_html(self, source: str, *, is_last: bool = True) -> str:
        """The HTML of one part; the last one ends with the footnotes of all."""
        blocks = _Blocks(self._inline)
        lines = clean(source).split("\n")
        index = 0
        while index < len(lines):
            macro = _MACRO.fullmatch(lines[index])
            end = blocks.macro_end(lines, index) if macro else 0
            if macro and end:
                blocks.macro(macro["name"].strip(), "\n".join(lines[index + 1 : end]))
                index = end
            else:
                blocks.line(lines[index])
            index += 1
        blocks.close()
        return dom.html_of(*blocks.nodes, *([dom.notes(self._inline.notes)] if is_last and self._inline.notes else []))


class _Blocks:
    """The blocks so far; the last one may be open, and takes lines of its kind."""

    def __init__(self, inline: Inline) -> None:
        self.nodes: list[dom.Node] = []
        self._inline = inline
        self._kind = ""
        self._lines: list[tuple[str, str]] = []
        """Sign and words of each line of the open block."""
        self._no_more_macros = False

    def macro_end(self, lines: list[str], start: int) -> int:
        """The line that closes a macro; 0: none does."""
        if self._no_more_macros:
            return 0
        end = next((number for number in range(start + 1, len(lines)) if lines[number].strip() == "///"), 0)
        self._no_more_macros = not end
        return end

    def macro(self, name: str, text: str) -> None:
        """HTML as it is; code of whatever language."""
        self.close()
        words = [word.strip("[]").lower() for word in name.split()] or [""]
        if words[0] == "html":
            self.nodes += dom.raw(text)
        else:
            self.nodes.append(dom.code(text, words[-1] if words[0] == "code" and len(words) > 1 else words[0]))

    def line(self, typed: str) -> None:
        """One line: it goes on with the open block, or opens another."""
        if not typed.strip():
            self.close()
            return
        text = _ATTRIBUTES.sub("", typed)
        match = _LINE.match(text)
        kind = (match.lastgroup or "") if match else "p"
        sign, words = (match[kind], text[match.end() :]) if match else ("", text)
        kind = "p" if kind == "escaped" else kind
        if kind != self._kind or kind in {"title", "hr", "details"}:
            self.close()
            self._kind = kind
        self._lines.append((sign, words if kind == "pre" else words.strip()))

    def close(self) -> None:
        """End the open block."""
        if self._lines:
            self.nodes += _MAKERS[self._kind](self._inline, self._lines)
            self.nodes.append("\n")
        self._kind, self._lines = "", []


Lines = list[tuple[str, str]]


def _joined(inline: Inline, lines: Lines) -> list[dom.Node]:
    return inline.nodes("\n".join(words for _, words in lines))


def _paragraphs(inline: Inline, lines: Lines) -> list[Tag]:
    """Lines parted where one says nothing."""
    groups: list[Lines] = [[]]
    for sign, words in lines:
        if words:
            groups[-1].append((sign, words))
        else:
            groups.append([])
    return [dom.el("p", *_joined(inline, group)) for group in groups if group]


def _paragraph(inline: Inline, lines: Lines) -> list[dom.Node]:
    return dom.paragraphs(_joined(inline, lines))


def _title(inline: Inline, lines: Lines) -> list[dom.Node]:
    """The more signs, the higher: three of them are the first level below the title of the post."""
    return [dom.el(f"h{6 - len(lines[0][0])}", *_joined(inline, lines))]


def _definitions(inline: Inline, lines: Lines) -> list[dom.Node]:
    return [dom.el("dl", *(dom.el("dt" if sign == "=" else "dd", *inline.nodes(words)) for sign, words in lines))]


def _details(inline: Inline, lines: Lines) -> list[dom.Node]:
    """The words of the summary, in bold; the end of the details says nothing."""
    return [dom.el("p", dom.el("strong", *_joined(inline, lines)))] if lines[0][1] else []


_MAKERS: dict[str, Callable[[Inline, Lines], list[dom.Node]]] = {
    "p": _paragraph,
    "title": _title,
    "hr": lambda _inline, _lines: [dom.el("hr")],
    "quote": lambda inline, lines: [dom.el("blockquote", *_paragraphs(inline, lines))],
    "list": lambda inline, lines: nested_lists([(sign, inline.nodes(words)) for sign, words in lines]),
    "definition": _definitions,
    "pre": lambda inline, lines: [dom.el("pre", *_joined(inline, lines))],
    "aside": lambda inline, lines: [dom.el("aside", *_paragraphs(inline, lines))],
    "details": _details,
}
