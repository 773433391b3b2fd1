"""A real mailbox, over TLS: what bears a token is read once, nothing in it changes, and each way in which it fails is told."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from plancher.commands.answers.queue import Queue, State
from plancher.web import folder_names

from tests.commands.answers.conftest import FAST, fetch, settings_for
from tests.commands.answers.dovecot import Dovecot, cut_after
from tests.importing.answers.test_mails import filled, mail

PHRASES = [mail(filled(n0=f"Phrase {number}.")).as_bytes() for number in range(5)]
ACCENTED = "R&AOk-ponses"


def words(queue: Queue) -> set[str]:
    return {row.received.words for row in queue.rows(State.WAITING) if row.received}


def test_what_bears_a_token_is_read_once_and_nothing_in_the_mailbox_changes(queue: Queue, box: Dovecot) -> None:
    encoded = mail(filled(n0="Autre façon."), "=?utf-8?q?R=C3=A9p=2E_=5Bappel-a1b2c3d4=5D?=").as_bytes()
    box.put(PHRASES[0], mail("Privé", subject="Bonjour").as_bytes(), PHRASES[1], encoded)
    before = box.state()
    tally, _ = fetch(queue, settings_for(box), context=box.trust)
    assert (tally.new, tally.left.total()) == (3, 0)
    assert words(queue) == {"Phrase 0.", "Phrase 1.", "Autre façon."}
    again, _ = fetch(queue, settings_for(box), context=box.trust)
    assert (again.new, again.known) == (0, 0)
    assert box.state() == before
    assert b"Priv" not in b"".join(path.read_bytes() for path in queue.folder.rglob("*") if path.is_file())


def test_a_mail_of_the_mailbox_that_comes_again_in_a_file_comes_in_once(queue: Queue, box: Dovecot, tmp_path: Path) -> None:
    box.put(PHRASES[0])
    fetch(queue, settings_for(box), context=box.trust)
    (tmp_path / "un.eml").write_bytes(PHRASES[0])
    tally, _ = fetch(queue, settings_for(box), files=[tmp_path / "un.eml"])
    assert (tally.new, tally.known) == (0, 1)


def test_a_fetch_goes_on_where_the_last_one_stopped(queue: Queue, box: Dovecot) -> None:
    box.put(*PHRASES[:3])
    mine = settings_for(box, most=2)
    first, _ = fetch(queue, mine, context=box.trust)
    assert (first.new, first.is_full) == (2, True)
    second, _ = fetch(queue, mine, context=box.trust)
    assert (second.new, second.known) == (1, 0)
    box.put(PHRASES[3])
    third, _ = fetch(queue, mine, context=box.trust)
    assert (third.new, third.known) == (1, 0)


def test_a_mail_that_is_too_large_is_told_and_the_next_is_read(queue: Queue, box: Dovecot) -> None:
    box.put(mail("x" * 30_000).as_bytes(), PHRASES[0])
    tally, _ = fetch(queue, settings_for(box, mail_size=20_000), context=box.trust)
    assert tally.new == 1
    assert tally.left == {"courriel de plus de 20000 octets": 1}


@pytest.mark.parametrize("most", [1500, 2500, 3500, 5000])
def test_a_line_that_is_cut_in_the_middle_loses_nothing_and_the_next_fetch_ends_it(queue: Queue, box: Dovecot, most: int) -> None:
    box.put(*PHRASES)
    with cut_after(box.port, most) as port:
        cut, said = fetch(queue, dataclasses.replace(settings_for(box), imap_port=port), context=box.trust)
    assert len(said) == 1
    assert "Réessayez" in said[0] or "reprendra" in said[0]
    assert cut.new < len(PHRASES)
    whole, _ = fetch(queue, settings_for(box), context=box.trust)
    assert cut.new + whole.new == len(PHRASES)
    assert len(words(queue)) == len(PHRASES)


def test_a_folder_that_was_made_anew_is_read_again_and_what_is_known_comes_in_once(queue: Queue, box: Dovecot) -> None:
    mine = settings_for(box, imap_folder="Réponses")
    for expected in ((2, 0), (1, 2)):
        box.empty(ACCENTED)
        box.put(*PHRASES[: 4 - expected[0]] if expected[1] else PHRASES[:2], folder=ACCENTED)
        tally, _ = fetch(queue, mine, context=box.trust)
        assert (tally.new, tally.known) == expected


@pytest.mark.parametrize("name", ["Réponses", "Blog/Réponses & idées", "日本", 'dit "oui"', "😀"])
def test_a_folder_has_whatever_name_its_owner_gave_it(queue: Queue, box: Dovecot, name: str) -> None:
    written = folder_names.quoted(name)[1:-1]
    box.empty(written)
    box.put(PHRASES[0], folder=written)
    box.put(PHRASES[1])
    tally, _ = fetch(queue, settings_for(box, imap_folder=name), context=box.trust)
    assert tally.new == 1
    assert words(queue) == {"Phrase 0."}


@pytest.mark.parametrize(
    ("name", "written"),
    [("INBOX", "INBOX"), ("Réponses", "R&AOk-ponses"), ("A&B", "A&-B"), ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"), ("😀", "&2D3eAA-")],
)
def test_a_name_is_written_as_the_specification_writes_it(name: str, written: str) -> None:
    assert folder_names.encoded(name) == written


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"imap_folder": "Absent"}, "ouvrir le dossier « Absent »"),
        ({"imap_folder": "Été"}, "ouvrir le dossier « Été »"),
        ({"imap_folder": 'x" DELETE "y'}, "ouvrir le dossier"),
        ({"imap_host": "127.0.0.1"}, "le certificat de 127.0.0.1 n'est pas valable"),
        ({"imap_user": "autre"}, "refuse l'identifiant ou le mot de passe"),
        ({"imap_user": "moi é"}, "refuse l'identifiant ou le mot de passe"),
        ({"imap_port": 9}, "ne répond pas"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told(queue: Queue, box: Dovecot, change: dict[str, Any], said: str) -> None:
    _, told = fetch(queue, dataclasses.replace(settings_for(box), **change), context=box.trust)
    assert len(told) == 1
    assert said in told[0]


@pytest.mark.parametrize("password", ["faux", "fauxé"])
def test_a_wrong_password_is_told_without_it(queue: Queue, box: Dovecot, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setenv("PLANCHER_IMAP_PASSWORD", password)
    _, told = fetch(queue, settings_for(box), context=box.trust)
    assert "refuse l'identifiant ou le mot de passe" in told[0]
    assert password not in told[0]


def test_a_certificate_that_nobody_knows_is_shown_no_password(queue: Queue, box: Dovecot) -> None:
    _, told = fetch(queue, settings_for(box))
    assert told == ["Boîte localhost : le certificat de localhost n'est pas valable : rien ne lui a été envoyé."]


def test_a_mailbox_without_its_password_is_told_where_to_put_it(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANCHER_IMAP_PASSWORD", raising=False)
    _, told = fetch(queue, dataclasses.replace(FAST, imap_host="imap.carnet.example", imap_user="moi"))
    assert "PLANCHER_IMAP_PASSWORD_FILE" in told[0]
