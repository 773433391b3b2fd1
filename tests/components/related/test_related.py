"""Posts that are like one another: three at most, none where nothing is shared, the same from the same posts."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from plancher.base.identity import Identity
from plancher.components.related import FLOOR, MOST, Related
from plancher.components.related.scores import Family, best, scores
from plancher.site.model import Card, Post, Site, Term

from tests.build.small import Small, difference

DAY = dt.datetime(2024, 5, 2, tzinfo=dt.UTC)


def post(name: str, tags: str = "", *, title: str = "", summary: str = "", links: tuple[str, ...] = ()) -> Post:
    card = Card(title or name, f"{name}/", DAY, None, summary, None, "fr")
    terms = tuple(Term(tag, tag, f"tag/{tag}/") for tag in tags.split())
    named = [(f"{{filename}}{link}.md", 1) for link in links]
    return Post(path=f"articles/{name}.md", card=card, save_as=f"{name}/index.html", tags=terms, links=named)


def related(*posts: Post) -> dict[str, list[str]]:
    site = Site(identity=Identity(name="Blog"), content=Path("content"), theme=Path("theme"), today=DAY.date(), posts=posts)
    return {path: [other.title for other in others] for path, others in Related(None).collect(site).items()}


OTHERS = tuple(post(f"autre-{number}", f"seul-{number} commun", title=f"Zyx{chr(97 + number) * 4}") for number in range(20))
"""Posts about twenty other things, under one tag that is on every post."""


def test_posts_that_share_a_rare_tag_are_related_and_one_that_is_everywhere_relates_nothing() -> None:
    found = related(post("un", "tableur commun"), post("deux", "tableur commun"), *OTHERS)
    assert found["articles/un.md"] == ["deux"]
    assert found["articles/deux.md"] == ["un"]
    assert found["articles/autre-1.md"] == []


def test_posts_that_are_linked_are_related_in_both_directions() -> None:
    found = related(post("un", links=("deux",)), post("deux"), post("trois"), *OTHERS)
    assert (found["articles/un.md"], found["articles/deux.md"], found["articles/trois.md"]) == (["deux"], ["un"], [])


def test_posts_about_the_same_thing_in_other_words_of_the_same_root_are_related() -> None:
    one = post("un", title="L'été des tableurs", summary="<p>Compter les <em>visites</em> d'un atelier, sans logiciel.</p>")
    other = post("deux", title="Un tableur d'atelier", summary="<p>Chaque visite comptée, chaque jour.</p>")
    assert related(one, other, *OTHERS)["articles/un.md"] == ["Un tableur d'atelier"]


def test_words_of_every_sentence_relate_nothing() -> None:
    one = post("un", title="Pourquoi tout cela", summary="<p>Avec nous, toujours et depuis longtemps.</p>")
    other = post("deux", title="Pourquoi pas", summary="<p>Depuis toujours, avec vous, et surtout sans peine.</p>")
    assert related(one, other, *OTHERS)["articles/un.md"] == []


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_blog_of_few_posts_has_nothing_to_relate(count: int) -> None:
    posts = [post(f"un-{number}", "commun") for number in range(count)]
    assert related(*posts) == {one.path: [] for one in posts}


def test_three_at_most_the_closest_first_and_of_equals_the_newest() -> None:
    close = post("proche", "tableur devis")
    found = related(post("un", "tableur devis"), *[post(f"egal-{number}", "tableur") for number in range(3)], close, *OTHERS)
    assert found["articles/un.md"] == ["proche", "egal-0", "egal-1"]
    assert len(found["articles/un.md"]) == MOST


def test_the_parts_of_its_own_series_are_not_named_again() -> None:
    parts = [dataclasses.replace(post(name, "tableur"), series=typed) for name, typed in (("un", "En ordre"), ("deux", "en ordre"))]
    found = related(*parts, post("trois", "tableur"), *OTHERS)
    assert found["articles/un.md"] == ["trois"]


def test_scores_lie_between_0_and_1_and_do_not_depend_on_the_order_of_words() -> None:
    holdings = [{"a": 1, "b": 2, "c": 1}, {"c": 1, "b": 2, "a": 1}, {"d": 5}, {}]
    (first, *_) = scores((Family(holdings, share=1.0, most=10),))
    assert first[1] == pytest.approx(1)
    assert first == {1: pytest.approx(scores((Family([dict(reversed(held.items())) for held in holdings], share=1.0, most=10),))[0][1])}
    assert best({1: FLOOR, 2: FLOOR - 0.01, 3: 0.5, 4: 0.5}, FLOOR, 3) == [3, 4, 1]


def test_what_too_many_posts_share_is_not_looked_at() -> None:
    holdings = [{"a": 1} for _ in range(5)] + [{"b": 1}] * 20
    assert scores((Family(holdings, share=1.0, most=4),)) == [{}] * 25


def test_a_page_shows_them_and_a_new_post_touches_only_the_pages_that_it_joins(small: Small) -> None:
    for name, tag in (("un", "tableur"), ("deux", "tableur"), ("trois", "jardin"), ("quatre", "jardin"), ("cinq", "vélo"), ("six", "forêt")):
        small.post(name, tags=(tag,), link="", summary=f"Résumé {name}.")
    assert small.build().code == 0
    before = small.files
    page = BeautifulSoup(before["2024/05/un/index.html"], "html.parser")
    assert [link.get_text() for link in page.select('nav[aria-label="À lire aussi"] a')] == ["Deux"]
    assert "À lire aussi" not in before["2024/05/cinq/index.html"].decode()
    steps = (
        lambda: small.post("deux", words="Un autre texte, avec un jardin."),
        lambda: small.post("sept", day="2023-01-01", tags=("tableur",), summary="Résumé sept."),
        lambda: small.post("deux", title="Deux bis"),
        lambda: small.delete("un"),
    )
    for number, step in enumerate(steps):
        step()
        assert small.build().code == 0
        changed = {path for path, raw in small.files.items() if before.get(path, raw) != raw and path.startswith("202")}
        if number == 0:
            assert changed == {"2024/05/deux/index.html"}
        code, clean, said = small.clean()
        assert code == 0, said
        assert small.files == clean, difference(small.files, clean)


def test_the_same_posts_give_the_same_whatever_the_order_of_their_tags() -> None:
    one = post("un", "tableur devis commun")
    turned = dataclasses.replace(one, tags=one.tags[::-1])
    others = (post("deux", "devis"), post("trois", "tableur"), *OTHERS)
    assert related(one, *others) == related(turned, *others)
