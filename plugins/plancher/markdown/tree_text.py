"""The words of a tree: what a field says, and how many a reader meets."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown.serializers import RE_AMP
from markdown.util import AMP_SUBSTITUTE, HTML_PLACEHOLDER_RE

from plancher.base import addresses
from plancher.cache import slots
from plancher.markdown.raw_html import Inspection
from plancher.text.grammar import Passage

_ESCAPED = re.compile("\x02(\\d+)\x03")
"""What Markdown puts in the place of an escaped sign, until its last step."""
_WORD = re.compile(r"\w+")
_NOTE_CALL = "fnref"
SELF_LINK = "self-link"
"""The class of a link to the place where it stands: no words of an author."""


def unescaped(text: str) -> str:
    """Text with the signs that were escaped in it."""
    return _ESCAPED.sub(lambda sign: chr(int(sign[1])), text) if "\x02" in text else text


def typed(text: str) -> str:
    """Text as its author typed it, without the marks that Markdown keeps until its last step."""
    return unescaped(text.replace(AMP_SUBSTITUTE, "&"))


def words(element: Element, raw: Sequence[Inspection], end: Element | None = None, *, with_images: bool = True) -> str:
    """The words of an element: an image is its description, a call for a note is nothing.

    :param raw: Markdown's stash of raw HTML, in its order.
    :param end: the child where the words end.
    """
    pieces: list[str] = []
    for part in _parts(element, raw, end):
        if isinstance(part, str):
            pieces.append(_shown(part))
        elif isinstance(part, Inspection):
            pieces += part.texts
            pieces += [text for _, text in part.images if with_images]
        elif part.tag == "img" and with_images:
            pieces.append(_shown(part.get("alt", "")))
    return "".join(pieces).strip()


def first_link(element: Element, raw: Sequence[Inspection], end: Element | None = None) -> str:
    """Where the first link of an element leads, as typed; empty when none may be followed."""
    for part in _parts(element, raw, end):
        if isinstance(part, str):
            continue
        links = part.links if isinstance(part, Inspection) else [_shown(part.get("href", ""))] if part.tag == "a" else []
        for address in links:
            if address and addresses.is_safe(address):
                return address.strip().replace(" ", "%20")
    return ""


def count(element: Element, raw: Sequence[Inspection]) -> int:
    """How many words a reader meets. Most stand between two spaces: to split costs less than to search."""
    text = " ".join(element.itertext())
    if raw:
        text = HTML_PLACEHOLDER_RE.sub(lambda mark: f" {' '.join(raw[int(mark[1])].texts)} " if int(mark[1]) < len(raw) else "", text)
    pieces = typed(text).split()
    others = [piece for piece in pieces if not piece.isalnum()]
    return len(pieces) - len(others) + len(_WORD.findall(" ".join(others)))


def passages(root: Element, raw: Sequence[Inspection], own: Sequence[tuple[Element, str]]) -> list[Passage]:
    """All words of a tree: first those that stand in no passage of their own, then each passage.

    :param own: the elements that are passages, each with what ``text.html.passage`` gave.
    """
    others: list[str] = []
    into = {id(element): list[str]() for element, _ in own}

    def gather(element: Element, pieces: list[str]) -> None:
        pieces = into.get(id(element), pieces)
        pieces += [element.text or "", element.get("alt", "")]
        for child in element:
            if child.get("class") != SELF_LINK:
                gather(child, pieces)
            pieces.append(child.tail or "")

    gather(root, others)
    found = [Passage(_all_shown(others, raw))]
    for element, told in own:
        kind, anchor, label = told.split("\t")
        found.append(Passage(_all_shown(into[id(element)], raw), kind, anchor, label))
    return found


def _all_shown(pieces: Sequence[str], raw: Sequence[Inspection]) -> str:
    """The words of pieces of text and of the raw HTML in them, parted by spaces."""
    text = " ".join(pieces)
    if raw:
        text = HTML_PLACEHOLDER_RE.sub(lambda mark: f" {' '.join(raw[int(mark[1])].texts)} " if int(mark[1]) < len(raw) else "", text)
    return _shown(text)


def _parts(element: Element, raw: Sequence[Inspection], end: Element | None) -> Iterator[str | Element | Inspection]:
    """Texts, elements and pieces of raw HTML, in the order of reading."""
    yield from _pieces(element.text or "", raw)
    for child in element:
        if child is end:
            return
        if not (child.tag == "sup" and child.get("id", "").startswith(_NOTE_CALL)) and child.get("class") != SELF_LINK:
            yield child
            yield from _parts(child, raw, None)
        yield from _pieces(child.tail or "", raw)


def _pieces(text: str, raw: Sequence[Inspection]) -> Iterator[str | Inspection]:
    """A text, cut where Markdown has taken raw HTML out of it."""
    start = 0
    for mark in HTML_PLACEHOLDER_RE.finditer(text) if raw else ():
        yield text[start : mark.start()]
        if int(mark[1]) < len(raw):
            yield raw[int(mark[1])]
        start = mark.end()
    yield text[start:]


def _shown(text: str) -> str:
    """Text as a reader sees it: code holds entities, which the serialiser leaves as they are."""
    text = slots.without_roles(typed(text).replace(slots.PAGE, ""))
    return html.unescape(RE_AMP.sub("&amp;", text)) if "&" in text else text
