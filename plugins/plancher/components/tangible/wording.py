"""A change between two numbers, in French words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from plancher.base import quantities
from plancher.base.french import NBSP
from plancher.base.quantities import Quantity

_TIMES = ("", "", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_HUNDRED = 100
_TEN = 10
_VOWELS = "aàâeéèêëiîïoôuùûyœAÀÂEÉÈÊËIÎÏOÔUÙÛYŒ"


def ratio(before: Quantity, after: Quantity) -> Decimal | None:
    """After, divided by before; None when that means nothing."""
    return after.value / before.value if before.value > 0 and after.value >= 0 else None


def change(before: Quantity, after: Quantity) -> str:
    """« + 54 % », « trois fois moins », « inchangé »; empty from zero to something."""
    if before.value == after.value:
        return "inchangé"
    rough = f"environ{NBSP}" if before.is_rough or after.is_rough else ""
    if before.unit.partition(" ")[0] == "%":
        return f"{rough}{_points(after.value - before.value)}"
    quotient = ratio(before, after)
    if not quotient:
        return "" if quotient is None else "réduit à zéro"
    return rough + _times(quotient)


def preceded_by_de(typed: str) -> str:
    """« de 12 », « d’environ 12 »."""
    return f"d’{typed}" if typed[:1] in _VOWELS and not typed.lower().startswith("onze") else f"de {typed}"


def _times(quotient: Decimal) -> str:
    """« trois fois plus », « multiplié par 2,6 », « + 54 % »."""
    for factor, word in ((quotient, "plus"), (1 / quotient, "moins")):
        if _whole(factor):
            return f"{_whole(factor)} fois {word}"
    if quotient >= 2:  # noqa: PLR2004 - nobody says « + 160 % »
        return f"multiplié par{NBSP}{quantities.number(_rounded(quotient))}"
    percent = _rounded((quotient - 1) * _HUNDRED)
    if percent == -_HUNDRED:  # nearly nothing is left: not nothing
        return f"divisé par{NBSP}{quantities.number(_rounded(1 / quotient))}"
    return f"{_signed(percent)}{NBSP}%"


def _points(difference: Decimal) -> str:
    """Between two percentages, points (INSEE, « point de pourcentage »)."""
    return f"{_signed(difference)}{NBSP}{'points' if abs(difference) >= 2 else 'point'}"  # noqa: PLR2004 - French plurals begin at two


def _whole(factor: Decimal) -> str:
    """« trois », when the factor is three within half a percent; empty when no such word fits."""
    near = int(factor.to_integral_value(ROUND_HALF_UP))
    return _TIMES[near] if 1 < near < len(_TIMES) and abs(factor - near) <= near * Decimal("0.005") else ""


def _rounded(value: Decimal) -> Decimal:
    """To two digits that mean something: 54, 5,4 or 0,54."""
    size = abs(value)
    if size >= _TEN:
        return value.quantize(Decimal(1), ROUND_HALF_UP)
    digits = value.quantize(Decimal("0.1") if size >= 1 else Decimal("0.01"), ROUND_HALF_UP)
    return digits or value.quantize(Decimal(1).scaleb(value.adjusted()), ROUND_HALF_UP)


def _signed(value: Decimal) -> str:
    sign = "−" if value < 0 else "+"
    return f"{sign}{NBSP}{quantities.number(abs(value))}"
