"""One name for each tag, whatever the order of reading."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from plancher.tags.model import canonical_names, normalise, weights

NAMES = st.lists(st.sampled_from(["PME", "pme", "Pme", "élus", "elus", "C", "C++", "C#", "temps"]), max_size=20)


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


@given(st.dictionaries(st.text(min_size=1), st.integers(min_value=1, max_value=10_000)))
def test_a_word_used_more_is_never_smaller(counts: dict[str, int]) -> None:
    steps = weights(counts)
    assert all(1 <= step <= 5 for step in steps.values())
    ordered = sorted(counts, key=lambda name: counts[name])
    assert all(steps[one] <= steps[other] for one, other in itertools.pairwise(ordered))


def test_words_used_alike_have_the_middle_size() -> None:
    assert weights({"a": 3, "b": 3}) == {"a": 3, "b": 3}
    assert weights({"a": 1}) == {"a": 3}
    assert weights({}) == {}
