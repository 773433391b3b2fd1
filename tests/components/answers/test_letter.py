"""The mail that a call prepares: every mail program opens it, and it asks each thing apart."""

from __future__ import annotations

import urllib.parse

import pytest
from plancher.components.answers import questions
from plancher.components.answers.letter import Letter, parts

LONGEST = 2000
"""Signs of a « mailto: » that every system opens: Windows takes 2,048, and opens nothing beyond."""


@pytest.mark.parametrize("question", ["Et vous ?", "é’" * 200, "🪵" * 200, 'Prix < 10 € & "délai" > 5 % ? #1 + 2', "une\r\nBcc: autre@exemple.example"])
def test_every_mail_program_opens_it(question: str) -> None:
    letter = Letter("redaction@un-nom-de-domaine-assez-long.exemple.example", question, "a1b2c3d4")
    assert letter.link.isascii()
    assert len(letter.link) < LONGEST
    address, _, query = letter.link.partition("?")
    said = urllib.parse.parse_qs(query, strict_parsing=True)
    assert (address, sorted(said)) == (f"mailto:{letter.address}", ["body", "subject"])
    assert said["subject"][0].endswith("[appel-a1b2c3d4]")
    assert "\n" not in said["subject"][0]
    assert "\n" not in said["body"][0].replace("\r\n", "")


def test_it_asks_three_things_apart_and_nothing_of_anybody_else() -> None:
    lines = [line for line in Letter("a@b.example", "Et vous ?", "a1b2c3d4").body.splitlines() if line]
    for asked in ("publiée ?", "Sous quel nom ?", "au registre des preuves, sous la licence du blog ?", "15 ans ou plus, ou l'accord de mes parents"):
        assert len([line for line in lines if asked in line]) == 1, asked
    assert len({line for line in lines if "oui ou non" in line}) == 3
    assert lines[-1] == "N'écrivez rien de personnel sur d'autres que vous."
    assert not [line for line in lines if line.rstrip(" :)?").endswith("oui")], "no answer is given beforehand"


def test_the_mail_and_the_form_ask_the_same_things() -> None:
    asked = {question.name for question in (*questions.TEXTS, *questions.BOXES)}
    body = Letter("a@b.example", "Et vous ?", "a1b2c3d4").body
    assert asked == parts(body).keys() | {questions.CAUTION.name}
    assert all(question.in_mail in body.splitlines() for question in (*questions.TEXTS, *questions.BOXES))
