"""Pictures in a text: their size on the page, their caption."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from xml.etree.ElementTree import Element

from PIL import Image

from plancher.base import addresses, files
from plancher.markdown.place import Place
from plancher.text.html import add

_SVG_START = 4096
"""Bytes of an SVG file in which its root tag is searched."""
_LARGEST = 100_000
"""Pixels of a side that a drawing may claim."""
_VIEW_BOX = re.compile(r"<svg\b[^>]*\bviewBox=[\"'][\d.\s,-]*?([\d.]+)[\s,]+([\d.]+)[\"']")


def finish(image: Element, place: Place | None) -> None:
    """Give an image its size, so that the text does not move when the image loads.

    One on another site becomes a link: showing a page contacts no third party.
    """
    if addresses.is_elsewhere(image.get("src", "")):
        address, image.text = image.get("src", ""), image.get("alt") or "image"
        image.tag = "a"
        image.attrib = {"href": address}
        return
    path = place.target(image.get("src", "")) if place else None
    if place is None or path is None or not place.holds(path):
        return
    size = _size(path, path.stat().st_mtime_ns)
    if size and "width" not in image.attrib:
        image.set("width", str(size[0]))
        image.set("height", str(size[1]))
    image.set("loading", "lazy")
    image.set("decoding", "async")


@functools.lru_cache(maxsize=4096)
def _size(path: Path, _changed: int) -> tuple[int, int] | None:
    if path.suffix.lower() == ".svg":
        match = _VIEW_BOX.search(files.read(path)[:_SVG_START].decode("utf-8", "replace"))
        sides = tuple(float(side) for side in match.groups() if side.count(".") <= 1 and side != ".") if match else ()
        return (round(sides[0]), round(sides[1])) if len(sides) == 2 and max(sides) < _LARGEST else None  # noqa: PLR2004 - width and height
    try:
        with Image.open(path) as picture:
            return picture.size
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
