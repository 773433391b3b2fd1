"""From the HTML of a former blog to Markdown, without losing a word."""

from __future__ import annotations

import dataclasses

from bs4 import BeautifulSoup, Tag

from plancher.importing.blogs.html import bare, code, dropped, embeds, escape, figures, headings, marks, notes, tables, walk
from plancher.importing.blogs.html.blocks import Settler
from plancher.importing.blogs.html.converter import Converter
from plancher.importing.blogs.html.parse import tree
from plancher.importing.blogs.html.passage import Links, Passage
from plancher.importing.blogs.model import Note, Place

__all__ = ["Converted", "Links", "to_markdown"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A text in Markdown, and what is to be told of its conversion."""

    markdown: str
    """Ends with a line feed, unless it is empty."""
    notes: tuple[Note, ...] = ()


def to_markdown(html: str, place: Place, links: Links) -> Converted:
    """The Markdown of a body: every word stays; what may not be published is told.

    :param html: as the export has it; nothing in it is trusted.
    :param place: where it stands in the export, for the notes.
    :param links: what its addresses become.
    """
    passage = Passage(place, links)
    body = (bare.convert(html, passage) if html.count("<") > bare.MANY else _shaped(tree(html), passage)).strip("\n")
    return Converted(markdown=escape.opening(f"{body}\n") if body.strip() else "", notes=passage.told())


def _shaped(soup: BeautifulSoup, passage: Passage) -> str:
    """The Markdown of a tree."""
    dropped.run(soup, passage)
    embeds.run(soup, passage)
    notes.run(soup)
    marks.anchors(soup)
    figures.run(soup)
    code.run(soup)
    tables.run(soup)
    settler = Settler(soup)
    settler.run()
    marks.languages(soup)
    settler.open_boxes()
    headings.run(soup)
    _number(soup)
    soup.smooth()
    markdown: str = Converter(passage).convert_soup(soup)
    return markdown


def _number(soup: BeautifulSoup) -> None:
    """Each item of a numbered list has its number."""
    for numbered in walk.every(soup, "ol"):
        typed = str(numbered.get("start", "1"))
        first = int(typed) if typed.isdigit() and len(typed) < 9 else 1  # noqa: PLR2004 - as many digits as Markdown reads
        items = (child for child in numbered.contents if isinstance(child, Tag) and child.name == "li" and child.get_text(strip=True))
        for number, item in enumerate(items, first):
            item["data-number"] = str(number)
