"""The picture that networks show beside a post that ends on the ground: its promise floats in a cloud, its proof is below the floor line."""

from __future__ import annotations

import dataclasses
import math
from xml.etree.ElementTree import Element, SubElement

from plancher.base.identity import Colours
from plancher.outputs.theme import lettering, mark, share_picture
from plancher.outputs.theme.lettering import Frame, Setting
from plancher.outputs.theme.share_picture import HEIGHT, LINE, MARGIN, WIDTH

FICTIONAL = "Exemple fictif"
_FLOOR, _FOOT = 344, 552
"""Where the line is, and where the name of the blog begins."""
_PROMISE = Frame(face=lettering.ITALIC, width=740, height=132, sizes=range(62, 31, -2), leading=1.2)
_PROOF = Frame(face=lettering.BOLD, width=WIDTH - 2 * MARGIN, height=168, sizes=range(60, 33, -2), leading=1.16)
_SMALL = Frame(face=lettering.ITALIC, width=WIDTH - 2 * MARGIN, height=44, sizes=range(32, 23, -2), leading=1.2)
_BESIDE, _ABOVE = 104, 52
"""Between the words of the promise and the outline of its cloud."""
_LABEL = 84
"""The height of the words above the cloud."""
_CORNERS = ((0.37, 0.63), (0.44, 0.71), (0.35, 0.29), (0.45, 0.31))
"""How wide and how high each corner of the cloud is, as parts of it, from the upper left one on: those of the page."""
_STROKE, _DASH = 6, 24
"""Of the cloud: pixels of its line, and of a dash with the gap after it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PairPicture:
    """All that is shown."""

    promise: str
    proof: str
    is_fictional: bool
    name: str
    """Of the blog."""
    colours: Colours


def drawing(shown: PairPicture) -> Element:
    """The picture, as SVG."""
    svg, colours = mark.canvas(WIDTH, HEIGHT, shown.colours.paper), shown.colours
    top = 0
    if shown.is_fictional:
        _line(svg, FICTIONAL, colours.ink, 0, top := _LABEL)
    promise, proof = lettering.fitted(lettering.printable(shown.promise), _PROMISE), lettering.fitted(lettering.printable(shown.proof), _PROOF)
    _cloud(svg, promise, (top + _FLOOR) // 2, colours.cloud)
    share_picture.write(svg, promise, colours.cloud, share_picture.centred(promise, top, _FLOOR))
    mark.floor(svg, _FLOOR, LINE, colours.ground)
    share_picture.write(svg, proof, colours.ink, share_picture.centred(proof, _FLOOR + LINE, _FOOT))
    if name := lettering.printable(shown.name):
        _line(svg, name, colours.ground, _FOOT, HEIGHT - 20)
    return svg


def _line(svg: Element, text: str, colour: str, top: int, bottom: int) -> None:
    """Small words, between two heights."""
    setting = lettering.fitted(text, _SMALL)
    share_picture.write(svg, setting, colour, share_picture.centred(setting, top, bottom))


def _cloud(svg: Element, words: Setting, middle: int, colour: str) -> None:
    """A dashed outline around words: four quarters of ellipses, and what is straight between them."""
    width, height = words.width + 2 * _BESIDE, words.fall + words.size + 2 * _ABOVE
    left, top = (WIDTH - width) / 2, middle - height / 2
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((wide * width, high * height) for wide, high in _CORNERS)
    path = (
        f"M{left + ax:.1f} {top:.1f}H{left + width - bx:.1f}A{bx:.1f} {by:.1f} 0 0 1 {left + width:.1f} {top + by:.1f}"
        f"V{top + height - cy:.1f}A{cx:.1f} {cy:.1f} 0 0 1 {left + width - cx:.1f} {top + height:.1f}"
        f"H{left + dx:.1f}A{dx:.1f} {dy:.1f} 0 0 1 {left:.1f} {top + height - dy:.1f}"
        f"V{top + ay:.1f}A{ax:.1f} {ay:.1f} 0 0 1 {left + ax:.1f} {top:.1f}Z"
    )
    corners = sum(map(_quarter, (ax, bx, cx, dx), (ay, by, cy, dy)))
    length = corners + 2 * (width + height) - (ax + bx + cx + dx) - (ay + by + cy + dy)
    SubElement(svg, "path", {"d": path, **mark.dashed(colour, length=length, dashes=round(length / _DASH), stroke=_STROKE)})


def _quarter(a: float, b: float) -> float:
    """How long a quarter of an ellipse is (Ramanujan's first approximation)."""
    return math.pi / 4 * (3 * (a + b) - math.sqrt((3 * a + b) * (a + 3 * b)))
