"""Ordinal endings are raised, as real text: « 1<sup>er</sup> » reads right everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from plancher.markdown.typography.shelter import Shelter, is_foreign

_ORDINAL = re.compile(
    r"(?<![\w.,/-])(?P<number>\d+|I|[IVXLC]{2,}|[VX](?=e[ \u00a0](?:siècle|République|arrondissement)))"
    r"(?P<ending>(?<=\b1)(?:er|re)s?|(?<=\bI)(?:er|re)s?|(?<![I1]\b)es?)(?![\w’'-])"
)
MAYBE = re.compile(r"[0-9IVXLC](?:(?:er|re|e)s?(?![\w’'])(?<![CL]e)(?<![CL]es)|(?<=[IVXLC])[IVXLC]+e)")
"""A quick test: most texts have no ordinal. One class of letters comes first: that is what ``re`` searches fastest."""
_BLOCKS = frozenset("p li dd dt td th h1 h2 h3 h4 h5 h6 blockquote div figcaption summary caption".split())
_SKIPPED = frozenset("code kbd samp pre script style math svg textarea sup sub".split())


def raise_endings(root: Element, raw: Sequence[object] = ()) -> None:
    """Put the endings of « 1er », « 2e », « XXIe » in ``<sup>``, below an element.

    :param raw: Markdown's stash of raw HTML, whose code and foreign words are left alone.
    """
    _raise(root, Shelter(raw) if raw else None)


def _raise(element: Element, shelter: Shelter | None) -> None:
    if element.tag in _SKIPPED or is_foreign(element.get("lang")):
        return
    if shelter and element.tag in _BLOCKS:
        shelter.leave()
    text, first = _found(element.text, shelter)
    for child in list(element):
        _raise(child, shelter)
        tail, raised = _found(child.tail, shelter)
        if raised:
            child.tail = tail
            at = list(element).index(child) + 1
            element[at:at] = raised
    if first:
        element.text = text
        element[0:0] = first


def _found(text: str | None, shelter: Shelter | None) -> tuple[str, list[Element]]:
    """A text and its endings, as ``_split`` has them."""
    sheltered = shelter.spans(text) if shelter and text else ()
    return _split(text, sheltered) if text and MAYBE.search(text) else ("", [])


def _split(text: str, sheltered: Sequence[tuple[int, int]]) -> tuple[str, list[Element]]:
    """The text before the first ending, and the endings, each with the text after it."""
    raised: list[Element] = []
    start, head = 0, ""
    for match in _ORDINAL.finditer(text):
        if any(begin <= match.start() < end for begin, end in sheltered):
            continue
        before = text[start : match.start("ending")]
        if raised:
            raised[-1].tail = before
        else:
            head = before
        mark = Element("sup")
        mark.text = match["ending"]
        raised.append(mark)
        start = match.end()
    if raised:
        raised[-1].tail = text[start:]
    return head, raised
