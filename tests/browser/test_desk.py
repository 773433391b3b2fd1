"""The page of the preview where answers are decided, in Chromium: its forms come through its own walls, and nothing of a sender runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.commands.answers.queue import State
from plancher.preview import desk

from tests.browser.test_browser import axe
from tests.importing.answers.test_mails import filled
from tests.preview.test_desk import HOSTILE, Preview, preview, public

pytestmark = pytest.mark.browser
__all__ = ["preview"]


@pytest.fixture
def asked(chromium):
    """A page of the browser, and all that it asks for."""
    context = chromium.new_context(viewport={"width": 320, "height": 800}, locale="fr-FR")
    page = context.new_page()
    page.asked, page.dialogs = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


def test_a_button_decides_and_another_takes_it_back_and_nothing_else_is_asked_for(asked, preview: Preview) -> None:
    preview.receive(filled(n0=HOSTILE))
    asked.goto(preview.origin + desk.ADDRESS)
    asked.get_by_role("button", name="Accepter").click()
    assert "acceptée" in asked.get_by_role("status").inner_text()
    assert preview.states() == [State.ACCEPTED]
    assert len(list(Path(preview.root / "content").rglob("*.toml"))) == 1
    asked.get_by_role("button", name="Annuler").click()
    assert preview.states() == [State.WAITING]
    assert [url for url in asked.asked if not url.startswith(preview.origin)] == []
    assert asked.dialogs == []


def test_whoever_uses_the_keyboard_notes_a_yes_accepts_and_removes_for_good(asked, preview: Preview) -> None:
    public(preview)
    asked.goto(preview.origin + desk.ADDRESS)
    asked.get_by_text("Son auteur a dit oui…").focus()
    asked.keyboard.press("Enter")
    asked.get_by_role("textbox").focus()
    asked.keyboard.press("Enter")  # the browser asks for words first
    assert asked.url == preview.origin + desk.ADDRESS
    asked.keyboard.type("message du 3 janvier")
    asked.keyboard.press("Enter")
    assert "l’accord de son auteur est noté" in asked.get_by_role("status").inner_text()
    asked.get_by_role("button", name="Accepter").click()
    remove = asked.get_by_role("button", name="Retirer pour de bon")
    assert not remove.is_visible()
    asked.get_by_text("Retirer du site…").click()
    remove.click()
    assert "retirée" in asked.get_by_role("status").inner_text()
    assert preview.states() == [State.ERASED]


def test_the_mail_that_asks_who_wrote_it_is_there_to_be_opened_or_copied(asked, preview: Preview) -> None:
    preview.receive(filled(n0=HOSTILE))
    asked.goto(preview.origin + desk.ADDRESS)
    asked.get_by_text("Demander à son expéditeur").click()
    assert asked.get_by_role("link", name="Ouvrir ce courriel").get_attribute("href").startswith("mailto:anne@lecteurs.example?subject=")
    asked.locator("blockquote.mail").click()
    assert "L'avez-vous écrite ?" in asked.evaluate("String(getSelection())")


def test_axe_finds_nothing_in_it_and_it_never_scrolls_sideways(asked, preview: Preview) -> None:
    noted = public(preview)
    names = [name for name in preview.receive(filled(n0=HOSTILE), filled(n0="Non.", n3="non")) if name != noted]
    (accepted,) = [name for name in names if preview.decide(name, "accept")[0] == 303]
    asked.goto(f"{preview.origin}{desk.ADDRESS}?fait={accepted}")
    asked.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    for scheme in ("light", "dark"):
        asked.emulate_media(color_scheme=scheme)
        assert (scheme, axe(asked)) == (scheme, [])
    assert asked.evaluate("document.scrollingElement.scrollWidth") <= 320
