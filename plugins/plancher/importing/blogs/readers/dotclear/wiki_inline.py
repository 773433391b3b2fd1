"""What stands inside a line of Dotclear's wiki: each pair of signs becomes an element, in linear time.

Syntax: src/Helper/Html/WikiToHtml.php. An opening sign goes with the next closing one, so that a sign never nests in itself.
"""

from __future__ import annotations

import bisect
import itertools
import re

from bs4.element import PageElement

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.blogs.readers.dotclear.wiki_signs import SPECIAL, without_attributes

_PAIRS = {
    "''": ("''", "em"),
    "__": ("__", "strong"),
    "??": ("??", "abbr"),
    "[": ("]", "a"),
    "((": ("))", "img"),
    "{{": ("}}", "q"),
    "@@": ("@@", "code"),
    "~": ("~", "anchor"),
    "--": ("--", "del"),
    "++": ("++", "ins"),
    "``": ("``", "inline"),
    "$$": ("$$", "note"),
    '""': ('""', "mark"),
    "^": ("^", "sup"),
    ",,": (",,", "sub"),
    "££": ("££", "i"),
    ";;": (";;", "span"),
}
_LATE = frozenset({"mark", "sup", "sub", "i", "span", "del", "ins"})
"""Signs that old versions did not know, or that an owner could switch off, and that texts hold for themselves: « ^^ », « -- »."""
_SIGNS = sorted({*_PAIRS, *(close for close, _ in _PAIRS.values()), "%%%"}, key=len, reverse=True)
_SIGN = re.compile(r"\\?(?:" + "|".join(map(re.escape, _SIGNS)) + ")")
_TAG = re.compile(r"<([a-z][a-z0-9]*)")


def shown_tags(html: str) -> frozenset[str]:
    """The elements of the HTML that the engine made: a sign that made none was plain text."""
    return frozenset(_TAG.findall(html))


class Inline:
    """The lines of one text; it numbers their footnotes."""

    def __init__(self, prefix: str, shown: frozenset[str] = frozenset()) -> None:
        """:param shown: the elements of the text as the engine made it; empty: unknown, every sign counts."""
        self._prefix = prefix
        self._unknown = _LATE - shown if shown else frozenset()
        self.notes: list[tuple[str, list[Node]]] = []

    def nodes(self, text: str) -> list[Node]:
        """The nodes of some text."""
        return _Line(self, text).nodes()

    def makes(self, name: str) -> bool:
        """Whether a sign of this element counts here."""
        return name not in self._unknown

    def note(self, text: str) -> Node:
        """A footnote: its call."""
        number = len(self.notes) + 1
        identifier = f"{self._prefix}{number}"
        self.notes.append((identifier, []))
        self.notes[number - 1] = (identifier, self.nodes(text))
        return dom.call(number, identifier)


class _Line:
    def __init__(self, owner: Inline, text: str) -> None:
        self._owner = owner
        self._signs: list[str] = []
        self._texts: list[str] = []
        self._places: dict[str, list[int]] = {}
        self._read(text)

    def _read(self, text: str) -> None:
        """Text, sign, text, sign… text."""
        place, pending = 0, ""
        for match in _SIGN.finditer(text):
            pending += text[place : match.start()]
            place = match.end()
            if match[0].startswith("\\"):
                pending += match[0][1:]
                continue
            self._places.setdefault(match[0], []).append(len(self._signs))
            self._texts.append(pending)
            self._signs.append(match[0])
            pending = ""
        self._texts.append(pending + text[place:])

    def nodes(self) -> list[Node]:
        return self._walk(0, len(self._signs))

    def _walk(self, start: int, end: int) -> list[Node]:
        """What stands between two signs, without them."""
        nodes: list[Node] = [self._texts[start]]
        index = start
        while index < end:
            sign = self._signs[index]
            close = self._close(sign, index, end)
            if sign == "%%%":
                nodes.append(dom.el("br"))
            elif close is None:
                nodes.append(sign)
            else:
                nodes.extend(self._pair(_PAIRS[sign][1], index, close))
                index = close
            index += 1
            nodes.append(self._texts[index])
        return _merged(nodes)

    def _close(self, sign: str, index: int, end: int) -> int | None:
        closing, name = _PAIRS.get(sign, ("", ""))
        places = self._places.get(closing, [])
        if not self._owner.makes(name):
            return None
        following = bisect.bisect_right(places, index)
        if following == len(places) or places[following] >= end:
            return None
        is_empty = places[following] == index + 1 and not self._texts[index + 1]
        return None if is_empty else places[following]

    def _raw(self, index: int, close: int) -> str:
        pieces = [self._texts[index + 1]]
        for place in range(index + 1, close):
            pieces += [self._signs[place], self._texts[place + 1]]
        return "".join(pieces)

    def _pair(self, name: str, index: int, close: int) -> list[Node]:
        special = SPECIAL.get(name)
        if special:
            return special(self._owner, self._raw(index, close))
        children = self._walk(index + 1, close)
        if isinstance(children[-1], str):
            children[-1] = without_attributes(children[-1])
        return children if name == "span" else [dom.el(name, *children)]


def _merged(nodes: list[Node]) -> list[Node]:
    """Neighbouring texts as one: signs without a partner are many in a hostile text."""
    return [
        piece
        for is_text, group in itertools.groupby(nodes, key=lambda node: isinstance(node, str) and not isinstance(node, PageElement))
        for piece in (["".join(map(str, group))] if is_text else group)
        if not (is_text and piece == "")
    ]
