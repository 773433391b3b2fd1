"""French words that are numbers, fractions of one, or that change the number they follow.

The nouns that a number may count are endless; the words that change it are
not: they belong to closed classes (conjunctions, adverbs of quantity,
fractions, numerals), and stand here.
"""

from __future__ import annotations

import itertools
import re

from plancher.base import lazy
from plancher.base.french import fold

_FIRST = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt"
NUMBERS = {word: value for value, word in enumerate(_FIRST.split())}
NUMBERS |= {"zero": 0, "aucun": 0, "aucune": 0, "une": 1, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "mille": 1000}
ARTICLES = {"un", "une"}
"""Numbers only before a unit of time or money, or a thousand: « un carnet » is a notebook."""
_NEW = "neuf"
"""Nine, or « new »: a number only right after another one."""
_NUMERALS = {fold(word) for word in NUMBERS if "-" not in word} - ARTICLES - {_NEW}
_NUMERALS |= set("cents vingts septante huitante octante nonante million millions milliard milliards".split())
_PREPOSITIONS = frozenset({"en", "par", "sur", "pour", "dans", "de", "d", "les", "des"})
"""A number after one of them is of the unit: « 23 en deux semaines », « 3 lots de dix »."""
_CHANGING = set(
    "plus moins davantage presque quasi quasiment environ approximativement voire jusque demi demie demis demies quart quarts tiers moitie "
    "double triple quadruple maximum minimum maxi mini max quelque quelques pres peu beaucoup".split()
)
_FIRST_AFTER_A_NUMBER = {_NEW, "et", "ou", "ni", "mais", "soit", "puis", "a"}
_MORE = lazy.pattern(r"\b(?:et|ou|puis) (?:une?|des|du|de)\b")
"""« 12 clients et un prospect », « 100 et des poussières »."""

_IDIOMS = lazy.pattern(r"aucune? (?:idee|avis|doute|interet|importance)\b|neuf$")
"""No count at all: « aucune idée » is not zero ideas, « neuf » alone is new."""
_FRACTION = lazy.pattern(
    r"(?<![0-9,.])(?P<whole>[0-9]+)(?P<of>(?: ?[^\W\d_]+\.?)?) (?P<fraction>et demie?|et (?:un )?quart|et trois quarts|moins (?:le |un )?quart)"
    r"(?![\w-])(?! de (?:plus|moins))",
    re.IGNORECASE,
)
_HUNDREDTHS = {"et demi": 50, "et demie": 50, "et quart": 25, "et un quart": 25, "et trois quarts": 75}
_LESS_A_QUARTER = -25
_MOST_WHOLE = 1000


def change(words_after: str) -> bool:
    """Whether words that follow a number may change it: « et quelques », « ou plus », « trois cents », « de moins »."""
    folded = fold(words_after)
    words = re.findall(r"[^\W\d_]+", folded)
    counted = any(word in _NUMERALS and before not in _PREPOSITIONS for before, word in itertools.pairwise(["", *words]))
    return bool(words) and (words[0] in _FIRST_AFTER_A_NUMBER or counted or not _CHANGING.isdisjoint(words) or _MORE.search(folded) is not None)


def is_an_idiom(word: str, rest: str) -> bool:
    """Whether a word that is a number says something else here."""
    return _IDIOMS.match(fold(f"{word} {rest}".strip())) is not None


def with_fractions(text: str) -> str:
    """« 2 heures et demie » as « 2,50 heures », « 3 h moins le quart » as « 2,75 h »."""
    typed = _FRACTION.search(text)
    if typed is None or any(letter.isdecimal() for letter in text[: typed.start()]):
        return text  # « 2 h 30 et demie »: of what?
    return f"{text[: typed.start()]}{_in_digits(typed)}{text[typed.end() :]}"


def _in_digits(typed: re.Match[str]) -> str:
    whole = int(typed["whole"])
    if whole >= _MOST_WHOLE or typed["of"].strip().lower() == "mille":
        return typed[0]  # « mille et demi »: 1 500, or half a unit?
    hundredths = whole * 100 + _HUNDREDTHS.get(typed["fraction"].lower(), _LESS_A_QUARTER)
    return f"{hundredths // 100},{hundredths % 100:02}{typed['of']}" if hundredths >= 0 else typed[0]
