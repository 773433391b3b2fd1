"""Ctrl-C in the middle of each command, a real signal to a real process: it ends with 130, and what it says is true."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import without_posts
from tests.invoking import invoke

INTERRUPT = '''
import importlib
import os
import signal


def interrupt(module: str, path: str, call: int) -> None:
    """Send this process the signal of Ctrl-C when a function of ours is called for the nth time."""
    *owners, name = path.split(".")
    owner = importlib.import_module(module)
    for one in owners:
        owner = getattr(owner, one)
    real, calls = getattr(owner, name), []

    def called(*words: object, **named: object) -> object:
        calls.append(words)
        if len(calls) == call:
            os.kill(os.getpid(), signal.SIGINT)
        return real(*words, **named)

    setattr(owner, name, called)
'''
POST = "Title: Un\nDate: 2024-05-02\nTags: films, toile\n\n[Un lien](https://exemple.fr/a).\n"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A blog with two posts, an inbox and a registry; built."""
    blog = without_posts(tmp_path_factory.mktemp("arret") / "blog")
    for name in ("un", "deux"):
        (blog / "content" / "articles" / f"{name}.md").write_text(POST.replace("Un\n", f"{name}\n", 1), encoding="utf-8")
    (blog / "content" / "tags.toml").write_text('["toile"]\n\n["perdu"]\n', encoding="utf-8")
    (blog / "content" / "links").mkdir()
    (blog / "content" / "links" / "inbox.md").write_text("- [A](https://exemple.fr/b)\n", encoding="utf-8")
    (blog / "favoris.html").write_text('<DL><p><DT><A HREF="https://exemple.fr/c">C</A></DL>', encoding="utf-8")
    return blog


@pytest.fixture
def blog(model: Path, tmp_path: Path) -> Path:
    return shutil.copytree(model, tmp_path / "blog")


def interrupted(blog: Path, module: str, path: str, call: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command that is interrupted there; tasks.py is as it was afterwards."""
    tasks = blog / "tasks.py"
    text = tasks.read_text(encoding="utf-8")
    tasks.write_text(f"{text}\n{INTERRUPT}\ninterrupt({module!r}, {path!r}, {call})\n", encoding="utf-8")
    ran = invoke(blog, *words)
    tasks.write_text(text, encoding="utf-8")
    assert "Traceback" not in ran.stderr
    return ran


def seen(blog: Path) -> dict[str, bytes]:
    return {path.relative_to(blog).as_posix(): path.read_bytes() for path in sorted((blog / "content").rglob("*")) if path.is_file()}


CHANGING = [
    ["new", "Un", "titre"],
    ["tags.rename", "toile", "web"],
    ["tags.merge", "films, toile", "toile"],
    ["tags.unused", "--remove"],
    ["links.import", "favoris.html"],
    ["links.draft"],
]


@pytest.mark.parametrize("call", [1, 4, 6, 8, 12])
@pytest.mark.parametrize("words", CHANGING, ids=lambda words: words[0])
def test_after_a_change_of_texts_that_was_stopped_the_sentence_is_true(blog: Path, words: list[str], call: int) -> None:
    before = seen(blog)
    ran = interrupted(blog, "plancher.commands.step", "_replace", call, *words)
    if ran.returncode == 0:  # it writes fewer files than that
        assert call > 4
        return
    assert ran.returncode == 130, ran.stderr
    if "rien n'a changé" in ran.stderr:
        assert seen(blog) == before
    elif "une fois le changement fait" in ran.stderr:
        assert seen(blog) != before
        assert invoke(blog, words[0], "--undo").returncode == 0
        assert seen(blog) == before
    else:
        assert "la prochaine commande qui en change les remettra d'abord comme ils étaient" in ran.stderr
        invoke(blog, "new", "--redo")
        assert seen(blog) == before


@pytest.mark.parametrize("option", ["--undo", "--redo"])
@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_return_that_was_stopped_is_finished_by_the_next_command(blog: Path, option: str, call: int) -> None:
    states = [seen(blog)]
    invoke(blog, "tags.merge", "films, toile", "toile")
    states.append(seen(blog))
    if option == "--redo":
        invoke(blog, "tags.merge", "--undo")
    else:
        states.reverse()
    ran = interrupted(blog, "plancher.commands.step", "_replace", call, "tags.merge", option)
    assert ran.returncode == 130, ran.stderr
    if "rien n'a changé" in ran.stderr:
        assert seen(blog) == states[0]
    else:
        invoke(blog, "new", "--redo")
        assert seen(blog) == states[1], ran.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["links.check"], "Interrompu. Ce qui a été vu est retenu ; relancez la commande pour le reste."),
        (["links.archive"], "Interrompu. Ce qui a été vu est retenu ; relancez la commande pour le reste."),
        (["talks.fetch", "https://vimeo.com/1"], "Interrompu : rien n'a changé."),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_visit_of_the_web_that_was_stopped_keeps_what_it_has(blog: Path, words: list[str], said: str) -> None:
    state = blog / "content" / "links" / "state.json"
    known = {"https://exemple.fr/vu": {"state": "alive"}}
    state.write_text(json.dumps({"version": 1, "links": known}), encoding="utf-8")
    ran = interrupted(blog, "plancher.web.client", "Web.ask", 1, *words)
    assert (ran.returncode, said in ran.stderr) == (130, True), ran.stderr
    assert json.loads(state.read_text(encoding="utf-8"))["links"].keys() >= known.keys()


@pytest.mark.parametrize("words", [["links.check"], ["links.archive"], ["build"], ["publish"], ["check"]], ids=lambda words: words[0])
def test_texts_that_were_not_read_to_their_end_change_nothing(blog: Path, words: list[str]) -> None:
    before = seen(blog)
    ran = interrupted(blog, "plancher.build.library", "Library.load", 1, *words)
    said = {"build": "Interrompu : output n'a pas changé.", "publish": "Interrompu : output n'a pas changé.", "check": "Interrompu : tout n'a pas été relu"}
    assert (ran.returncode, said.get(words[0], "Interrompu : rien n'a été visité.") in ran.stderr) == (130, True), ran.stderr
    assert (seen(blog), (blog / "output").exists()) == (before, False)


@pytest.mark.parametrize("words", [["build"], ["publish"]], ids=lambda words: words[0])
def test_a_site_that_has_just_taken_its_place_is_not_said_to_be_the_former_one(blog: Path, words: list[str]) -> None:
    ran = interrupted(blog, "plancher.build.ledger", "Ledger.save", 1, *words)
    assert (ran.returncode, "Interrompu : output est le site d'avant ou le nouveau, jamais entre les deux." in ran.stderr) == (130, True), ran.stderr
    assert (blog / "output" / "index.html").is_file()
    assert invoke(blog, *words).returncode == 0


def test_a_cleaning_that_was_stopped_says_that_some_may_be_gone(blog: Path) -> None:
    assert invoke(blog, "build").returncode == 0
    ran = interrupted(blog, "plancher.build.cleaning", "_remove", 2, "clean")
    assert (ran.returncode, "Interrompu : une partie est peut-être déjà effacée." in ran.stderr) == (130, True), ran.stderr
    assert invoke(blog, "clean").returncode == 0
    assert not (blog / "output").exists()


def test_ctrl_c_is_how_a_preview_ends(blog: Path) -> None:
    command = [sys.executable, "-m", "invoke", "serve"]
    with subprocess.Popen(command, cwd=blog, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as preview:
        try:
            assert "Ctrl-C pour arrêter" in preview.stdout.readline()
            preview.send_signal(signal.SIGINT)
            said, _ = preview.communicate(timeout=30)
        finally:
            preview.kill()
    assert (preview.returncode, "Aperçu arrêté." in said, "Traceback" in said) == (0, True, False), said


@pytest.mark.parametrize("words", [[], ["--list"], ["check"], ["build"], ["tags.unused"], ["tags.rename", "toile", "web"], ["clean"], ["buidl"]], ids=" ".join)
def test_a_reader_that_goes_away_changes_nothing_of_what_is_done(blog: Path, words: list[str]) -> None:
    """« | head -1 »."""
    ran = invoke(blog, *words)
    other = shutil.copytree(blog, blog.with_name("autre")) if words[:1] != ["tags.rename"] else blog
    if other is blog:
        assert invoke(blog, words[0], "--undo").returncode == 0
    with subprocess.Popen([sys.executable, "-m", "invoke", *words], cwd=other, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as deaf:
        deaf.stdout.close()
        said = deaf.stderr.read()
        assert deaf.wait(timeout=60) == ran.returncode, said
    assert "Traceback" not in said
    assert "Broken" not in said
    if words[:1] == ["tags.rename"]:
        assert "Tags: films, web" in (other / "content" / "articles" / "un.md").read_text(encoding="utf-8")
