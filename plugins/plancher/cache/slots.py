"""Addresses in a cached text: each stands between two marks, so that nobody searches the HTML for them.

The marks are noncharacters, which no text of an author holds. They are set
while the HTML is cleaned (``markdown.safety``), on attributes that were parsed,
and taken out when the text is shown (``cache.body``).
"""

from __future__ import annotations

MARK = "\ufdd4"
"""Before and after an address that may change: one of Pelican's, one from the root of the site, a link to another site."""
SOURCE, SOURCE_END = "\ufdd5", "\ufdd6"
"""Around what holds the links to the source of a claim."""

PICTURE = "\ufdd8"
"""Before and after the tag of a picture of the site."""
LINKED = "\ufdda"
"""Before such a tag, when it stands in a link already."""
SIDE = "\ufdd9"
"""In such a tag, before and after its height, and before and after its width, where its author gave none."""

PAGE = "\ufdd7"
"""Before and after what a page shows, and no feed: the whole text between them goes, the rest is sound HTML still."""


def addresses(text: str) -> list[str]:
    """The addresses, escaped as HTML has them."""
    return text.split(MARK)[1::2]


def without_marks(text: str) -> str:
    """The HTML with its addresses as their author typed them, and nothing that only a page shows."""
    return without_roles(without_page_parts(text.replace(MARK, "")))


def without_page_parts(text: str) -> str:
    """The HTML without what only a page shows."""
    return "".join(text.split(PAGE)[::2]) if PAGE in text else text


def without_roles(text: str) -> str:
    """The HTML without the marks of sources and of pictures."""
    for mark in (PICTURE, LINKED, SIDE) if PICTURE in text or SIDE in text else ():
        text = text.replace(mark, "")
    return text.replace(SOURCE, "").replace(SOURCE_END, "") if SOURCE in text or SOURCE_END in text else text
