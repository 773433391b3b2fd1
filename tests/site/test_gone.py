"""A public address that nothing answers any more leads to what stood there, when that is sure; else its author is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from plancher.base.former_address import FormerAddress
from plancher.site import gone, public, standing
from plancher.site.gone import Gone, Present
from plancher.site.model import Card, Post
from plancher.site.redirect import Redirect

UN = "/2024/05/un/ : articles/un | 2024-05-02 | Un titre"


def post(url: str = "2024/05/un/", path: str = "articles/un.md", title: str = "Un titre", day: str = "2024-05-02", own: str = "") -> Post:
    moment = dt.datetime.fromisoformat(f"{day}T00:00+02:00") if day else None
    card = Card(title=title, url=url, date=moment, modified=None, summary="", category=None, lang="fr")
    return Post(path=path, card=card, save_as=f"{url}index.html", own_id=own)


def found(before: str, *texts: Post, drafts: tuple[Post, ...] = (), files: tuple[str, ...] = (), leads: tuple[str, ...] = ()) -> list[Gone]:
    known, problems = public.parse(before)
    assert problems == []
    redirects = [Redirect(source=FormerAddress(path.rstrip("*"), is_prefix=path.endswith("*")), target="/x/") for path in leads]
    shown = [*files, *(one.save_as for one in texts)]
    return gone.find(known, Present(files=set(shown), texts=texts, held_back=drafts, redirects=redirects, moved=["tag/ancien/"]))


@pytest.mark.parametrize("leads", [("/2024/05/un/",), ("/2024/05/un",), ("/2024/*",)])
def test_an_address_that_answers_is_no_matter(leads: tuple[str, ...]) -> None:
    assert found(UN, post()) == found(UN, leads=leads) == found("/a.pdf\n/tag/ancien/", files=("a.pdf",)) == []
    assert found("/parti/ → rien") == []


@pytest.mark.parametrize(
    "now",
    [
        post("2024/06/un/", day="2024-06-02"),  # redated
        post("2024/05/deux/"),  # another slug
        post("2024/06/deux/", day="2024-06-02"),  # both
        post("essais/un/", title="Un autre titre", day="2024-06-02"),  # the file and the slug
        post("2024/05/deux/", path="articles/deux.md"),  # the file, with its slug
        post("2024/06/un/", path="articles/2025/un.md", day="2024-06-02"),  # the file and the day
        post("2024/05/un-b/", path="articles/un-b.md", title="UN  TITRE"),
        post("un/", path="pages/un.md", day=""),  # a post that became a page
    ],
)
def test_a_text_that_moved_is_known_again(now: Post) -> None:
    assert [one.heir for one in found(UN, now)] == [now]


def test_an_identifier_of_its_own_says_enough() -> None:
    now = post("2025/01/tout-autre/", path="articles/x.md", title="Tout autre", day="2025-01-01", own="tag:moi,2024:un")
    assert [one.heir for one in found("/2024/05/un/ : tag:moi,2024:un | 2024-05-02 | Un titre", now)] == [now]


@pytest.mark.parametrize(
    "texts",
    [
        (post("2025/01/autre/", title="Autre", day="2025-01-01"),),  # the same file, and all else is new
        (post("2025/05/un/", path="articles/2025/un.md", title="Un bilan", day="2025-05-02"),),  # the slug alone
        (post("2024/05/deux/", path="articles/deux.md", title="Deux"),),  # the day alone
        (post("2024/06/un/", path="articles/a.md", day="2024-06-01"), post("2024/07/un/", path="articles/b.md", day="2024-07-01")),  # two
        (),
    ],
)
def test_a_guess_is_left_to_the_author(texts: tuple[Post, ...]) -> None:
    (one,) = found(UN, *texts)
    assert (one.heir, one.is_sure) == (None, False)
    assert one.alike in (None, *texts)


def test_two_texts_that_would_claim_one_are_both_left_to_the_author() -> None:
    two = f"{UN}\n/2024/05/un-b/ : articles/un-b | 2024-05-02 | Un titre"
    assert [one.heir for one in found(two, post("2024/05/c/", path="articles/c.md"))] == [None, None]


def test_a_text_that_was_public_itself_is_no_heir_of_another() -> None:
    other = post("2024/05/deux/", path="articles/deux.md")
    assert [one.heir for one in found(f"{UN}\n/2024/05/deux/ : articles/deux | 2024-05-02 | Un titre", other)] == [None]


def test_a_text_held_back_is_said_to_be_and_no_other_takes_its_place() -> None:
    draft = post("brouillons/un/")
    (one,) = found(UN, post("2024/06/un/", path="articles/copie.md"), drafts=(draft,))
    assert (one.heir, one.withdrawn) == (None, draft)


def test_branches_that_disagree_about_an_address_are_no_proof() -> None:
    (one,) = found(f"{UN}\n/2024/05/un/ : articles/b | 2024-05-02 | Un titre", post("2024/06/un/"))
    assert one.heir is None


def test_what_stood_beside_a_text_moves_with_it_and_a_case_is_known() -> None:
    lines = f"{UN}\n/2024/05/un/photo.jpg\n/2024/05/un/plan.pdf\n/tag/Media/\n/tag/rien/"
    now = found(lines, post("2024/06/un/", day="2024-06-02"), files=("2024/06/un/photo.jpg", "tag/media/index.html"))
    assert {one.stood.address: one.target for one in now if one.target} == {
        "/2024/05/un/photo.jpg": "/2024/06/un/photo.jpg",
        "/tag/Media/": "/tag/media/",
    }
    assert len(now) == 5


@pytest.mark.parametrize("line", ["/a b/", "/x/ → /y/", "/x/ →", "/../x/", "//x/"])
def test_a_line_that_says_nothing_is_told(line: str) -> None:
    assert [problem.code for problem in public.parse(line)[1]] == ["PDV065"]


@pytest.mark.parametrize("address", ["/", "/tag/réseaux sociaux/", "/tag/C#/", "/a%b/", "/a?b/", "/été.png", "/tag/a : b/", "/tag/→ rien/"])
def test_any_address_comes_back_from_its_line(address: str) -> None:
    read = standing.parse(str(standing.Stood(address=address, id="articles/un", day="2024-05-02", title="Un : → rien | deux")), 1)
    assert read is not None
    assert (read.address, read.id, read.day, read.title, read.is_let_go) == (address, "articles/un", "2024-05-02", "Un : → rien | deux", False)
