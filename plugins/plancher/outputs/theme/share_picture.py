"""The picture that networks show beside a link to the blog: its name stands on the floor line, a cloud floats above, the motto is below."""

from __future__ import annotations

import dataclasses
from xml.etree.ElementTree import Element, SubElement

from plancher.base.identity import Colours
from plancher.outputs.theme import lettering, mark
from plancher.outputs.theme.lettering import Frame, Setting

WIDTH, HEIGHT = 1200, 630
"""Pixels, as networks ask (ogp.me; none of them cuts this shape)."""
_MARGIN = 88
_FLOOR, _LINE = 456, 14
"""Where the line is, and how thick."""
_NAME = Frame(face=lettering.BOLD, width=WIDTH - 2 * _MARGIN, height=224, sizes=range(124, 35, -4), leading=1.06)
_MOTTO = Frame(face=lettering.ITALIC, width=WIDTH - 2 * _MARGIN, height=116, sizes=range(42, 29, -2), leading=1.3)
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
_SKY = 56
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
    if name:
        _cloud(svg, *_name(svg, name, colours.ink), colours.cloud)
    else:
        _cloud(svg, WIDTH - 2 * _MARGIN, _FLOOR, colours.cloud)
    mark.floor(svg, _FLOOR, _LINE, colours.ground)
    if motto:
        _motto(svg, motto, colours.ink)
    return svg


def _name(svg: Element, name: str, colour: str) -> tuple[int, int]:
    """The name on the floor line; how much room it leaves at its right, and above it, for a cloud that stands in one of the two."""
    setting = lettering.fitted(name, _NAME)
    first = _FLOOR - round(setting.size * _DESCENT) - setting.fall
    _write(svg, setting, colour, first)
    return WIDTH - 2 * _MARGIN - setting.width - _SKY, first - round(setting.size * _ASCENT) - _SKY


def _motto(svg: Element, motto: str, colour: str) -> None:
    """The motto in the middle of what is below the line."""
    setting = lettering.fitted(motto, _MOTTO)
    middle = (_FLOOR + _LINE + HEIGHT) // 2 + round(setting.size * _SMALL_LETTER / 2)
    _write(svg, setting, colour, middle - setting.fall // 2)


def _write(svg: Element, setting: Setting, colour: str, first: int) -> None:
    """Lines from the left margin, the first on this base line."""
    face = setting.face
    style = {"font-family": lettering.FAMILY, "font-weight": str(face.weight), "font-style": face.style, "font-size": str(setting.size), "fill": colour}
    for number, line in enumerate(setting.lines):
        SubElement(svg, "text", {"x": str(_MARGIN), "y": str(first + number * setting.leading), **style}).text = line


def _cloud(svg: Element, beside: int, above: int, colour: str) -> None:
    """The cloud at the right, as large as it can be beside the name or above it; its line is always as thick.

    :param beside: pixels of width that the name leaves.
    :param above: pixels from the upper edge to what the cloud must not touch.
    """
    left, top, width, height = mark.CLOUD_BOX
    scale = min(max(beside / width, (above - _SKY) / height), _LARGEST)
    x, y = WIDTH - _MARGIN - (left + width) * scale, _SKY - top * scale
    group = SubElement(svg, "g", {"transform": f"translate({x:.2f} {y:.2f}) scale({scale:.4f})"})
    mark.dashed_cloud(group, colour, dashes=round(mark.PERIMETER * scale / _DASH), stroke=round(_STROKE / scale, 3))
