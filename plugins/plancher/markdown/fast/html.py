"""A tree as HTML: what Markdown's serialiser writes, for trees whose tags are plain names."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.serializers import RE_AMP, to_html_string

QUOTE, QUOTED = '"', "&quot;"
_NEVER_ESCAPED = frozenset({"script", "style"})


def to_html(root: Element) -> str:
    """The element, what it holds and what follows it."""
    pieces: list[str] = []
    _write(root, pieces.append)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], object]) -> None:
    tag: object = element.tag
    if not isinstance(tag, str):
        write(to_html_string(element))  # comments and the like: none of ours, so Markdown's own way will do
        return
    low = tag.lower()
    write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    if element.text:
        write(element.text if low in _NEVER_ESCAPED else _escaped(element.text))
    for child in element:
        _write(child, write)
    if low not in HTML_EMPTY:
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _attributes(element: Element) -> str:
    """In alphabetical order; Markdown itself writes those that may stand without a value."""
    written = ""
    for name, value in sorted(element.attrib.items()):
        if not value or value == name:
            return to_html_string(Element("a", element.attrib)).removeprefix("<a").removesuffix("></a>")
        written += f' {name}="{_escaped(value).replace(QUOTE, QUOTED)}"'
    return written


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
