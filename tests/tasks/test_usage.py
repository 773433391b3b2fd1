"""A command that is typed wrong, a file that is not there, a network that is cut: one French sentence, and the right exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from plancher.base import reasons
from plancher.tasks import usage

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = ("build", "check", "new", "serve", "tags.rename")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("No idea what 'buidl' is!", "« buidl » n'est pas une commande. Vouliez-vous dire « invoke build » ?"),
        ("No idea what 'titre' is!", "entre guillemets"),
        ("No idea what '--foo' is!", "Option inconnue « --foo »"),
        ("'new' did not receive required positional arguments: 'title'", "new : il manque « title »"),
        ("'tags.rename' did not receive required positional arguments: 'old', 'new'", "il manque « old » et « new »"),
        ("Flag <Argument: port (p)> needed value and was not given one!", "« --port » attend une valeur"),
        ("Flag '--port' needed value and was not given one!", "« --port » attend une valeur"),
        ("invalid literal for int() with base 10: 'abc'", "« abc » n'est pas un nombre entier"),
        ("Whatever comes in a later version", "« invoke --list »"),
    ],
)
def test_each_complaint_about_a_command_is_a_french_sentence(said: str, words: str) -> None:
    french = usage.french(said, COMMANDS)
    assert words in french
    assert not any(english in french for english in ("idea", "receive", "needed", "Whatever", "literal"))


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EISDIR, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENOTDIR, errno.EADDRINUSE])
def test_why_a_file_resists_is_said_in_french(number: int) -> None:
    said = reasons.of_a_disk(OSError(number, os.strerror(number), "un.md"))
    assert os.strerror(number) not in said
    assert said


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("buidl",), 2, "« buidl » n'est pas une commande"),
        (("serve", "--port", "abc"), 2, "« abc » n'est pas un nombre entier"),
        (("links.import", "absent.html"), 1, "absent.html : ce fichier n'existe pas"),
    ],
)
def test_invoke_itself_speaks_french(words: tuple[str, ...], code: int, told: str) -> None:
    ran = subprocess.run([Path(sys.executable).parent / "invoke", *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (ran.returncode, told in ran.stderr, "Traceback" in ran.stderr) == (code, True, False), ran.stderr
