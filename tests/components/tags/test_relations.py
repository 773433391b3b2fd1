"""Two tags have a page together when they are really related, not because they met a few times."""

from __future__ import annotations

import cProfile
import datetime as dt
import itertools
import os
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest
from plancher.components.tags.index import TagIndex, tag_index
from plancher.components.tags.settings import TagSettings
from plancher.components.tags.vocabulary import Vocabulary

from tests.components.tags.posts import post
from tests.conftest import ROOT


def index(tagged: Sequence[Sequence[str]], **settings: float) -> TagIndex:
    posts = [post(number, dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number), "Essais", tags) for number, tags in enumerate(tagged)]
    return tag_index(posts, Vocabulary(), TagSettings(**settings))


def crossings(found: TagIndex) -> list[str]:
    return [" + ".join(name.name for name in crossing.tags) for crossing in found.crossings]


def calls(count: int) -> int:
    """How many functions are called for an index of a post under so many tags, and of another with so many of its own.

    Counted in a process that does nothing else: where signals come in between, Python 3.11 may turn on the spot for ever while it is profiled.
    """
    tagged = [[f"mot {number}" for number in range(count)], *([("a", "b")] * 5), ("a", "b", *(f"seul {number}" for number in range(count)))]
    profile = cProfile.Profile()
    found = profile.runcall(index, tagged)
    assert [len(crossing.posts) for crossing in found.crossings] == [6]
    return sum(entry.callcount for entry in profile.getstats())


def others(count: int) -> list[tuple[str, ...]]:
    """Posts under tags of their own."""
    return [(f"autre {number}",) for number in range(count)]


def test_two_tags_that_are_most_often_together_have_a_page_with_all_their_posts() -> None:
    found = index([("taxe", "mairie"), ("mairie", "taxe", "eau"), *others(90), ("mairie",), ("taxe", "mairie"), ("taxe",)])
    assert crossings(found) == ["mairie + taxe"]
    assert found.crossings[0].url == "tag/mairie/et/taxe/"
    assert [listed.url for listed in found.crossings[0].posts] == ["0/", "1/", "93/"]


def test_a_page_needs_enough_posts_and_a_close_enough_pair() -> None:
    tagged = [("a", "b")] * 3 + [("a",)] * 8 + [("b",)] * 9 + others(50)  # three posts of twenty
    assert crossings(index(tagged)) == ["a + b"]
    assert crossings(index(tagged, together=4)) == []
    assert crossings(index(tagged, together_score=0.151)) == []
    assert crossings(index(tagged, crossings=0)) == []


def test_a_rare_tag_inside_a_common_one_has_no_page_that_would_only_be_its_own_once_more() -> None:
    assert crossings(index([("PME", "facture")] * 5 + [("PME",)] * 60 + others(60))) == []


def test_tags_that_many_posts_bear_and_that_meet_by_chance_have_no_page() -> None:
    chance = random.Random(1)
    tagged = [tuple(tag for tag in ("numérique", "entreprise") if chance.random() < 0.5) for _ in range(200)]
    assert crossings(index(tagged)) == []
    together = [("numérique", "entreprise")] * 80 + [("numérique",)] * 20 + [("entreprise",)] * 20 + others(80)
    assert crossings(index(together)) == ["entreprise + numérique"]


def test_in_a_blog_of_a_few_posts_tags_that_always_go_together_have_a_page() -> None:
    assert crossings(index([("a", "b")] * 3)) == ["a + b"]
    assert crossings(index([("a", "b")] * 8 + [("a",), ("b",)])) == ["a + b"]


def test_tags_drawn_at_random_have_hardly_any_page_however_many_posts_there_are() -> None:
    chance = random.Random(1)
    names, weights = [f"mot {number}" for number in range(60)], [1 / (rank + 5) for rank in range(60)]
    tagged = [tuple(dict.fromkeys(chance.choices(names, weights, k=4))) for _ in range(1000)]
    met = {pair for tags in tagged for pair in itertools.combinations(sorted(tags), 2)}
    assert len(met) > 1000
    assert len(crossings(index(tagged))) <= 5


def test_posts_under_other_tags_change_no_page() -> None:
    tagged = [("a", "b")] * 3 + [("a", "c")] * 4 + [("b",)] * 5
    assert crossings(index(tagged)) == crossings(index([*tagged, *others(500)])) == ["a + b", "a + c"]


def test_a_tag_has_a_bounded_number_of_pages_those_it_goes_with_best() -> None:
    """« centre » stands with thirty tags, more and more often."""
    tagged = [("centre", f"{number:02}") for number in range(30) for _ in range(3 + number)]
    tagged += [(f"{number:02}",) for number in range(30) for _ in range(3)] + others(400)
    found = index(tagged, together_score=0.0, crossings=5)
    assert crossings(found) == [f"{number} + centre" for number in range(25, 30)]
    assert {len(portrait.crossings) for portrait in found.portraits.values()} == {0, 1, 5}


def test_links_to_the_page_of_two_tags_stand_only_where_there_is_one() -> None:
    found = index([("a", "b")] * 3 + [("a", "c")] * 3 + [("c",)] * 40 + others(60))
    linked = {url for portrait in found.portraits.values() for _, url, _ in portrait.crossings}
    assert linked == {crossing.url for crossing in found.crossings} == {"tag/a/et/b/"}


def test_a_pair_that_only_shares_posts_leads_to_the_page_of_its_rarer_tag() -> None:
    found = index([("a", "b")] * 3 + [("a", "c")] * 3 + [("c",)] * 40 + others(60))
    assert found.redirections == (("tag/a/et/c/", "tag/a/"),)


@pytest.mark.parametrize("order", [1, -1])
def test_equals_are_told_apart_by_the_alphabet_whatever_the_order_of_posts(order: int) -> None:
    tagged = [("z", name) for name in ("e", "d", "c", "b", "a") for _ in range(4)] + others(10)
    assert crossings(index(tagged[::order], crossings=2)) == ["a + z", "b + z"]


def test_a_post_under_thousands_of_tags_and_thousands_of_tags_cost_what_they_weigh() -> None:
    """Twice the tags: twice the calls, not four times. The pages keep every post they have."""
    script = "from tests.components.tags.test_relations import calls; print(calls(500), calls(1_000))"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True, timeout=120)
    once, twice = map(int, ran.stdout.split())
    assert twice < 2.5 * once
