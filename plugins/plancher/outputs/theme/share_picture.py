"""The picture that networks show beside a link: a name stands on the floor line, a cloud floats above, a motto is below.

It is that of the blog, or of a post: its title, and the name of the blog. All
stands in the middle, since some networks show a square cut from it.
"""

from __future__ import annotations

import dataclasses
from xml.etree.ElementTree import Element, SubElement

from plancher.base.identity import Colours
from plancher.outputs.theme import lettering, mark
from plancher.outputs.theme.lettering import Frame, Setting

WIDTH, HEIGHT = 1200, 630
"""Pixels, as networks ask (ogp.me; none of them cuts this shape)."""
MARGIN = 88
FLOOR, LINE = 456, 14
"""Where the line is, and how thick."""
_NAME = Frame(face=lettering.BOLD, width=WIDTH - 2 * MARGIN, height=204, sizes=range(112, 35, -4), leading=1.08)
_MOTTO = Frame(face=lettering.ITALIC, width=WIDTH - 2 * MARGIN, height=116, sizes=range(42, 29, -2), leading=1.3)
_DESCENT = 0.36
"""Of the size: from the last line of the name to the floor, so that no letter touches it."""
_ASCENT = 0.72
"""The same: the height of a capital."""
_SMALL_LETTER = 0.46
"""The same: the height of a letter without ascender."""
_STROKE, _DASH = 9, 30
"""Of the cloud: pixels of its line, and of a dash with the gap after it."""
_LARGEST = 9
"""Pixels for one of the cloud's own units."""
_SKY = 44
"""Above the cloud, and between it and the name."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture:
    """All that is shown."""

    name: str
    motto: str
    colours: Colours


def drawing(shown: SharePicture) -> Element:
    """The picture, as SVG. What cannot be written is left out."""
    svg, colours = mark.canvas(WIDTH, HEIGHT, shown.colours.paper), shown.colours
    name, motto = lettering.printable(shown.name), lettering.printable(shown.motto)
    _cloud(svg, _name(svg, name, colours.ink) if name else FLOOR - _SKY, colours.cloud)
    mark.floor(svg, FLOOR, LINE, colours.ground)
    if motto:
        setting = lettering.fitted(motto, _MOTTO)
        write(svg, setting, colours.ink, centred(setting, FLOOR + LINE, HEIGHT))
    return svg


def _name(svg: Element, name: str, colour: str) -> int:
    """The name on the floor line; how much room it leaves above it."""
    setting = lettering.fitted(name, _NAME)
    first = FLOOR - round(setting.size * _DESCENT) - setting.fall
    write(svg, setting, colour, first)
    return first - round(setting.size * _ASCENT) - _SKY


def centred(setting: Setting, top: int, bottom: int) -> int:
    """The base line of the first line of a text that stands in the middle between two heights."""
    return (top + bottom) // 2 + round(setting.size * _SMALL_LETTER / 2) - setting.fall // 2


def write(svg: Element, setting: Setting, colour: str, first: int) -> None:
    """Lines in the middle, the first on this base line."""
    face = setting.face
    style = {"font-family": lettering.FAMILY, "font-weight": str(face.weight), "font-style": face.style, "font-size": str(setting.size), "fill": colour}
    for number, line in enumerate(setting.lines):
        place = {"x": str(WIDTH // 2), "y": str(first + number * setting.leading), "text-anchor": "middle"}
        SubElement(svg, "text", {**place, **style}).text = line


def _cloud(svg: Element, bottom: int, colour: str) -> None:
    """The cloud above the name, as large as it can be; its line is always as thick.

    :param bottom: pixels from the upper edge to what the cloud must not touch.
    """
    left, top, width, height = mark.CLOUD_BOX
    scale = min((bottom - _SKY) / height, _LARGEST)
    x, y = WIDTH / 2 - (left + width / 2) * scale, _SKY - top * scale
    group = SubElement(svg, "g", {"transform": f"translate({x:.2f} {y:.2f}) scale({scale:.4f})"})
    mark.dashed_cloud(group, colour, dashes=round(mark.PERIMETER * scale / _DASH), stroke=round(_STROKE / scale, 3))
