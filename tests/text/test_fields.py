"""The « clé : valeur » lines of a block."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.text.blocks import Block, Line
from plancher.text.fields import FieldReader, Spec


def reader(*typed: str) -> FieldReader:
    lines = tuple(Line(number, text) for number, text in enumerate(typed, 2))
    return FieldReader.of(Block("essai", "", 1, lines), (Spec("durée"), Spec("langue"), Spec("accès"), Spec("url", many=True)))[0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("33 s", 33),
        ("45 min", 2700),
        ("45 mn", 2700),
        ("3 min 20 s", 200),
        ("1 h", 3600),
        ("1 h 30", 5400),
        ("1h30", 5400),
        ("1 h 05 min", 3900),
        ("1\u00a0h\u00a030", 5400),
        ("1:02:03", 3723),
        ("3:20", 200),
    ],
)
def test_a_length_is_read_as_it_is_said(text: str, seconds: int) -> None:
    assert reader(f"durée : {text}").duration("durée") == seconds


@pytest.mark.parametrize("text", ["33", "1,5 h", "longtemps", "min", "1 h 30 h"])
def test_what_is_no_length_is_said(text: str) -> None:
    fields = reader(f"durée : {text}")
    assert fields.duration("durée") is None
    assert [(problem.line, problem.code) for problem in fields.problems] == [(2, "PDV014")]


def test_a_field_that_may_be_repeated_keeps_its_order() -> None:
    assert reader("url : https://a.fr/", "url : https://b.fr/").addresses("url") == ("https://a.fr/", "https://b.fr/")


def test_a_value_keeps_its_own_colons() -> None:
    assert reader("url : https://a.fr/b:c").text("url") == "https://a.fr/b:c"


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_lines_make_it_fail(typed: list[str]) -> None:
    fields = reader(*typed)
    fields.duration("durée")
    fields.language("langue")
    fields.choice("accès", ("libre", "payant"))
    fields.addresses("url")
