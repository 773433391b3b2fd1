"""HTML of a former blog, read as browsers read it, within bounds.

justhtml follows the HTML standard (unclosed paragraphs and items, entities without their semicolon) in linear time;
html5lib takes three times as long, and Python's own parser nests unclosed paragraphs and takes seconds for a run of « <!-- ».
Its tree becomes that of Beautiful Soup, which markdownify walks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from justhtml import JustHTML

from plancher.importing.blogs.html import typed_code
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
Node = Any  # a node of justhtml, which has no types
_BREAK = "br"
_KEPT = 200_000
"""Characters of a text whose tree is kept for a while."""
_NOTE_NUMBER = re.compile(r"\W*\d{0,3}\W*")
_NOT_SHOWN = frozenset({"script", "style", "template", "noembed", "noframes", "iframe", "title", "canvas", "#comment"})
"""Elements whose words no reader saw; each is told of otherwise."""
_C1 = re.compile("[\x80-\x9f]")
_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a sign beyond the first 65,536, as JSON may hold them alone."""
_UNCLEAN = re.compile(rf"[\r\x0b\x0c\ud800-\udfff]|{FORBIDDEN.pattern}")
_LINES = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")


def clean(text: str) -> str:
    """Text without the characters that no text may hold; signs of Windows that were read as controls are signs again."""
    if not _UNCLEAN.search(text):
        return text
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return FORBIDDEN.sub("", _C1.sub(_sign, _LINES.sub("\n", text)))


def _sign(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")


class _QuickPlaces(Tag):
    """An element that finds the place of a child near the last one that was asked for: nothing here hops around among children."""

    _asked = 0

    def index(self, element: PageElement) -> int:
        """The place of a child."""
        contents = self.contents
        after = min(self._asked, len(contents) - 1)
        before = after - 1
        while after < len(contents) or before >= 0:
            if after < len(contents):
                if contents[after] is element:
                    self._asked = after
                    return after
                after += 1
            if before >= 0:
                if contents[before] is element:
                    self._asked = before
                    return before
                before -= 1
        raise ValueError(element)


class _QuickTag(_QuickPlaces):
    """An element that is quickly asked whether it stands inside another one: markdownify asks each."""

    def find_parent(self, name: Any = None, attrs: Any = None, **kwargs: Any) -> Tag | None:  # Any: what Beautiful Soup takes
        """The nearest element of this name around it."""
        if not isinstance(name, str) or attrs or kwargs:
            return super().find_parent(name, attrs, **kwargs)
        return next((parent for parent in self.parents if parent.name == name), None)


class _Tree(_QuickPlaces, BeautifulSoup):
    """The root."""


def parsed(source: str) -> Node:
    """The tree of justhtml, which nobody changes."""
    return _parsed_once(source) if len(source) < _KEPT else _parsed_once.__wrapped__(source)


@functools.lru_cache(maxsize=2)
def _parsed_once(source: str) -> Node:
    """The same, kept for the comparison of words that follows its conversion."""
    return JustHTML(typed_code.kept(clean(source)), fragment=True, sanitize=False, scripting_enabled=False).root


def tree(source: str) -> BeautifulSoup:
    """The tree of a piece of HTML, without comments; too deep a nesting is flattened."""
    soup = _Tree("", "html.parser", element_classes={Tag: _QuickTag})
    root = parsed(source)
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


def shown_words(source: str) -> str:
    """The words that a browser shows of a piece of HTML, parted where it begins a new line; descriptions of pictures count."""
    root = parsed(source)
    pieces: list[str] = []
    waiting: list[Node] = [root]  # with strings between them
    while waiting:
        node = waiting.pop()
        name = " " if isinstance(node, str) else node.name
        if name in {" ", "#text"}:
            pieces.append(" " if name == " " else clean(node.data or ""))
        elif is_shown(node):
            if name in BLOCKS or name in {"br", "img"}:
                pieces.append(f" {_description(node)}")
                waiting.append(" ")
            waiting.extend(reversed(node.children or ()))
    return "".join(pieces)


def is_shown(node: Node) -> bool:
    """Whether readers saw the words of an element, as words of its author."""
    return node.name not in _NOT_SHOWN and not node.name.startswith("!") and not _calls_note(node)


def _calls_note(node: Node) -> bool:
    """Whether an element is only the number of a footnote, or the way back from it: no words of an author."""
    if node.name != "a" or not str((node.attrs or {}).get("href") or "").startswith("#"):
        return False
    inside = node.to_text() if hasattr(node, "to_text") else ""
    return _NOTE_NUMBER.fullmatch(inside) is not None


def _description(node: Node) -> str:
    attributes = node.attrs or {}
    return f"{clean(attributes.get('alt') or '')} " if node.name == "img" and attributes.get("src") else ""


def _separate(soup: BeautifulSoup, kind: str) -> None:
    """Between the words of two blocks that lose their tags."""
    if kind in BLOCKS or kind == _BREAK:
        soup.handle_starttag(_BREAK, None, None, {})
        soup.handle_endtag(_BREAK)
