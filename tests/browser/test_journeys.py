"""What readers come for, from the home page to where it is, by keyboard alone: with scripts and without."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.windows import Windows
from tests.conftest import Built, pelican, served

pytestmark = pytest.mark.browser

PROOF = """> [!tangible] Le courriel relu
> promesse : moins de courriels
> preuve : de quarante à douze par jour
> niveau : mesuré
"""
POSTS = {
    "tableur": ("2025-03-11", "Tags: tableur, stock", "Le stock dans un tableur", "Une ligne par commande, une colonne par semaine."),
    "autre-tableur": ("2024-03-11", "Tags: tableur, stock", "Le tableur d’avant", "Un tableur se partage mal, et se perd bien."),
    "courriel": ("2026-02-03", "Tags: courriel, temps", "Quarante courriels par jour", PROOF),
    "premier": ("2026-04-01", "Tags: rangement\nSeries: Ranger", "Un tri", "Jeter d’abord."),
    "second": ("2026-04-08", "Tags: rangement\nSeries: Ranger", "Des noms", "Nommer ensuite."),
    "quai": ("2026-05-02", "Tags: port", "Un quai au matin", "![Le quai]({static}/images/quai.jpg)"),
}
MOST = 80
"""Stops of the keyboard on the way to one link: more, and the reader has gone."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(_built(tmp_path_factory.mktemp("chemins"))) as found:
        yield found


def _built(folder: Path) -> Built:
    (folder / "content" / "articles").mkdir(parents=True)
    for name, (day, more, title, body) in POSTS.items():
        text = f"Title: {title}\nDate: {day}\nCategory: Essais\n{more}\n\n{body}\n"
        (folder / "content" / "articles" / f"{name}.md").write_text(text, encoding="utf-8")
    photograph = io.BytesIO()
    Image.radial_gradient("L").resize((1600, 1000)).save(photograph, "JPEG")
    (folder / "content" / "images").mkdir()
    (folder / "content" / "images" / "quai.jpg").write_bytes(photograph.getvalue())
    made = pelican(folder / "content", folder / "output")
    assert made.code == 0, made.said
    return made


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def reader(request: pytest.FixtureRequest, windows: Windows, address: str) -> Iterator[Page]:
    """Somebody at the home page who touches no mouse."""
    with windows.window(viewport={"width": 1280, "height": 800}, locale="fr-FR", java_script_enabled=request.param) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def follow(reader: Page, name: str) -> None:
    """Come to the link of this name with the key that goes on, and open it."""
    for _ in range(MOST):
        reader.keyboard.press("Tab")
        here = reader.locator(":focus")
        if here.count() and name in (here.get_attribute("aria-label") or here.inner_text()):
            break
    else:
        pytest.fail(f"« {name} » n'est pas à {MOST} pas de {reader.url}")
    with reader.expect_navigation():
        reader.keyboard.press("Enter")


def has_scripts(reader: Page) -> bool:
    return reader.locator("button[aria-pressed]").first.is_visible()


def test_the_post_on_spreadsheets_that_i_read_last_year(reader: Page) -> None:
    scripts = has_scripts(reader)
    follow(reader, "Recherche")
    if scripts:
        reader.keyboard.press("/")
        reader.keyboard.type("tableurs")
        reader.keyboard.press("Enter")
        reader.locator(".search-found a", has_text="Le stock dans un tableur").wait_for()
        reader.locator("[name=annee]").focus()
        reader.keyboard.type("2025")
        reader.locator(".search-found a", has_text="Le tableur d’avant").wait_for(state="detached")
    follow(reader, "Le stock dans un tableur")
    assert reader.locator("h1").inner_text() == "Le stock dans un tableur"


def test_what_is_proved_about_e_mail(reader: Page) -> None:
    follow(reader, "Preuves")
    assert "de quarante à douze par jour" in reader.locator("main").inner_text()
    follow(reader, "moins de courriels")
    assert reader.locator("h1").inner_text() == "Quarante courriels par jour"


def test_the_next_part(reader: Page) -> None:
    follow(reader, "Un tri")
    follow(reader, "Des noms")
    assert "2\u00a0sur\u00a02" in reader.locator("nav.series").inner_text()


def test_what_else_should_i_read(reader: Page) -> None:
    follow(reader, "Le stock dans un tableur")
    reader.locator("text=À lire aussi").wait_for()
    follow(reader, "Le tableur d’avant")
    assert reader.locator("h1").inner_text() == "Le tableur d’avant"


def test_the_picture_large(reader: Page) -> None:
    follow(reader, "Un quai au matin")
    follow(reader, "La voir en grand")
    assert reader.url.endswith("/images/quai.jpg")
    assert reader.locator("img").evaluate("picture => picture.naturalWidth") == 1600


def test_what_was_written_in_a_month(reader: Page) -> None:
    follow(reader, "Billets")
    follow(reader, "avril")
    assert reader.url.endswith("/archives/2026/#mois-04")
    follow(reader, "Des noms")
    assert reader.locator("h1").inner_text() == "Des noms"
