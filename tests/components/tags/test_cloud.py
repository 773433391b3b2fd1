"""The cloud: a word used more is never smaller, and no number of words, or of sizes, is too small."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.tags.cloud import tag_cloud, weigh
from plancher.components.tags.usage import Usage, usage
from plancher.site.model import Post

from tests.components.tags.posts import post

WAYS = ("log", "lineaire", "quantile")
COUNTS = st.lists(st.integers(min_value=1, max_value=10_000), max_size=60)


def posts(*described: tuple[str, str, str]) -> list[Post]:
    """(day, category, tags between commas) each."""
    return [post(number, dt.datetime.fromisoformat(day), category, tags.split(", ")) for number, (day, category, tags) in enumerate(described)]


def used(*described: tuple[str, str, str]) -> Usage:
    return usage(posts(*described))


BLOG = used(
    ("2026-03-01", "Essais", "Emploi, Écoles"),
    ("2025-06-01", "Essais", "Élus, Emploi"),
    ("2025-05-01", "Mesure", "Emploi"),
    ("2024-01-01", "Mesure", "temps"),
)


@pytest.mark.parametrize("way", WAYS)
@given(counts=COUNTS)
def test_a_word_used_more_is_never_smaller_and_words_used_alike_stand_alike(way: str, counts: list[int]) -> None:
    shares = weigh(counts, way)
    assert all(0 <= share <= 1 for share in shares)
    for (one, share), (other, there) in itertools.combinations(zip(counts, shares, strict=True), 2):
        assert (one > other) <= (share >= there)
        assert (one < other) <= (share <= there)
        assert (one == other) <= (share == there)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("steps", "middle"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (9, 5)])
def test_words_used_alike_have_the_middle_size(way: str, steps: int, middle: int) -> None:
    alike = used(("2024-01-01", "Essais", "a, b"))
    assert {one.step for one in tag_cloud(alike, weights=way, steps=steps)} == {middle}
    alone = used(("2024-01-01", "Essais", "seul"))
    assert [one.step for one in tag_cloud(alone, weights=way, steps=steps)] == [middle]
    assert tag_cloud(Usage(), weights=way, steps=steps) == ()


@pytest.mark.parametrize("way", WAYS)
def test_the_least_and_the_most_used_have_the_extreme_sizes(way: str) -> None:
    steps = {one.word.name: one.step for one in tag_cloud(BLOG, weights=way)}
    assert steps["Emploi"] == 5
    assert way == "quantile" or steps["temps"] == 1


def test_the_order_is_that_of_a_french_dictionary() -> None:
    assert [one.word.name for one in tag_cloud(BLOG)] == ["Écoles", "Élus", "Emploi", "temps"]


def test_other_orders_go_by_use_and_by_the_last_post() -> None:
    assert [one.word.name for one in tag_cloud(BLOG, order="frequence")] == ["Emploi", "Écoles", "Élus", "temps"]
    assert [one.word.name for one in tag_cloud(BLOG, order="recence")] == ["Écoles", "Emploi", "Élus", "temps"]


def test_a_cloud_may_be_that_of_a_category_or_of_a_year() -> None:
    assert {one.word.name: one.word.count for one in tag_cloud(BLOG, category="Mesure")} == {"Emploi": 1, "temps": 1}
    assert {one.word.name: one.word.count for one in tag_cloud(BLOG, year=2025)} == {"Élus": 1, "Emploi": 2}
    assert tag_cloud(BLOG, year=1999) == tag_cloud(BLOG, category="Aucune") == ()


def test_bounds_and_limit_keep_the_words_in_between_and_the_most_used() -> None:
    assert [one.word.name for one in tag_cloud(BLOG, minimum=2)] == ["Emploi"]
    assert [one.word.name for one in tag_cloud(BLOG, maximum=1)] == ["Écoles", "Élus", "temps"]
    assert [one.word.name for one in tag_cloud(BLOG, limit=2)] == ["Écoles", "Emploi"]
    assert tag_cloud(BLOG, limit=0) == ()


@pytest.mark.parametrize(("wish", "message"), [({"weights": "logs"}, "« log »"), ({"order": "alpha"}, "« alphabet »"), ({"steps": 0}, "au moins une taille")])
def test_a_wish_that_means_nothing_says_what_does(wish: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tag_cloud(BLOG, **wish)


@given(st.permutations(range(4)), st.randoms())
def test_the_order_of_reading_changes_nothing(order: list[int], chance: random.Random) -> None:
    described = [("2026-03-01", "Essais", "a, b"), ("2025-06-01", "Essais", "b, é"), ("2025-05-01", "Mesure", "b"), ("2024-01-01", "Mesure", "e")]
    mixed = posts(*described)
    shuffled = [mixed[place] for place in order]
    chance.shuffle(shuffled)
    assert usage(shuffled) == usage(mixed)
