"""Horizontal bars as one SVG file: readable alone, by ear, in light and in dark."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from xml.etree import ElementTree as ET

WIDTH, ROW, LABELS, VALUES = 900, 28, 330, 90
STYLE = """
:root { color-scheme: light dark }
svg { background: #fbf8f2 } text { fill: #2a2520; font: 15px system-ui, sans-serif } .title { font-weight: bold }
.ours { fill: #2f6b3a } .rival { fill: #8a8073 }
@media (prefers-color-scheme: dark) { svg { background: #1d1a16 } text { fill: #eee6da } .ours { fill: #7fc48d } .rival { fill: #a59b8d } }
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    label: str
    value: float
    text: str
    """The value, as it is shown."""
    ours: bool


def draw(title: str, bars: Sequence[Bar]) -> bytes:
    """The whole file; the longest bar fills its column."""
    height = ROW * (len(bars) + 2)
    svg = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-labelledby": "titre texte"})
    svg.set("lang", "fr")
    ET.SubElement(svg, "title", {"id": "titre"}).text = title
    ET.SubElement(svg, "desc", {"id": "texte"}).text = " ; ".join(f"{bar.label} : {bar.text}" for bar in bars)
    ET.SubElement(svg, "style").text = STYLE
    ET.SubElement(svg, "text", {"x": "10", "y": str(ROW), "class": "title"}).text = title
    longest = max((bar.value for bar in bars), default=1) or 1
    for place, bar in enumerate(bars, 1):
        middle = ROW * (place + 0.75)
        length = max(1, (WIDTH - LABELS - VALUES) * bar.value / longest)
        ET.SubElement(svg, "text", {"x": str(LABELS - 10), "y": f"{middle:.0f}", "text-anchor": "end"}).text = bar.label
        shape = {"x": str(LABELS), "y": f"{middle - 14:.0f}", "width": f"{length:.1f}", "height": "18", "class": "ours" if bar.ours else "rival"}
        ET.SubElement(svg, "rect", shape)
        ET.SubElement(svg, "text", {"x": f"{LABELS + length + 8:.1f}", "y": f"{middle:.0f}"}).text = bar.text
    ET.indent(svg)
    return ET.tostring(svg, encoding="utf-8", xml_declaration=True)
