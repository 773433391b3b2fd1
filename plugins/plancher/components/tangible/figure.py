"""Before and after, told first: « 2 → 6 par trimestre, trois fois plus », over two bars.

The bars say nothing that the words do not say: no text stands in them, and
screen readers skip them. The first is hollow, as a promise; the second full, as
a proof: shapes tell them apart, not colours, and they print in black.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from plancher.components.tangible import wording
from plancher.components.tangible.change import FactChange
from plancher.text.html import Element, add, add_plain, el, say

_HEIGHT, _STEP = 12, 20
"""Of a bar, and from the top of one to the top of the next, in pixels."""
_THINNEST = Decimal("0.5")
"""Percent: a bar of nothing is still seen."""


class Figure(NamedTuple):
    """Two numbers of one unit, and what lies between them. It is cached with the entries of a text."""

    numbers: str
    """« 2 → 6 »."""
    spoken: str
    """The same, as it is read aloud: « de 2 à 6 »."""
    unit: str
    """« par trimestre », when the numbers do not say it."""
    change: str
    """« trois fois plus »; empty when nothing can be computed."""
    bars: tuple[float, float] | None
    """How long each bar is, in percent; None where none can be drawn."""

    @property
    def rest(self) -> str:
        """What follows the numbers: « par trimestre, trois fois plus »."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{unit}, {self.change}" if self.change else unit


def of(change: FactChange) -> Figure | None:
    """The figure; None unless both facts are numbers of one unit."""
    if not change.is_measured:
        return None
    before, after = change.shown
    spoken = f"{wording.preceded_by_de(before)} à {after}"
    return Figure(f"{before} → {after}", spoken, change.shared_unit, change.text, _bars(change))


def _bars(change: FactChange) -> tuple[float, float] | None:
    """None when a number is negative, or both are zero."""
    if change.before is None or change.after is None:
        return None
    values = (change.before.value, change.after.value)
    largest = max(values)
    if min(values) < 0 or largest == 0:
        return None
    before, after = (float(max(round(value / largest * 100, 1), _THINNEST)) for value in values)
    return before, after


def add_figure(parent: Element, figure: Figure, of_what: str) -> None:
    """The numbers, what is counted, the bars.

    :param of_what: Markdown; may be empty.
    """
    line = add(parent, "p", class_="figure")
    add_plain(add(line, "strong", class_="figure-numbers"), "span", figure.numbers, role="img", aria_label=figure.spoken)
    say(line, figure.rest)
    if of_what:
        add(parent, "p", of_what, class_="figure-of")
    if figure.bars:
        parent.append(_drawn(figure.bars))


def _drawn(bars: tuple[float, float]) -> Element:
    drawing = el("svg", class_="gauge", height=str(_STEP + _HEIGHT + 2), aria_hidden="true")
    for place, (kind, length) in enumerate(zip(("gauge-before", "gauge-after"), bars, strict=True)):
        add_plain(drawing, "rect", "", class_=kind, width=f"{length:g}%", height=str(_HEIGHT), y=str(place * _STEP + 1))
    return drawing
