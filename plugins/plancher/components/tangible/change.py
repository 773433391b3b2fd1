"""From « avant » and « après » to what changed, in numbers and in words.

A change is computed between two numbers of one unit, and between nothing else:
the reader would take a wrong figure for a proof.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import ROUND_HALF_UP, Decimal

from plancher.base import quantities, units
from plancher.base.french import NBSP
from plancher.base.quantities import Quantity, Refusal

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
    said: str = ""
    """Both facts, as one says them: « de 2 à 6 par trimestre (trois fois plus) »."""

    @property
    def is_measured(self) -> bool:
        """Whether both facts are numbers of one unit."""
        return self.before is not None and self.after is not None and units.same_unit(self.before.unit, self.after.unit)


NO_CHANGE = Change()
"""Of a pair without figures."""
_REMEDIES = {
    Refusal.CHANGED: "Donnez un seul nombre, suivi de son unité seule.",
    Refusal.RELATIVE: "Une température, par exemple, ne double pas : dites ce qui a changé en mots, ou comptez autre chose.",
    Refusal.AMBIGUOUS: "Écrivez « 14 000 » pour des milliers, « 14,5 » pour des décimales.",
}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_REMEDY = "Donnez un seul nombre, avec son unité."


def between(before: str, after: str, unit: str = "") -> tuple[Change, str]:
    """What changed, and what keeps it from being computed, in French; empty when nothing does.

    Words without a number are facts too (« sur papier », « en ligne »): they are left alone, in silence.

    :param unit: of both, where they do not say it, or what they are counted by (« par mois »).
    """
    aside = Change(said=_beside(before, after, unit))
    first, last = quantities.read(before), quantities.read(after)
    for name, typed, found in (("avant", before, first), ("après", after, last)):
        if isinstance(found, Refusal) and found is not Refusal.WORDS and typed:
            return aside, f"« {name} » contient {found} (« {typed} ») : rien n'est calculé. {_REMEDIES.get(found, _REMEDY)}"
    if isinstance(first, Quantity) and isinstance(last, Quantity):
        return _compared((before, first), (after, last), unit, aside)
    start, end = (_in_unit(typed, found, unit) if isinstance(found, Quantity) else None for typed, found in ((before, first), (after, last)))
    return dataclasses.replace(aside, before=start, after=end), ""


def _compared(one: tuple[str, Quantity], other: tuple[str, Quantity], unit: str, aside: Change) -> tuple[Change, str]:
    """What changed between two numbers, each as it is typed and as it is read.

    :param aside: what is shown when they cannot be compared.
    """
    (before, first), (after, last) = one, other
    start, end = _in_unit(before, first, unit), _in_unit(after, last, unit)
    if quantities.read(f"1 {unit}") is Refusal.RELATIVE:
        return aside, f"« unité : {unit} » est {Refusal.RELATIVE} : rien n'est calculé. {_REMEDIES[Refusal.RELATIVE]}"
    if start is None or end is None:
        odd = before if start is None else after
        return aside, f"« unité : {unit} » ne va pas avec « {odd} », ou contredit l'unité déjà écrite : rien n'est calculé. Gardez l'une des deux."
    are_words = not any(letter.isdecimal() for letter in before + after)  # « deux carnets », « une application » are words after all
    if bool(start.unit) is not bool(end.unit):
        bare = "après" if start.unit else "avant"
        return aside, "" if are_words else f"« {bare} » n'a pas d'unité : rien n'est calculé. Écrivez l'unité des deux."
    if not start.unit and _YEAR.fullmatch(before.strip()) and _YEAR.fullmatch(after.strip()):
        return aside, f"« {before} » et « {after} » ont l'air d'années : rien n'est calculé. Si ce sont des nombres, écrivez leur unité."
    start, end = _alike(start, end)
    if not units.same_unit(start.unit, end.unit):
        return (
            aside,
            "" if are_words else f"« avant » est en « {start.unit} », « après » en « {end.unit} » : rien n'est calculé. Donnez la même unité aux deux.",
        )
    change = Change(before=start, after=end, text=_worded(start, end), ratio=_ratio(start, end))
    why = "« avant » vaut zéro : il n'y a pas de rapport, seuls les deux nombres sont montrés." if not change.text and start.value == 0 else ""
    computed = f" ({change.text})" if change.text else ""
    return dataclasses.replace(change, said=f"{_from(_shown(before, first, last, unit))} à {_shown(after, last, None, unit)}{computed}"), why


def _shown(typed: str, found: Quantity, following: Quantity | None, unit: str) -> str:
    """A fact with the unit of the block, where it has none and the one after it does not say it for both."""
    lacks = _wants(found, unit) or (bool(unit) and not found.unit)
    is_said_after = following is not None and (_wants(following, unit) or not following.unit)
    return _with(typed, unit) if lacks and not is_said_after else typed


def _in_unit(typed: str, found: Quantity, unit: str) -> Quantity | None:
    """The number in the block's unit; None when it has another of its own."""
    if not _wants(found, unit):
        return found
    if not found.unit:
        again = quantities.read(f"{typed} {unit}")  # « k€ » and « h » change the number too
        return again if isinstance(again, Quantity) else None
    return dataclasses.replace(found, unit=f"{found.unit} {units.unit(unit)}") if _is_rate(unit) else None


def _wants(found: Quantity, unit: str) -> bool:
    """Whether the block's unit adds something to what the number says."""
    asked, same = units.unit(unit), quantities.read(f"1 {unit}")
    known = isinstance(same, Quantity) and bool(same.unit) and units.same_unit(same.unit, found.unit)
    return bool(asked) and not known and not found.unit.endswith(f" {asked}")


def _is_rate(unit: str) -> bool:
    """« par mois », « HT »: what follows another unit."""
    return units.unit(unit).startswith(("par ", "HT", "TTC"))


def _with(typed: str, unit: str) -> str:
    return f"{typed}{NBSP}{unit}"


def _alike(start: Quantity, end: Quantity) -> tuple[Quantity, Quantity]:
    """Both in the smaller of two units that convert: « 500 g » and « 2000 g »."""
    shared = None if units.same_unit(start.unit, end.unit) else units.common(start.unit, end.unit)
    if shared is None:
        return start, end
    first, last, name = shared
    return dataclasses.replace(start, value=start.value * first, unit=name), dataclasses.replace(end, value=end.value * last, unit=name)


_VOWELS = "aàâeéèêëiîïoôuùûyœAÀÂEÉÈÊËIÎÏOÔUÙÛYŒ"


def _from(typed: str) -> str:
    """« de 12 », « d’environ 12 »."""
    return f"d’{typed}" if typed[:1] in _VOWELS and not typed.lower().startswith("onze") else f"de {typed}"


def _beside(before: str, after: str, unit: str) -> str:
    """Facts that nothing compares, side by side."""
    shown = []
    for name, fact in (("avant", before), ("après", after)):
        found = quantities.read(fact)
        lacks = isinstance(found, Quantity) and _wants(found, unit) and (not found.unit or _is_rate(unit))
        shown += [f"{name}, {_with(fact, unit) if lacks else fact}"] if fact else []
    return f"{NBSP}; ".join(shown)


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
    percent = _rounded((ratio - 1) * _HUNDRED)
    if percent == -_HUNDRED:  # nearly nothing is left: not nothing
        return f"divisé par{NBSP}{quantities.number(_rounded(1 / ratio))}"
    return f"{_signed(percent)}{NBSP}%"


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
