"""What a text is made of, whatever the engine: its block elements, nested, with their words."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString, Tag

_BLOCKS = frozenset("ul ol li blockquote pre h1 h2 h3 h4 h5 h6 hr table tr td th dl dt dd div details p figure".split())
_SEEN_THROUGH = frozenset({"thead", "tbody"})
_IN_ITEMS = frozenset({"li", "dd", "td", "th"})
"""Whether their text stands in a paragraph says how much air it has, not what it is."""


def outline(html: str) -> str:
    """One line for each block and for each run of words, indented as they nest."""
    lines: list[str] = []
    _walk(BeautifulSoup(html, "html.parser"), 0, lines)
    return "\n".join(lines)


def words(html: str) -> list[str]:
    """The words that a reader meets, in their order."""
    return re.findall(r"\w+", BeautifulSoup(html, "html.parser").get_text(" ").lower())


def _walk(node: Tag, depth: int, lines: list[str]) -> None:
    run = ""
    for child in node.children:
        if not isinstance(child, Tag):
            run += str(child) if type(child) is NavigableString else ""
        elif child.name in _BLOCKS | _SEEN_THROUGH:
            _say(run, depth, lines)
            run = ""
            _block(node, child, depth, lines)
        else:
            run += {"br": "/ ", "img": str(child.get("alt", ""))}.get(child.name, child.get_text())
    _say(run, depth, lines)


def _block(node: Tag, child: Tag, depth: int, lines: list[str]) -> None:
    is_air = child.name == "p" and (node.name in _IN_ITEMS or not (child.get_text().strip() or child.find(True)))
    if is_air or child.name in _SEEN_THROUGH or "table-scroll" in child.get("class", []):
        _walk(child, depth, lines)
        return
    start = f" {child['start']}" if child.get("start") else ""
    lines.append(f"{'  ' * depth}{child.name}{start}")
    _walk(child, depth + 1, lines)


def _say(run: str, depth: int, lines: list[str]) -> None:
    if run.strip():
        lines.append(f"{'  ' * depth}{' '.join(run.split())}")
