"""A drawing (SVG) without what its program noted for itself: the author's folders and name, and what cameras wrote in photographs that it holds."""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Iterator
from typing import Any
from xml.dom import XMLNS_NAMESPACE, Node, minidom

from plancher.base import digest
from plancher.pictures import making
from plancher.pictures.model import SVG, TYPES, Picture, RefusedError, Rendition
from plancher.pictures.settings import PictureSettings

_DRAWING, _LINK, _XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_HELD = re.compile(r"data:(?:image/(?:png|jpe?g|gif|webp)|application/octet-stream)[^,]{0,99}?;base64,([A-Za-z0-9+/=\s]*)", re.IGNORECASE)
"""A photograph in an attribute or in a style sheet: a drawing that is published names none otherwise (``site.drawings``)."""
_Node = Any  # minidom's classes differ in what each may hold
"""The types of minidom say of each class which children it may have, and of their base class nothing."""


def made(raw: bytes, settings: PictureSettings) -> making.Made:
    """The one file of a drawing; one without notes stays as it is.

    :param raw: a drawing that only draws (``site.drawings``): it holds no entity.
    """
    document: _Node = minidom.parseString(raw)  # noqa: S318 - without entities nothing grows
    root, noted = document.documentElement, [node for node in _below(document) if _is_note(node)]
    for node in noted:
        node.parentNode.removeChild(node)
    changed = [_bare(element, settings) for element in _below(document) if element.nodeType == Node.ELEMENT_NODE]
    changed += [_restyled(words, settings) for style in root.getElementsByTagNameNS(_DRAWING, "style") for words in style.childNodes]
    bare = root.toxml("utf-8") + b"\n" if noted or any(changed) else raw
    rendition = Rendition(SVG, *_size(root), len(bare), digest.of_bytes(bare))
    return Picture(rendition), {rendition.digest: bare}


def _below(document: _Node) -> Iterator[_Node]:
    waiting = [document]
    while waiting:
        children = list(waiting.pop().childNodes)
        yield from children
        waiting += children


def _is_note(node: _Node) -> bool:
    """Whether it is a comment, or an element that draws nothing."""
    if node.nodeType == Node.ELEMENT_NODE:
        return bool(node.namespaceURI != _DRAWING or node.localName == "metadata")
    return bool(node.nodeType == Node.COMMENT_NODE)


def _bare(element: _Node, settings: PictureSettings) -> bool:
    """Take the notes out of the attributes of an element.

    :returns: whether there was any.
    """
    before = dict(element.attributes.items())
    for name in before:
        attribute = element.getAttributeNode(name)
        is_name = attribute.namespaceURI == XMLNS_NAMESPACE and attribute.value not in {_DRAWING, _LINK}
        if is_name or attribute.namespaceURI not in {None, _LINK, _XML, XMLNS_NAMESPACE}:
            element.removeAttributeNode(attribute)
        else:
            attribute.value = _with_photographs_bare(attribute.value, settings)
    return before != dict(element.attributes.items())


def _restyled(words: _Node, settings: PictureSettings) -> bool:
    """Take the notes out of the photographs of a style sheet.

    :returns: whether there was any.
    """
    before = words.data
    words.data = _with_photographs_bare(before, settings)
    return bool(words.data != before)


def _with_photographs_bare(text: str, settings: PictureSettings) -> str:
    return _HELD.sub(lambda held: _photograph(held[1], settings) or held[0], text)


def _photograph(text: str, settings: PictureSettings) -> str:
    """The address of a photograph that a drawing holds, without its notes; empty when it is none.

    :param text: in base 64.
    """
    with contextlib.suppress(RefusedError, ValueError):
        picture, files = making.made(base64.b64decode(text), "", settings, as_it_is=True)
        return f"data:{TYPES[picture.own.format]};base64,{base64.b64encode(files[picture.own.digest]).decode('ascii')}"
    return ""


def _size(root: _Node) -> tuple[int, int]:
    """Its sides in the units of its own; zero when it names none."""
    with contextlib.suppress(ValueError):
        _, _, width, height = map(float, root.getAttribute("viewBox").replace(",", " ").split())
        return round(width), round(height)
    return 0, 0
