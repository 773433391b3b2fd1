"""Names that look like one another: « invoke check » says so once, with the line to add; a build says nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.tags.lookalikes import similar

POST = "-- articles/{0}.md --\nTitle: {0}\nDate: 2024-05-02\nCategory: Essais\nTags: {1}\n\nTexte.\n\n"
CHECK = "PLANCHER_READING=" + json.dumps({"mode": "check"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("réseaux sociaux", "réseaux-sociaux"),
        ("site web", "siteweb"),
        ("indicateur", "indicateurs"),
        ("réseau social", "réseaux sociaux"),
        ("journal", "journaux"),
        ("tableau", "tableaux"),
        ("référencement", "réferancement"),
        ("newsletter", "newsleter"),
        ("facturation", "facturatoin"),
    ],
)
def test_two_names_for_one_thing_are_seen(one: str, other: str) -> None:
    assert similar([one, other]) == similar([other, one]) != set()


@pytest.mark.parametrize(
    ("one", "other"), [("web 2.0", "web 3.0"), ("2024", "2025"), ("vente", "pente longue"), ("temps", "camps"), ("C", "C++"), ("RSS", "RSA")]
)
def test_two_things_are_left_alone(one: str, other: str) -> None:
    assert similar([one, other]) == set()


@given(st.lists(st.text("abé -", min_size=1, max_size=8), max_size=12, unique=True))
def test_the_answer_does_not_depend_on_the_order(names: list[str]) -> None:
    assert similar(names) == similar(names[::-1])


def test_check_gives_the_line_to_add(site) -> None:
    posts = POST.format("un", "indicateurs, PME") + POST.format("deux", "indicateur, pme, PME") + POST.format("trois", "indicateurs")
    made = site(posts, CHECK)
    assert made.code == 0, made.said
    lines = [line for line in made.said.splitlines() if "PDV076" in line]
    assert len(lines) == 2
    assert "articles/deux.md:4: PDV076 « indicateur » ressemble à « indicateurs » (pluriel)" in made.said
    assert 'écrivez « aliases = ["indicateur"] » sous une ligne ["indicateurs"] dans tags.toml' in made.said
    assert "« pme » est réuni avec « PME » (casse)" in made.said


def test_what_the_registry_says_is_not_asked_again(site) -> None:
    registry = '-- tags.toml --\n[indicateurs]\ndistinct = ["indicateur"]\n[PME]\naliases = ["pme"]\n\n'
    posts = POST.format("un", "indicateurs, PME") + POST.format("deux", "indicateur, pme")
    assert "PDV076" not in site(registry + posts, CHECK).said


def test_a_build_gives_no_advice(site) -> None:
    assert "PDV076" not in site(POST.format("un", "indicateurs") + POST.format("deux", "indicateur")).said
