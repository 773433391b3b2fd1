"""« invoke answers.receive » in a blog: from the form of a call to its page, as an owner and a reader go."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup
from plancher.commands.answers.secrets_of_owner import RECEIVER

from tests.commands.answers.receiver.running import FROM_BLOG, TOKEN, fields_of, reference
from tests.conftest import without_posts
from tests.invoking import invoke
from tests.tasks.test_answers import POST, waiting

ANSWER = "Deux heures par semaine, reçues du formulaire."


@pytest.fixture(scope="module")
def port() -> int:
    """One that is free just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    folder = without_posts(tmp_path_factory.mktemp("recevoir") / "blog")
    (folder / "content" / "articles" / "un.md").write_text(POST, encoding="utf-8")
    conf = folder / "pelicanconf.py"
    text = conf.read_text(encoding="utf-8").replace("from plancher.blog import", "from plancher.blog import AnswerSettings,", 1)
    conf.write_text(f'{text}\nPLANCHER_ANSWERS = AnswerSettings(form="http://127.0.0.1:{port}/recu", allowed=("127.0.0.0/8",))\n', encoding="utf-8")
    assert invoke(folder, "publish").returncode == 0
    return folder


@pytest.fixture
def receiver(blog: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "invoke", "temoignages.recevoir", f"--port={port}"]
    with subprocess.Popen(command, cwd=blog, env=os.environ | {RECEIVER: TOKEN}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert select.select([process.stdout], [], [], 60)[0], "rien n'a été dit"
            assert f"est reçu sur http://127.0.0.1:{port}/recu/" in process.stdout.readline()
            yield process
        finally:
            process.kill()
            process.wait(timeout=60)


def test_what_a_reader_writes_in_the_form_waits_is_accepted_and_shown(blog: Path, receiver: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = (blog / "output" / "2024" / "05" / "un" / "index.html").read_text(encoding="utf-8")
    form = BeautifulSoup(page, "html.parser").select_one("form[method=post]")
    given = {field["name"]: field.get("value", "") for field in form.select("[name]")} | {"answer": ANSWER, "after": "2 heures", "name": "Zoé"}
    confirming = httpx.post(form["action"], data=given, headers=FROM_BLOG)
    time.sleep(3.1)  # as long as it takes to read it again
    own = {"Origin": form["action"].removesuffix("/recu/"), "Sec-Fetch-Site": "same-origin"}
    assert reference(httpx.post(f"{form['action']}envoyer", data=fields_of(confirming.text), headers=own))
    monkeypatch.setenv(RECEIVER, TOKEN)
    ran = invoke(blog, "answers.fetch")
    assert (ran.returncode, "1\u00a0réponse nouvelle" in ran.stdout) == (0, True), ran.stderr
    assert ANSWER.encode() not in b"".join(path.read_bytes() for path in (blog / ".temoignages").glob("recu.sqlite*"))
    assert "son auteur n'a pas dit oui" not in (shown := invoke(blog, "answers.review").stdout)
    assert "Publier : oui. Compter au registre : oui. 15 ans ou accord des parents : oui." in shown
    assert "Acceptée" in invoke(blog, "answers.review", f"--accept={waiting(blog)[ANSWER]}").stdout
    assert invoke(blog, "publish").returncode == 0
    for name in ("2024/05/un/index.html", "temoignages/index.html", "preuves.json", "feeds/temoignages.atom.xml"):
        assert ANSWER in (blog / "output" / name).read_text(encoding="utf-8"), name
    receiver.send_signal(signal.SIGINT)
    assert receiver.wait(timeout=60) == 130
    assert "est dans la base" in receiver.stderr.read()


def test_a_receiver_that_cannot_begin_says_why(blog: Path, receiver: subprocess.Popen[str], port: int, tmp_path: Path) -> None:
    taken = invoke(blog, "answers.receive", f"--port={port}", f"--file={tmp_path / 'recu.sqlite'}")
    assert taken.returncode == 1
    assert f"le port {port} ne peut pas être pris (un autre programme s'en sert déjà)" in taken.stderr
    assert invoke(blog, "answers.receive", "--copy=../a", "--erase=1").returncode == 2
