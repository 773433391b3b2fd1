"""Numbers as a French author writes them, with what they count: « 12 000,50 € », « 3,5 % », « 1,2 M€ », « 1 h 30 ».

What is not one number in one unit is refused with a reason, never guessed:
a wrong figure would be worse than none. All that decides of it is here, on two
pages: a rule that stood elsewhere would be read out of its order.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import unicodedata
from decimal import Decimal

from plancher.base import lazy, number_words
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
        if _AMBIGUOUS.match(written.lstrip("−")):
            written += "0"  # « 12,345 » would be thousands to some: « 12,3450 » is not
        return f"{rough}{written}{NBSP}{self.unit}".rstrip(f" {NBSP}")


_SPACES = lazy.pattern(r"[\s\u00a0\u2007\u2009\u202f]+")
_NUMBER = r"[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[,.][0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]+(?:[,.][0-9]+)?"
_WRITTEN = lazy.pattern(rf"(?P<sign>[-+−–]? ?)(?P<number>{_NUMBER})(?P<rest>.*)", re.DOTALL)
_AMBIGUOUS = lazy.pattern(
    r"[1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9,.])|[0-9]{1,3}(?: [0-9]{3})+\.[0-9]{3}(?![0-9])|[0-9]+:[0-9]{2}"
    r"|[0-9]+ ?/ ?(?:19|20)[0-9]{2}$|0[0-9] ?/ ?[0-9]|[0-9]{1,2} ?/ ?0[0-9]"
)
"""Thousands in one country and decimals in another; an hour or a ratio; a month or a share."""
_CODE = lazy.pattern(r"0 ?[0-9](?:[ .]?[0-9]){2,}")
"""A telephone, a postcode: numbers do not begin with a zero."""
_DURATION = lazy.pattern(
    r"(?:(?P<hours>[0-9]+(?:[ '’][0-9]{3})*(?:,[0-9]+)?) ?(?:h|heures?)\b\.?)? ?(?:(?P<minutes>[0-9]+(?:,[0-9]+)?)(?P<named> ?(?:min|mn|m|minutes?)\b\.?)?)?"
    r" ?(?:(?P<seconds>[0-9]{1,2})(?: ?(?:s|sec|secondes?)\b\.?)?(?<=[0-9sc.]))?(?P<rest>(?:(?: ?/ ?| )[^0-9]*)?)",
    re.IGNORECASE,
)
_GLUED = lazy.pattern(r"(?<=[0-9])h(?=[0-9])", re.IGNORECASE)
_SPAN = lazy.pattern(r"^entre .*[0-9].* et .*[0-9]|[0-9][^0-9]* à [^0-9]*[0-9]|[0-9] ?[^ 0-9]{0,3} ?[-–—] ?[0-9]|[0-9] ou [0-9]|±", re.IGNORECASE)
_BOUND = lazy.pattern(
    r"^(?:plus d|moins d|au moins|au plus|au-delà|à partir d|dès |jusqu|près d'un? |(?:au )?(?:max|min)(?:imum|i|\.)? ?(?=[0-9])|[<>≤≥⩽⩾≦≧])"
    r"|\b(?:et|ou) (?:plus|moins|au-delà|davantage)\b|[+−–-]$|\b(?:au )?(?:max|maxi|maximum|mini|minimum|a minima|a maxima)$"
    r"|(?<! par )(?<! la )(?<=[^\W\d_] )min\.?$",
    re.IGNORECASE,
)
_ROUGH = lazy.pattern(r"^(?:environ |à peu près |autour de |quelque |approximativement |près de |env\. |~ ?|≈ ?)", re.IGNORECASE)
_ROUGH_AFTER = lazy.pattern(r" (?:environ|env\.?|approximativement|à peu près|\(environ\))$", re.IGNORECASE)
_SCALES = {"k": 3, "m": 6, "md": 9, "mds": 9, "mrd": 9, "g": 9}
_SCALE_WORDS = lazy.pattern(r"^(?P<scale>mille|milliers?|millions?|milliards?)\b(?: d(?:e |'|’))? ?", re.IGNORECASE)
_OF = lazy.pattern(r"^ (?:d(?:e |['’]))?")
_POWERS = {"mille": 3, "millier": 3, "million": 6, "milliard": 9}
_SCALED = re.compile(
    r"^(?P<scale>k|K|M|Mds?|Mrd|G) ?(?:d['’])?(?P<money>(?:€|euros?|EUR|\$|£|CHF|F)(?![\w]).*)$|^(?P<bare>k|K|M|Mds?|Mrd)(?=$| (?:d(?:e |['’]))?[^\W\d_]{4})"
)
_MINUS = {"-", "−", "–"}
_PARTS = {"¼": "25", "½": "5", "¾": "75"}
_PART = lazy.pattern(r"(?<![0-9,.])([0-9]+)? ?([¼½¾])")
_OUT_OF = lazy.pattern(rf"(?P<share>{_NUMBER})(?: ?/ ?|(?P<of> [^\d]*?)? sur )(?P<whole>{_NUMBER})(?P<rest>(?: [^\W\d_][^\d]*)?)")
"""« 8/10 », « 3 sur 10 », « 3 clients sur 10 »."""
_NO_TRUE_ZERO = lazy.pattern(
    r"°|º|degrés?\b|(?i:\b(?:celsius|fahrenheit|kelvins?|d[ée]cibels?)\b)|\bdBA?\b|\bpH\b|^C$"
    r"|^min (?:du (?:matin|soir)|de l['’]après-midi|précises?|pile|tapantes?)\b"
)
"""Twenty degrees are not twice ten; eight in the morning is no length of time."""
_SURE = lazy.pattern(r"(?:heure|minute|seconde|jour|semaine|mois|an|année|euro|million|milliard|millier)s?\b", re.IGNORECASE)
_DAY = lazy.pattern(
    r"(?:er )?(?:janv?|janvier|fevr?|fevrier|mars|avr|avril|mai|juin|juil|juillet|aout|sept|septembre|oct|octobre|nov|novembre|dec|decembre)\b"
    r"|(?:e|er|re|eme)s?\b"
)
"""After a number, what makes it a date or a rank."""
_RANK = lazy.pattern(r"(?:[eè]re|nde?|de|i[eè]re?|i[eè]me)s?\b|[GD]$")
"""Right after a digit only: « 2nd », « 5G », « 3D »."""
_CENTS = lazy.pattern(r"(?<=[0-9]) ?(?:€|euros?) ?([0-9]{2})$", re.IGNORECASE)
_SECOND_NUMBER = lazy.pattern(r"(?<![^\W\d_])[\d¼½¾]|^[eE][0-9]|[\d¼½¾]{2}")
"""A digit that is not the end of a unit: « m2 », « CO2 »."""
_GLUED_NUMBER = lazy.pattern(r"(?!(?:[cdkm]?m[23]|t?CO2)(?!\w))[^\W\d_]{1,3}[0-9]")
"""« 2k5 », « 7s5 »: a number is cut in two by its unit."""
_RAISED = frozenset({"Lm", "No", "Nl"})
"""« 40ᵉ », « 12² », « 2⅓ »: a rank, a note, a fraction, in the place of a unit."""
_COUNTED = lazy.pattern(r"(?:[^\W\d_]|[€$£¥%‰°µΩ])[^:;,?!…«»+<>≤≥~≈±×=¼½¾\x00-\x1f\u2190-\u21ff]*")
"""The name of something that is counted."""


@functools.lru_cache(maxsize=1024)
def read(text: str) -> Quantity | Refusal:
    """The number that a text is, or why it is not one. Never raises.

    Kept: to compare two numbers, each is asked for several times, alone and with the unit of both.
    """
    found = _read(text)
    return Refusal.UNCLEAR if found is Refusal.WORDS and any(letter in "0123456789" for letter in text) else found


def _read(text: str) -> Quantity | Refusal:
    bare = _PART.sub(lambda typed: f"{typed[1] or 0},{_PARTS[typed[2]]}", _SPACES.sub(" ", text).strip().rstrip(" .,;"))
    return _in_digits(bare) if any(letter in "0123456789" for letter in bare) else _in_words(bare)


def _in_digits(bare: str) -> Quantity | Refusal:
    """A number that is typed in digits, fractions in words included."""
    bare = number_words.with_fractions(bare)
    rough = _ROUGH.match(bare) or _ROUGH_AFTER.search(bare)
    bare = _CENTS.sub(r",\1 €", _ROUGH_AFTER.sub("", _ROUGH.sub("", bare)))
    refused = _refused(bare)
    if refused:
        return refused
    read_as = _out_of(bare) or _duration(bare) or _amount(bare)
    if isinstance(read_as, Refusal):
        return read_as
    if number_words.change(read_as.unit):
        return Refusal.CHANGED
    if _NO_TRUE_ZERO.search(read_as.unit):
        return Refusal.RELATIVE
    return dataclasses.replace(read_as, is_rough=True) if rough else read_as


def _out_of(bare: str) -> Quantity | Refusal | None:
    """A share or a mark: its unit says of how many."""
    typed = _OUT_OF.fullmatch(bare)
    if typed is None:
        return None
    share, whole = _decimal(typed["share"]), _decimal(typed["whole"])
    if share > whole:
        return Refusal.SEVERAL
    return Quantity(value=_plain(share), unit=" ".join(f"{typed['of'] or ''} sur {_plain(whole):f}{typed['rest']}".split()))


def _refused(bare: str) -> Refusal | None:
    """What surely is not one number."""
    if _BOUND.search(bare):
        return Refusal.BOUND
    if _SPAN.search(bare):
        return Refusal.SPAN
    if _AMBIGUOUS.match(bare.lstrip("-+−– ")):
        return Refusal.AMBIGUOUS
    if _CODE.match(bare):
        return Refusal.UNCLEAR
    return Refusal.LONG if any(len(run) > _MOST_DIGITS for run in re.findall(r"[0-9]+", re.sub(r"(?<=[0-9])[ '’.](?=[0-9]{3})", "", bare))) else None


def _in_words(bare: str) -> Quantity | Refusal:
    """« trois contrats », « aucun », « une heure et demie »: one word for the number, then the unit."""
    word, _, rest = bare.partition(" ")
    value = number_words.NUMBERS.get(word.lower())
    if value is None or (word.lower() in number_words.ARTICLES and not _SURE.match(rest)) or number_words.is_an_idiom(word, rest):
        return Refusal.WORDS
    read_as = _in_digits(f"{value} {rest}".rstrip())
    return Refusal.WORDS if isinstance(read_as, Refusal) else read_as


def _duration(bare: str) -> Quantity | None:
    """Hours, minutes or both, in minutes."""
    size = bare.lstrip("-+−– ")
    found = _DURATION.fullmatch(_GLUED.sub(" h ", size))
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
    total = -value if set(bare[: len(bare) - len(size)]) & _MINUS else value
    return Quantity(value=_plain(total), unit=" ".join([counted_in, *unit(found["rest"].strip()).split()]))


def _amount(bare: str) -> Quantity | Refusal:
    """A number, its scale, its unit."""
    found = _WRITTEN.fullmatch(bare)
    if found is None:
        return Refusal.WORDS
    value, rest = _decimal(found["number"]), found["rest"].strip()
    is_glued = found["rest"][:1].isalpha()
    if rest[:1] in {".", ",", ";", ":"} or _DAY.match(fold(rest)) or (is_glued and _RANK.match(rest)):
        return Refusal.WORDS
    if found["sign"].strip() in _MINUS:
        value = -value
    scale = _SCALED.match(rest) or _SCALE_WORDS.match(rest)
    if scale and scale.re is _SCALED:
        value, rest = value.scaleb(_SCALES[(scale["scale"] or scale["bare"]).lower()]), scale["money"] or _OF.sub("", rest[scale.end() :])
    elif scale:
        value, rest = value.scaleb(_POWERS[scale["scale"].lower().rstrip("s")]), rest[scale.end() :]
    if is_glued and _GLUED_NUMBER.match(rest):
        return Refusal.SEVERAL
    return _counted(value, rest)


def _counted(value: Decimal, rest: str) -> Quantity | Refusal:
    """A value and what it counts; refused where that is another number, or no name."""
    name = unit(rest)
    if _SECOND_NUMBER.search(rest) or _SCALED.match(name) or _SCALE_WORDS.match(name):
        return Refusal.SEVERAL
    is_name = _COUNTED.fullmatch(name) and unicodedata.category(name[0]) not in _RAISED
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
