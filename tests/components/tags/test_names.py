"""One name for each tag, whatever the order of reading."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.tags.names import canonical_names, key, normalise

NAMES = st.lists(st.sampled_from(["PME", "pme", "Pme", "P.M.E.", "PMEs", "élus", "elus", "C", "C++", "C#", ".NET", "temps"]), max_size=20)


@given(NAMES, st.randoms())
def test_the_shown_name_does_not_depend_on_the_order(names: list[str], random) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)
    assert canonical_names(names) == canonical_names(shuffled)


def test_the_commonest_spelling_wins_then_the_one_with_most_capitals() -> None:
    assert canonical_names(["pme", "PME"])["pme"] == "PME"
    assert canonical_names(["pme", "pme", "PME"])["pme"] == "pme"


def test_a_post_has_each_tag_once() -> None:
    assert normalise(["pme", "PME", "temps"], canonical_names(["PME", "PME", "pme", "temps"])) == ["PME", "temps"]


def test_an_acronym_is_one_tag_with_its_full_stops_its_plural_or_neither() -> None:
    names = ["P.M.E.", "P.M.E", "PMEs", "pme", "PME"]
    assert normalise(names, canonical_names(names)) == ["PME"]


def test_c_and_its_relatives_are_four_tags() -> None:
    names = ["C", "C++", "C#", ".NET"]
    assert normalise(names, canonical_names(names)) == names


@pytest.mark.parametrize("name", ["élus", "œuvre", "Noël"])
def test_accents_composed_or_not_make_one_tag(name: str) -> None:
    assert key(name) == key(unicodedata.normalize("NFD", name)) == key(name.upper())


def test_the_registry_decides_of_the_name_that_is_shown() -> None:
    chosen = {key("open data"): "données ouvertes", key("données ouvertes"): "données ouvertes"}
    assert normalise(["Open Data", "temps", "Données ouvertes"], canonical_names(["Open Data", "temps"], chosen) | chosen) == ["données ouvertes", "temps"]
