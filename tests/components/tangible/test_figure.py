"""The figure that is told first, and its bars."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from plancher.base.french import NBSP
from plancher.components.tangible import change, figure
from plancher.text.html import el, to_html_string

FIGURES = {
    ("2", "6", ""): ("2 → 6", "de 2 à 6", ", trois fois plus", (33.3, 100)),
    ("2", "6", "par trimestre"): ("2 → 6", "de 2 à 6", " par trimestre, trois fois plus", (33.3, 100)),
    ("12 000 €", "18 500 €", ""): ("12 000 € → 18 500 €", "de 12 000 € à 18 500 €", f", +{NBSP}54{NBSP}%", (64.9, 100)),
    ("11 €", "4 €", ""): ("11 € → 4 €", "de 11 € à 4 €", f", −{NBSP}64{NBSP}%", (100, 36.4)),
    ("8", "1", "jours"): ("8 → 1", "de 8 à 1", " jours, huit fois moins", (100, 12.5)),
    ("0", "5", "contrats"): ("0 → 5", "de 0 à 5", " contrats", (0.5, 100)),
    ("7", "0", "appels"): ("7 → 0", "de 7 à 0", " appels, réduit à zéro", (100, 0.5)),
    ("environ 40", "10", ""): ("environ 40 → 10", "d’environ 40 à 10", f", environ{NBSP}quatre fois moins", (100, 25)),
}


@pytest.mark.parametrize("typed", FIGURES)
def test_two_numbers_of_one_unit_are_told_first(typed: tuple[str, str, str]) -> None:
    measured, _ = change.between(*typed)
    told = figure.of(measured)
    assert told is not None
    assert (told.numbers, told.spoken, told.rest, told.bars) == FIGURES[typed]


@pytest.mark.parametrize("typed", [("", "6", ""), ("2", "", ""), ("sur papier", "en ligne", ""), ("2 €", "6 h", ""), ("2 à 3", "6", "")])
def test_what_is_not_compared_is_no_figure(typed: tuple[str, str, str]) -> None:
    assert figure.of(change.between(*typed)[0]) is None


@pytest.mark.parametrize("typed", [("-2 €", "6 €", ""), ("0", "0", "plaintes")])
def test_where_no_bar_can_be_drawn_the_numbers_stay(typed: tuple[str, str, str]) -> None:
    told = figure.of(change.between(*typed)[0])
    assert told is not None
    assert told.bars is None
    assert "svg" not in _html(told)


def _html(told: figure.Figure) -> str:
    cell = el("dd")
    figure.add_figure(cell, told, "devis")
    return to_html_string(cell)


def test_no_text_stands_in_the_bars_and_a_screen_reader_hears_a_sentence() -> None:
    measured, _ = change.between("2", "6")
    assert measured.ratio == Decimal(3)
    told = figure.of(measured)
    assert told is not None
    html = _html(told)
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert 'aria-hidden="true"' in drawing
    assert not re.sub(r"<[^>]*>", "", drawing)
    assert 'aria-label="de 2 à 6" role="img">2 → 6</span>' in html
    assert html.index("2 → 6") < html.index("devis") < html.index("<svg")
