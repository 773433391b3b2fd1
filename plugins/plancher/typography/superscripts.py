"""Ordinal endings are raised, as real text: « 1<sup>er</sup> » reads right everywhere."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

_ORDINAL = re.compile(
    r"(?<![\w.,/-])(?P<number>\d+|I|[IVXLC]{2,}|[VX](?=e[ \u00a0](?:siècle|République|arrondissement)))"
    r"(?P<ending>(?<=\b1)(?:er|re)s?|(?<=\bI)(?:er|re)s?|(?<![I1]\b)es?)(?![\w’'-])"
)
MAYBE = re.compile(r"[\dIVXLC](?:(?:er|re|e)s?(?![\w’'])(?<![CL]e)(?<![CL]es)|(?<=[IVXLC])[IVXLC]+e)")
"""A quick look: most texts have no ordinal. One class of letters comes first: that is what ``re`` searches fastest."""
_SKIPPED = frozenset("code kbd samp pre script style math svg textarea sup sub".split())


def raise_endings(element: Element) -> None:
    """Put the endings of « 1er », « 2e », « XXIe » in ``<sup>``, below ``element``."""
    if element.tag in _SKIPPED or not element.get("lang", "fr").lower().startswith("fr"):
        return
    for child in list(element):
        raise_endings(child)
        if child.tail and MAYBE.search(child.tail) and _ORDINAL.search(child.tail):
            child.tail, raised = _split(child.tail)
            at = list(element).index(child) + 1
            element[at:at] = raised
    if element.text and MAYBE.search(element.text) and _ORDINAL.search(element.text):
        element.text, raised = _split(element.text)
        element[0:0] = raised


def _split(text: str) -> tuple[str, list[Element]]:
    """The text before the first ending, and the endings, each with the text after it."""
    raised: list[Element] = []
    start, head = 0, ""
    for found in _ORDINAL.finditer(text):
        before = text[start : found.start("ending")]
        if raised:
            raised[-1].tail = before
        else:
            head = before
        mark = Element("sup")
        mark.text = found["ending"]
        raised.append(mark)
        start = found.end()
    raised[-1].tail = text[start:]
    return head, raised
