"""The form of a call, on the page of its post."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from tests.build.small import Small
from tests.components.answers.test_pages import CALL, page

RECEIVER = "https://temoins.example/recu"


def asking(small: Small, form: str = RECEIVER, call: str = CALL) -> tuple[BeautifulSoup, str]:
    """The page of a call, and what the build says."""
    small.post("un", words=call)
    small.set(PLANCHER_ANSWERS=f'AnswerSettings(form="{form}")')
    ran = small.build()
    assert ran.code == 0, ran.said
    return BeautifulSoup(page(small, "2024/05/un/"), "html.parser"), ran.said


def test_an_open_call_has_a_form_that_agrees_to_nothing_by_itself(small: Small) -> None:
    small.post("deux", words="[Réponses]({filename}un.md#reponses-gains), [formulaire]({filename}un.md#formulaire-pertes).")
    shown, said = asking(small)
    assert [name for name in ("formulaire-pertes", "formulaire-gains", "reponses-gains") if f"#{name} »" in said] == ["formulaire-pertes"]
    form = shown.select_one("#formulaire-gains form")
    assert (form["method"], form["action"]) == ("post", f"{RECEIVER}/")
    assert shown.select_one('.call a[href="#formulaire-gains"]')
    boxes = form.select('input[type="checkbox"]')
    assert [box["name"] for box in boxes] == ["publish", "count", "age", "others"]
    assert not [box for box in boxes if box.has_attr("checked")]
    assert form.select_one('[name="page"]')["value"].endswith("/2024/05/un/")
    assert all(field.find_parent("label") for field in form.select("textarea, input:not([type=hidden])"))
    policy = small.files["_headers"].decode().partition("form-action ")[2].partition(";")[0]
    assert policy == "'self' https://temoins.example"
    feed = small.files["feeds/atom.xml"].decode()
    assert "/2024/05/un/#formulaire-gains" in feed
    assert "<form" not in feed.replace("&lt;", "<")


def test_without_a_receiver_or_once_a_call_is_closed_there_is_no_form(small: Small) -> None:
    shown, _ = asking(small, form="")
    assert not shown.select("form[method=post]")
    assert "form-action 'self';" in small.files["_headers"].decode()
    shown, _ = asking(small, call=CALL.replace("2026-01-10", "2025-01-10"))
    assert not shown.select("form[method=post]")


def test_a_theme_that_shows_no_form_leads_to_that_of_the_receiver(small: Small) -> None:
    (small.folder / "theme" / "templates" / "partials" / "answer_forms.html").unlink()
    answers = small.folder / "theme" / "templates" / "partials" / "answers.html"
    answers.write_text(answers.read_text(encoding="utf-8").replace('{% include "partials/answer_forms.html" %}', ""), encoding="utf-8")
    shown, _ = asking(small)
    assert not shown.select("form[method=post]")
    assert re.fullmatch(rf"{RECEIVER}/\?appel=[0-9a-f]{{8}}", shown.find("a", string="Répondre par un formulaire")["href"])
