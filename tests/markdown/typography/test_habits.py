"""What « invoke check » says of a whole text, once for each habit, and what it says nothing of."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest
from plancher.base.problems import Problem
from plancher.markdown.convert import Converter
from plancher.markdown.typography import habits
from plancher.markdown.typography.settings import TypographySettings
from plancher.text.document import Document
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

PLUGINS = ["plancher.components.callouts", "plancher.components.tangible", "plancher.components.typography"]
RULES = FrontRules(is_page=False, templates=("article",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))


@pytest.fixture
def read(tmp_path: Path):
    post = tmp_path / "articles" / "a.md"
    post.parent.mkdir()
    converter = Converter(tmp_path, grammar_of(PLUGINS, {}))

    def read(body: str, header: str = "") -> Document:
        post.write_text(f"Title: T\nDate: 2024-05-02\n{header}\n{body}\n", encoding="utf-8")
        return converter.read(post, RULES).document

    return read


def said(document: Document, settings: TypographySettings | None = None) -> list[Problem]:
    return [problem for rule in habits.advice(settings or TypographySettings()) for problem in rule(document)]


def test_a_missing_space_is_told_with_what_to_write(read) -> None:
    (problem,) = said(read("Un.\n\nQuelle idée! Vraiment?"))
    assert (problem.line, problem.code) == (6, "PDV078")
    assert problem.message == "pas d'espace avant « ! » : « idée! ». Écrivez « idée ! »."


def test_a_habit_is_told_once_with_its_lines_and_the_setting_that_ends_it(read) -> None:
    (problem,) = said(read("Une chose: la mer.\n\n- Et puis? Rien; vraiment.\n- Ah!\n\n> Lui aussi!"))
    assert "(lignes 4, 6, 7, 9)" in problem.message
    assert 'TypographySettings(spaces="insert")' in problem.message


@pytest.mark.parametrize(
    "body",
    [
        "Bien ! Et toi ? Oui : bien ; merci.",
        "À 10:30, en 16:9, C:\\x, `a: b!`, std::map, :-) et chez Yahoo!",
        'Voir https://exemple.fr/?a=b;c et [lui](https://exemple.fr/ "dit: vu!").',
        "```\nif x: go!\n```",
        "> [!tangible] T\n> promesse: mieux\n> preuve: trois contrats",
        '*Hello!*{: lang=en} <b style="color: red">x</b>',
        "Une note[^1].\n\n[^1]: ici\n\n[lui]: https://exemple.fr",
    ],
)
def test_what_is_no_sign_of_a_sentence_is_left_alone(read, body: str) -> None:
    assert said(read(body)) == []


def test_a_text_in_another_language_has_its_own_spaces(read) -> None:
    assert said(read("Hello! How are you? The coeur.", "Lang: en\n")) == []


def test_where_the_site_adds_them_or_its_country_has_none_nothing_is_said(read) -> None:
    document = read("Oh! Si: oui")
    assert said(document, TypographySettings(spaces="insert")) == []
    (canadian,) = said(document, TypographySettings(locale="fr_CA"))
    assert "« Si: »" in canadian.message


def test_letters_that_are_tied_in_french_are_told(read) -> None:
    (problem,) = said(read("Un coup d'oeil.\n\nSes voeux, le COEUR, une manoeuvre, un foetus.\n\nLe coefficient, la moelle, Noémie."))
    assert (problem.line, problem.code) == (4, "PDV079")
    assert problem.message == "« oe » non lié (lignes 4, 6) : « oeil ». Écrivez « œil »."
    assert habits._tied("Oeuvre, COEUR") == "Œuvre, CŒUR"
    assert len(habits._UNTIED.findall("voeux COEUR manoeuvre foetus oesophage soeurs boeuf noeud coefficient moelle poele Noelle")) == 8
