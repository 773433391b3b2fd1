"""Numbers as a French author writes them, with what they count: « 12 000,50 € », « 3,5 % », « 1,2 M€ », « 1 h 30 ».

What is not one number in one unit is refused with a reason, never guessed:
a wrong figure would be worse than none. All rules are here, in their order; the
regular expressions they use stand in ``number_shapes``.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import unicodedata
from decimal import Decimal

from plancher.base import number_shapes as shapes
from plancher.base import number_words
from plancher.base.french import NBSP, NNBSP, fold
from plancher.base.units import MINUTE, SECOND, unit

_MOST_DIGITS = 15
"""Longer numbers are codes, or mistakes."""
_HOUR = 60


class Refusal(enum.StrEnum):
    """Why a text is not one number, in the words an author reads."""

    WORDS = "aucun nombre"
    SPAN = "une fourchette"
    BOUND = "une borne"
    SEVERAL = "plusieurs nombres"
    AMBIGUOUS = "un nombre ambigu"
    LONG = "un nombre trop long"
    CHANGED = "des mots qui changent le nombre"
    RELATIVE = "une mesure sans vrai zéro"
    UNCLEAR = "un nombre illisible"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number in one unit."""

    value: Decimal
    unit: str = ""
    """« € », « % », « min », « contrats », « € par mois »; empty for a bare number."""
    is_rough: bool = False
    """Whether the author said « environ »."""

    def __str__(self) -> str:
        """As French writes it; what is written so is read back as the same."""
        rough = f"environ{NBSP}" if self.is_rough else ""
        kind, _, rest = self.unit.partition(" ")
        if kind == MINUTE and self.value >= _HOUR and self.value == int(self.value):
            hours, minutes = divmod(int(self.value), _HOUR)
            written = f"{number(Decimal(hours))}{NBSP}h" + (f"{NBSP}{minutes:02}" if minutes else "")
            return f"{rough}{written} {rest}".rstrip()
        written = number(self.value)
        if shapes.AMBIGUOUS.match(written.lstrip("−")):
            written += "0"  # « 12,345 » would be thousands to some: « 12,3450 » is not
        return f"{rough}{written}{NBSP}{self.unit}".rstrip(f" {NBSP}")


@functools.lru_cache(maxsize=1024)
def read(text: str) -> Quantity | Refusal:
    """The number that a text is, or why it is not one. Never raises.

    Kept: to compare two numbers, each is asked for several times, alone and with the unit of both.
    """
    found = _read(text)
    return Refusal.UNCLEAR if found is Refusal.WORDS and any(letter in "0123456789" for letter in text) else found


def _read(text: str) -> Quantity | Refusal:
    bare = shapes.PART.sub(lambda typed: f"{typed[1] or 0},{shapes.PARTS[typed[2]]}", shapes.SPACES.sub(" ", text).strip().rstrip(" .,;"))
    return _in_digits(bare) if any(letter in "0123456789" for letter in bare) else _in_words(bare)


def _in_digits(bare: str) -> Quantity | Refusal:
    """A number that is typed in digits, fractions in words included."""
    bare = number_words.with_fractions(bare)
    rough = shapes.ROUGH.match(bare) or shapes.ROUGH_AFTER.search(bare)
    bare = shapes.CENTS.sub(r",\1 €", shapes.ROUGH_AFTER.sub("", shapes.ROUGH.sub("", bare)))
    refused = _refused(bare)
    if refused:
        return refused
    read_as = _out_of(bare) or _duration(bare) or _amount(bare)
    if isinstance(read_as, Refusal):
        return read_as
    if number_words.change(read_as.unit):
        return Refusal.CHANGED
    if shapes.NO_TRUE_ZERO.search(read_as.unit):
        return Refusal.RELATIVE
    return dataclasses.replace(read_as, is_rough=True) if rough else read_as


def _out_of(bare: str) -> Quantity | Refusal | None:
    """A share or a mark: its unit says of how many."""
    typed = shapes.OUT_OF.fullmatch(bare)
    if typed is None:
        return None
    share, whole = _decimal(typed["share"]), _decimal(typed["whole"])
    if share > whole:
        return Refusal.SEVERAL
    return Quantity(value=_plain(share), unit=" ".join(f"{typed['of'] or ''} sur {_plain(whole):f}{typed['rest']}".split()))


def _refused(bare: str) -> Refusal | None:
    """What surely is not one number."""
    if shapes.BOUND.search(bare):
        return Refusal.BOUND
    if shapes.SPAN.search(bare):
        return Refusal.SPAN
    if shapes.AMBIGUOUS.match(bare.lstrip("-+−– ")):
        return Refusal.AMBIGUOUS
    if shapes.CODE.match(bare):
        return Refusal.UNCLEAR
    return Refusal.LONG if any(len(run) > _MOST_DIGITS for run in re.findall(r"[0-9]+", re.sub(r"(?<=[0-9])[ '’.](?=[0-9]{3})", "", bare))) else None


def _in_words(bare: str) -> Quantity | Refusal:
    """« trois contrats », « aucun », « une heure et demie »: one word for the number, then the unit."""
    word, _, rest = bare.partition(" ")
    value = number_words.NUMBERS.get(word.lower())
    if value is None or (word.lower() in number_words.ARTICLES and not shapes.SURE.match(rest)) or number_words.is_an_idiom(word, rest):
        return Refusal.WORDS
    read_as = _in_digits(f"{value} {rest}".rstrip())
    return Refusal.WORDS if isinstance(read_as, Refusal) else read_as


def _duration(bare: str) -> Quantity | None:
    """Hours, minutes or both, in minutes."""
    size = bare.lstrip("-+−– ")
    found = shapes.DURATION.fullmatch(shapes.GLUED.sub(" h ", size))
    if found is None or not (found["hours"] or found["named"]):
        return None
    if not found["hours"] and found["named"].strip(" .").lower() == "m":
        return None  # metres
    if found["hours"] and _decimal(found["minutes"] or "0") >= _HOUR:
        return None  # « 1 h 75 » is a slip
    if found["seconds"] and not found["named"]:
        return None
    value = sum((_decimal(found[name] or "0") * share for name, share in (("hours", _HOUR), ("minutes", 1))), Decimal(0))
    counted_in = MINUTE
    if found["seconds"]:
        value, counted_in = value * 60 + int(found["seconds"]), SECOND
    total = -value if set(bare[: len(bare) - len(size)]) & shapes.MINUS else value
    return Quantity(value=_plain(total), unit=" ".join([counted_in, *unit(found["rest"].strip()).split()]))


def _amount(bare: str) -> Quantity | Refusal:
    """A number, its scale, its unit."""
    found = shapes.WRITTEN.fullmatch(bare)
    if found is None:
        return Refusal.WORDS
    value, rest = _decimal(found["number"]), found["rest"].strip()
    is_glued = found["rest"][:1].isalpha()
    if rest[:1] in {".", ",", ";", ":"} or shapes.DAY.match(fold(rest)) or (is_glued and shapes.RANK.match(rest)):
        return Refusal.WORDS
    if found["sign"].strip() in shapes.MINUS:
        value = -value
    scale = shapes.SCALED.match(rest) or shapes.SCALE_WORDS.match(rest)
    if scale and scale.re is shapes.SCALED:
        value, rest = value.scaleb(shapes.SCALES[(scale["scale"] or scale["bare"]).lower()]), scale["money"] or shapes.OF.sub("", rest[scale.end() :])
    elif scale:
        value, rest = value.scaleb(shapes.POWERS[scale["scale"].lower().rstrip("s")]), rest[scale.end() :]
    if is_glued and shapes.GLUED_NUMBER.match(rest):
        return Refusal.SEVERAL
    return _counted(value, rest)


def _counted(value: Decimal, rest: str) -> Quantity | Refusal:
    """A value and what it counts; refused where that is another number, or no name."""
    name = unit(rest)
    if shapes.SECOND_NUMBER.search(rest) or shapes.SCALED.match(name) or shapes.SCALE_WORDS.match(name):
        return Refusal.SEVERAL
    is_name = shapes.COUNTED.fullmatch(name) and unicodedata.category(name[0]) not in shapes.RAISED
    return Quantity(value=_plain(value), unit=name) if not name or is_name else Refusal.WORDS


def _decimal(written: str) -> Decimal:
    """The value of digits as French writes them: a comma before decimals, or a dot where it cannot part thousands."""
    digits = re.sub(r"[ '’]", "", written)
    if "," in digits or digits.count(".") > 1:
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(digits)


def _plain(value: Decimal) -> Decimal:
    """Without zeros that say nothing, and without exponent."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


def number(value: Decimal) -> str:
    """« 12 000,5 »: thin no-break spaces between thousands, a comma before decimals, a true minus sign."""
    whole, _, decimals = f"{abs(_plain(value)):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", NNBSP)
    return f"{'−' if value < 0 else ''}{grouped}{',' + decimals if decimals else ''}"
