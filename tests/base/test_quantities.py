"""Numbers as a French author writes them: a table anybody can read, and what holds of every text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.base import number_words, quantities, units
from plancher.base.french import fold
from plancher.base.quantities import Quantity, Refusal

REFUSALS = {
    "MOTS": Refusal.WORDS,
    "FOURCHETTE": Refusal.SPAN,
    "BORNE": Refusal.BOUND,
    "PLUSIEURS": Refusal.SEVERAL,
    "AMBIGU": Refusal.AMBIGUOUS,
    "LONG": Refusal.LONG,
    "CHANGE": Refusal.CHANGED,
    "SANS-ZERO": Refusal.RELATIVE,
    "ILLISIBLE": Refusal.UNCLEAR,
}
LINES = (Path(__file__).parent / "nombres.txt").read_text(encoding="utf-8").splitlines()[1:]
CASES = [tuple(part.strip(" ") for part in line.split(" | ")) if not line.startswith(" |") else ("", line.strip(" |")) for line in LINES]


def test_the_table_is_as_long_as_promised() -> None:
    assert len({typed for typed, *_ in CASES}) == len(CASES) >= 300


@pytest.mark.parametrize("case", CASES, ids=[case[0] or "rien" for case in CASES])
def test_what_is_typed_is_read(case: tuple[str, ...]) -> None:
    typed, expected, *unit = (part.removesuffix(" |") for part in case)
    found = quantities.read(typed.replace("_", "\u00a0").replace("~", "\u202f") if not typed.startswith("~") else typed)
    if expected in REFUSALS:
        assert found is REFUSALS[expected]
    else:
        assert isinstance(found, Quantity)
        assert (found.value, found.unit) == (Decimal(expected), "".join(unit))


WRITTEN = st.text(alphabet="0123456789 ,.'’-+−–/:½%€kMmdhins\u00a0\u202f~≈abcéà", max_size=20)


@given(st.one_of(st.text(max_size=40), WRITTEN, st.sampled_from([case[0] for case in CASES])))
def test_no_text_makes_it_fail_and_what_it_writes_it_reads_back(text: str) -> None:
    found = quantities.read(text)
    if isinstance(found, Quantity):
        assert quantities.read(str(found)) == found


UNITS = st.sampled_from(["", "€", "%", "min", "min par semaine", "contrats", "€ HT", "€ par mois", "kg", "jours"])


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3), UNITS, st.booleans())
def test_any_quantity_is_read_back(value: Decimal, unit: str, rough: bool) -> None:
    quantity = Quantity(value=quantities._plain(value), unit=unit, is_rough=rough)
    assert quantities.read(str(quantity)) == quantity


def test_an_author_s_approximation_stays_one() -> None:
    found = quantities.read("environ 30 contrats")
    assert isinstance(found, Quantity)
    assert found.is_rough
    assert str(found) == "environ\u00a030\u00a0contrats"


def test_units_are_the_same_whatever_their_number_and_case() -> None:
    assert units.same_unit("contrat", "Contrats")
    assert units.same_unit("demande de devis", "demandes de devis")
    assert not units.same_unit("€", "€ HT")
    assert not units.same_unit("s", "")


NOUNS = st.sampled_from(["", "€", "contrats", "demandes de devis", "kg", "jours", "%", "visites par mois", "heures"])
CHANGING = st.sampled_from(
    "et demi de plus|et quelques|ou plus|et plus|ou moins|et des poussières|de plus|de moins|fois moins|fois plus|et un tiers|à peu de chose près"
    "|maximum|au plus et demi|presque|environ ou plus|trois cents|et deux|ou trois|quarante|et la moitié|trois quarts|double|voire plus|°C|+".split("|")
)


@given(st.integers(2, 10**6), NOUNS, CHANGING)
def test_words_that_change_a_number_are_computed_or_nothing_is(number: int, noun: str, words: str) -> None:
    found = quantities.read(" ".join(f"{number} {noun} {words}".split()))
    assert isinstance(found, Refusal), found


LETTERS = st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=9)


@given(st.lists(st.one_of(st.integers(0, 9999).map(str), NOUNS, CHANGING, LETTERS), min_size=1, max_size=6))
def test_of_any_text_every_word_is_understood_or_nothing_is_computed(parts: list[str]) -> None:
    text = " ".join(" ".join(parts).split())
    found = quantities.read(text)
    if not isinstance(found, Quantity):
        return
    shown = fold(f"{found} {found.unit}")
    spoken = {
        "et",
        "demi",
        "demie",
        "quart",
        "moins",
        "le",
        "trois",
        "quarts",
        "un",
        "environ",
        "de",
        "d",
        "h",
        "heure",
        "heures",
        "min",
        "s",
        "k",
        "m",
        "md",
        "mds",
        "mrd",
        "g",
    }
    spoken |= {fold(word) for word in number_words.NUMBERS} | set(
        "mille millier milliers million millions milliard milliards euros euro quelque pour cent".split()
    )
    unknown = [word for word in re.findall(r"[^\W\d_]+", fold(text)) if word not in spoken and word not in re.findall(r"[^\W\d_]+", shown)]
    assert unknown == []
