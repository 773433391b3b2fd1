"""The picture that networks show beside a post that ends on the ground: its promise floats in a cloud, its proof is below the floor line."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
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
_BESIDE, _ABOVE = 96, 30
"""Between the words of the promise and the outline of its cloud."""
_LABEL = 76
"""The height of the words above the cloud."""
_BUMP = 22
"""Pixels: what the bumps of the cloud are measured in."""
_BUMPS = ((0.13, 0.36, 1.5, 5), (0.39, 0.45, 2.6, 7))
"""Of each, those of the page: where it begins and how wide it is, as parts of the cloud; how far it rises above the pill, and how high it is."""
_RISE = 2.6
_STROKE, _DASH = 5, "14 10"


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
    middle = _cloud(svg, promise, (top + _FLOOR) // 2, colours)
    share_picture.write(svg, promise, colours.cloud, share_picture.centred(promise, middle, middle))
    mark.floor(svg, _FLOOR, LINE, colours.ground)
    share_picture.write(svg, proof, colours.ink, share_picture.centred(proof, _FLOOR + LINE, _FOOT))
    if name := lettering.printable(shown.name):
        _line(svg, name, colours.ground, _FOOT, HEIGHT - 20)
    return svg


def _line(svg: Element, text: str, colour: str, top: int, bottom: int) -> None:
    """Small words, between two heights."""
    setting = lettering.fitted(text, _SMALL)
    share_picture.write(svg, setting, colour, share_picture.centred(setting, top, bottom))


def _cloud(svg: Element, words: Setting, middle: int, colours: Colours) -> int:
    """The cloud of the page: two dashed bumps, a dashed pill over them, and over its line what the bumps hold.

    :param middle: of the room that it has, from its top.
    :returns: the middle of its words.
    """
    width, height = words.width + 2 * _BESIDE, words.fall + words.size + 2 * _ABOVE
    left, top = (WIDTH - width) / 2, middle + (_RISE * _BUMP - height) / 2
    bumps = [
        {"cx": left + (start + part / 2) * width, "cy": top + (high / 2 - rise) * _BUMP, "rx": part / 2 * width, "ry": high / 2 * _BUMP}
        for start, part, rise, high in _BUMPS
    ]
    pill = {"x": left, "y": top, "width": width, "height": height, "rx": min(3.6 * _BUMP, width / 2), "ry": height / 2}
    inside, line = mark.mixed(colours.cloud, colours.paper), {"stroke": colours.cloud, "stroke-width": _STROKE, "stroke-dasharray": _DASH}
    for shape, place in [*(("ellipse", bump) for bump in bumps), ("rect", pill)]:
        SubElement(svg, shape, {"fill": inside, **_written({**place, **line})})
    for bump in bumps:
        SubElement(svg, "ellipse", {"fill": inside, **_written({**bump, "rx": bump["rx"] - _STROKE / 2, "ry": bump["ry"] - _STROKE / 2})})
    return round(top + height / 2)


def _written(numbers: Mapping[str, object]) -> dict[str, str]:
    return {name: f"{value:.1f}" if isinstance(value, float) else str(value) for name, value in numbers.items()}
