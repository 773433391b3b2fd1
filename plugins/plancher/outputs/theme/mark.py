"""The mark of a blog, in its own colours: what is promised floats, dashed, above the floor line."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from plancher.base.identity import Colours

SIDE = 64
"""Of the square in which the mark is drawn; every length here is a part of it."""
_SVG = "http://www.w3.org/2000/svg"
_CLOUD = "M18.5 38A8.5 8.5 0 1 1 18.75 21A12.5 12.5 0 0 1 43.13 20.47A9 9 0 1 1 46 38Z"
"""Three arcs of circles on a flat base: it stands between 10 and 55, and between 11 and 38."""
CLOUD_BOX = (10, 11, 45, 27)
"""Where it is: left, top, width, height."""
PERIMETER = 119.35
"""How long its outline is."""
FILL = 0.08
"""How much of its colour there is inside a cloud."""
_FLOOR, _TAB_FLOOR = (45, 6), (44, 8)
"""Where the line is, and how thick; the second is whole pixels in an icon of 16."""
_DARK = "@media (prefers-color-scheme: dark) {{ .paper {{ fill: {paper} }} .cloud {{ fill: {cloud} }} .ground {{ fill: {ground} }} }}"


def canvas(width: int, height: int, paper: str, radius: int = 0) -> Element:
    """A drawing with nothing on it yet but its background."""
    drawing = Element("svg", {"xmlns": _SVG, "viewBox": f"0 0 {width} {height}"})
    corners = {"rx": str(radius)} if radius else {}
    SubElement(drawing, "rect", {"class": "paper", "width": str(width), "height": str(height), "fill": paper, **corners})
    return drawing


def floor(drawing: Element, top: int, height: int, colour: str) -> None:
    """The floor line, from edge to edge."""
    width = drawing.get("viewBox", "").split()[2]
    SubElement(drawing, "rect", {"class": "ground", "y": str(top), "width": width, "height": str(height), "fill": colour})


def dashed_cloud(parent: Element, colour: str, *, dashes: int, stroke: float) -> None:
    """A cloud that is only promised.

    :param dashes: on its whole outline: a whole number, so that no dash is cut where the outline closes.
    """
    SubElement(parent, "path", {"class": "cloud", "d": _CLOUD, **dashed(colour, length=PERIMETER, dashes=dashes, stroke=stroke)})


def dashed(colour: str, *, length: float, dashes: int, stroke: float) -> dict[str, str]:
    """How the outline of a cloud is drawn, and what is in it.

    :param length: of the whole outline.
    """
    step = length / dashes
    dash = f"{step * 0.45:.3f} {step * 0.55:.3f}"
    style = {"stroke-width": str(stroke), "stroke-linecap": "round", "stroke-linejoin": "round", "stroke-dasharray": dash}
    return {"fill": colour, "fill-opacity": str(FILL), "stroke": colour, **style}


def mixed(colour: str, paper: str) -> str:
    """What stands in a cloud, on this paper."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(paper[1:]), strict=True)
    return "#" + bytes(round(dark * FILL + light * (1 - FILL)) for dark, light in pairs).hex()


def icon(colours: Colours) -> Element:
    """For a telephone's first screen and a podcast's cover: the whole square is painted, and a circle cut from it holds the mark (w3.org/TR/appmanifest)."""
    drawing = canvas(SIDE, SIDE, colours.paper)
    dashed_cloud(drawing, colours.cloud, dashes=13, stroke=3.5)
    floor(drawing, *_FLOOR, colours.ground)
    return drawing


def tab_icon(colours: Colours) -> Element:
    """For the tab of a browser, where no dash can be seen: the cloud is filled, and both colours follow the reader's."""
    drawing = canvas(SIDE, SIDE, colours.paper, radius=12)
    style = Element("style")
    style.text = _DARK.format(paper=colours.dark_paper, cloud=colours.dark_cloud, ground=colours.dark_ground)
    drawing.insert(0, style)
    SubElement(drawing, "path", {"class": "cloud", "d": _CLOUD, "fill": colours.cloud})
    floor(drawing, *_TAB_FLOOR, colours.ground)
    return drawing
