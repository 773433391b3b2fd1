"""The address of a place of a text, to copy: a link from each heading, and from each block that asks for one, to itself.

It stands beside a heading, not in it, so that the name of the heading stays its
words (w3.org/WAI/tutorials/page-structure/headings). Only the page shows it:
what stands between two marks (``cache.slots``) reaches no feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from plancher.base.french import NBSP
from plancher.cache import slots
from plancher.markdown import tree_text
from plancher.markdown.raw_html import Inspection
from plancher.text.html import add_plain, el, plain

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def after_headings(root: Element, raw: Sequence[Inspection]) -> None:
    """Put each heading that has an anchor in a box, with the link to it."""
    for parent in list(root.iter()):
        for place, child in enumerate(parent):
            if child.tag in _HEADINGS and child.get("id"):
                _mark_before(parent, place)
                parent[place] = _boxed(child, tree_text.words(child, raw))


def _mark_before(parent: Element, place: int) -> None:
    """A mark before this child."""
    if place:
        parent[place - 1].tail = f"{parent[place - 1].tail or ''}{slots.PAGE}"
    else:
        parent.text = f"{parent.text or ''}{slots.PAGE}"


def in_blocks(asked: Iterable[tuple[Element, str]]) -> None:
    """Give each of these elements the link that it asks for (``SELF_LINK``): after its title, or at the end of a cell."""
    for element, about in asked:
        anchor, _, name = about.partition(" ")
        link, place = _link(anchor, name), len(element) if element.tag == "td" else 1
        element.insert(place, link)
        _mark_before(element, place)
        link.tail = slots.PAGE


def _boxed(heading: Element, words: str) -> Element:
    box = el("div", class_="headed")
    box.text, box.tail, heading.tail = plain(slots.PAGE), f"{slots.PAGE}{heading.tail or ''}", plain(slots.PAGE)
    box.extend([heading, _link(heading.get("id", ""), f"Adresse de cette section{NBSP}: {words}")])
    return box


def _link(anchor: str, name: str) -> Element:
    link = el("a", class_=tree_text.SELF_LINK, href=f"#{anchor}", aria_label=name)
    add_plain(link, "span", "#", aria_hidden="true")
    return link
