"""Mails as readers send them, and as people who wish harm do: each is an answer or a reason, nothing runs, nothing blocks."""

from __future__ import annotations

import email.message
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.answers.letter import Letter, consent, parts, token_in
from plancher.importing.answers import mail_files, mails
from plancher.importing.answers.model import LONGEST, Left, Received

LETTER = Letter("lecteurs@carnet.example", "Qu’avez-vous gagné ?", "a1b2c3d4")
SAID = {
    "Ma réponse, en une phrase :": "Trois heures par semaine.",
    "Avant, en chiffre ou en mots (facultatif) :": "4 heures",
    "Après, de même (facultatif) :": "1 heure",
    "Peut-elle être publiée ? (oui ou non)": "Oui",
    "Sous quel nom ? (vide : sans nom)": "Anne",
    "Peut-elle compter au registre des preuves, sous la licence du blog ? (oui ou non)": "oui",
    "J'ai 15 ans ou plus, ou l'accord de mes parents (oui ou non) :": "oui",
}


def filled(**changes: str) -> str:
    """The body of the letter, as a reader fills it in."""
    body = LETTER.body
    for number, (label, value) in enumerate(SAID.items()):
        assert label in body
        body = body.replace(f"{label}\n", f"{label}\n{changes.get(f'n{number}', value)}\n", 1)
    return body


def mail(body: str, subject: str = LETTER.subject, sender: str = "Anne <anne@lecteurs.example>") -> email.message.EmailMessage:
    made = email.message.EmailMessage()
    made["From"], made["Subject"], made["Date"] = sender, subject, "Fri, 02 Jan 2026 10:00:00 +0100"
    made.set_content(body)
    return made


def answer(raw: bytes) -> Received:
    found = mails.read(raw)
    assert isinstance(found, Received), found
    return found


def test_the_prepared_mail_gives_each_thing_that_it_asks() -> None:
    found = answer(mail(filled()).as_bytes())
    assert (found.words, found.name, found.before, found.after) == ("Trois heures par semaine.", "Anne", "4 heures", "1 heure")
    assert (found.may_be_published, found.may_be_counted, found.is_old_enough) == (True, True, True)
    assert (found.token, found.sender) == ("a1b2c3d4", "anne@lecteurs.example")
    assert not found.is_verified


def test_the_letter_left_as_it_is_answers_nothing() -> None:
    assert mails.read(mail(LETTER.body).as_bytes()) == Left("courriel sans réponse")
    assert all(consent(value) is None for value in parts(LETTER.body).values())


def test_what_is_written_above_the_questions_is_the_answer_of_whoever_left_its_place_empty() -> None:
    found = answer(mail(f"Bonjour,\n\nle planning nous prend une heure.\n\n{filled(n0='')}").as_bytes())
    assert (found.words, found.may_be_published, found.may_be_counted, found.is_old_enough) == (
        "Bonjour,\n\nle planning nous prend une heure.",
        True,
        True,
        True,
    )
    assert answer(mail(f"Bonjour,\n\n{filled()}").as_bytes()).words == "Trois heures par semaine."
    assert answer(mail(f"Un fait, sans rien cocher.\n\n{LETTER.body}").as_bytes()).may_be_published is None


def test_what_stands_below_the_last_words_of_the_letter_agrees_to_nothing() -> None:
    assert answer(mail(f"{filled(n6='')}\n\nD'accord pour en parler, Anne").as_bytes()).is_old_enough is None
    assert answer(mail(f"{filled(n6='')}\n\nok".replace("N'écrivez", "N’écrivez")).as_bytes()).is_old_enough is None
    assert answer(mail(f"{filled()}\n\nNe pas diffuser à d'autres.").as_bytes()).is_old_enough is True


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("oui", True), ("OUI.", True), ("Oui, bien sûr", True), ("non", False), ("surtout pas", False), ("", None), ("oui ou non", None), ("à voir", None)],
)
def test_a_consent_is_a_plain_yes_or_it_is_none(typed: str, expected: bool | None) -> None:
    assert consent(typed) is expected
    assert answer(mail(filled(n3=typed)).as_bytes()).may_be_published is expected


@pytest.mark.parametrize("width", [20, 40, 72])
def test_labels_that_a_mail_program_cut_or_quoted_are_found(width: int) -> None:
    import textwrap  # noqa: PLC0415 - needed by this test only

    cut = "\n".join(part for line in filled().split("\n") for part in (textwrap.wrap(line, width) or [""]))
    found = answer(mail(cut).as_bytes())
    assert found.words.split() == "Trois heures par semaine.".split()
    assert found.may_be_counted is True


@pytest.mark.parametrize("subject", ["Re: x [appel-a1b2c3d4]", "RE : [APPEL-A1B2C3D4]", "=?utf-8?q?R=C3=A9p_=5Bappel-a1b2c3d4=5D?="])
def test_a_token_is_found_behind_what_programs_put_before_a_subject(subject: str) -> None:
    raw = f"From: a@b.example\nSubject: {subject}\n\nUne phrase.".encode()
    assert answer(raw).token == "a1b2c3d4"
    assert token_in("rappel-a1b2c3d4") == token_in("appel-a1b2c3d4e5") == token_in("appel-a1b2c3") == ""


@pytest.mark.parametrize("subject", ["", "Bonjour", "appel", "rappel-a1b2c3d4"])
def test_a_mail_without_a_token_is_left_and_counted(subject: str) -> None:
    assert mails.read(f"From: a@b.example\nSubject: {subject}\n\nUne phrase.".encode()) == Left("courriel sans la marque d'un appel dans son objet")


HEAD = b"From: a@b.example\nSubject: [appel-a1b2c3d4]\n"


def nested(depth: int) -> bytes:
    """Messages in messages."""
    opened = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(depth))
    return HEAD + opened + b"Content-Type: text/plain\n\nAu fond.\n"


HOSTILE = {
    "html": HEAD + b"Content-Type: text/html\n\n<p>Vu <script>alert(1)</script><img src=http://x.example/p.gif onerror=alert(1)> ici</p>",
    "a lie about letters": HEAD + b"Content-Type: text/plain; charset=utf-16\n\nD\xe9j\xe0 vu",
    "no such letters": HEAD + b"Content-Type: text/plain; charset=klingon\n\n\xff\xfe Vu",
    "signs that turn text": HEAD + "Content-Type: text/plain; charset=utf-8\n\nVu \u202egnp\u202c\x00\x1b[31m".encode(),
    "nested": nested(100),
    "nested too deep": nested(3000),
    "two of each header": b"From: x@y.example\nSubject: autre\n" + HEAD + b"\nVu",
    "no boundary": HEAD + b"Content-Type: multipart/mixed\n\nVu",
    "ten megabytes": HEAD + b"\n" + b"mot " * 2_500_000,
    "one endless line": HEAD + b"\n" + b"a" * 10_000_000,
    "a name that lies": b'From: "patron@banque.example" <a@b.example>\nSubject: [appel-a1b2c3d4]\n\nVu',
    "no sender": b"Subject: [appel-a1b2c3d4]\n\nVu",
    "an impossible day": b"Date: Tue, 99 Foo 99999 99:99:99 +9999\n" + HEAD + b"\nVu",
    "base64 that is none": HEAD + b"Content-Transfer-Encoding: base64\n\n%%%%",
    "attached": HEAD + b'Content-Type: text/plain\nContent-Disposition: attachment; filename="../../x"\n\nVu',
    "empty": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_mail_holds_it_is_plain_words_or_a_reason(name: str) -> None:
    start = time.monotonic()
    found = mails.read(HOSTILE[name])
    assert time.monotonic() - start < 20, "a mail must not keep a fetch busy"
    if isinstance(found, Left):
        assert found.why
    else:
        assert len(found.words) <= LONGEST + 1
        assert not {"\x00", "\x1b", "\u202e"} & set(found.words)
        assert "<script" not in found.words
        assert "onerror" not in found.words
        assert found.may_be_published is None
        assert found.sender == "a@b.example" or name == "two of each header"


@given(st.binary(max_size=600))
def test_bytes_of_any_kind_raise_nothing(raw: bytes) -> None:
    assert mails.read(HEAD + raw)
    assert mails.read(raw)


def test_an_advertisement_is_told_and_left_to_the_owner() -> None:
    found = answer(HEAD + b"\nBuy backlinks https://a.example https://b.example https://c.example")
    assert len([note for note in found.notes if note.startswith("ressemble à une publicité")]) == 2


def test_a_file_of_many_mails_is_read_one_by_one_and_the_large_one_is_told(tmp_path: Path) -> None:
    box = tmp_path / "courrier.mbox"
    whole = [mail(filled(n0=f"Phrase {number}.")).as_bytes() for number in range(3)]
    whole[1] = HEAD + b"\n" + b"x" * 50_000
    whole[2] = HEAD + b"\n>From ici, vu.\n\nFrom. Non plus.\n"
    box.write_bytes(b"".join(b"From a@b Fri Jan  2 10:00:00 2026\n" + one + b"\n\n" for one in whole))
    first, large, last = mail_files.read(box, 20_000)
    assert isinstance(first, Received)
    assert first.words == "Phrase 0."
    assert large == Left("courriel de plus de 20000 octets")
    assert isinstance(last, Received)
    assert last.words.startswith("From ici, vu.")


def test_a_folder_of_mails_is_read_whole(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.eml").write_bytes(mail(filled(n0=f"Phrase {number}.")).as_bytes())
    assert [one.words for one in mail_files.read(tmp_path, 20_000) if isinstance(one, Received)] == ["Phrase 0.", "Phrase 1.", "Phrase 2."]
