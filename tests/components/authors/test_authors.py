"""Several people sign: a page and a feed each; one person, and there is nothing."""

from __future__ import annotations

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.build.small import Small, difference

CLAIRE = "auteur/claire-morvan/index.html"


@pytest.fixture
def several(small: Small) -> Small:
    small.post("un", author="Claire Morvan; Yann Le Bihan")
    small.post("deux", author="Claire Morvan")
    small.post("trois", author="Claire Morvan")
    assert small.build().code == 0
    return small


def signature(small: Small, path: str) -> list[tuple[str, str]]:
    return [(card.get_text(), card.get("href", "")) for card in BeautifulSoup(small.files[path], "html.parser").select(".p-author")]


def test_each_author_has_a_page_of_their_posts_and_signatures_lead_there(several: Small) -> None:
    assert signature(several, "2024/05/un/index.html") == [("Claire Morvan", "/auteur/claire-morvan/"), ("Yann Le Bihan", "/auteur/yann-le-bihan/")]
    page = BeautifulSoup(several.files[CLAIRE], "html.parser")
    assert page.h1.get_text() == "Billets signés Claire Morvan"
    assert [link.get_text() for link in page.select(".dated-list a")] == ["Trois", "Deux", "Un"]
    assert [heading.get_text() for heading in page.select("h2.year")] == ["2025", "2024"]


def test_the_feed_of_each_has_whole_posts_and_is_told_wherever_feeds_are(several: Small) -> None:
    read = feedparser.parse(several.files["feeds/auteur/yann-le-bihan.atom.xml"])
    assert [entry.title for entry in read.entries] == ["Un"]
    assert "Du texte." in read.entries[0].content[0].value
    assert "feeds/auteur/yann-le-bihan.rss.xml" in several.files
    for path in ("auteur/yann-le-bihan/index.html", "abonnement/index.html", "feeds.opml"):
        assert "feeds/auteur/yann-le-bihan.atom.xml" in several.files[path].decode(), path
    for path in ("sitemap.xml", "archives/index.html"):
        assert "/auteur/yann-le-bihan/" in several.files[path].decode(), path


@pytest.mark.parametrize("name", ["", "Claire Morvan"])
def test_one_author_has_no_page_whether_it_is_the_site_or_somebody(small: Small, name: str) -> None:
    for post in ("un", "deux", "trois"):
        small.post(post, author=name)
    assert small.build().code == 0
    assert not [path for path in small.files if "auteur" in path]
    assert "/auteur/" not in small.files["2024/05/un/index.html"].decode()
    assert "Auteurs" not in small.files["archives/index.html"].decode()


@pytest.mark.parametrize("other", ["Elodie Exemple", "ÉLODIE EXEMPLE", "élodie  exemple"])
def test_a_name_that_is_spelt_in_two_ways_is_one_person_whose_signatures_all_lead_to_them(several: Small, other: str) -> None:
    several.post("deux", author="Élodie Exemple")
    several.post("trois", author=other)
    assert several.build().code == 0
    paths = [path for path in several.files if path.endswith(("/deux/index.html", "/trois/index.html"))]
    assert len(paths) == 2
    for path in paths:
        assert [href for _, href in signature(several, path)] == ["/auteur/elodie-exemple/"], path


def test_the_site_is_one_of_several_when_a_guest_signs(small: Small) -> None:
    small.post("un", author="Claire Morvan")
    assert small.build().code == 0
    (site,) = signature(small, "2024/05/deux/index.html")
    assert site[1].startswith("/auteur/")
    assert f"{site[1].strip('/')}/index.html" in small.files


def test_a_second_author_comes_and_goes_and_each_build_equals_one_from_nothing(several: Small) -> None:
    for name in ("Claire Morvan", "Claire Morvan, Zoé Exemple", "Claire Morvan"):
        several.post("un", author=name)
        assert several.build().code == 0
        code, clean, said = several.clean()
        assert code == 0, said
        assert several.files == clean, difference(several.files, clean)
    assert not [path for path in several.files if "auteur/" in path]


def test_a_blog_that_sets_the_pages_of_its_authors_keeps_its_own(several: Small) -> None:
    several.write("theme/templates/author.html", "{% for post in articles_page.object_list %}{{ post.title }}{% endfor %}")
    several.set(
        AUTHOR_URL='"qui/{slug}/"',
        AUTHOR_SAVE_AS='"qui/{slug}/index.html"',
        PAGINATED_TEMPLATES='{"index": None, "tag": None, "category": None, "author": None}',
    )
    assert several.build().code == 0
    assert several.files["qui/yann-le-bihan/index.html"] == b"Un"
    assert signature(several, "2024/05/deux/index.html") == [("Claire Morvan", "/qui/claire-morvan/")]
    assert not [path for path in several.files if path.startswith("auteur/")]
