"""Levels of headings as a text has them here: from the second on, none skipped."""

from __future__ import annotations

from bs4 import BeautifulSoup

from plancher.importing.blogs.html import walk

_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6")
_FIRST, _LAST = 2, 6


def run(soup: BeautifulSoup) -> None:
    """Give each heading of the text its level; one inside an item, a quotation or a cell has none."""
    headings = [tag for tag in walk.children(soup, *_NAMES) if tag.get_text(strip=True) or walk.first(tag, "img")]
    top = min((int(tag.name[1]) for tag in headings), default=_FIRST)
    level = _FIRST - 1
    for tag in headings:
        level = min(int(tag.name[1]) - top + _FIRST, level + 1, _LAST)
        tag["data-level"] = str(level)
