"""Posts that are read one after the other: their order, their page, their feed, and what changes when one comes in between."""

from __future__ import annotations

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag

from tests.build.small import Small, difference

PAGE = "serie/en-ordre/index.html"
FEED = "feeds/serie/en-ordre.atom.xml"


@pytest.fixture
def series(small: Small) -> Small:
    """« un », « deux » and « trois » in a series, by their dates."""
    for name, typed in (("un", "En ordre"), ("deux", "en  ordre"), ("trois", "En Ordre")):
        small.post(name, series=typed, link="", summary="Un résumé.")
    ran = small.build()
    assert (ran.code, ran.said) == (0, "")
    return small


def soup(small: Small, path: str) -> Tag:
    return BeautifulSoup(small.files[path], "html.parser")


def parts(small: Small) -> list[str]:
    return [link.get_text() for link in soup(small, PAGE).select(".series-parts h2")]


def head(small: Small, path: str) -> str:
    return " ".join(soup(small, path).select_one(".series p").get_text().split())


def around(small: Small, path: str) -> list[tuple[str, str]]:
    return [(item.span.get_text(), item.a.get_text()) for item in soup(small, path).select(".neighbours li")]


def test_parts_are_in_the_order_of_their_dates_under_one_name_however_it_is_spelt(series: Small) -> None:
    assert parts(series) == ["Un", "Deux", "Trois"]
    assert soup(series, PAGE).h1.get_text() == "Série\xa0: En ordre"
    assert head(series, "2024/05/deux/index.html") == "Série : En ordre, 2 sur 3"


def test_a_number_puts_a_part_at_its_place_and_dates_order_the_others(series: Small) -> None:
    series.post("trois", part="1")
    assert series.build().code == 0
    assert parts(series) == ["Trois", "Un", "Deux"]
    series.post("trois", part="2")
    assert series.build().code == 0
    assert parts(series) == ["Un", "Trois", "Deux"]
    series.post("trois", part="9")
    assert series.build().code == 0
    assert parts(series) == ["Un", "Deux", "Trois"]


def test_what_comes_next_in_the_series_stands_before_what_comes_next_by_date_and_each_post_once(series: Small) -> None:
    series.post("entre", day="2024-05-02 18:00")
    assert series.build().code == 0
    assert around(series, "2024/05/deux/index.html") == [
        ("Précédent dans la série", "Un"),
        ("Suite de la série", "Trois"),
        ("Billet précédent", "Entre"),
    ]
    assert around(series, "2024/05/entre/index.html") == [("Billet précédent", "Un"), ("Billet suivant", "Deux")]


def test_a_single_part_says_no_number(small: Small) -> None:
    small.post("un", series="L'atelier")
    assert small.build().code == 0
    assert head(small, "2024/05/un/index.html") == "Série : L’atelier"
    assert "serie/l-atelier/index.html" in small.files


def test_the_feed_has_whole_posts_the_newest_first_and_is_told_wherever_feeds_are(series: Small) -> None:
    read = feedparser.parse(series.files[FEED])
    assert [entry.title for entry in read.entries] == ["Trois", "Deux", "Un"]
    assert "Du texte." in read.entries[0].content[0].value
    everything = feedparser.parse(series.files["feeds/atom.xml"])
    assert {entry.id for entry in read.entries} == {entry.id for entry in everything.entries}
    for path in (PAGE, "abonnement/index.html", "feeds.opml"):
        assert FEED in series.files[path].decode(), path
    assert "serie/en-ordre/" in series.files["sitemap.xml"].decode()
    assert "/serie/en-ordre/" in series.files["archives/index.html"].decode()


def test_a_blog_without_series_says_nothing_of_them(small: Small) -> None:
    assert not [path for path, raw in small.files.items() if path.endswith((".html", ".opml")) and "série" in raw.decode().casefold()]


def test_an_edit_touches_the_parts_alone_and_equals_a_build_from_nothing(series: Small) -> None:
    before = series.files
    steps = (
        lambda: series.post("deux", words="Un texte, le texte."),  # words that the search knows
        lambda: series.post("deux", title="Deux et demi"),
        lambda: series.post("deux", series=""),
        lambda: series.post("quatre", day="2024-05-01", series="En ordre", part="3"),
        lambda: series.delete("un"),
        lambda: series.post("trois", status="draft"),
    )
    for number, step in enumerate(steps):
        step()
        assert series.build().code == 0
        code, clean, said = series.clean()
        assert code == 0, said
        assert series.files == clean, f"{number}: {difference(series.files, clean)}"
        if number == 0:
            changed = {path for path, raw in series.files.items() if before[path] != raw}
            assert {path for path in changed if path.endswith(".html")} == {"2024/05/deux/index.html"}


def test_a_draft_shows_its_place_to_its_author_alone(series: Small) -> None:
    series.post("quatre", day="2024-05-04", series="En ordre", status="draft")
    series.post("seul", day="2024-05-04", series="Une autre", status="draft")
    series.set(PLANCHER_COMMAND="{'preview': True}", DRAFT_SAVE_AS="'brouillons/{slug}/index.html'", DRAFT_URL="'brouillons/{slug}/'")
    assert series.build().code == 0
    shown = [path for path in series.files if "quatre" in path or "seul" in path]
    assert [head(series, path) for path in sorted(shown) if path.endswith(".html")] == ["Série : En ordre, 3 sur 4", "Série : Une autre"]
    assert head(series, "2024/05/deux/index.html") == "Série : En ordre, 2 sur 3"
    assert not [path for path in series.files if path.startswith("serie/une-autre")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"part": "2"}, "un.md:4: PDV021 « Part: 2 » ne dit pas de quelle série. Ajoutez « Series: … », ou retirez la ligne."),
        ({"series": "En ordre", "part": "deux"}, "un.md:5: PDV014 « Part » attend un nombre entier de 1 à 999, comme « 2 », pas « deux »."),
        ({"series": "En ordre", "part": "0"}, "un.md:5: PDV014 « Part » attend"),
        ({"series": "En ordre", "part": "1000"}, "un.md:5: PDV014 « Part » attend"),
        ({"series": "!!!"}, "un.md:4: PDV026 série impossible « !!! »"),
        ({"series": "x" * 61}, "un.md:4: PDV026 série impossible"),
    ],
)
def test_a_field_that_cannot_be_read_is_told_with_its_line(small: Small, fields: dict[str, str], message: str) -> None:
    small.post("un", tags=(), picture="", **fields)
    assert message in small.build().said


def test_two_parts_with_one_number_are_told_with_both_files(series: Small) -> None:
    series.post("un", part="2")
    series.post("trois", part="2")
    said = series.build().said
    assert "PDV150 « En ordre » a déjà un volet 2 : articles/2024/un.md." in said
    assert "articles/2024/trois.md:5" in said


@pytest.mark.parametrize("names", [("C++", "C#"), ("C", "C++"), ("Le C#", "le c")])
def test_two_names_that_would_have_one_page_are_told(small: Small, names: tuple[str, str]) -> None:
    small.post("un", series=names[0])
    small.post("deux", series=names[1])
    said = small.build().said
    assert f"PDV152 la série « {names[1]} » aurait la page de « {names[0]} », /serie/" in said


@pytest.mark.parametrize("name", ["EN ORDRE", "En-ordre", "« En ordre » !", "En  ordrè"])
def test_one_name_that_is_written_otherwise_is_one_series(small: Small, name: str) -> None:
    small.post("un", series="En ordre")
    small.post("deux", series=name)
    assert "PDV15" not in small.build().said
    assert len(parts(small)) == 2


@pytest.mark.parametrize("keys", [("Série", "Volet"), ("serie", "partie"), ("SERIES", "Series_index"), ("Feuilleton", "Épisode")])
def test_keys_are_known_by_other_names(small: Small, keys: tuple[str, str]) -> None:
    small.write("content/articles/2024/cinq.md", f"Titre: Cinq\nDate: 2024-05-09\n{keys[0]}: En ordre\n{keys[1]}: 1\n\nTexte.\n")
    small.post("un", series="En ordre")
    ran = small.build()
    assert "PDV0" not in ran.said
    assert parts(small) == ["Cinq", "Un"]


def test_the_header_of_another_generator_gives_its_first_series(small: Small) -> None:
    small.write("content/articles/2024/cinq.md", "---\ntitle: Cinq\ndate: 2024-05-09\nseries:\n  - En ordre\n  - Autre\nseries_order: 1\n---\n\nTexte.\n")
    small.post("un", series="En ordre")
    ran = small.build()
    assert "PDV0" not in ran.said
    assert parts(small) == ["Cinq", "Un"]
