"""A call and the answers of readers, in Chromium: a site of their own, on the whole theme."""

from __future__ import annotations

import brotli
import pytest

from tests.browser.test_browser import axe
from tests.components.answers.test_pages import thread
from tests.conftest import Built, pelican, served

pytestmark = pytest.mark.browser
CALL = """\
Title: Un
Slug: un
Date: 2024-05-02
Category: Essais

Un texte.

> [!appel] Combien de chaises vides en moins, depuis que vous rappelez vos clients ?
> id : chaises
> attendu : une phrase, deux nombres
> exemple : « mars, … ; avril, … »
> jusqu'au : 2099-01-31
> merci : Merci.
> mastodon : https://exemple.example/@nom/1
>
> Un mois sans, un mois avec.

> [!appel] Une question close ?
> id : close
> jusqu'au : 2025-01-31
"""
ANSWERS = """\
texte = "articles/un.md"

[[reponse]]
id = "a1"
appel = "chaises"
auteur = "Unnomtrèslongquinesecoupenullepartetquidépasse"
date = 2026-01-02
registre = true
avant = "9"
apres = "4"
texte = "Neuf chaises, puis quatre : https://exemple.example/une-adresse-sans-fin-qui-ne-se-coupe-pas-non-plus-du-tout"

[[reponse]]
id = "a2"
appel = "close"
genre = "lien"
adresse = "https://exemple.example/ailleurs"
date = 2026-01-03
texte = "Réponse publique"
"""
PAGES = {"appel": "/2024/05/un/", "fil": "/2024/05/deux/", "suite du fil": "/temoignages/2024/05/deux/2/", "témoignages": "/temoignages/"}
OUR_BYTES = 10_000
"""Of a first visit, its pictures apart."""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("appels")
    for name, text in {
        "articles/un.md": CALL,
        "articles/deux.md": "Title: Deux\nSlug: deux\nDate: 2024-05-03\nCategory: Essais\n\nUn texte.\n",
        "temoignages/2026/a.toml": ANSWERS,
        "temoignages/2008/b.toml": thread(110).replace("articles/2024/deux.md", "articles/deux.md"),
    }.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = pelican(folder / "content", folder / "output", 'PLANCHER_ANSWERS={"email": "nous@carnet.example", "former_comments": true}', settings="public")
    assert (made.code, made.said) == (0, "")
    return made


@pytest.fixture(scope="module")
def address(asking: Built):
    with served(asking) as server:
        yield server


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(windows, address: str, kind: str) -> None:
    for width in (320, 1280):
        with windows.window(viewport={"width": width, "height": 800}, locale="fr-FR", bypass_csp=True) as context:
            page = context.new_page()
            page.goto(address + PAGES[kind])
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                assert (width, scheme, axe(page)) == (width, scheme, [])
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_call_needs_no_script_and_its_links_are_large_enough_to_touch(chromium, address: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAGES["appel"])
    button = page.get_by_role("link", name="Répondre par un courriel déjà préparé").bounding_box()
    assert button
    assert button["height"] >= 44
    assert button["x"] + button["width"] <= 320
    assert page.get_by_text("Ou écrire à nous@carnet.example").is_visible()
    context.close()


def test_the_floor_lacks_a_board_where_an_answer_is_awaited_and_goes_through_where_a_call_is_closed(chromium, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address + PAGES["appel"])
    floor = "([name, side]) => parseFloat(getComputedStyle(document.querySelector(`#${name} .call-place`), side).width)"
    for side in ("::before", "::after"):
        assert 340 < page.evaluate(floor, ["chaises", side]) < 360, "from the edge of the window to that of the column"
    assert page.evaluate(floor, ["close", "::before"]) == 1280
    context.close()


def test_on_paper_a_call_keeps_its_address_and_its_words(chromium, address: str) -> None:
    context = chromium.new_context(viewport={"width": 794, "height": 1123})
    page = context.new_page()
    page.goto(address + PAGES["appel"])
    page.emulate_media(media="print")
    for words in ("Combien de chaises vides", "nous@carnet.example", "Neuf chaises, puis quatre"):
        assert page.get_by_text(words).first.is_visible()
    context.close()


def test_the_styles_of_answers_are_loaded_where_there_are_some_and_stay_light(asking: Built) -> None:
    shown, home = asking.text("2024/05/un/index.html"), asking.text("index.html")
    assert "/theme/answers." in shown
    assert "/theme/answers." not in home
    styles = [path for path in (asking.output / "theme").glob("*.css") if f"/theme/{path.name}" in shown]
    scripts = [path for path in (asking.output / "theme").glob("*.js") if f"/theme/{path.name}" in shown]
    total = sum(len(brotli.compress(path.read_bytes())) for path in [asking.output / "2024/05/un/index.html", *styles, *scripts])
    assert total < OUR_BYTES, total
