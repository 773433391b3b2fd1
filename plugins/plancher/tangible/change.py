"""From « avant » and « après » to what changed, in numbers and in words.

A change is computed between two numbers of one unit, and between nothing else:
the reader would take a wrong figure for a proof.
"""

from __future__ import annotations

import dataclasses
from decimal import ROUND_HALF_UP, Decimal

from plancher.core import quantities
from plancher.core.french import NBSP
from plancher.core.quantities import Quantity, Refusal

_TIMES = ("", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_HUNDRED = 100
_TEN = 10


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What lies between two facts."""

    before: Quantity | None = None
    """None where the fact is not one number."""
    after: Quantity | None = None
    text: str = ""
    """« + 54 % », « trois fois moins », « inchangé »; empty when nothing can be computed."""
    ratio: Decimal | None = None
    """After, divided by before."""

    @property
    def is_measured(self) -> bool:
        """Whether both facts are numbers of one unit."""
        return self.before is not None and self.after is not None and quantities.same_unit(self.before.unit, self.after.unit)


NO_CHANGE = Change()
"""Of a pair without figures."""


def between(before: str, after: str, unit: str = "") -> tuple[Change, str]:
    """What changed, and what keeps it from being computed, in French; empty when nothing does.

    Words without a number are facts too (« sur papier », « en ligne »): they are left alone, in silence.

    :param unit: of both, where they do not say it.
    """
    first, last = quantities.read(before), quantities.read(after)
    for name, typed, found in (("avant", before, first), ("après", after, last)):
        if isinstance(found, Refusal) and found is not Refusal.WORDS and typed:
            return NO_CHANGE, f"« {name} » est {found} (« {typed} ») : rien n'est calculé. Donnez un seul nombre, avec son unité."
    start, end = _with_unit(first, last, unit), _with_unit(last, first, unit)
    change = Change(before=start, after=end)
    if start is None or end is None:
        return change, ""
    if not quantities.same_unit(start.unit, end.unit):
        one, other = start.unit or "nombre", end.unit or "nombre"
        return change, f"« avant » est en « {one} », « après » en « {other} » : rien n'est calculé. Donnez la même unité aux deux."
    if start.value == 0 and end.value != 0:
        return change, "« avant » vaut zéro : aucun rapport n'est calculé, seul l'écart est montré."
    return dataclasses.replace(change, text=_worded(start, end), ratio=_ratio(start, end)), ""


def _with_unit(found: Quantity | Refusal, other: Quantity | Refusal, unit: str) -> Quantity | None:
    """The number, with the block's unit or that of the other fact where it has none of its own."""
    if isinstance(found, Refusal):
        return None
    own = found.unit or (other.unit if isinstance(other, Quantity) else "")
    joined = unit if quantities.same_unit(own, unit) else " ".join(filter(None, (own, unit)))
    return dataclasses.replace(found, unit=joined)


def _ratio(start: Quantity, end: Quantity) -> Decimal | None:
    return end.value / start.value if start.value > 0 and end.value >= 0 else None


def _worded(start: Quantity, end: Quantity) -> str:
    """The change as one says it."""
    if start.value == end.value:
        return "inchangé"
    rough = f"environ{NBSP}" if start.is_rough or end.is_rough else ""
    if start.unit.partition(" ")[0] == "%":
        return f"{rough}{_points(end.value - start.value)}"
    ratio = _ratio(start, end)
    if not ratio:
        return "" if ratio is None else "réduit à zéro"
    return rough + _times(ratio)


def _times(ratio: Decimal) -> str:
    """« trois fois plus », « multiplié par 2,6 », « + 54 % »."""
    for near, word in ((ratio, "plus"), (1 / ratio, "moins")):
        if _whole(near):
            return f"{_whole(near)} fois {word}"
    if ratio >= 2:  # noqa: PLR2004 - « + 160 % » is not how one says it
        return f"multiplié par{NBSP}{quantities.number(_rounded(ratio))}"
    return f"{_signed(_rounded((ratio - 1) * _HUNDRED))}{NBSP}%"


def _points(difference: Decimal) -> str:
    """Between two percentages, points (INSEE, « point de pourcentage »)."""
    return f"{_signed(difference)}{NBSP}{'points' if abs(difference) >= 2 else 'point'}"  # noqa: PLR2004 - French plurals begin at two


def _whole(ratio: Decimal) -> str:
    """« trois », when the ratio is three to a hundredth; empty for what has no such name."""
    near = int(ratio.to_integral_value(ROUND_HALF_UP))
    return _TIMES[near] if 1 < near < len(_TIMES) and abs(ratio - near) <= near * Decimal("0.005") else ""


def _rounded(value: Decimal) -> Decimal:
    """Two digits that mean something: 54, 5,4 or 0,54."""
    size = abs(value)
    if size >= _TEN:
        return value.quantize(Decimal(1), ROUND_HALF_UP)
    digits = value.quantize(Decimal("0.1") if size >= 1 else Decimal("0.01"), ROUND_HALF_UP)
    return digits or value.quantize(Decimal(1).scaleb(value.adjusted()), ROUND_HALF_UP)


def _signed(value: Decimal) -> str:
    sign = "−" if value < 0 else "+"
    return f"{sign}{NBSP}{quantities.number(abs(value))}"
