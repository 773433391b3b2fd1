"""Signs of Dotclear's wiki whose inside is no plain text: links, pictures, quotations, abbreviations, notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from plancher.importing.blogs.readers import dom
from plancher.importing.blogs.readers.dom import Node

_ATTRIBUTES = re.compile(r"§[^§]*§\Z")
_PIECE = re.compile(r"(?:\(\([^()]*\)\)|\\.|[^|\\]|\\\Z)*+")


class Nodes(Protocol):
    """Who reads the rest of the text."""

    def nodes(self, text: str) -> list[Node]:
        """The nodes of some text."""

    def note(self, text: str) -> Node:
        """A footnote: its call."""


def without_attributes(text: str) -> str:
    """« mot §class="x"§ »: attributes of HTML, which say nothing to a reader."""
    return _ATTRIBUTES.sub("", text)


def _pieces(text: str) -> list[str]:
    pieces, place = [], 0
    while place <= len(text):
        match = _PIECE.match(text, place)
        piece = match[0] if match else ""
        pieces.append(piece.replace("\\|", "|"))
        place += len(piece) + 1
    return pieces


def _piece(pieces: list[str], number: int) -> str:
    return _ATTRIBUTES.sub("", pieces[number]).strip() if number < len(pieces) else ""


def _link(owner: Nodes, text: str) -> list[Node]:
    pieces = _pieces(text)
    address = (_piece(pieces, 1) if len(pieces) > 1 else text.strip()).replace("\N{NO-BREAK SPACE}", " ")
    label: list[Node] = owner.nodes(pieces[0]) if len(pieces) > 1 and pieces[0].strip() else [address.removeprefix("mailto:")]
    if dom.is_script(address) or not address:
        return label
    return [dom.el("a", *label, href=address, hreflang=_piece(pieces, 2), title=_piece(pieces, 3))]


def _picture(_owner: Nodes, text: str) -> list[Node]:
    """The fourth field is a title; the fifth, in recent versions, a caption."""
    pieces = _pieces(text)
    address = _piece(pieces, 0)
    if dom.is_script(address) or not address:
        return [text]
    if caption := _piece(pieces, 4):
        return [dom.figure(address, _piece(pieces, 1), dom.html_of(caption))]
    return [dom.el("img", src=address, alt=_piece(pieces, 1), title=_piece(pieces, 3))]


def _quote(owner: Nodes, text: str) -> list[Node]:
    pieces = _pieces(text)
    return [dom.el("q", *owner.nodes(pieces[0]), lang=_piece(pieces, 1), cite=_piece(pieces, 2))]


def _abbreviation(_owner: Nodes, text: str) -> list[Node]:
    pieces = _pieces(text)
    return [dom.el("abbr", _piece(pieces, 0), title=_piece(pieces, 1))]


def _anchor(owner: Nodes, text: str) -> list[Node]:
    """A name in the page; an anchor that readers saw nothing of, or two tildes that were text."""
    name = text.strip()
    return [dom.el("a", id=name)] if re.fullmatch(r"[\w.:-]{1,100}", name) else ["~", *owner.nodes(text), "~"]


def _html(_owner: Nodes, text: str) -> list[Node]:
    return list(dom.raw(text))


SPECIAL: dict[str, Callable[[Nodes, str], list[Node]]] = {
    "a": _link,
    "img": _picture,
    "q": _quote,
    "abbr": _abbreviation,
    "anchor": _anchor,
    "inline": _html,
    "note": lambda owner, text: [owner.note(text)],
    "i": lambda owner, text: [dom.el("i", *owner.nodes(_pieces(text)[0]), lang=_piece(_pieces(text), 1))],
}
