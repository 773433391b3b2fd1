"""From « avant » and « après » to what changed, in numbers and in words.

Only two numbers of one unit are compared: a reader would take a wrong figure
for a proof.
"""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from plancher.base import quantities, units
from plancher.base.french import NBSP
from plancher.base.quantities import Quantity, Refusal
from plancher.components.tangible import wording


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """What lies between two facts."""

    before: Quantity | None = None
    """None where the fact is not one number."""
    after: Quantity | None = None
    text: str = ""
    """« + 54 % », « trois fois moins », « inchangé »; empty when nothing can be computed."""
    ratio: Decimal | None = None
    """After, divided by before."""
    summary: str = ""
    """Both facts and the change: « de 2 à 6 par trimestre (trois fois plus) »."""
    shown: tuple[str, str] = ("", "")
    """Both numbers as readers see them, when they are compared."""
    shared_unit: str = ""
    """« par trimestre »: what counts both, when neither says it."""

    @property
    def is_measured(self) -> bool:
        """Whether both facts are numbers of one unit."""
        return self.before is not None and self.after is not None and units.same_unit(self.before.unit, self.after.unit)


NO_CHANGE = FactChange()
"""Of a pair without figures."""
_REMEDIES = {
    Refusal.CHANGED: "Donnez un seul nombre, suivi de son unité seule.",
    Refusal.RELATIVE: "Une température, par exemple, ne double pas : dites ce qui a changé en mots, ou comptez autre chose.",
    Refusal.AMBIGUOUS: "Écrivez « 14 000 » pour des milliers, « 14,5 » pour des décimales.",
}
_REMEDY = "Donnez un seul nombre, avec son unité."
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclasses.dataclass(frozen=True, slots=True)
class _Number:
    """A fact that is one number, as it is typed and as it is read."""

    typed: str
    quantity: Quantity

    def in_unit(self, unit: str) -> Quantity | None:
        """The number in the block's unit; None when it has another of its own."""
        if not _adds_to(unit, self.quantity):
            return self.quantity
        if not self.quantity.unit:
            again = quantities.read(f"{self.typed} {unit}")  # « k€ » and « h » change the number too
            return again if isinstance(again, Quantity) else None
        return dataclasses.replace(self.quantity, unit=f"{self.quantity.unit} {units.unit(unit)}") if _is_rate(unit) else None

    def lacks(self, unit: str) -> bool:
        """Whether the block's unit must be shown after it."""
        return _adds_to(unit, self.quantity) or (bool(unit) and not self.quantity.unit)


def between(before: str, after: str, unit: str = "") -> tuple[FactChange, str]:
    """What changed, and why it cannot be computed, in French; empty when it can.

    Words without a number are facts too (« sur papier », « en ligne »): they need no reason.

    :param unit: of both, where they do not say it, or what they are counted by (« par mois »).
    """
    uncomputed = FactChange(summary=_side_by_side(before, after, unit))
    first, last = quantities.read(before), quantities.read(after)
    for name, typed, read in (("avant", before, first), ("après", after, last)):
        if isinstance(read, Refusal) and read is not Refusal.WORDS and typed:
            return uncomputed, f"« {name} » contient {read} (« {typed} ») : rien n'est calculé. {_REMEDIES.get(read, _REMEDY)}"
    start = _Number(before, first) if isinstance(first, Quantity) else None
    end = _Number(after, last) if isinstance(last, Quantity) else None
    if start and end:
        return _compared(start, end, unit, uncomputed)
    return dataclasses.replace(uncomputed, before=start.in_unit(unit) if start else None, after=end.in_unit(unit) if end else None), ""


def _compared(before: _Number, after: _Number, unit: str, uncomputed: FactChange) -> tuple[FactChange, str]:
    """What changed between two numbers, or why that cannot be computed."""
    if quantities.read(f"1 {unit}") is Refusal.RELATIVE:
        return uncomputed, f"« unité : {unit} » est {Refusal.RELATIVE} : rien n'est calculé. {_REMEDIES[Refusal.RELATIVE]}"
    start, end = before.in_unit(unit), after.in_unit(unit)
    if start is None or end is None:
        odd = before.typed if start is None else after.typed
        return uncomputed, f"« unité : {unit} » ne va pas avec « {odd} », ou contredit l'unité déjà écrite : rien n'est calculé. Gardez l'une des deux."
    start, end = _in_common_unit(start, end)
    mismatch = _mismatch((before.typed, start), (after.typed, end))
    if mismatch is not None:
        return uncomputed, mismatch
    text = wording.change(start, end)
    computed = f" ({text})" if text else ""
    summary = f"{wording.preceded_by_de(_first_shown(before, after, unit))} à {_shown(after, unit)}{computed}"
    why = "« avant » vaut zéro : il n'y a pas de rapport, seuls les deux nombres sont montrés." if not text and start.value == 0 else ""
    shared = unit if after.lacks(unit) else ""
    shown = (before.typed if shared else _first_shown(before, after, unit), after.typed)
    return FactChange(before=start, after=end, text=text, ratio=wording.ratio(start, end), summary=summary, shown=shown, shared_unit=shared), why


def _mismatch(before: tuple[str, Quantity], after: tuple[str, Quantity]) -> str | None:
    """Why two numbers, each as it is typed and as it is read, are not compared, in French; None when they can be."""
    (first, start), (last, end) = before, after
    are_words = not any(letter.isdecimal() for letter in first + last)  # « deux carnets », « une application »: no reason is given
    if bool(start.unit) is not bool(end.unit):
        bare = "après" if start.unit else "avant"
        return "" if are_words else f"« {bare} » n'a pas d'unité : rien n'est calculé. Écrivez l'unité des deux."
    if not start.unit and _YEAR.fullmatch(first.strip()) and _YEAR.fullmatch(last.strip()):
        return f"« {first} » et « {last} » ont l'air d'années : rien n'est calculé. Si ce sont des nombres, écrivez leur unité."
    if not units.same_unit(start.unit, end.unit):
        return "" if are_words else f"« avant » est en « {start.unit} », « après » en « {end.unit} » : rien n'est calculé. Donnez la même unité aux deux."
    return None


def _in_common_unit(start: Quantity, end: Quantity) -> tuple[Quantity, Quantity]:
    """Both in the smaller of two units that convert: « 500 g » and « 2000 g »."""
    common = None if units.same_unit(start.unit, end.unit) else units.common(start.unit, end.unit)
    if common is None:
        return start, end
    first, last, name = common
    return dataclasses.replace(start, value=start.value * first, unit=name), dataclasses.replace(end, value=end.value * last, unit=name)


def _adds_to(unit: str, quantity: Quantity) -> bool:
    """Whether the block's unit adds something to what the number says."""
    asked, same = units.unit(unit), quantities.read(f"1 {unit}")
    is_known = isinstance(same, Quantity) and bool(same.unit) and units.same_unit(same.unit, quantity.unit)
    return bool(asked) and not is_known and not quantity.unit.endswith(f" {asked}")


def _is_rate(unit: str) -> bool:
    """« par mois », « HT »: what follows another unit."""
    return units.unit(unit).startswith(("par ", "HT", "TTC"))


def _shown(number: _Number, unit: str) -> str:
    return f"{number.typed}{NBSP}{unit}" if number.lacks(unit) else number.typed


def _first_shown(number: _Number, following: _Number, unit: str) -> str:
    """Without the unit where the number that follows says it for both."""
    is_said_after = _adds_to(unit, following.quantity) or not following.quantity.unit
    return number.typed if is_said_after else _shown(number, unit)


def _side_by_side(before: str, after: str, unit: str) -> str:
    """Both facts, when they are not compared; « après » alone needs no name: it is what the indicator is."""
    if after and not before:
        return _with_unit(after, unit)
    return f"{NBSP}; ".join(f"{name}, {_with_unit(fact, unit)}" for name, fact in (("avant", before), ("après", after)) if fact)


def _with_unit(fact: str, unit: str) -> str:
    quantity = quantities.read(fact)
    lacks = isinstance(quantity, Quantity) and _adds_to(unit, quantity) and (not quantity.unit or _is_rate(unit))
    return f"{fact}{NBSP}{unit}" if lacks else fact
