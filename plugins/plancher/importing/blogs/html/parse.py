"""HTML of a former blog, read as browsers read it, within bounds.

justhtml follows the HTML standard (unclosed paragraphs and items, entities without their semicolon) in linear time;
html5lib takes three times as long, and Python's own parser nests unclosed paragraphs and takes seconds for a run of « <!-- ».
Its tree becomes that of Beautiful Soup, which markdownify walks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from justhtml import JustHTML

from plancher.text.source import FORBIDDEN

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hgroup hr html iframe legend li main menu nav noscript object ol optgroup option p pre search section select summary"
    " table tbody td textarea tfoot th thead tr ul".split()
)
"""Elements before and after which a browser begins a new line."""
_CONTAINERS = frozenset({"blockquote", "dd", "dl", "ol", "ul", "menu", "dir"})
_DEEPEST = 60
"""Elements within elements: deeper ones lose their tags, and keep their words."""
_DEEPEST_CONTAINERS = 12
"""The same for lists and quotations, which cost an indentation each."""
_BREAK = "br"
_C1 = re.compile("[\x80-\x9f]")
_LINES = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")


def clean(text: str) -> str:
    """Text without the characters that no text may hold; signs of Windows that were read as controls are signs again."""
    if text.isprintable():
        return FORBIDDEN.sub("", text)
    return FORBIDDEN.sub("", _C1.sub(_sign, _LINES.sub("\n", text)))


def _sign(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")


def tree(source: str) -> BeautifulSoup:
    """The tree of a piece of HTML, without comments; too deep a nesting is flattened."""
    soup = BeautifulSoup("", "html.parser")
    root = JustHTML(clean(source), fragment=True, sanitize=False, scripting_enabled=False).root
    depth = containers = 0
    stack: list[tuple[str, Iterator[object]]] = [("", iter(root.children or ()))]
    while stack:
        name, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if name:
                soup.handle_endtag(name)
                depth -= 1
                containers -= name in _CONTAINERS
            continue
        kind = getattr(child, "name", "")
        if kind == "#text":
            soup.handle_data(clean(str(getattr(child, "data", "") or "")))
        elif not kind.startswith(("#", "!")):
            inside = iter(getattr(child, "children", None) or ())
            if depth >= _DEEPEST or (kind in _CONTAINERS and containers >= _DEEPEST_CONTAINERS):
                _separate(soup, kind)
                stack.append(("", inside))
                continue
            soup.handle_starttag(kind, None, None, {key: clean(value or "") for key, value in (getattr(child, "attrs", None) or {}).items()})
            stack.append((kind, inside))
            depth += 1
            containers += kind in _CONTAINERS
    soup.endData()
    return soup


def _separate(soup: BeautifulSoup, kind: str) -> None:
    """Between the words of two blocks that lose their tags."""
    if kind in BLOCKS or kind == _BREAK:
        soup.handle_starttag(_BREAK, None, None, {})
        soup.handle_endtag(_BREAK)
