"""« Technorati Tags: » lines, as blog engines and their plug-ins wrote them."""

from __future__ import annotations

import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.tags.legacy_tag_lines import read
from plancher.components.tags.technorati import parse
from plancher.text.blocks import Line
from plancher.text.tag_names import clean_tag, why_not_a_tag

A = '<a href="http://technorati.com/tag/{}" rel="tag">{}</a>'
SHAPES = {
    "Technorati Tags: PME, web 2.0": ("PME", "web 2.0"),
    "Technorati Tags:PME,web 2.0": ("PME", "web 2.0"),
    "Technorati tags : PME ; emploi": ("PME", "emploi"),
    "Technorati\u00a0Tags\u00a0: PME, emploi": ("PME", "emploi"),
    "technorati tag: PME": ("PME",),
    "Tags Technorati : PME, élus.": ("PME", "élus"),
    "Mots-clés Technorati : PME, élus": ("PME", "élus"),
    "**Technorati Tags:** PME, élus": ("PME", "élus"),
    "*Technorati Tags: PME, élus*": ("PME", "élus"),
    "<p>Technorati Tags: PME, élus</p>": ("PME", "élus"),
    "<p><strong>Technorati Tags:</strong> PME, <em>élus</em></p>": ("PME", "élus"),
    "Technorati Tags: P.M.E., C++, C#, .NET": ("P.M.E.", "C++", "C#", ".NET"),
    "Technorati Tags: web+2.0, développement+durable": ("web 2.0", "développement durable"),
    "Technorati Tags: d%c3%a9mocratie, web%202.0": ("démocratie", "web 2.0"),
    "Technorati Tags: R&amp;D, &eacute;lus": ("R&D", "élus"),
    "Technorati Tags: PME | élus | emploi": ("PME", "élus", "emploi"),
    "Technorati Tags: PME,\nélus,\nemploi": ("PME", "élus", "emploi"),
    "Technorati Tags:\nPME, élus": ("PME", "élus"),
    "Technorati Tags: http://technorati.com/tag/PME, http://technorati.com/tag/web+2.0": ("PME", "web 2.0"),
    f"Technorati: {A.format('PME', 'PME')}, {A.format('élus', 'élus')}": ("PME", "élus"),
    f'<p class="technorati-tags">{A.format("PME", "PME")}, {A.format("web+2.0", "web 2.0")}</p>': ("PME", "web 2.0"),
    f"Technorati Tags: {A.format('PME', 'PME')}, {A.format('web+2.0', 'web 2.0')}": ("PME", "web 2.0"),
    f"Technorati Tags: {A.format('PME', 'PME')} {A.format('élus', 'élus')}": ("PME", "élus"),
    f"Technorati Tags:{A.format('%c3%a9lus', '&eacute;lus')},{A.format('web%202.0', 'web 2.0')}": ("élus", "web 2.0"),
    f"Technorati Tags: {A.format('%e9lus', 'élus')}, {A.format('C%2B%2B', 'C++')}, {A.format('C++', 'C++')}": ("élus", "C++"),
    "Technorati Tags: <a href='http://www.technorati.com/tags/PME' rel='tag'>PME</a>, emploi": ("PME", "emploi"),
    "Technorati Tags: <a rel=tag href=http://technorati.com/tag/PME>PME</a>": ("PME",),
    'Technorati Tags: <a href="http://technorati.com/tag/petites+entreprises" rel="tag">ici</a>': ("petites entreprises",),
    'Technorati Tags: <a href="http://exemple.fr/mots/PME/" class="x" rel="nofollow tag">PME</a>': ("PME",),
    "Technorati Tags: [PME](http://technorati.com/tag/PME), [web 2.0](http://technorati.com/tag/web+2.0)": ("PME", "web 2.0"),
    'Technorati Tags: [PME](<http://technorati.com/tags/PME> "PME"), [élus](/tag/%C3%A9lus/)': ("PME", "élus"),
    "Technorati Tags: <http://technorati.com/tag/PME>, <http://technorati.com/tag/web+2.0>": ("PME", "web 2.0"),
    '<div class="wlWriterEditableSmartContent" style="margin:0px">Technorati Tags: ' + A.format("PME", "PME") + "</div>": ("PME",),
    '<span class="technoratitag">Technorati Tags: ' + A.format("PME", "PME") + ", " + A.format("pme", "PME") + "</span>": ("PME",),
    "<!-- technorati tags start --><p>Technorati Tags: " + A.format("PME", "PME") + "</p><!-- technorati tags end -->": ("PME",),
}


@pytest.mark.parametrize("line", SHAPES)
def test_a_line_of_tags_is_read(line: str) -> None:
    assert parse(line) == SHAPES[line]


@pytest.mark.parametrize(
    "line",
    [
        "Technorati Profile: [le mien](http://technorati.com/claim/abc)",
        "Les Technorati Tags: une histoire.",
        "## Technorati Tags: une histoire",
        "Technorati Tags: c'était une ligne que les moteurs de blog de ces années-là posaient au pied de chaque billet, sans rien demander.",
        "Technorati, les tags et nous",
        "Technorati : un moteur de recherche",
        "Technorati tags : une idée de 2005. Elle est morte en 2014.",
        "Technorati Tags: PME, blog | Catégorie : voyages",
    ],
)
def test_words_about_technorati_stay_in_the_text(line: str) -> None:
    assert parse(line) is None
    assert not read([Line(1, line)])[1]


def _lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def test_the_line_and_the_box_around_it_leave_the_text() -> None:
    text = 'Un mot.\n\n<div class="wlWriterSmartContent" id="scid:0767317B">\nTechnorati Tags: PME,\nélus\n</div>\n\nLa suite.'
    lines, legacy_tag_lines = read(_lines(text))
    assert [line.text for line in lines if line.text] == ["Un mot.", "La suite."]
    assert [(relic.line, relic.tags) for relic in legacy_tag_lines] == [(4, ("PME", "élus"))]


def test_a_box_with_empty_lines_in_it_leaves_too() -> None:
    lines, legacy_tag_lines = read(_lines('Un.\n\n<div class="wlWriterSmartContent">\n\nTechnorati Tags: PME\n\n</div>\n\nDeux.'))
    assert [line.text for line in lines if line.text] == ["Un.", "Deux."]
    assert legacy_tag_lines[0].tags == ("PME",)


TAGS = st.lists(
    st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=20)
    .map(clean_tag)
    .filter(lambda tag: not why_not_a_tag(tag) and not set(tag) & set(",;|·•،*_'«»“”‘’&[]()+%:：") and tag[-1] != "."),
    min_size=1,
    max_size=6,
    unique_by=str.casefold,
)


@given(TAGS)
def test_what_a_line_was_written_from_is_read_back(tags: list[str]) -> None:
    quoted = [urllib.parse.quote(tag, safe="") for tag in tags]
    plus = [urllib.parse.quote_plus(tag) for tag in tags]
    assert parse("Technorati Tags: " + ", ".join(tags)) == tuple(tags)
    for segments in (quoted, plus):
        html = ", ".join(A.format(segment, tag) for segment, tag in zip(segments, tags, strict=True))
        assert parse(f"<p>Technorati Tags: {html}</p>") == tuple(tags)
        unnamed = " ".join(A.format(segment, "voir là-bas") for segment in segments)
        assert parse(f"Technorati Tags: {unnamed}") == tuple(tags)
        markdown = ", ".join(f"[{tag}](http://technorati.com/tags/{segment})" for segment, tag in zip(segments, tags, strict=True))
        assert parse(f"Technorati Tags: {markdown}") == tuple(tags)


def test_the_words_under_the_line_and_before_it_stay() -> None:
    lines, legacy_tag_lines = read(_lines("Début. <br/>Technorati Tags: PME, blog\nUne phrase que l'auteur a écrite ensuite.\n\nFin."))
    assert [line.text for line in lines if line.text] == ["Début.", "Une phrase que l'auteur a écrite ensuite.", "Fin."]
    assert legacy_tag_lines[0].tags == ("PME", "blog")


@pytest.mark.parametrize("text", ["Voici :\n\n    Technorati Tags: exemple, de code", "<pre>\nTechnorati Tags: exemple\n</pre>"])
def test_code_stays(text: str) -> None:
    raw = text.startswith("<")
    lines = [Line(number, line, raw) for number, line in enumerate(text.split("\n"), 1)]
    assert read(lines) == (lines, ())


def test_no_hidden_letter_comes_out_of_an_address(site) -> None:
    made = site("-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nTechnorati Tags: [a](http://technorati.com/tag/a%00b%01%E2%80%AE)\n")
    assert made.code == 0, made.said
    assert made.has("tag/ab/index.html")


def test_a_box_that_holds_something_else_stays() -> None:
    lines, _ = read(_lines("<div>\nTechnorati Tags: PME\n\nUn mot.\n</div>"))
    assert [line.text for line in lines if line.text] == ["<div>", "Un mot.", "</div>"]


def test_a_post_says_the_tags_of_its_foot_once(site) -> None:
    text = (
        "-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\nTags: PME\n\nUn mot.\n\n"
        "Technorati Tags: [élus](http://technorati.com/tag/%c3%a9lus), [pme](http://technorati.com/tag/pme)\n"
    )
    made = site(text)
    assert made.code == 0, made.said
    page = made.text("2024/05/a/index.html")
    assert "echnorati" not in page + made.text("feeds/atom.xml")
    assert made.has("tag/PME/index.html")
    assert made.has("tag/élus/index.html")
    assert not made.has("tag/pme/index.html")


def test_a_line_in_a_piece_of_code_stays_there(site) -> None:
    made = site("-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nVoici :\n\n```\nTechnorati Tags: PME\n```\n")
    assert "Technorati Tags: PME" in made.text("2024/05/a/index.html")
    assert not made.has("tag/PME/index.html")
