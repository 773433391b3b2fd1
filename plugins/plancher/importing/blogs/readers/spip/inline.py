"""SPIP's shortcuts inside a paragraph, in linear time: bold, italics, links, notes, documents, and HTML beside them."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.bookmarks import soup

_TOKEN = re.compile(
    r"<code>[^\n]{0,1000}?</code>|<(?:doc|img|emb|document|image|video|audio)\d{1,9}(?:\|[^<>\n]{0,500})?>|</?[a-zA-Z][^<>]{0,1000}>"
    r"|\{\{|\}\}|\{|\}|\[\[|\]\]|\[|\]|->|\n_ "
)
_CLOSING = {"}}": "{{", "}": "{", "]]": "[[", "]": "["}
_ELEMENTS = {"{{": "strong", "{": "em"}
_OBJECT = re.compile(r"(art|article|rub|rubrique|br|breve|mot|aut|auteur|doc|document|img|)\s*(\d{1,9})", re.IGNORECASE)
_PAGES = {"": "article", "art": "article", "rub": "rubrique", "br": "breve", "aut": "auteur", "doc": "document", "img": "document"}
_DOCUMENT = re.compile(r"<(?:doc|img|emb|document|image|video|audio)(\d{1,9})(?:\|[^<>]*)?>")
_NOTE_NAME = re.compile(r"\A\s*<[^<>]{0,20}>")
_HINT = re.compile(r"\|[^|]*\Z")
_VOID = frozenset({"br", "hr", "img", "input", "embed", "param", "source", "wbr"})
_DEEP = 30
Show = Callable[[str], list[Node]]


class Inline:
    """The paragraphs of one text; it numbers their notes, and asks for documents by their numbers."""

    def __init__(self, prefix: str, document: Show) -> None:
        self._prefix = prefix
        self.document = document
        self.notes: list[tuple[str, list[Node]]] = []

    def nodes(self, text: str, depth: int = 0) -> list[Node]:
        """The nodes of some text."""
        return _Line(self, text, depth).nodes()

    def note(self, text: str, depth: int) -> list[Node]:
        """A note: its call, unless it says nothing."""
        words = _NOTE_NAME.sub("", text).strip()
        if not words:
            return []
        number = len(self.notes) + 1
        self.notes.append((f"{self._prefix}{number}", []))
        self.notes[number - 1] = (f"{self._prefix}{number}", self.nodes(words, depth))
        return [dom.call(number, f"{self._prefix}{number}")]


def address_of(typed: str) -> str:
    """« 12 », « art12 », « rub3 » as the address of the page that they are."""
    match = _OBJECT.fullmatch(typed.strip())
    return f"/spip.php?{_PAGES.get(match[1].lower(), match[1].lower())}{match[2]}" if match else typed.strip()


class _Line:
    def __init__(self, owner: Inline, text: str, depth: int) -> None:
        self._owner, self._depth = owner, depth
        self._tokens: list[str] = []
        self._texts: list[str] = []
        place = 0
        for match in _TOKEN.finditer(text):
            self._texts.append(text[place : match.start()])
            self._tokens.append(match[0])
            place = match.end()
        self._texts.append(text[place:])
        self._ends, self._arrows = self._pairs()

    def _pairs(self) -> tuple[dict[int, int], dict[int, int]]:
        """Where each opening sign is closed, and the arrow of each link."""
        ends: dict[int, int] = {}
        arrows: dict[int, int] = {}
        opened: list[int] = []
        waiting = dict.fromkeys(_CLOSING.values(), 0)
        for index, sign in enumerate(self._tokens):
            if sign in waiting:
                opened.append(index)
                waiting[sign] += 1
            elif sign == "->" and opened and self._tokens[opened[-1]] == "[":
                arrows[opened[-1]] = index
            elif waiting.get(_CLOSING.get(sign, ""), 0):
                while self._tokens[start := opened.pop()] != _CLOSING[sign]:
                    waiting[self._tokens[start]] -= 1
                waiting[self._tokens[start]] -= 1
                ends[start] = index
        return ends, arrows

    def nodes(self) -> list[Node]:
        return self._walk(0, len(self._tokens), self._depth)

    def _walk(self, start: int, end: int, depth: int) -> list[Node]:
        stack = [dom.el("div")]
        words = [self._texts[start]]
        index = start
        while index < end:
            sign, close = self._tokens[index], self._ends.get(index)
            if close is not None and depth < _DEEP:
                _flush(words, stack[-1])
                stack[-1].extend(self._pair(index, close, depth + 1))
                index = close
            elif sign.startswith("<") or sign == "\n_ ":
                _flush(words, stack[-1])
                self._tag(sign, stack)
            else:
                words.append(sign)
            index += 1
            words.append(self._texts[index])
        _flush(words, stack[-1])
        return [node.extract() for node in list(stack[0].contents)]

    def _raw(self, start: int, end: int) -> str:
        return self._texts[start] + "".join(self._tokens[place] + self._texts[place + 1] for place in range(start, end))

    def _pair(self, index: int, close: int, depth: int) -> list[Node]:
        sign = self._tokens[index]
        if sign in _ELEMENTS:
            return [dom.el(_ELEMENTS[sign], *self._walk(index + 1, close, depth))]
        if sign == "[[":
            return self._owner.note(self._raw(index + 1, close), depth)
        arrow = self._arrows.get(index)
        if arrow is None:
            is_word = self._texts[index + 1].startswith("?")  # « [?mot] » was a link to an encyclopedia: its words are kept
            inside = self._walk(index + 1, close, depth)
            return [str(inside[0])[1:], *inside[1:]] if is_word else ["[", *inside, "]"]
        return self._link(index, arrow, close, depth)

    def _link(self, index: int, arrow: int, close: int, depth: int) -> list[Node]:
        address = address_of(self._raw(arrow + 1, close))
        label = self._walk(index + 1, arrow, depth)
        if label and isinstance(label[-1], str):
            label[-1] = _HINT.sub("", label[-1])
        label = label if "".join(map(str, label)).strip() else [address]
        return label if dom.is_script(address) or not address else [dom.el("a", *label, href=address)]

    def _tag(self, sign: str, stack: list[Tag]) -> None:
        """HTML that its author typed: what is never closed ends with what holds it."""
        if sign == "\n_ ":
            stack[-1].append(dom.el("br"))
        elif sign.startswith("<code>") and sign.endswith("</code>"):
            stack[-1].append(dom.el("code", sign[6:-7]))
        elif number := _DOCUMENT.fullmatch(sign):
            stack[-1].extend(self._owner.document(number[1]))
        else:
            for tag in soup.read(sign):
                if isinstance(tag, soup.Tag):
                    _html(tag, stack)


def _flush(words: list[str], parent: Tag) -> None:
    if text := "".join(words):
        parent.append(text)
    words.clear()


def _html(tag: soup.Tag, stack: list[Tag]) -> None:
    if tag.is_end:
        place = next((place for place in range(len(stack) - 1, 0, -1) if stack[place].name == tag.name), 0)
        if place:
            del stack[place:]
        return
    element = dom.el(tag.name, **tag.attributes)
    stack[-1].append(element)
    if tag.name not in _VOID and len(stack) < _DEEP:
        stack.append(element)
