"""Building HTML as a tree, never as glued strings."""

from __future__ import annotations

import copy
from xml.etree.ElementTree import Element, SubElement

from markdown.serializers import to_html_string
from markdown.util import AtomicString

LINK_ROLE = "link role"
"""An attribute that says what the links in an element are for. It is removed before the HTML is written; authors cannot type it, for its space."""
SOURCE_LINKS = "source"
"""They lead to the source of a claim."""
NOT_COUNTED = "not counted"
"""An attribute of an element whose words do not count in the reading time; removed too."""
SELF_LINK = "self link"
"""An attribute of an element that has, on its page, a link to its own address: the anchor, a space, the name of the link; removed too."""
DECORATIVE = "decorative"
"""An attribute of a picture that shows nothing which the words beside it do not say; removed too."""

PASSAGE = "passage"
"""An attribute of an element whose words a search finds by themselves: what ``passage`` gives; removed too."""

__all__ = [
    "DECORATIVE",
    "LINK_ROLE",
    "NOT_COUNTED",
    "PASSAGE",
    "SELF_LINK",
    "SOURCE_LINKS",
    "Element",
    "add",
    "add_plain",
    "as_typed",
    "el",
    "passage",
    "plain",
    "say",
    "to_html_string",
]


def el(tag: str, text: str = "", **attributes: str | None) -> Element:
    """An element whose text is Markdown; ``class_`` is written ``class``, ``aria_label`` ``aria-label``."""
    element = Element(tag, _attributes(attributes))
    element.text = text
    return element


def add(parent: Element, tag: str, text: str = "", **attributes: str | None) -> Element:
    """The same, as the last child of ``parent``."""
    element = SubElement(parent, tag, _attributes(attributes))
    element.text = text
    return element


def plain(text: str) -> str:
    """Text that Markdown must leave alone."""
    return AtomicString(text)


def add_plain(parent: Element, tag: str, text: str, **attributes: str | None) -> Element:
    """A last child whose text Markdown must leave alone."""
    return add(parent, tag, plain(text), **attributes)


def as_typed(element: Element) -> str:
    """A tree of plain words as HTML, each sign shown as it stands: whoever typed « &lt;b&gt; » is shown « &lt;b&gt; ».

    Markdown's own serializer (``to_html_string``) takes it for the source of « <b> », as authors mean it in their texts: it gets each « & » as a reference.
    """
    shown = copy.deepcopy(element)
    for part in shown.iter():
        part.text, part.tail = _referenced(part.text or ""), _referenced(part.tail or "")
        part.attrib = {name: _referenced(value) for name, value in part.attrib.items()}
    return to_html_string(shown)


def _referenced(text: str) -> str:
    return text.replace("&", "&amp;")


def say(parent: Element, text: str) -> None:
    """Append plain text after the last child of ``parent``."""
    if len(parent):
        parent[-1].tail = plain((parent[-1].tail or "") + text)
    else:
        parent.text = plain((parent.text or "") + text)


def passage(kind: str, anchor: str, label: str) -> str:
    """What a search knows of a passage.

    :param kind: one word: « preuve ».
    :param anchor: what stands after the address of the page, to lead there: « #preuve-1 ».
    :param label: its name in a list of results.
    """
    return "\t".join((kind, anchor, " ".join(label.replace("\t", "\n").splitlines())))


def _attributes(attributes: dict[str, str | None]) -> dict[str, str]:
    """Those that have a value."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None}
