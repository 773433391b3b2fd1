"""French around values."""

from __future__ import annotations

import pytest
from plancher.base import french


@pytest.mark.parametrize(("count", "said"), [(0, "0\u00a0billet"), (1, "1\u00a0billet"), (2, "2\u00a0billets"), (1234, "1\u202f234\u00a0billets")])
def test_the_plural_starts_at_two(count: int, said: str) -> None:
    assert french.plural(count, "billet", "billets") == said


def test_the_nearest_name_forgives_accents() -> None:
    assert french.nearest("apres2", ["avant", "après"]) == "après"
    assert french.nearest("xyz", ["avant", "après"]) is None


def test_a_list_ends_with_et() -> None:
    assert french.join(["a", "b", "c"]) == "a, b et c"
    assert french.join(["a"]) == "a"


def test_languages_are_named_in_french() -> None:
    assert french.language_name("en") == "anglais"
    assert french.language_name("xx-nothing-at-all") == "xx-nothing-at-all"
