"""Who sent a mail: nobody knows, unless his own domain signed it, or he answered a code that was sent to his address."""

from __future__ import annotations

import email.message
import re
from pathlib import Path

import pytest
from plancher.commands.answers import reviewing
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.queue import Queue, Row, State
from plancher.components.answers.settings import AnswerSettings

from tests.commands.answers.conftest import CALL, fetch
from tests.importing.answers.test_mails import answer, filled, mail

SERVER = "mx.carnet.example"
MINE = AnswerSettings(authserv_id=SERVER)
NOT_MINE = b"Authentication-Results: mx.autre.example; dkim=pass header.d=lecteurs.example\n"
AGREED = mail(filled()).as_bytes()


def results(text: str) -> bytes:
    return f"Authentication-Results: {text}\n".encode()


PROVED = {
    "the domain of the sender": results(f"{SERVER}; dkim=pass header.d=lecteurs.example"),
    "in other letters": results(f"{SERVER.upper()} 1; DKIM=Pass (2048-bit key) header.d=Lecteurs.Example header.s=x"),
    "among other methods": results(
        f"{SERVER};\n\tspf=fail smtp.mailfrom=x@y.example;\n\tdkim=fail header.d=y.example;\n\tdkim=pass header.i=@lecteurs.example;\n\tdmarc=pass"
    ),
    "the domain above": results(f"{SERVER}; dkim=pass header.d=example").replace(b"=example", b"=lecteurs.example"),
    "under the headers of another server": NOT_MINE + results(f"{SERVER}; dkim=pass header.d=lecteurs.example"),
    "in quotes": results(f'{SERVER}; dkim=pass reason="a; dkim=fail" header.d="lecteurs.example"'),
    "an address in quotes": results(f'{SERVER}; dkim=pass header.i="@lecteurs.example"'),
}
UNPROVED = {
    "nothing": b"",
    "another server": NOT_MINE,
    "a server that begins as ours": results(f"{SERVER}.pirate.example; dkim=pass header.d=lecteurs.example"),
    "a forged one below the true one": results(f"{SERVER}; dkim=none") + results(f"{SERVER}; dkim=pass header.d=lecteurs.example"),
    "another domain": results(f"{SERVER}; dkim=pass header.d=pirate.example"),
    "a domain that ends as his": results(f"{SERVER}; dkim=pass header.d=ecteurs.example"),
    "a domain below his": results(f"{SERVER}; dkim=pass header.d=x.lecteurs.example"),
    "a top-level domain": results(f"{SERVER}; dkim=pass header.d=example"),
    "a failure": results(f"{SERVER}; dkim=fail header.d=lecteurs.example"),
    "a pass that is none": results(f"{SERVER}; dkim=passable header.d=lecteurs.example"),
    "another method": results(f"{SERVER}; spf=pass smtp.mailfrom=anne@lecteurs.example; xdkim=pass header.d=lecteurs.example"),
    "in a comment": results(f"{SERVER}; dkim=fail (dkim=pass header.d=lecteurs.example)"),
    "behind a comment in a comment": results(f"{SERVER}; dkim=fail (a (b) ; dkim=pass header.d=lecteurs.example)"),
    "in a text": results(f'{SERVER}; spf=pass reason="x; dkim=pass header.d=lecteurs.example"'),
    "in the words of whoever signed": results(f'{SERVER}; dkim=pass reason="header.d=lecteurs.example" header.d=pirate.example'),
    "in the name of whoever signed": results(f'{SERVER}; dkim=pass header.i="header.d=lecteurs.example x"@pirate.example'),
    "in quotes in quotes": results(f'{SERVER}; dkim=pass header.d=pirate.example header.i="\\"header.d=lecteurs.example x\\"@pirate.example"'),
    "in quotes without end": results(f'{SERVER}; dkim=pass header.d=pirate.example header.b="a header.d=lecteurs.example'),
    "of another header": results(f"{SERVER}; dkim=pass header.from=lecteurs.example xheader.d=lecteurs.example"),
    "an endless header": results(f"{SERVER}; {'(' * 100_000}; dkim=pass header.d=lecteurs.example"),
    "two senders": b"From: patron@lecteurs.example\n" + results(f"{SERVER}; dkim=pass header.d=lecteurs.example"),
}


def verified(raw: bytes, authserv_id: str = SERVER) -> bool:
    from plancher.importing.answers import mails  # noqa: PLC0415 - needed here only
    from plancher.importing.answers.model import Received  # noqa: PLC0415 - the same

    found = mails.read(raw, authserv_id)
    assert isinstance(found, Received), found
    return found.is_verified


@pytest.mark.parametrize("name", PROVED)
def test_a_domain_that_signed_is_believed_by_the_word_of_the_owners_own_server(name: str) -> None:
    assert verified(PROVED[name] + AGREED)
    assert not verified(PROVED[name] + AGREED, "")


@pytest.mark.parametrize("name", UNPROVED)
def test_anything_else_leaves_a_sender_unverified(name: str) -> None:
    assert not verified(UNPROVED[name] + AGREED)


def test_a_domain_below_the_one_that_signed_is_its_own() -> None:
    raw = PROVED["the domain of the sender"] + mail(filled(), sender="anne@mail.lecteurs.example").as_bytes()
    assert verified(raw)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "courriels"
    folder.mkdir()
    return folder


def take(queue: Queue, inbox: Path, *raws: bytes, settings: AnswerSettings = MINE):
    for path in inbox.iterdir():
        path.unlink()
    for number, raw in enumerate(raws):
        (inbox / f"{number}.eml").write_bytes(raw)
    return fetch(queue, settings, files=[inbox])[0]


def waiting(queue: Queue) -> Row:
    (row,) = queue.rows(State.WAITING)
    assert row.received is not None
    return row


def asked_for(queue: Queue, row: Row) -> str:
    """The subject of the mail that the owner sends."""
    sent = reviewing.decide(queue, queue.folder.parent / "content", row.id, "confirm")
    assert "À : anne@lecteurs.example\n" in sent
    assert "mailto:anne@lecteurs.example?subject=" in sent
    found = re.search("^Objet : (.*)$", sent, re.MULTILINE)
    assert found
    return found[1]


def back(subject: str, said: str, sender: str = "anne@lecteurs.example", **headers: str) -> bytes:
    made = email.message.EmailMessage()
    made["From"], made["Subject"] = sender, f"RE: {subject}"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(f"{said}\n\nLe 5 janvier 2026, le blog a écrit :\n> L'avez-vous écrite ? Répondez « oui » ou « non ».\n")
    return made.as_bytes()


@pytest.mark.parametrize("said", ["oui", "Oui.", "Bonjour,\noui c'est moi"])
def test_a_code_that_comes_back_with_a_yes_verifies_its_sender_once(queue: Queue, inbox: Path, said: str) -> None:
    take(queue, inbox, AGREED)
    row = waiting(queue)
    assert "identité non vérifiée" in "\n".join(reviewing.shown(row))
    raw = back(asked_for(queue, row), said)
    tally = take(queue, inbox, raw)
    assert (tally.verified, tally.new, tally.left.total()) == (1, 0, 0)
    assert "identité vérifiée" in "\n".join(reviewing.shown(waiting(queue)))
    again = take(queue, inbox, raw, AGREED)
    assert (again.verified, again.known) == (0, 2)
    assert "identité vérifiée" in "\n".join(reviewing.shown(waiting(queue)))
    with pytest.raises(DecisionError, match="déjà vérifiée"):
        reviewing.decide(queue, inbox, row.id, "confirm")


def test_a_no_says_that_somebody_else_wrote_it(queue: Queue, inbox: Path) -> None:
    take(queue, inbox, AGREED)
    take(queue, inbox, back(asked_for(queue, waiting(queue)), "Non, ce n'est pas moi"))
    shown = "\n".join(reviewing.shown(waiting(queue)))
    assert "identité non vérifiée" in shown
    assert "dit ne pas l'avoir écrite" in shown


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"sender": "pirate@ailleurs.example"}, "confirmation d'une réponse inconnue"),
        ({"said": ""}, "sans « oui » ni « non »"),
        ({"said": "oui ou non"}, "sans « oui » ni « non »"),
        ({"said": "Je suis absente. Oui, je lirai à mon retour.", "Auto_Submitted": "auto-replied"}, "qu'une machine a envoyé"),
        ({"wrong": "code"}, "confirmation d'une réponse inconnue"),
        ({"wrong": "row"}, "confirmation d'une réponse inconnue"),
    ],
)
def test_what_confirms_nothing_is_told(queue: Queue, inbox: Path, change: dict[str, str], why: str) -> None:
    take(queue, inbox, AGREED)
    subject = asked_for(queue, waiting(queue))
    wrong = change.pop("wrong", "")
    if wrong == "code":
        subject = re.sub(r"-[0-9a-f]{16}\]", "-0123456789abcdef]", subject)
    elif wrong == "row":
        subject = re.sub(r"confirmer-[0-9a-f]{16}", "confirmer-0123456789abcdef", subject)
    tally = take(queue, inbox, back(subject, **{"said": "oui", **change}))
    assert why in next(iter(tally.left))
    assert not waiting(queue).received.is_verified


def test_a_program_that_does_not_quote_answers_nothing_by_the_words_it_was_sent(queue: Queue, inbox: Path) -> None:
    take(queue, inbox, AGREED)
    subject = asked_for(queue, waiting(queue))
    raw = f"From: anne@lecteurs.example\nSubject: {subject}\n\n\nDe : le blog\nEnvoyé : lundi\nObjet : oui\n\nRépondez par oui.\n".encode()
    assert take(queue, inbox, raw).left.total() == 1


def test_a_mail_that_its_domain_signed_takes_the_place_of_one_that_anybody_may_have_written(queue: Queue, inbox: Path) -> None:
    signed = PROVED["the domain of the sender"]
    take(queue, inbox, mail(filled(n3="oui", n4="Le patron d'Anne")).as_bytes())
    tally = take(queue, inbox, signed + mail(filled(n3="non")).as_bytes())
    assert (tally.new, tally.changed) == (0, 1)
    row = waiting(queue)
    assert (row.received.is_verified, row.received.may_be_published, row.received.name) == (True, False, "Anne")
    later = mail(filled(n3="oui")).as_bytes().replace(b"02 Jan", b"03 Jan")
    take(queue, inbox, later)
    row = waiting(queue)
    assert (row.received.is_verified, row.received.may_be_published) == (True, False)
    assert "n'est pas vérifié" in row.received.notes[-1]
    assert take(queue, inbox, later).known == 1


def test_the_last_mail_of_a_sender_says_what_he_agrees_to(queue: Queue, inbox: Path) -> None:
    yes, no = AGREED, mail(filled(n3="non", n4="")).as_bytes().replace(b"02 Jan", b"03 Jan")
    take(queue, inbox, yes, no)
    assert (waiting(queue).received.may_be_published, waiting(queue).received.name) == (False, "")
    assert take(queue, inbox, yes, no).changed == 0
    assert waiting(queue).received.may_be_published is False


def test_an_answer_that_is_published_and_whose_sender_changes_his_mind_is_told(queue: Queue, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767600000")
    content = queue.folder.parent / "content"
    content.mkdir(parents=True)
    take(queue, inbox, AGREED)
    identifier = waiting(queue).id
    reviewing.decide(queue, content, identifier, "accept")
    row = queue.row(identifier)
    assert row is not None
    assert row.consent == "courriel du 2026-01-02"
    tally = take(queue, inbox, mail(filled(n3="non")).as_bytes().replace(b"02 Jan", b"03 Jan"))
    assert f"--undo={identifier}" in tally.alerts[0]


def test_the_call_of_a_confirmation_is_found_by_its_token(queue: Queue, inbox: Path) -> None:
    take(queue, inbox, AGREED)
    assert f"[appel-{CALL.token}]" in asked_for(queue, waiting(queue))
    assert answer(AGREED).is_verified is False
