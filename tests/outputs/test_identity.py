"""What an owner says once in ``IDENTITY`` shows everywhere, and nothing of another blog does."""

from __future__ import annotations

import json
import re

import pytest

from tests.site.test_site import post

OURS = {
    "IDENTITY": {
        "menu": [["Nos services", "/services/"], ["Ailleurs", "https://exemple.fr/"]],
        "licence": "© Maison Dupuis",
        "promise": "On pèse avant de vendre.",
        "words": {"promise": "On le dit", "proof": "On l’a vu", "tangible": "Du dit au fait"},
        "colours": {"ink": "#000080", "dark_paper": "#001020"},
        "country": "CH",
    },
    "SITENAME": "Maison Dupuis",
    "SITESUBTITLE": "Boulangerie",
}
BLOCK = "> [!tangible] Pain\n> promesse : plus de pain\n> preuve : 12 pains de plus\n> niveau : mesuré\n"


def test_an_identity_shows_in_the_pages_the_feeds_and_the_style_sheet(site) -> None:
    settings = [f"{name}={json.dumps(value)}" for name, value in OURS.items()]
    made = site(f"-- articles/a.md --\n{post('A')}\n{BLOCK}", *settings)
    assert made.code == 0, made.said
    home, page, feed = made.text("index.html"), made.text("2024/05/a/index.html"), made.text("feeds/atom.xml")
    assert re.findall(r'<li><a href="([^"]*)"', home)[:2] == ["/services/", "https://exemple.fr/"]
    assert "© Maison Dupuis" in home
    assert '<p class="promise-line">On pèse avant de vendre.</p>' in home
    assert 'content="fr_CH"' in home
    assert 'content="#001020" media="(prefers-color-scheme: dark)"' in home
    for text in (page, feed, made.text("feeds/preuves.atom.xml")):
        assert "On le dit" in text
        assert "On l’a vu" in text
    assert "Du dit au fait" in page
    foot = home.split('aria-label="Pied de page"')[1]
    assert [address for address in ("/archives/", "/preuves/", "/abonnement/") if f'<a href="{address}"' in foot] == ["/archives/", "/preuves/", "/abonnement/"]
    (sheet,) = (name for name in made.files if re.fullmatch(r"theme/site\..*\.css", name))
    assert "#000080" in made.text(sheet)


def test_a_menu_leads_to_no_page_that_is_still_empty(site) -> None:
    links = lambda made: re.findall(r'<li><a href="(/[^"]*/)"', made.text("2024/05/a/index.html"))  # noqa: E731 - one word for one idea
    assert links(site("-- articles/a.md --\n" + post("A"))) == ["/archives/", "/abonnement/", "/recherche/", "/categories/"]
    full = site(f"-- articles/b.md --\n{post('B')}\n{BLOCK}\n> [!liens]\n> - [un](https://exemple.fr/)\n")
    assert links(full) == ["/archives/", "/preuves/", "/abonnement/", "/recherche/", "/liens/", "/categories/"]


def test_a_menu_of_the_owner_that_has_no_entry_for_posts_marks_the_home_page_that_shows_them(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}", 'IDENTITY={"menu": [["Accueil", "/"], ["Ailleurs", "https://exemple.fr/"]]}')
    assert '<a href="/" aria-current="true">Accueil</a>' in made.text("2024/05/a/index.html")
    assert '<a href="/" aria-current="page">Accueil</a>' in made.text("index.html")
    assert "aria-current" not in made.text("404.html")


SIGN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 2" stroke="currentColor">%s</svg>'


def test_the_name_as_its_owner_drew_it_stands_in_each_page_beside_its_words(site) -> None:
    drawing = SIGN % '<path d="M0 1h9" class="b"/>'
    made = site(
        f"-- articles/a.md --\n{post('A')}\n-- images/nom.svg --\n{drawing}", 'IDENTITY={"name": "Chez A", "wordmark": "images/nom.svg"}', 'SITENAME="Chez A"'
    )
    assert made.code == 0, made.said
    drawn = '<svg viewBox="0 0 9 2" stroke="currentColor" class="wordmark" aria-hidden="true"><path d="M0 1h9" /></svg><span class="unseen">Chez A</span>'
    assert f'<h1 class="masthead-name">{drawn}</h1>' in made.text("index.html")
    assert f'<a href="/" rel="home">{drawn}</a>' in made.text("2024/05/a/index.html")
    assert "PDV058" not in made.said


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ("", "n'existe pas"),
        (SIGN % "<script>a()</script>", "n'est pas un simple dessin"),
        (SIGN % "<text>A</text>", "a <text>"),
        (SIGN % "<style>path{fill:red}</style>", "a <style>"),
        (SIGN % f'<path d="{"M0 1h9" * 400}"/>', "octets, dans chaque page"),
        (SIGN.replace("viewBox", "data-box") % "", "ne dit pas sa taille"),
    ],
)
def test_a_drawing_that_cannot_stand_for_the_name_is_told_and_the_name_is_text(site, drawing: str, expected: str) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}\n" + (f"-- images/nom.svg --\n{drawing}\n" if drawing else ""), 'IDENTITY={"wordmark": "images/nom.svg"}')
    assert "PDV058" in made.said
    assert expected in made.said
    assert re.search(r'rel="home">[^<]+</a>', made.text("2024/05/a/index.html"))


def test_an_empty_motto_and_an_empty_promise_leave_no_empty_line(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}", 'IDENTITY={"name": "A"}', 'SITESUBTITLE=""')
    assert "masthead-motto" not in made.text("index.html")
    assert "promise-line" not in made.text("index.html")


def test_templates_styles_and_scripts_of_a_blog_stand_over_those_of_the_engine(site, tmp_path) -> None:
    for name, text in {
        "templates/partials/footer.html": "<footer>Pied à nous</footer>\n",
        "static/css/footer.css": ".footer { color: teal; }\n",
        "static/css/zz.css": ".mienne { color: olive; }\n",
        "static/js/mien.js": "var mien = 1;\n",
    }.items():
        path = tmp_path / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = site(f"-- articles/a.md --\n{post('A')}")
    assert made.code == 0, made.said
    assert "Pied à nous" in made.text("index.html")
    sheet, script = (next(made.text(name) for name in made.files if re.fullmatch(rf"theme/site\..*\.{kind}", name)) for kind in ("css", "js"))
    assert ".footer{color:teal}" in sheet
    assert sheet.count(".footer{") == 1
    assert ".mienne{color:olive}" in sheet
    assert "var mien=1" in script


def test_the_home_page_opens_the_doors_that_lead_somewhere_and_no_other(site) -> None:
    doors = [
        ["Débuter", "/debuter/", "En dix minutes."],
        ["Essais", "/categorie/essais/", ""],
        ["Vitrine", "/rien/", ""],
        ["Ailleurs", "https://exemple.fr/", ""],
    ]
    made = site(
        f"-- articles/a.md --\n{post('A')}\n-- pages/debuter.md --\nTitle: Débuter\n\nTexte.\n", f"IDENTITY={json.dumps({'name': 'Un', 'doors': doors})}"
    )
    assert made.code == 0, made.said
    opened = made.text("index.html").split('class="doors"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]*)">([^<]*)</a>', opened) == [
        ("/debuter/", "Débuter"),
        ("/categorie/essais/", "Essais"),
        ("https://exemple.fr/", "Ailleurs"),
    ]
    assert "<span>En dix minutes.</span>" in opened


def test_a_blog_without_a_proof_a_sentence_or_a_door_shows_its_posts_alone(site) -> None:
    home = site(f"-- articles/a.md --\n{post('A')}", 'IDENTITY={"name": "Un"}').text("index.html")
    assert [mark for mark in ("latest-proof", "emblem", "doors", "dated-list", "promise-line") if f'class="{mark}' in home or f" {mark}" in home] == []
    assert home.count('class="latest"') == 1


def test_while_nothing_is_proved_the_sentence_of_the_blog_floats(site) -> None:
    home = site(f"-- articles/a.md --\n{post('A')}", 'IDENTITY={"name": "Un", "promise": "On pèse avant de vendre."}').text("index.html")
    assert re.search(r'class="tangible-promise"><dt>La promesse</dt><dd>On pèse avant de vendre\.</dd>', home)
