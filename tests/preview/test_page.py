"""What an author sees in an open page while files are saved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.conftest import tool
from tests.preview.running import Preview, post, serving

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTY = "Title: Fautes\nDate: 2024-05-02\n\n> [!tangibl] Une promesse\n> promesse : beaucoup\n\n![](https://exemple.fr/image.png)\n"

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with serving(tmp_path_factory.mktemp("apercu") / "projet") as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tool("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, preview: Preview):
    """Open a page of the preview; a mark in it tells whether it was loaded again."""
    contexts = []

    def open_page(path: str, *, width: int = 1280, scheme: str = "light") -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="fr-FR", bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        with page.expect_response("**/_apercu/evenements*"):
            page.goto(preview.address + path)
        page.evaluate("window.marque = 1")
        return page

    yield open_page
    for context in contexts:
        assert [page.wrong for page in context.pages if page.wrong] == []
        context.close()
    preview.tells("^$")


def kept(page: Page) -> bool:
    """Whether the page is the one that was opened, never loaded again."""
    return bool(page.evaluate("window.marque === 1"))


def test_an_edited_post_shows_by_itself_where_the_author_was(visit, preview: Preview) -> None:
    page = visit("/2024/05/long/")
    page.evaluate("scrollTo(0, 1500)")
    page.get_by_role("link", name="lien", exact=True).nth(30).evaluate("link => link.focus({preventScroll: true})")
    with preview.altered("content/articles/long.md", lambda text: text.replace("Paragraphe 79", "Dernier paragraphe")):
        expect(page.get_by_text("Dernier paragraphe")).to_be_attached()
        page.wait_for_load_state()
        assert page.evaluate("Math.round(scrollY)") == 1500
        assert page.evaluate("document.activeElement.href") == "https://exemple.fr/30"
    expect(page.get_by_text("Paragraphe 79")).to_be_attached()


def test_a_page_that_did_not_change_is_left_alone(visit, preview: Preview) -> None:
    page, home = visit("/a-propos-de-rien/"), visit("/tags/")
    with preview.altered("content/articles/long.md", lambda text: text.replace("Paragraphe 79", "Autre fin")):
        preview.shows("/2024/05/long/", "Autre fin")
    preview.shows("/2024/05/long/", "Paragraphe 79")
    time.sleep(0.3)
    assert kept(page)
    assert kept(home)


def test_a_style_sheet_is_exchanged_without_loading_the_page_again(visit, preview: Preview) -> None:
    page = visit("/2024/05/long/")
    page.evaluate("scrollTo(0, 900)")
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        with preview.altered("theme/static/css/base.css", lambda text, colour=colour: text + f"\nbody {{ background-color: {colour}; }}\n"):
            page.wait_for_function(f"getComputedStyle(document.body).backgroundColor === '{colour}'")
    page.wait_for_function("getComputedStyle(document.body).backgroundColor !== 'rgb(4, 5, 6)'")
    page.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert kept(page)
    assert page.evaluate("Math.round(scrollY)") == 900


def test_a_script_of_the_theme_loads_the_page_again(visit, preview: Preview) -> None:
    page = visit("/")
    with preview.altered("theme/static/js/theme.js", lambda text: text + "\nwindow.nouveau = 42;\n"):
        page.wait_for_function("window.nouveau === 42")
    page.wait_for_function("window.nouveau === undefined")


def test_a_template_and_a_setting_show_by_themselves(visit, preview: Preview) -> None:
    page = visit("/")
    with preview.altered("theme/templates/partials/footer.html", lambda text: text + "<p>Pied neuf</p>"):
        expect(page.get_by_text("Pied neuf")).to_be_visible()
    expect(page.get_by_text("Pied neuf")).to_have_count(0)
    with preview.altered("pelicanconf.py", lambda text: text + "\nSITESUBTITLE = 'Essai : une devise'\n"):
        expect(page.get_by_text("Essai :").first).to_be_visible()
    expect(page.get_by_text("Essai :")).to_have_count(0)


def test_a_post_that_comes_and_goes_shows_each_time(visit, preview: Preview) -> None:
    page = visit("/2024/05/revenant/")
    path = preview.articles / "revenant.md"
    path.write_text(post("Revenant"), encoding="utf-8")
    expect(page.get_by_role("heading", name="Revenant", level=1)).to_be_visible()
    path.unlink()
    expect(page.get_by_role("heading", name="Revenant", level=1)).to_have_count(0)


def test_the_drafts_page_gains_a_draft_by_itself(visit, preview: Preview) -> None:
    page = visit("/brouillons/")
    preview.write("content/articles/idee.md", post("Une idée", more="Status: draft\n"))
    expect(page.get_by_role("link", name="Une idée")).to_be_visible()
    (preview.articles / "idee.md").unlink()
    expect(page.get_by_role("link", name="Une idée")).to_have_count(0)


def test_an_author_s_error_is_laid_over_the_page_until_it_is_mended(visit, preview: Preview) -> None:
    page = visit("/a-propos-de-rien/")
    page.evaluate("document.querySelector('main').focus()")
    preview.write("content/articles/fautes.md", FAULTY)
    panel = page.get_by_role("region", name="à corriger")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading", name="content/articles/fautes.md")).to_be_visible()
    expect(panel.get_by_text("ligne\u00a04", exact=True)).to_be_visible()
    expect(panel.get_by_role("link", name="PDV002")).to_have_attribute("href", "/guide/#PDV002")
    expect(panel.get_by_text("Bloc inconnu «\u00a0tangibl\u00a0». Vouliez-vous dire «\u00a0tangible\u00a0»\u202f?")).to_be_visible()
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    expect(page.get_by_role("status").last).to_contain_text("content/articles/fautes.md, ligne\u00a0")
    (preview.articles / "fautes.md").unlink()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("status").last).to_have_text("Tout est corrigé.")
    assert kept(page)


def test_the_panel_is_closed_by_escape_or_its_button_and_opened_again(visit, preview: Preview) -> None:
    page = visit("/a-propos-de-rien/")
    preview.write("content/articles/fautes.md", FAULTY)
    panel = page.get_by_role("region", name="à corriger")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.get_by_role("button", name="erreur").click()
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Fermer").click()
    expect(panel).to_be_hidden()
    page.goto(preview.address + "/tags/")
    note = page.get_by_role("button", name="erreur")
    expect(note).to_be_visible()
    expect(page.get_by_role("region", name="à corriger")).to_be_hidden()
    (preview.articles / "fautes.md").unlink()
    expect(note).to_be_hidden()


def test_a_warning_alone_is_a_small_note(visit, preview: Preview) -> None:
    page = visit("/a-propos-de-rien/")
    preview.write("content/articles/tiede.md", post("Tiède", "> [!note] Encadré\n> Dedans.\nCollée."))
    told = preview.tells("tiede.md")
    assert {line.split()[0] for line in told.splitlines()} == {"avertissement"}
    note = page.get_by_role("button", name="1\u00a0avertissement")
    expect(note).to_be_visible()
    expect(page.get_by_role("region", name="avertissement")).to_be_hidden()
    page.get_by_role("button", name="Masquer cette note").click()
    expect(note).to_be_hidden()
    (preview.articles / "tiede.md").unlink()


def test_broken_code_and_templates_are_said_and_the_page_comes_back(visit, preview: Preview) -> None:
    page = visit("/2024/05/un/")
    panel = page.get_by_role("region", name="Le site n’a pas pu être reconstruit")
    for path, change in {
        "pelicanconf.py": lambda text: text + "\ndef (\n",
        "plugins/plancher/components/tags/names.py": lambda text: text + "\nboum = rien\n",
    }.items():
        with preview.altered(path, change):
            expect(panel.get_by_role("heading", name=path)).to_be_visible()
            expect(panel.get_by_text("ligne")).to_be_visible()
            assert kept(page)
        expect(panel).to_be_hidden()
    # A template that fails costs its own pages alone: one that says so stands there, and the rest of the site is made.
    path, mending = "theme/templates/article.html", page.get_by_role("region", name="1\u00a0erreur à corriger")
    stand_in = page.get_by_role("heading", name="Cette page ne peut pas être rendue")
    with preview.altered(path, lambda text: text.replace("{% block content %}", "{% block content %}{{ nulle_part }}")):
        expect(mending.get_by_role("heading", name=path)).to_be_visible()
        expect(mending.get_by_text("ligne")).to_be_visible()
        expect(mending.get_by_text("nulle_part")).to_be_visible()
        expect(stand_in).to_be_visible()
        expect(panel).to_be_hidden()
    expect(mending).to_be_hidden()
    expect(stand_in).to_be_hidden()
    expect(page.get_by_role("heading", name="Un", exact=True, level=1)).to_be_visible()
    preview.write("content/articles/un.md", post("Un", "Tout revient."))
    expect(page.get_by_text("Tout revient.").first).to_be_visible()


def test_a_page_says_that_the_preview_stopped_and_comes_back_with_it(chromium, tmp_path: Path) -> None:
    with serving(tmp_path / "projet") as running:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(running.address)
        running.stop()
        expect(page.get_by_text("L’aperçu est arrêté")).to_be_visible()
        running.write("content/articles/un.md", post("Un", "Pendant l'arrêt."))
        running.start()
        running.until("/", lambda status, _: status > 0)
        early = context.new_page()
        early.goto(running.address)  # before the first build
        expect(page.get_by_text("L’aperçu est arrêté")).to_be_hidden()
        expect(early.get_by_text("Pendant l’arrêt.").first).to_be_visible()
        expect(page.get_by_text("Pendant l’arrêt.").first).to_be_visible()
        context.close()


def test_axe_finds_nothing_in_the_panel_and_it_fits(visit, preview: Preview) -> None:
    preview.write("content/articles/fautes.md", FAULTY)
    preview.tells("fautes.md")  # a page opened before would be loaded again
    for width, scheme in ((320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")):
        page = visit("/", width=width, scheme=scheme)
        expect(page.get_by_role("region", name="à corriger")).to_be_visible()
        page.wait_for_timeout(200)  # until it has risen
        page.evaluate((tool("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate(f"axe.run('plancher-apercu', {{runOnly: {{type: 'tag', values: {RULES}}}}})")
        assert [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found["violations"]] == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    (preview.articles / "fautes.md").unlink()
