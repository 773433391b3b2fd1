"""What blocks hold for our own theme, in a page that has neither its style sheet nor its script."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from plancher.text.html import LINK_ROLE, NOT_COUNTED, PASSAGE, SELF_LINK

_NOTICE = "talk-notice"
"""Says what a click on our player does; here, a link to the platform is a link."""
_WIDTH = "256"
"""Narrower than any telephone."""
_FULL, _PAPER = frozenset({"gauge-after"}), "none"


def make_plain(root: Element) -> None:
    """Take out what only our theme reads; let drawings be drawn in the colour of the text."""
    for element in list(root.iter()):
        for name in (LINK_ROLE, NOT_COUNTED, PASSAGE, SELF_LINK):
            element.attrib.pop(name, None)
        for child in [child for child in element if child.get("class") == _NOTICE]:
            element.remove(child)
        if element.tag == "svg" and element.get("class") == "gauge":
            _draw(element)


def _draw(drawing: Element) -> None:
    """Attributes say it, so that any style sheet may say otherwise."""
    drawing.set("width", _WIDTH)
    for shape in drawing:
        if shape.tag == "rect":
            shape.set("stroke", "currentColor")
            shape.set("fill", "currentColor" if shape.get("class") in _FULL else _PAPER)
        else:
            shape.set("fill", "currentColor")
            shape.set("font-size", "11")
