"""What is asked of a new owner: each answer is looked at once, and whoever has no terminal is told the options."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.commands.start import asking
from plancher.commands.start.answers import QUESTIONS

from tests.commands.start.engine import Installed

AT_A_TERMINAL = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
"""Runs a program for which Ctrl-C is meant: whoever opens a terminal first in a session has it."""
A_MOMENT = 0.5
"""Seconds from a question to a key: Python shows a question just before it waits, and a signal in between wakes it at the next key only."""
NOTHING: dict[str, str | None] = dict.fromkeys(question.name for question in QUESTIONS)


class Owner:
    """Somebody who types these lines, one a question."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)
        self.asked: list[str] = []

    def __call__(self, words: str) -> str:
        self.asked.append(words)
        return next(self.lines)


def test_defaults_are_offered_in_brackets_and_taken_by_pressing_enter() -> None:
    owner = Owner("Carnet du port", "", "https://lea.github.io/carnet", "", "", "", "")
    answers = asking.complete(NOTHING, owner, is_terminal=True)
    assert answers == {
        "name": "Carnet du port",
        "motto": "",
        "address": "https://lea.github.io/carnet",
        "author": "Carnet du port",
        "email": "",
        "country": "FR",
        "host": "github",
        "forge": "none",
    }
    assert owner.asked[3] == "Qui signe les billets [Carnet du port] : "
    assert owner.asked[6].endswith("[github] : ")


def test_a_wrong_answer_is_asked_again_with_what_is_expected(capsys: pytest.CaptureFixture[str]) -> None:
    owner = Owner("", "  ", "Un", "", "ftp://a", "a b", "un.example", "", "à moi", "moi@un.example", "Allemagne", "belgique", "gitub", "GitHub")
    answers = asking.complete(NOTHING, owner, is_terminal=True)
    assert (answers["name"], answers["address"], answers["country"], answers["host"]) == ("Un", "https://un.example", "BE", "github")
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 7
    assert said[0] == "«  » : il faut un nom, sur une ligne."
    assert said[2].startswith("« ftp://a » : il faut une adresse complète, comme « https://exemple.fr »")
    assert said[4] == "« à moi » : il faut une adresse électronique, comme « nom@exemple.fr », ou rien."
    assert "CH (Suisse)" in said[5]
    assert said[6].endswith("(« github » ?).")


def test_only_what_options_do_not_say_is_asked() -> None:
    owner = Owner("https://un.ch", "")
    answers = asking.complete({**NOTHING, "name": "Un", "motto": "", "author": "Léa", "email": "", "host": "none"}, owner, is_terminal=True)
    assert len(owner.asked) == 2
    assert owner.asked[1].endswith("[CH] : ")
    assert answers["country"] == "CH"


def test_without_a_terminal_what_is_needed_is_named_with_its_options() -> None:
    with pytest.raises(asking.UsageError, match=r"Il manque --name et --address, .* invoke start DOSSIER --name"):
        asking.complete(NOTHING, Owner(), is_terminal=False)
    answers = asking.complete({**NOTHING, "name": "Un", "address": "https://un.lu"}, Owner(), is_terminal=False)
    assert (answers["author"], answers["country"], answers["host"]) == ("Un", "LU", "none")


def test_all_wrong_options_are_said_at_once() -> None:
    with pytest.raises(asking.UsageError) as said:
        asking.complete({**NOTHING, "name": "a\x07b", "address": "", "host": "rsynk"}, Owner(), is_terminal=False)
    lines = str(said.value).splitlines()
    assert [line.split()[0] for line in lines] == ["--name", "--address", "--host"]
    assert "« a\\x07b »" in lines[0]
    assert lines[2].endswith("(« rsync » ?).")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://exemple.fr/", "https://exemple.fr"),
        ("Exemple.FR/blog/", "https://exemple.fr/blog"),
        ("http://été.fr:8080/à", "http://xn--t-9fab.fr:8080/%C3%A0"),
        ("https://exemple.fr/%C3%A0", "https://exemple.fr/%C3%A0"),
    ],
)
def test_an_address_is_kept_as_the_web_writes_it(typed: str, kept: str) -> None:
    answers = asking.complete({**NOTHING, "name": "Un", "address": typed}, Owner(), is_terminal=False)
    assert answers["address"] == kept


@pytest.mark.parametrize("typed", ["https://moi:mot@exemple.fr", "https://exemple.fr?a", "https://exemple.fr/../a", "javascript:alert(1)", "https://"])
def test_an_address_that_no_site_can_have_is_refused(typed: str) -> None:
    with pytest.raises(asking.UsageError, match="--address «"):
        asking.complete({**NOTHING, "name": "Un", "address": typed}, Owner(), is_terminal=False)


@pytest.mark.parametrize("gesture", ["Ctrl-C", "Ctrl-D"])
def test_who_gives_up_leaves_nothing_behind(engine: Installed, tmp_path: Path, gesture: str) -> None:
    said, code = _typed(engine, tmp_path, [("Nom du blog", b"Carnet du port\n"), ("Devise", b"\x03" if gesture == "Ctrl-C" else b"\x04")])
    assert code == 128 + signal.SIGINT
    assert "Rien n'a été écrit." in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_a_blog_is_made_from_what_is_typed_at_a_terminal(engine: Installed, tmp_path: Path) -> None:
    keys = [("Nom", "Carnet d'été\n"), ("Devise", "\n"), ("Adresse publique", "carnet.example\n"), ("signe", "\n"), ("écrivent", "\n"), ("Pays", "\n")]
    said, code = _typed(engine, tmp_path, [*((words, typed.encode()) for words, typed in keys), ("Hébergeur", b"\n")])
    assert code == 0, said
    assert 'address="https://carnet.example"' in (tmp_path / "blog" / "pelicanconf.py").read_text(encoding="utf-8")


def _typed(engine: Installed, here: Path, keys: list[tuple[str, bytes]]) -> tuple[str, int]:
    """What « plancher start blog » says at a terminal where these keys are pressed, each once its question is there; its exit code."""
    ours, its = pytest.importorskip("pty").openpty()
    command = [sys.executable, "-c", AT_A_TERMINAL, *engine.program, "start", "blog"]
    process = subprocess.Popen(command, cwd=here, env=engine.environment(), stdin=its, stdout=its, stderr=its, start_new_session=True)
    os.close(its)
    shown = b""
    try:
        for words, pressed in keys:
            while words.encode() not in shown:
                shown += _read(ours)
            shown = b""
            time.sleep(A_MOMENT)
            os.write(ours, pressed)
        whole = b""
        while piece := _read(ours):
            whole += piece
        return whole.decode(), process.wait(60)
    finally:
        process.kill()
        process.wait(60)
        os.close(ours)


def _read(terminal: int) -> bytes:
    ready, _, _ = select.select([terminal], [], [], 60)
    assert ready, "nothing was said"
    try:
        return os.read(terminal, 4096)
    except OSError:  # nobody is there any more
        return b""
