"""What lies between two facts: a figure only where one can be trusted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.base.quantities import Quantity
from plancher.components.tangible import change

NBSP, NNBSP = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("before", "after", "unit", "text"),
    [
        ("12 000 €", "18 500 €", "", "+ 54 %"),
        ("45 min", "12 min", "", "− 73 %"),
        ("6 h", "1 h 30", "", "quatre fois moins"),
        ("1 h", "45 min", "", "− 25 %"),
        ("30", "10", "", "trois fois moins"),
        ("2", "6", "par trimestre", "trois fois plus"),
        ("10", "20", "", "deux fois plus"),
        ("10", "100", "", "dix fois plus"),
        ("100", "260", "", "multiplié par 2,6"),
        ("1", "12", "", "multiplié par 12"),
        ("3,5 %", "5 %", "", "+ 1,5 point"),
        ("5 %", "2 %", "", "− 3 points"),
        ("1000", "1001", "", "+ 0,1 %"),
        ("1000", "1054", "", "+ 5,4 %"),
        ("5", "5", "", "inchangé"),
        ("0", "0", "", "inchangé"),
        ("5", "0", "", "réduit à zéro"),
        ("environ 30", "20", "", "environ − 33 %"),
        ("300 erreurs", "1 erreur", "", "divisé par 300"),
        ("0 %", "5 %", "", "+ 5 points"),
        ("1 min 30 s", "45 s", "", "deux fois moins"),
        ("1,5", "2 h", "heures", "+ 33 %"),
        ("12", "15", "k€", "+ 25 %"),
        ("trois contrats", "6 contrats", "", "deux fois plus"),
        ("1,2 M€", "1 500 000 €", "", "+ 25 %"),
        ("900 €", "1,8 k€", "", "deux fois plus"),
        ("500 g", "2 kg", "", "quatre fois plus"),
        ("2 kg de papier", "500 g de papier", "", "quatre fois moins"),
        ("1 tonne", "250 kg", "", "quatre fois moins"),
        ("1,5 km", "500 m", "", "trois fois moins"),
        ("50 cl", "1 litre", "", "deux fois plus"),
        ("1 Go", "500 Mo", "", "deux fois moins"),
        ("1 an", "6 mois", "", "deux fois moins"),
        ("2 s", "500 ms", "", "quatre fois moins"),
        ("50 centimes", "2 €", "", "quatre fois plus"),
        ("2 kWh par jour", "500 Wh par jour", "", "quatre fois moins"),
        ("3,8/5", "4,6/5", "", "+ 21 %"),
        ("3,8", "4,6", "sur 5", "+ 21 %"),
        ("3 sur 10", "6/10", "", "deux fois plus"),
        ("2 clients sur 10", "4 clients sur 10", "", "deux fois plus"),
        ("2 heures et demie", "1 heure et quart", "", "deux fois moins"),
        ("1 million et demi d'euros", "3 millions d'euros", "", "deux fois plus"),
    ],
)
def test_a_change_is_worded_as_one_says_it(before: str, after: str, unit: str, text: str) -> None:
    found, why = change.between(before, after, unit)
    assert (found.text.replace(NBSP, " ").replace(NNBSP, " "), why) == (text, "")


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("12 kg", "3 €", "Donnez la même unité"),
        ("12 €", "12 € HT", "Donnez la même unité"),
        ("0", "5", "vaut zéro"),
        ("10 à 12", "14", "une fourchette"),
        ("12", "entre 3 et 5", "« après » contient une fourchette"),
        ("plus de 100", "50", "une borne"),
        ("12.000", "14 000", "ambigu"),
        ("3 sur 5", "4 sur 10", "Donnez la même unité"),
        ("3/4", "24/7", "plusieurs nombres"),
        ("12 000", "18 500 €", "« avant » n'a pas d'unité"),
        ("12 contrats", "18", "« après » n'a pas d'unité"),
        ("trois contrats", "6", "« après » n'a pas d'unité"),
        ("12 °C", "24 °C", "sans vrai zéro"),
        ("14,000 €", "12 000 €", "« 14 000 » pour des milliers"),
        ("100 et plus", "200", "une borne"),
        ("10 € de moins", "5 € de moins", "des mots qui changent le nombre"),
        ("1 heure trente", "2 heures trente", "des mots qui changent le nombre"),
        ("3 jours", "2 semaines", "Donnez la même unité"),
        ("2 kg de papier", "500 g de carton", "Donnez la même unité"),
        ("900 k€", "1 200", "« après » n'a pas d'unité"),
        ("1 h 30", "2", "« après » n'a pas d'unité"),
        ("€ 12", "15 €", "illisible"),
    ],
)
def test_what_cannot_be_compared_gives_a_message_and_no_figure(before: str, after: str, reason: str) -> None:
    found, why = change.between(before, after)
    assert (found.text, found.ratio) == ("", None)
    assert reason in why


@pytest.mark.parametrize(("before", "after"), [("sur papier", "en ligne"), ("", "5"), ("5", ""), ("", "")])
def test_words_and_absences_are_left_alone(before: str, after: str) -> None:
    assert change.between(before, after)[1] == ""


def test_between_negative_numbers_nothing_is_divided() -> None:
    found, why = change.between("-5 €", "10 €")
    assert (found.before, found.after) == (Quantity(value=Decimal(-5), unit="€"), Quantity(value=Decimal(10), unit="€"))
    assert (found.text, found.ratio, why) == ("", None, "")


@pytest.mark.parametrize(
    ("before", "after", "unit", "said"),
    [
        ("2", "6", "par trimestre", "de 2 à 6 par trimestre (trois fois plus)"),
        ("12 €", "18 €", "€", "de 12 € à 18 € (+ 50 %)"),
        ("12 €", "15 €", "HT", "de 12 € à 15 € HT (+ 25 %)"),
        ("environ 10", "5", "", "d’environ 10 à 5 (environ deux fois moins)"),
        ("sur papier", "en ligne", "", "avant, sur papier ; après, en ligne"),
        ("10 à 12", "5", "par mois", "avant, 10 à 12 ; après, 5 par mois"),
        ("deux carnets", "une application", "", "avant, deux carnets ; après, une application"),
    ],
)
def test_both_facts_are_said_once_with_their_unit(before: str, after: str, unit: str, said: str) -> None:
    assert change.between(before, after, unit)[0].summary.replace(NBSP, " ").replace(NNBSP, " ") == said


def test_a_unit_that_makes_no_number_of_what_is_typed_gives_no_figure() -> None:
    for before, after, unit in (("12", "24", "°C"), ("7", "9", "sur 5"), ("10", "20", "de moins"), ("2", "4", "fois plus")):
        found, why = change.between(before, after, unit)
        assert (found.text, found.ratio) == ("", None)
        assert "ne va pas avec" in why or "sans vrai zéro" in why


def test_a_unit_that_contradicts_the_one_already_written_is_refused() -> None:
    assert "contredit l'unité" in change.between("12 €", "18", "%")[1]


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_nothing_typed_makes_it_fail(before: str, after: str, unit: str) -> None:
    found, _ = change.between(before, after, unit)
    assert found.ratio is None or found.text


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_the_words_go_the_way_the_numbers_do(before: int, after: int) -> None:
    text = change.between(str(before), str(after))[0].text
    grows = text.startswith(("+", "multiplié")) or text.endswith("plus")
    shrinks = text.startswith(("−", "réduit", "divisé")) or text.endswith("moins")
    assert (grows, shrinks) == (after > before, after < before)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("2011", "2019", "années"),
        ("40ᵉ", "12ᵉ", "illisible"),
        ("4G", "5G", "illisible"),
        ("3 déc.", "12 déc.", "illisible"),
        ("9 h du matin", "8 h du matin", "sans vrai zéro"),
        ("100 Mb/s", "100 MB/s", "Mb par s"),
        ("20 mW", "20 MW", "mW"),
        ("03/12", "05/12", "ambigu"),
    ],
)
def test_what_only_looks_like_two_numbers_of_one_unit_gives_no_figure(before: str, after: str, why: str) -> None:
    found, said = change.between(before, after)
    assert (found.text, found.ratio, found.is_measured) == ("", None, False)
    assert why in said


def test_years_are_numbers_where_their_unit_is_said() -> None:
    assert change.between("2000", "2020", "visites")[0].text == "+\u00a01\u00a0%"


@pytest.mark.parametrize(
    ("before", "after", "unit", "said"),
    [
        ("12", "900 €", "k€", "de 12 k€ à 900 € (−\u00a093\u00a0%)"),
        ("900 €", "1", "k€", "de 900 € à 1 k€ (+\u00a011\u00a0%)"),
        ("1 h 30", "45", "min", "de 1 h 30 à 45 min (deux fois moins)"),
        ("2", "3", "millions", "de 2 à 3 millions (+\u00a050\u00a0%)"),
        ("2", "3", "h", "de 2 à 3 h (+\u00a050\u00a0%)"),
    ],
)
def test_a_bare_number_is_shown_with_the_unit_it_was_counted_in(before: str, after: str, unit: str, said: str) -> None:
    assert change.between(before, after, unit)[0].summary.replace("\u00a0", " ") == said.replace("\u00a0", " ")


def test_a_scale_typed_once_only_is_not_taken_twice() -> None:
    found, why = change.between("2 millions", "3", "millions")
    assert found.ratio is None
    assert why
