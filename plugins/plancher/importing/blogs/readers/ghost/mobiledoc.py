"""Mobiledoc 0.3, the document of Ghost's editor from version 1 to 4, as HTML."""

from __future__ import annotations

import json

from bs4 import Tag

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node
from plancher.importing.blogs.readers.ghost.notes import Cards
from plancher.importing.blogs.readers.words import clean

_TEXT, _PICTURE, _LIST, _CARD = 1, 2, 3, 10
"""Kinds of sections."""
_TAGS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote aside ul ol a b strong i em s del u code sub sup mark".split())
_DEEP = 40


def only_markdown(source: str) -> str:
    """The Markdown of a document that is one card of Markdown, as Ghost 1 wrote them; empty: it is another one."""
    document = _document(source)
    cards, sections = _list(document.get("cards")), _list(document.get("sections"))
    if len(cards) == 1 and len(sections) == 1 and _list(sections[0])[:1] == [_CARD]:
        name, fields = (*_list(cards[0]), "", {})[:2]
        if name in {"markdown", "card-markdown"} and isinstance(fields, dict):
            return str(fields.get("markdown", ""))
    return ""


def to_html(source: str, cards: Cards) -> str:
    """:raises ValueError: the document does not read."""
    return dom.html_of(*_Walk(_document(source), cards).nodes())


def _document(source: str) -> dict[str, object]:
    try:
        document = json.loads(source, strict=False)
    except RecursionError as error:
        raise ValueError("trop de niveaux") from error
    return document if isinstance(document, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _at(values: list[object], index: object) -> list[object]:
    return _list(values[index]) if isinstance(index, int) and 0 <= index < len(values) else []


class _Walk:
    def __init__(self, document: dict[str, object], cards: Cards) -> None:
        self._markups, self._atoms = _list(document.get("markups")), _list(document.get("atoms"))
        self._made, self._sections = _list(document.get("cards")), _list(document.get("sections"))
        self._cards = cards

    def nodes(self) -> list[Node]:
        return [node for section in self._sections for node in self._section(_list(section))]

    def _section(self, section: list[object]) -> list[Node]:
        kind, value, markers = (*section, None, None, None)[:3]
        if kind == _CARD:
            name, fields = (*_at(self._made, value), "", {})[:2]
            return self._cards.nodes(str(name), fields)
        if kind == _PICTURE:
            return [dom.figure(str(value))]
        name = str(value) if str(value) in _TAGS else "p"
        if kind == _LIST:
            return [dom.el(name if name in {"ul", "ol"} else "ul", *(dom.el("li", *self._line(_list(item))) for item in _list(markers)))]
        return [dom.el(name, *self._line(_list(markers)))] if kind == _TEXT else []

    def _line(self, markers: list[object]) -> list[Node]:
        """Each marker opens some elements, says something, and closes some."""
        stack = [dom.el("div")]
        for marker in markers:
            kind, opened, closed, value = (*_list(marker), 0, None, 0, "")[:4] if len(_list(marker)) == 4 else (0, None, 0, "")  # noqa: PLR2004
            for index in _list(opened):
                element = self._element(index)
                if len(stack) < _DEEP:
                    stack[-1].append(element)
                stack.append(element if len(stack) < _DEEP else stack[-1])
            stack[-1].append(self._atom(value) if kind == 1 else clean(str(value)))
            del stack[max(1, len(stack) - closed if isinstance(closed, int) and closed > 0 else len(stack)) :]
        return [node.extract() for node in list(stack[0].contents)]

    def _element(self, index: object) -> Tag:
        name, attributes = (*_at(self._markups, index), "span", None)[:2]
        pairs = _list(attributes)
        values = {str(key): str(value) for key, value in zip(pairs[::2], pairs[1::2], strict=False)}
        address = values.get("href", "")
        if name == "a" and address and not dom.is_script(address):
            return dom.el("a", href=address)
        return dom.el(str(name) if name in _TAGS and name != "a" else "span")

    def _atom(self, index: object) -> Node:
        name, text = (*_at(self._atoms, index), "", "")[:2]
        return dom.el("br") if name == "soft-return" else clean(str(text))
