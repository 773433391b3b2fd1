"""The header: fields, lines, and what plain Pelican would read wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.text import header
from plancher.text.header import split


def fields(text: str) -> dict[str, str]:
    return {field.key: field.value for field in split(text.split("\n")).fields}


def test_fields_end_at_the_first_empty_line() -> None:
    raw = split(["Title: Un", "Date: 2024-05-02", "", "Texte: ceci"])
    assert [field.key for field in raw.fields] == ["Title", "Date"]
    assert raw.body_start == 2


def test_a_value_may_run_over_several_lines() -> None:
    assert fields("Summary: Un début\n    et une suite\nTitle: T") == {"Summary": "Un début et une suite", "Title": "T"}


def test_a_list_is_read_and_hides_nothing_after_it() -> None:
    raw = split(["Title: Un", "Tags:", "- PME", "- temps", "Status: draft", ""])
    assert {field.key: field.value for field in raw.fields} == {"Title": "Un", "Tags": "PME, temps", "Status": "draft"}
    assert raw.fields[1].items == ("PME", "temps")
    assert raw.problems == ()


def test_a_header_between_dashes_is_read() -> None:
    raw = split(["---", 'Title: "Un titre"', "Tags: [a, b]", "---", "Texte"])
    assert {field.key: field.value for field in raw.fields} == {"Title": "Un titre", "Tags": "a, b"}
    assert raw.body_start == 4


def test_quotes_that_belong_to_a_title_stay() -> None:
    assert fields('Title: "Oui" ou "non"') == {"Title": '"Oui" ou "non"'}


def test_a_text_without_header_has_none() -> None:
    assert split(["Bonjour tout le monde", "Title: non"]).fields == ()


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    split(text.split("\n"))


@pytest.mark.parametrize("typed", ["[]", "[ ]"])
def test_a_list_of_nothing_is_no_word(typed: str) -> None:
    (field,) = header.split([f"Tags: {typed}", "", "Texte"]).fields
    assert (field.value, field.items) == ("", ())
    assert header.split([header.line("Title", typed), "", "Texte"]).fields[0].value == typed
