"""What the search asks a build for, and what a reader's browser has to fetch of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
import rjsmin
from plancher.base.identity import Identity
from plancher.cache.outline import Outline
from plancher.components.search import Search, description, index, words
from plancher.site.model import Card, Post, Site
from plancher.site.requests import MadeFile, PageRequest, TemplatePage, TextFile
from plancher.text.grammar import Passage

from tests.conftest import ROOT


def post(number: int, title: str = "Un billet", *, passages: tuple[Passage, ...] = ()) -> Post:
    day = dt.datetime(2010, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number)
    card = Card(title=title, url=f"2010/billet-{number}/", date=day, modified=None, summary="", category=None, lang="fr")
    outline = Outline(kept=words.keep([Passage("charrette"), *passages]))
    return Post(path=f"articles/{number}.md", card=card, save_as=f"2010/billet-{number}/index.html", outline=outline)


def asked(*posts: Post, address: str = "https://exemple.fr") -> Mapping[str, PageRequest]:
    site = Site(identity=Identity(name="Blog", address=address), content=Path("content"), theme=Path("theme"), today=dt.date(2024, 5, 2), posts=posts)
    search = Search(None)
    return {request.path: request for request in search.pages(site, search.collect(site))}


def values(requests: Mapping[str, PageRequest]) -> Mapping[str, object]:
    page = requests["recherche/index.html"]
    assert isinstance(page, TemplatePage)
    found = page.values["search"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("count", [0, 1, 200, 201, 450])
def test_the_page_lists_all_posts_until_there_are_so_many_that_they_have_a_page_of_their_own(count: int) -> None:
    requests = asked(*map(post, range(count)))
    listed, elsewhere = values(requests)["posts"], values(requests)["elsewhere"]
    assert isinstance(listed, tuple)
    assert len(listed) == min(count, 200)
    assert [card.url for card, _, _ in listed[:1]] == [f"2010/billet-{count - 1}/"][:count], "the newest first"
    assert (elsewhere == "recherche/tous/") == ("recherche/tous/index.html" in requests) == (count > 200)
    if elsewhere:
        whole = requests["recherche/tous/index.html"]
        assert isinstance(whole, TemplatePage)
        assert [card.url for card, _, _ in whole.values["posts"]] == [f"2010/billet-{number}/" for number in reversed(range(count))]  # type: ignore[attr-defined]


def test_each_file_that_a_browser_may_ask_for_is_there_even_when_it_is_empty() -> None:
    for requests in (asked(), asked(post(1))):
        assert {index.WORDS.format(name) for name in words.ALWAYS} <= requests.keys()


@pytest.mark.parametrize("form", ["facture", "factures", "email", "20240", "oeuvre", "x" * 40])
def test_the_list_that_holds_a_word_is_told_by_its_last_letters(form: str) -> None:
    assert words.ending_of(form) == words.ending_of(f"q{form[1:]}") == words.ending_of(f"q{form}") != ""
    assert index.WORDS.format(words.ending_of(form)) in asked()


@pytest.mark.parametrize("form", ["ete", "a", "май", "mot=PME"])
def test_a_short_word_one_of_another_script_and_a_filter_stand_in_no_list(form: str) -> None:
    assert words.ending_of(form) == ""


def test_a_row_holds_its_text_and_no_markup_of_an_author() -> None:
    hostile = '<img src=x onerror="alert(1)"> & « Co »'
    requests = asked(post(3, hostile, passages=(Passage("carnet", "preuve", "#preuve-1", hostile),)), address="https://exemple.fr/blog")
    made = requests["recherche/textes/0.txt"]
    assert isinstance(made, MadeFile)
    row = made.maker(made.argument)
    assert '<a href="/blog/2010/billet-3/">&lt;img src=x' in row
    assert '<li hidden><a href="/blog/2010/billet-3/#preuve-1">&lt;img' in row or '<li hidden=""><a href="/blog/2010/billet-3/#preuve-1">&lt;img' in row
    assert "<img" not in row


def test_a_word_is_looked_for_among_all_words_that_begin_as_it_does() -> None:
    requests = asked(post(0), post(9, "Charrettes"))
    shard = requests[index.WORDS.format("cha")]
    assert isinstance(shard, TextFile)
    assert shard.text == "charrette 0 1\tcharrettes 1+++"


@pytest.mark.parametrize(
    ("name", "short"), [("Le carnet", "Le carnet"), ("Le carnet d’une boutique", "Le carnet d’une"), ("Anticonstitutionnellement", "Anticonstitution")]
)
def test_a_browser_is_told_a_name_of_sixteen_letters_at_most_that_ends_with_one(name: str, short: str) -> None:
    assert f"<ShortName>{short}</ShortName>" in description((name, "https://essai.example/recherche/", "https://essai.example/a.png"))


def test_the_script_weighs_four_kilobytes_at_most_as_it_is_served() -> None:
    source = (ROOT / "theme" / "static" / "js" / "search.js").read_text(encoding="utf-8")
    assert len(rjsmin.jsmin(source).encode()) <= 4096
