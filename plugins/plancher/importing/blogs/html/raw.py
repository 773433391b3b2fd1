"""The little HTML that stays in a text: inline elements that Markdown has no sign for, and tables that it cannot write."""

from __future__ import annotations

import html
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from plancher.importing.blogs.html import walk
from plancher.importing.blogs.html.passage import Passage
from plancher.markdown import safety

KEPT = frozenset("abbr bdi bdo cite dfn ins kbd mark q samp small sub sup time u var".split())
"""Inline elements that stay as they are."""
_ATTRIBUTES = {"abbr": ("title",), "dfn": ("title",), "time": ("datetime",), "bdo": ("dir",), "bdi": ("dir",)}
_IN_TABLES = (
    frozenset("a b br caption code dd del div dl dt em i li ol p pre s strong table tbody td tfoot th thead tr ul blockquote span img hr".split()) | KEPT
)
_OF_TABLES = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan", "scope"), "ol": ("start",)}
_EMPTY = frozenset({"br", "hr", "img"})


def opening(name: str, attributes: dict[str, str]) -> str:
    """A tag."""
    typed = "".join(f' {key}="{html.escape(" ".join(value.split()))}"' for key, value in attributes.items())
    return f"<{name}{typed}>"


def attributes(tag: Tag) -> dict[str, str]:
    """Those of an inline element that stay."""
    names = (*_ATTRIBUTES.get(tag.name, ()), *(("lang",) if tag.get("lang") else ()))
    return {name: str(tag[name]) for name in names if tag.get(name) and safety.is_allowed(tag.name, name)}


def table(tag: Tag, passage: Passage) -> str:
    """A whole table on lines of its own, none of them empty: Markdown leaves it as it is."""
    rows = "\n".join(_one_line("".join(_pieces(row, passage))) for row in walk.children(tag, "tr"))
    return f"<table>\n{rows}\n</table>"


def inside(tag: Tag, passage: Passage) -> str:
    """The words of an element, with their inline HTML."""
    return _one_line("".join(piece for child in tag.contents for piece in _of(child, tag, passage))).strip()


def _one_line(piece: str) -> str:
    return " ".join(piece.split("\n"))


def _pieces(tag: Tag, passage: Passage) -> Iterator[str]:
    name = tag.name if tag.name in _IN_TABLES else ""
    if name:
        yield opening(name, _kept(tag, passage)) if name != "img" else _picture(tag, passage)
    elif tag.name == "note-call":
        yield f"<sup>{html.escape(str(tag['data-name']))}</sup>"
    for child in tag.contents:
        yield from _of(child, tag, passage)
    if name and name not in _EMPTY:
        yield f"</{name}>"


def _of(child: PageElement, parent: Tag, passage: Passage) -> Iterator[str]:
    if isinstance(child, Tag):
        yield from _pieces(child, passage)
    elif isinstance(child, NavigableString):
        words = html.escape(str(child), quote=False)
        yield words.replace("\n", "<br>") if parent.name == "pre" or walk.around(parent, "pre") else words


def _kept(tag: Tag, passage: Passage) -> dict[str, str]:
    if tag.name == "a":
        address = passage.address(str(tag.get("href", "")))
        return {"href": address} if address else {}
    spans = {name: str(tag[name]) for name in _OF_TABLES.get(tag.name, ()) if str(tag.get(name, "1")).isdigit() and str(tag.get(name, "1")) != "1"}
    return {**spans, **attributes(tag)}


def _picture(tag: Tag, passage: Passage) -> str:
    address, words, is_here = passage.picture(tag)
    if is_here:
        return opening("img", {"src": address, "alt": words})
    return f"{opening('a', {'href': address})}{html.escape(words)}</a>" if address else html.escape(words)
