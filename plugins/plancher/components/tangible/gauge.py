"""Before and after as two bars: the first hollow, as a promise; the second full, as a proof.

It says nothing that the words beside it do not say, and screen readers skip it.
Shapes tell the bars apart, not colours: it prints in black.
"""

from __future__ import annotations

from decimal import Decimal

from plancher.base import quantities
from plancher.base.quantities import Quantity
from plancher.components.tangible.change import FactChange
from plancher.text.html import Element, add_plain, el

_WIDTH, _HEIGHT, _BAR, _STEP, _LEFT = 320, 52, 16, 26, 56
"""Of the drawing, of a bar, from one bar to the next, and of the place for its name."""
_ROOM = 110
"""On the right, for the figure."""
_LONGEST = 14
"""Characters of a figure with its unit; when it is longer, only the number is drawn: the words beside say all."""


def draw(change: FactChange) -> Element | None:
    """The drawing; none unless both facts are numbers of one unit, and neither is negative."""
    if not change.is_measured or change.before is None or change.after is None:
        return None
    largest = max(change.before.value, change.after.value)
    if min(change.before.value, change.after.value) < 0 or largest == 0:
        return None
    drawing = el("svg", class_="gauge", viewBox=f"0 0 {_WIDTH} {_HEIGHT}", aria_hidden="true")
    for place, (name, kind, fact) in enumerate((("avant", "gauge-before", change.before), ("après", "gauge-after", change.after))):
        _bar(drawing, place * _STEP + 4, (name, kind), fact, largest)
    return drawing


def _bar(drawing: Element, top: int, named: tuple[str, str], fact: Quantity, largest: Decimal) -> None:
    name, kind = named
    width = round(fact.value / largest * (_WIDTH - _LEFT - _ROOM), 1)
    add_plain(drawing, "text", name, class_="gauge-name", x="0", y=str(top + _BAR - 4))
    add_plain(drawing, "rect", "", class_=kind, x=str(_LEFT), y=str(top), width=f"{max(width, Decimal(1)):f}", height=str(_BAR))
    figure = str(fact) if len(str(fact)) <= _LONGEST else quantities.number(fact.value)
    add_plain(drawing, "text", figure, class_="gauge-figure", x=f"{_LEFT + width + 6:f}", y=str(top + _BAR - 4))
