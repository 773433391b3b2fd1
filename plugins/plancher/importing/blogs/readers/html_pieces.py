"""The pieces of HTML that readers make of what other engines wrote in their own ways; ``html/convert`` knows each form."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

_WHERE = "\ue000"
"""Holds the place of HTML that is there already: the last one of its element, since attributes come before."""


def embed(address: str, caption: str = "") -> str:
    """A film, a sound, a post of another site.

    :param caption: HTML.
    """
    whole = Element("p")
    SubElement(whole, "a", {"class": "embed", "href": address}).text = address
    return _written(whole) + (paragraph(caption) if caption.strip() else "")


def link(address: str, words: str = "") -> str:
    """A link alone in its paragraph."""
    whole = Element("p")
    SubElement(whole, "a", {"href": address}).text = words or address
    return _written(whole)


def figure(picture: str, alternative: str = "", caption: str = "", target: str = "") -> str:
    """A picture.

    :param caption: HTML.
    :param target: where a click leads, perhaps the same picture in full size.
    """
    whole = Element("figure")
    inside = SubElement(whole, "a", {"href": target}) if target else whole
    SubElement(inside, "img", {"src": picture, "alt": alternative})
    if caption.strip():
        SubElement(whole, "figcaption").text = _WHERE
    return _filled(whole, caption)


def captioned(inside: str, caption: str) -> str:
    """A figure around HTML, with its caption."""
    whole = Element("figure")
    whole.text = _WHERE
    return _filled(whole, inside + (_around(Element("figcaption"), caption) if caption.strip() else ""))


def code(text: str, language: str = "") -> str:
    """A block of code.

    :param text: the code itself, no HTML.
    """
    block = Element("pre")
    SubElement(block, "code", {"class": f"language-{language}"} if language else {}).text = text.strip("\r\n")
    return _written(block)


def paragraph(inside: str) -> str:
    """A paragraph of HTML."""
    return _around(Element("p"), inside)


def footnotes(notes: Iterable[tuple[str, str]]) -> str:
    """Footnotes: the identifier and the HTML of each."""
    return _around(Element("ol", {"class": "footnotes"}), "".join(_around(Element("li", {"id": f"fn-{name}"}), text) for name, text in notes))


def note_call(name: str, label: str) -> str:
    """What leads from a text to its footnote."""
    raised = Element("sup")
    SubElement(raised, "a", {"href": f"#fn-{name}", "class": "footnote"}).text = label
    return _written(raised)


def _around(element: Element, inside: str) -> str:
    element.text = _WHERE
    return _filled(element, inside)


def _filled(element: Element, inside: str) -> str:
    before, _, after = _written(element).rpartition(_WHERE)
    return f"{before}{inside}{after}"


def _written(element: Element) -> str:
    return tostring(element, encoding="unicode", method="html")
