"""« invoke », « invoke --list » and « invoke --help new »: in French, by groups, as wide as the terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from plancher.tasks import listing
from plancher.tasks.listing import Entry

ROOT = Path(__file__).resolve().parent.parent.parent
INVOKE = Path(sys.executable).parent / "invoke"
ENGLISH = re.compile(r"\b(?:Usage|Docstring|Options:|Available|tasks|none|STRING|INT|core-opts)\b")


def shown(*words: str) -> str:
    ran = subprocess.run([INVOKE, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def in_a_terminal(columns: int, *words: str) -> str:
    """What a terminal of this width receives."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen([INVOKE, *words], cwd=ROOT, stdin=its, stdout=its, stderr=its, env=environment):
        os.close(its)
        received = b""
        while True:
            try:
                received += os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
    os.close(ours)
    return received.decode().replace("\r\n", "\n")


def test_the_list_has_groups_in_the_order_of_the_work_and_each_command_its_two_names() -> None:
    text = shown("--list")
    titles = [line for line in text.splitlines() if line and not line.startswith((" ", "«", "dev"))]
    assert titles[:8] == ["Écrire", "Voir", "Publier", "Mots-clés", "Liens", "Vidéos", "Témoignages", "Le blog"]
    for names in ("new, nouveau", "serve, servir", "tags.rename, tags.renommer", "links.import, links.importer", "talks.fetch, talks.remplir"):
        assert f"\n  {names} " in text
    assert not ENGLISH.search(text)


@pytest.mark.parametrize("words", [(), ("-l",), ("--list-format", "nested", "--list")], ids=["nothing", "short", "nested"])
def test_the_list_is_shown_however_it_is_asked_for(words: tuple[str, ...]) -> None:
    assert shown(*words) == shown("--list")


def test_developers_commands_stand_apart() -> None:
    assert not re.search(r"^ +dev\.", shown(), re.MULTILINE)
    apart = shown("--list", "dev")
    assert all(f"  {names}" in apart for names in ("dev.test, dev.tester", "dev.lint, dev.relire", "dev.bench, dev.mesurer"))
    assert "serve" not in apart


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_the_list_is_as_wide_as_the_terminal(columns: int) -> None:
    lines = in_a_terminal(columns).splitlines()
    widest = max(map(len, lines))
    assert columns * 0.6 < widest < columns, widest
    assert not any(re.match(r" *[:;?!»]", line) for line in lines)


def test_where_there_is_no_terminal_the_list_has_eighty_columns() -> None:
    assert 70 < max(map(len, shown().splitlines())) < 80


@pytest.mark.parametrize("words", [("--help", "new"), ("new", "--help"), ("nouveau", "-h"), ("new", "Un", "titre", "--help")])
def test_the_help_of_a_command_is_french_and_does_nothing(words: tuple[str, ...]) -> None:
    text = shown(*words)
    assert text.startswith('invoke new "titre du billet" [options]\n')
    assert "  --undo   défaire le dernier changement de cette commande\n" in text
    assert not ENGLISH.search(text)


@pytest.mark.parametrize("command", ["build", "serve", "check", "publish", "clean", "tags.merge", "links.draft", "talks.fetch", "dev.bench"])
def test_each_help_is_french(command: str) -> None:
    text = shown("--help", command)
    assert text.startswith(f"invoke {command}")
    assert not ENGLISH.search(text)


def test_a_name_that_is_wider_than_its_terminal_is_not_cut() -> None:
    text = listing.listed([("Liens", [Entry("links.archive, links.archiver", "Demande une copie : une seule.")])], 24)
    assert text.split() == "Liens links.archive, links.archiver Demande une copie : une seule.".split()
