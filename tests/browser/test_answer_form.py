"""The form of a call in a real browser without scripts: from the page of a post to an answer that is kept."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.test_browser import axe
from tests.commands.answers.receiver.running import Running, running
from tests.conftest import pelican, served

pytestmark = pytest.mark.browser
POST = "Title: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n\n> [!appel] Qu'avez-vous gagné ?\n> attendu : une phrase\n> id : gains\n"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Running]]:
    """The address of the post, what a page of the blog may load, and the receiver."""
    folder = tmp_path_factory.mktemp("formulaire")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "content" / "articles" / "un.md").write_text(POST, encoding="utf-8")
    made = pelican(folder / "content", folder / "output", "-e", f'PLANCHER_ANSWERS={{"form": "http://127.0.0.1:{port}/recu"}}')
    assert made.code == 0, made.said
    policy = re.search(r"Content-Security-Policy: (.*)", made.text("_headers"))[1]
    with (
        served(made) as blog,
        running(folder / "recu.sqlite", receiver=f"http://127.0.0.1:{port}/recu", blog=blog.rstrip("/"), port=port, soonest=3.0) as receiver,
    ):
        yield f"{blog.rstrip('/')}/2024/05/un/", policy, receiver


@pytest.fixture
def reader(chromium: Browser, places: tuple[str, str, Running]) -> Iterator[Page]:
    """Somebody on the page of the post, on a small screen, without scripts."""
    address, policy, _ = places
    context = chromium.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    page.route(address, with_policy)
    page.goto(address)
    yield page
    context.close()


def fill(page: Page, answer: str) -> None:
    page.get_by_text("Écrire ma réponse").click()
    page.get_by_label("Ma réponse, en une phrase").fill(answer)
    page.get_by_label("Nom à montrer").fill("Anne")
    for box in ("peut être publiée", "15 ans ou plus", "rien de personnel"):
        page.get_by_label(box).check()


def test_a_reader_without_scripts_writes_reads_again_and_sends(reader: Page, places: tuple[str, str, Running]) -> None:
    receiver = places[2]
    reader.get_by_role("link", name="le formulaire au pied de cette page").click()
    fill(reader, "Trois heures par semaine.")
    reader.get_by_role("button", name="Relire avant d’envoyer").click()
    reader.get_by_role("heading", name="Relisez, puis envoyez").wait_for()
    assert receiver.kept() == {}
    reader.get_by_role("button", name="Envoyer ma réponse").click()  # quicker than anybody reads
    reader.get_by_text("un peu vite").wait_for()
    reader.wait_for_timeout(3100)
    reader.get_by_label("Ma réponse, en une phrase").fill("Quatre heures par semaine.")
    reader.get_by_role("button", name="Envoyer ma réponse").click()
    reader.get_by_role("heading", name="Votre réponse est reçue").wait_for()
    (kept,) = receiver.kept().values()
    assert (kept["answer"], kept["name"], kept["publish"], kept["count"]) == ("Quatre heures par semaine.", "Anne", "oui", "")
    assert reader.context.cookies() == []
    assert places[0].startswith(reader.get_by_role("link", name="Aller au blog").get_attribute("href"))


def test_the_form_and_the_pages_of_the_receiver_are_accessible_and_fit_a_phone(chromium: Browser, places: tuple[str, str, Running]) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page = context.new_page()
    page.goto(places[0])
    fill(page, "Mot" * 100)
    shown = ["formulaire"]

    def look() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert (shown[-1], scheme, axe(page)) == (shown[-1], scheme, [])
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320

    look()
    for button in ("Relire avant d’envoyer", "Envoyer ma réponse"):
        page.locator("form").evaluate("form => form.noValidate = true")
        page.get_by_label("15 ans ou plus").uncheck()
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state()
        shown.append(page.title())
        look()
    assert shown[-1].startswith("À revoir")
    context.close()
