"""Two tags that look the same are the same: signs that nobody sees are no part of a name, and long chains cost no more than their length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.commands.tags import registry_file, tag_line
from plancher.components.tags import vocabulary, vocabulary_reader
from plancher.components.tags.names import key
from plancher.text.tag_names import clean_tag

HIDDEN = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\ufe0f",
    "\ufe00",
    "\U000e0100",
    "\u034f",
    "\u180e",
    "\u3164",
]
SPACES = ["\u00a0", "\u202f", "\u2007", "\u3000", "\t", "  "]


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_a_sign_nobody_sees_is_no_part_of_a_tag(sign: str) -> None:
    assert clean_tag(f"{sign}réseaux{sign} so{sign}ciaux{sign}") == "réseaux sociaux"
    assert key(f"ré{sign}seaux") == key("réseaux")


@pytest.mark.parametrize("space", SPACES, ids=ascii)
def test_any_space_is_one_space(space: str) -> None:
    assert clean_tag(f"{space}réseaux{space}sociaux{space}") == "réseaux sociaux"


def test_letters_are_composed_whatever_stood_between() -> None:
    assert clean_tag("e\u0301te\u0301") == "été"


@given(st.text(st.sampled_from([*"ae é\u0301", *HIDDEN, *SPACES[:-1]]), max_size=12))
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean_tag(clean_tag(typed)) == clean_tag(typed)


def test_the_header_the_registry_and_its_changes_agree() -> None:
    assert tag_line.tags("Title: T\nTags: open\u200bdata, co\u00admptoir\n\n".encode()) == ("opendata", "comptoir")
    found, problems = vocabulary_reader.parse('["open\u200bdata"]\naliases = ["op\u2060en data\ufe0f"]\n')
    assert not problems
    assert found.name("open data") == "opendata"
    assert registry_file.rename('["open\u200bdata"]\n', "opendata", "données", []) == '["données"]\n'


def chain(length: int, last: str = "") -> str:
    end = f'["t{length}"]\n' + (f'parent = "{last}"\n' if last else "")
    return "".join(f'["t{number}"]\nparent = "t{number + 1}"\n' for number in range(length)) + end


def cost(length: int) -> float:
    text, best = chain(length), 9e9
    for _ in range(2):
        start = time.process_time()
        assert not vocabulary_reader.parse(text)[1]
        best = min(best, time.process_time() - start)
    return best


def test_a_long_chain_of_parents_costs_its_length() -> None:
    assert cost(6_000) < 8 * cost(1_500)


def test_a_circle_is_told_of_each_tag_that_leads_into_it() -> None:
    found = vocabulary_reader.parse(chain(10, last="t7"))[1]
    assert len(found) == 11
    assert all(problem.code == "PDV080" for problem in found)
    assert not vocabulary_reader.parse(chain(10))[1]


def test_no_page_shows_a_thousand_parents() -> None:
    found = vocabulary_reader.parse(chain(1_000))[0]
    assert list(vocabulary.ancestors(found, "t0")) == [f"t{number}" for number in range(1, 21)]
