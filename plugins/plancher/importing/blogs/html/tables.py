"""Tables: those that lay out a page become its blocks, simple ones become Markdown, others stay HTML."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from plancher.importing.blogs.html import walk

RAW = "raw-table"
"""The element that stands for a table that Markdown cannot write."""
_IN_CELLS = frozenset("ul ol dl pre blockquote table h1 h2 h3 h4 h5 h6 details figure hr".split()) | {RAW}
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)", re.IGNORECASE)
_MANY = 40
"""Columns above which a table stays HTML."""


def run(soup: BeautifulSoup) -> None:
    """Decide for each table, the inner ones first."""
    for table in reversed(walk.every(soup, "table")):
        _part(soup, table)


def _part(soup: BeautifulSoup, table: Tag) -> None:
    for group in walk.children(table, "thead", "tbody", "tfoot"):
        for row in walk.children(group, "tr"):
            row["data-head"] = "yes" if group.name == "thead" else ""
        group.unwrap()
    for group in walk.children(table, "colgroup", "col"):
        group.extract()
    rows = walk.children(table, "tr")
    cells = [walk.children(row, "td", "th") for row in rows]
    width = max(map(len, cells), default=0)
    caption = next(iter(walk.children(table, "caption")), None)
    if caption is not None:
        caption.name = "p"
        table.insert_before(caption.extract())
    if width <= 1 or (len(rows) <= 1 and not walk.first(table, "th")) or table.get("role") == "presentation" or walk.first(table, "table", RAW):
        _unfold(table)
    elif width > _MANY or any(_is_deep(cell) for row in cells for cell in row):
        table.name = RAW
    else:
        _simple(soup, table, cells, width)


def _is_deep(cell: Tag) -> bool:
    spans = any(str(cell.get(name, "1")).strip() not in {"", "0", "1"} for name in ("colspan", "rowspan"))
    return spans or walk.first(cell, among=_IN_CELLS) is not None


def _unfold(table: Tag) -> None:
    """A table that lays out a page: its cells are blocks."""
    for row in walk.children(table, "tr"):
        for cell in walk.children(row, "td", "th"):
            cell.name = "div"
        row.name = "div"
    table.name = "div"


def _simple(soup: BeautifulSoup, table: Tag, cells: list[list[Tag]], width: int) -> None:
    """Rows of one width, the first of which is the head."""
    rows = walk.children(table, "tr")
    table["data-align"] = ",".join(_column(cells, number) for number in range(width))
    for row, inside in zip(rows, cells, strict=True):
        for _ in range(width - len(inside)):
            row.append(soup.new_tag("td"))
    is_headed = rows[0].get("data-head") == "yes" or all(cell.name == "th" for cell in cells[0])
    if not is_headed:
        head = soup.new_tag("tr")
        for _ in range(width):
            head.append(soup.new_tag("th"))
        rows[0].insert_before(head)


def _column(cells: list[list[Tag]], number: int) -> str:
    """The alignment that all cells of a column share."""
    sides = {_side(row[number]) for row in cells if len(row) > number}
    return sides.pop() if len(sides) == 1 else ""


def _side(cell: Tag) -> str:
    style = _ALIGN.search(str(cell.get("style", "")))
    side = style[1] if style else str(cell.get("align", ""))
    return side.lower() if side.lower() in {"left", "right", "center"} else ""
