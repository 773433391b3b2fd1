"""Figures: a picture alone takes its caption along; other figures are their parts, one after the other."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

_CAPTIONED = re.compile(r"(?:^|\s)(?:wp-caption|image-caption-container|tr-caption-container|captioned-image-container)(?:\s|$)")
_CAPTION = re.compile(r"wp-caption-text|wp-caption-dd|tr-caption|image-caption|gallery-caption")


def run(soup: BeautifulSoup) -> None:
    """Give captions to their pictures."""
    for tag in soup.find_all(["div", "dl", "table"], class_=_CAPTIONED):
        caption = tag.find(class_=_CAPTION)
        if caption is not None and len(tag.find_all("img")) == 1:
            tag.name, caption.name = "figure", "figcaption"
            for part in tag.find_all(["dt", "dd", "tbody", "tr", "td"]):
                part.unwrap()
    for figure in reversed(soup.find_all("figure")):
        _settle(figure)
    for caption in soup.find_all("figcaption"):
        caption.name = "p"


def _settle(figure: Tag) -> None:
    pictures, caption = figure.find_all("img"), figure.find("figcaption")
    figure.name = "div"
    if len(pictures) != 1 or caption is None or caption.find("img") is not None:
        return
    words = " ".join(caption.get_text().split())
    if words and caption.find(["a", "sup", "iframe", "note-call"]) is None and not _has_more(figure, caption):
        pictures[0]["data-caption"] = words
        caption.extract()


def _has_more(figure: Tag, caption: Tag) -> bool:
    """Whether other words than the caption stand in a figure: the picture is not alone then."""
    return figure.get_text(strip=True) != caption.get_text(strip=True)
