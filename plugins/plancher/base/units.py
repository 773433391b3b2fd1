"""Units: one name for each, and which of them convert into one another.

A unit is any words (« contrats », « € HT par mois »); only its first word has
a size. Days and weeks are not converted: a week of work is not seven days.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal

from plancher.base.french import fold

MINUTE, SECOND = "min", "s"
"""Hours and minutes are counted in minutes; where seconds are named too, in seconds."""
_SYMBOLS = (
    (re.compile(r"^(?:euros?|EUR)\b", re.IGNORECASE), "€"),
    (re.compile(r"^(?:dollars?|USD)\b", re.IGNORECASE), "$"),
    (re.compile(r"^€(?=(?:HT|TTC)\b)"), "€ "),
    (re.compile(r"^pour ?cents?\b", re.IGNORECASE), "%"),
    (re.compile(r"^pour ?mille\b", re.IGNORECASE), "‰"),
    (re.compile(r"^(?:secondes?|sec)\b\.?", re.IGNORECASE), SECOND),
    (re.compile(r"^(?:min|mn|minutes?)\b\.?", re.IGNORECASE), MINUTE),
)
_SQUARE_OR_CUBE = re.compile(r"\b([kcm]?m)([23])\b")
_FAMILIES = (
    "mg 0.001 milligramme 0.001 g 1 gramme 1 kg 1000 kilo 1000 kilogramme 1000 t 1000000 tonne 1000000",
    "mm 1 millimètre 1 cm 10 centimètre 10 m 1000 mètre 1000 km 1000000 kilomètre 1000000",
    "ml 1 mL 1 millilitre 1 cl 10 cL 10 centilitre 10 dl 100 dL 100 l 1000 L 1000 litre 1000 hl 100000 hL 100000 hectolitre 100000 m³ 1000000",
    "cm² 1 m² 10000 ha 100000000 hectare 100000000 km² 10000000000",
    "Wh 1 kWh 1000 MWh 1000000 GWh 1000000000",
    "W 1 kW 1000 MW 1000000 GW 1000000000",
    "o 1 octet 1 ko 1000 Ko 1000 Mo 1000000 Go 1000000000 To 1000000000000 B 1 kB 1000 KB 1000 MB 1000000 GB 1000000000 TB 1000000000000",
    "ms 1 milliseconde 1 s 1000 min 60000",
    "mois 1 trimestre 3 semestre 6 an 12 année 12",
    "centime 1 € 100",
    "‰ 1 % 10",
)
"""Units of one size, with how many of the smallest each is (SI; an octet is a byte)."""


_CASE_IS_SIZE = re.compile(r"[mM](?=(?:W|Wh|V|A|Hz|J|Pa)(?!\w))|[kKmMgGtT]?[bB](?=(?:its?|ps|/s)?(?!\w))")
"""« mW » and « MW », « Mb » and « MB »: elsewhere a capital letter is only a habit."""


def _sizes() -> dict[str, tuple[int, Decimal]]:
    sizes: dict[str, tuple[int, Decimal]] = {}
    for family, line in enumerate(_FAMILIES):
        words = line.split()
        for name, size in zip(words[::2], words[1::2], strict=True):
            is_word = len(name) > 4 or name == "an"  # noqa: PLR2004 - symbols have no plural
            sizes |= dict.fromkeys((name, f"{name}s") if is_word else (name,), (family, Decimal(size)))
    return sizes


_SIZES = _sizes()


@functools.lru_cache(maxsize=1024)
def unit(written: str) -> str:
    """A unit under its one name: « euros » is « € », « minutes » « min », « €/mois » « € par mois »."""
    name = " ".join(written.replace("/", " par ").strip(" .,;").split())
    for shape, symbol in _SYMBOLS:
        name = shape.sub(symbol, name, count=1)
    return _SQUARE_OR_CUBE.sub(lambda typed: f"{typed[1]}{'²³'[int(typed[2]) - 2]}", name)


def same_unit(one: str, other: str) -> bool:
    """Whether two units count the same thing: number, case and accents forgiven, but where case is the size (« Mb », « MB »)."""
    return _singular(one) == _singular(other) and _sized(one) == _sized(other)


def _sized(name: str) -> str:
    """The letter whose case is a size, or parts bits from bytes."""
    found = _CASE_IS_SIZE.match(name)
    return found[0] if found else ""


def _singular(name: str) -> list[str]:
    return [word[:-1] if word[-1] in "sx" and len(word) > 2 else word for word in fold(name).split()]  # noqa: PLR2004 - « s » itself is a unit


def common(one: str, other: str) -> tuple[Decimal, Decimal, str] | None:
    """What two units are multiplied by to be counted in the smaller of them, and its name: « kg » and « g » give 1000, 1, « g ».

    :returns: None when they do not convert.
    """
    (first, _, rest), (second, _, other_rest) = one.partition(" "), other.partition(" ")
    (family, size), (other_family, other_size) = (_SIZES.get(name, (-1, Decimal(1))) for name in (first, second))
    if family < 0 or family != other_family or not same_unit(rest, other_rest):
        return None
    smallest = min(size, other_size)
    return size / smallest, other_size / smallest, one if size == smallest else other
