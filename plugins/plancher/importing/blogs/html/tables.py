"""Tables: those that lay out a page become its blocks, simple ones become Markdown, others stay HTML."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

RAW = "raw-table"
"""The element that stands for a table that Markdown cannot write."""
_IN_CELLS = ["ul", "ol", "dl", "pre", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6", "details", "figure", "hr", RAW]
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center)", re.IGNORECASE)
_MANY = 40
"""Columns above which a table stays HTML."""


def run(soup: BeautifulSoup) -> None:
    """Decide for each table, the inner ones first."""
    for table in reversed(soup.find_all("table")):
        _part(soup, table)


def _part(soup: BeautifulSoup, table: Tag) -> None:
    for group in table.find_all(["thead", "tbody", "tfoot"], recursive=False):
        for row in group.find_all("tr", recursive=False):
            row["data-head"] = "yes" if group.name == "thead" else ""
        group.unwrap()
    for group in table.find_all(["colgroup", "col"], recursive=False):
        group.extract()
    rows = table.find_all("tr", recursive=False)
    cells = [list(row.find_all(["td", "th"], recursive=False)) for row in rows]
    width = max(map(len, cells), default=0)
    caption = table.find("caption", recursive=False)
    if caption is not None:
        caption.name = "p"
        table.insert_before(caption.extract())
    if width <= 1 or (len(rows) <= 1 and not table.find("th")) or table.get("role") == "presentation" or table.find(["table", RAW]) is not None:
        _unfold(table)
    elif width > _MANY or any(_is_deep(cell) for row in cells for cell in row):
        table.name = RAW
    else:
        _simple(soup, table, cells, width)


def _is_deep(cell: Tag) -> bool:
    spans = any(str(cell.get(name, "1")).strip() not in {"", "0", "1"} for name in ("colspan", "rowspan"))
    return spans or cell.find(_IN_CELLS) is not None


def _unfold(table: Tag) -> None:
    """A table that lays out a page: its cells are blocks."""
    for part in table.find_all(["tr", "td", "th"]):
        part.name = "div"
    table.name = "div"


def _simple(soup: BeautifulSoup, table: Tag, cells: list[list[Tag]], width: int) -> None:
    """Rows of one width, the first of which is the head."""
    rows = table.find_all("tr", recursive=False)
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
