"""Figures: a picture alone takes its caption along; other figures are their parts, one after the other."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from plancher.importing.blogs.html import walk

_CAPTIONED = re.compile(r"(?:^|\s)(?:wp-caption|image-caption-container|tr-caption-container|captioned-image-container)(?:\s|$)")
_WITH_PARAGRAPHS = frozenset("[document] article aside blockquote center div main p section".split())
"""Elsewhere a picture is never alone in its paragraph, and could show no caption."""
_MAY_CAPTION = frozenset({"p", "dd", "td", "div", "figcaption", "span", "small"})
_CAPTION = re.compile(r"wp-caption-text|wp-caption-dd|tr-caption|image-caption|gallery-caption")


def run(soup: BeautifulSoup) -> None:
    """Give captions to their pictures."""
    for tag in walk.every(soup, "div", "dl", "table"):
        caption = (
            next((part for part in walk.every(tag, among=_MAY_CAPTION) if _CAPTION.search(_classes(part))), None) if _CAPTIONED.search(_classes(tag)) else None
        )
        if caption is not None and len(walk.every(tag, "img")) == 1:
            tag.name, caption.name = "figure", "figcaption"
            for part in walk.every(tag, "dt", "dd", "tbody", "tr", "td"):
                part.unwrap()
    for figure in reversed(walk.every(soup, "figure")):
        _settle(figure)
    for caption in walk.every(soup, "figcaption"):
        caption.name = "p"


def _classes(tag: Tag) -> str:
    return " ".join(tag.get_attribute_list("class"))


def _settle(figure: Tag) -> None:
    pictures, caption = walk.every(figure, "img"), walk.first(figure, "figcaption")
    figure.name = "div"
    if len(pictures) != 1 or caption is None or walk.first(caption, "img") or any(tag.name not in _WITH_PARAGRAPHS for tag in figure.parents):
        return
    words = " ".join(caption.get_text().split())
    if words and walk.first(caption, "a", "sup", "note-call") is None and not _has_more(figure, caption):
        pictures[0]["data-caption"] = words
        caption.extract()


def _has_more(figure: Tag, caption: Tag) -> bool:
    """Whether other words than the caption stand in a figure: the picture is not alone then."""
    return figure.get_text(strip=True) != caption.get_text(strip=True)
