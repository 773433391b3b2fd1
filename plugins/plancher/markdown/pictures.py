"""Pictures in a text: their size on the page, their caption."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image

from plancher.base import addresses, files
from plancher.cache import slots
from plancher.markdown.place import Place
from plancher.pictures import opening
from plancher.text.html import add, to_html_string

_SVG_START = 4096
"""Bytes of an SVG file in which its root tag is searched."""
_LARGEST = 100_000
"""Pixels of a side that a drawing may claim."""
_FIRST = 2
"""Blocks at the head of a text that a reader sees without moving the page."""
_VIEW_BOX = re.compile(r"<svg\b[^>]*\bviewBox=[\"'][\d.\s,-]*?([\d.]+)[\s,]+([\d.]+)[\"']")


def finish(image: Element, place: Place | None) -> bool:
    """Give an image its size, so that the text does not move when the image loads.

    One on another site becomes a link: showing a page contacts no third party.

    :returns: whether it is a picture of the site, of which there are several sizes.
    """
    if addresses.is_elsewhere(image.get("src", "")):
        address, image.text = image.get("src", ""), image.get("alt") or "image"
        image.tag = "a"
        image.attrib = {"href": address}
        return False
    path = place.target(image.get("src", "")) if place else None
    if place is None or path is None or not place.holds(path):
        return False
    is_several = path.suffix.lower() != ".svg"
    side = slots.SIDE if is_several else ""
    size = _size(path, path.stat().st_mtime_ns)
    if size and "width" not in image.attrib:
        image.set("width", f"{side}{size[0]}{side}")
        image.set("height", f"{side}{size[1]}{side}")
    elif size and image.attrib["width"].isdecimal():
        image.attrib.setdefault("height", str(round(int(image.attrib["width"]) * size[1] / size[0])))
    image.set("loading", "lazy")
    image.set("decoding", "async")
    return is_several


def mark(root: Element, images: Sequence[Element]) -> None:
    """Mark the pictures of the site, whose tags a page fills in (``cache.body``); the first is not loaded late where a reader sees it at once."""
    known = {id(image) for image in images}
    for parent, is_linked in _parents(root):
        for place, child in enumerate(parent):
            if id(child) in known:
                before = f"{slots.PICTURE}{slots.LINKED if is_linked else ''}"
                if place:
                    parent[place - 1].tail = f"{parent[place - 1].tail or ''}{before}"
                else:
                    parent.text = f"{parent.text or ''}{before}"
                child.tail = f"{slots.PICTURE}{child.tail or ''}"
    first = next((child for child in root[:_FIRST] for image in child.iter("img") if image is (images[0] if images else None)), None)
    if first is not None:
        images[0].attrib.pop("loading")


def in_raw_html(raw: str, tags: Sequence[tuple[int, str, dict[str, str]]], place: Place | None) -> str:
    """Raw HTML whose pictures have their size and their marks; nobody knows whether they stand in a link already.

    :param tags: where each tag begins, the tag as typed, and its attributes.
    """
    for start, tag, attributes in reversed(tags):
        image = Element("img", attributes)
        if place is not None and addresses.is_internal(image.get("src", "")) and finish(image, place):
            image.attrib = dict(sorted(image.attrib.items()))
            raw = f"{raw[:start]}{slots.PICTURE}{slots.LINKED}{to_html_string(image)}{slots.PICTURE}{raw[start + len(tag) :]}"
    return raw


def _parents(element: Element, *, is_linked: bool = False) -> Iterator[tuple[Element, bool]]:
    """Every element of a tree, and whether it is, or stands in, a link."""
    waiting = [(element, is_linked)]
    while waiting:
        parent, linked = waiting.pop()
        linked = linked or parent.tag == "a"
        yield parent, linked
        waiting.extend((child, linked) for child in parent)


@functools.lru_cache(maxsize=4096)
def _size(path: Path, _changed: int) -> tuple[int, int] | None:
    if path.suffix.lower() == ".svg":
        match = _VIEW_BOX.search(files.read(path)[:_SVG_START].decode("utf-8", "replace"))
        sides = tuple(float(side) for side in match.groups() if side.count(".") <= 1 and side != ".") if match else ()
        return (round(sides[0]), round(sides[1])) if len(sides) == 2 and max(sides) < _LARGEST else None  # noqa: PLR2004 - width and height
    opening.formats()
    try:
        with Image.open(path) as picture:
            return opening.upright_size(picture)
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on a picture that is cut or forged
        return None


def captioned(parent: Element, paragraph: Element) -> None:
    """``![texte](image "légende")`` alone in its paragraph becomes a figure (RGAA 1.9.1)."""
    image = paragraph[0] if len(paragraph) == 1 else None
    alone = not (paragraph.text or "").strip() and (image is None or not (image.tail or "").strip())
    if image is None or image.tag != "img" or not image.get("title") or not alone:
        return
    caption = image.attrib.pop("title")
    figure = Element("figure")
    image.tail, figure.tail = None, paragraph.tail
    figure.append(image)
    add(figure, "figcaption", caption)
    parent[list(parent).index(paragraph)] = figure


def labelled(figure: Element) -> None:
    """The caption of a picture is its name too (RGAA 1.9.1)."""
    caption = figure.find("figcaption")
    if caption is not None and figure.find("img") is not None:
        figure.set("aria-label", "".join(caption.itertext()))
