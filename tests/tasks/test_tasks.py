"""The author's commands, run as an author runs them, on a copy of the project."""

from __future__ import annotations

import datetime as dt
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from plancher.build import in_place

from tests.conftest import without_posts
from tests.invoking import invoke


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with a single post."""
    folder = without_posts(tmp_path / "projet")
    (folder / "content" / "articles" / "un.md").write_text("Title: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n", encoding="utf-8")
    return folder


def test_build_makes_the_site_and_says_where(project: Path) -> None:
    run = invoke(project, "build")
    assert run.returncode == 0, run.stderr
    assert "output/index.html" in run.stdout
    assert (project / "output" / "2024" / "05" / "un" / "index.html").is_file()


def test_a_blog_without_any_text_is_built_checked_and_published(tmp_path: Path) -> None:
    folder = without_posts(tmp_path / "projet")
    (folder / "content" / "articles").rmdir()
    for task in ("build", "check", "publish"):
        run = invoke(folder, task)
        assert (task, run.returncode) == (task, 0), run.stderr
    assert "Aucun billet n’est encore publié." in (folder / "output" / "index.html").read_text(encoding="utf-8")
    assert list((folder / "content").iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("DEFAULT_PAGINATION = 0", "réglage DEFAULT_PAGINATION : « 0 », alors qu'il faut un nombre entier, à partir de 1."),  # our engine's own words
        ("SITEURL = None", "Échec : réglage SITEURL : « None », alors qu'il faut une adresse complète"),  # Pelican stops before our engine begins
        ("a = (", "Échec : pelicanconf.py:1: ce programme ne peut pas être lu"),
        ('ARTICLE_URL = "{nul}/"', "Échec : un réglage d'adresse (ARTICLE_URL, PAGE_SAVE_AS…) demande « {nul} », qu'un texte n'a pas."),
    ],
)
def test_what_stops_a_build_is_said_in_one_sentence(project: Path, typed: str, said: str) -> None:
    settings = project / "pelicanconf.py"
    wanted = settings.read_text(encoding="utf-8")
    settings.write_text(f"{wanted}\n{typed}\n", encoding="utf-8")
    run = invoke(project, "build")
    line = wanted.count("\n") + 2
    assert run.returncode == 1
    assert said.replace(".py:1:", f".py:{line}:") in run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_new_writes_a_draft_that_the_checks_accept_and_refuses_to_write_it_twice(project: Path) -> None:
    first = invoke(project, "new", "L'été, à Paris !")
    path = project / "content" / "articles" / f"{dt.datetime.now().astimezone():%Y}" / "l-ete-a-paris.md"
    assert path.is_file(), first.stderr
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^Status: draft$", text, re.MULTILINE)
    assert re.search(r"^Id: tag:\S+,\d{4}-\d\d-\d\d:l-ete-a-paris$", text, re.MULTILINE)
    assert invoke(project, "check").returncode == 0
    second = invoke(project, "nouveau", "L'été, à Paris !")
    assert second.returncode == 1
    assert "existe déjà" in second.stderr
    assert path.read_text(encoding="utf-8") == text


def test_check_says_what_is_wrong_and_writes_nothing(project: Path) -> None:
    (project / "content" / "articles" / "un.md").write_text("Title: Un\nDate: 2024\n\nTexte.\n", encoding="utf-8")
    run = invoke(project, "verifier")
    assert run.returncode == 1
    assert "content/articles/un.md:2: PDV022" in run.stderr
    assert not (project / "output").exists()


def test_publish_leaves_the_previous_site_when_something_is_wrong(project: Path) -> None:
    listed, post = project / "content" / "adresses.txt", project / "content" / "articles" / "un.md"
    post.write_text(post.read_text(encoding="utf-8") + "\n> [!tangible] Un\n> promesse : du bruit\n> preuve : trois contrats\n", encoding="utf-8")
    first = invoke(project, "publish")
    assert first.returncode == 0, first.stderr
    assert "content/adresses.txt a changé : enregistrez-le dans git" in first.stdout
    known = listed.read_text(encoding="utf-8").splitlines()
    assert [line for line in known[1:] if line[0] != "/"] == ["articles/un#preuve-1 : du bruit"]
    assert {"/2024/05/un/ : articles/un | 2024-05-02 | Un", "/categorie/essais/", "/feeds/atom.xml"} <= set(known)
    before = (project / "output" / "index.html").read_bytes()
    (project / "content" / "articles" / "deux.md").write_text("Title: Deux\n\nSans date.\n\n> [!tangible] Un\n> promesse : autre\n", encoding="utf-8")
    run = invoke(project, "publish")
    assert run.returncode == 1
    assert listed.read_text(encoding="utf-8").splitlines() == known
    assert "output n'a pas changé" in run.stderr
    assert (project / "output" / "index.html").read_bytes() == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".output")] == [".output-double"]


def test_the_language_of_the_machine_changes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project / "content" / "articles" / "un.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Category:", "Tags: vidéo\nCategory:"), encoding="utf-8")
    for name, value in {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
        monkeypatch.setenv(name, value)
    run = invoke(project, "publish")
    assert run.returncode == 0, run.stderr
    assert b"vid\xc3\xa9o" in {os.fsencode(folder.name) for folder in (project / "output" / "tag").iterdir()}


def test_a_deleted_post_leaves_the_site(project: Path) -> None:
    invoke(project, "build")
    (project / "content" / "articles" / "un.md").unlink()
    invoke(project, "build")
    assert not (project / "output" / "2024").exists()


def test_serve_shows_drafts_files_to_mend_and_what_was_just_saved(project: Path) -> None:
    articles = project / "content" / "articles"
    (articles / "plus-tard.md").write_text("Title: Plus tard\nDate: 2024-05-03\nStatus: draft\n\nTexte.\n", encoding="utf-8")
    (articles / "sans-date.md").write_text("Title: Sans date\n\nTexte.\n", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "invoke", "serve", "--port", str(port)], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        drafts = wait_for(f"http://127.0.0.1:{port}/brouillons/", "Plus tard")
        assert "Plus tard" in drafts
        assert "content/articles/sans-date.md" in drafts
        text = (articles / "un.md").read_text(encoding="utf-8")
        time.sleep(1.1)  # file systems with whole seconds
        (articles / "un.md").write_text(text.replace("Title: Un", "Title: Autre titre"), encoding="utf-8")
        assert "Autre titre" in wait_for(f"http://127.0.0.1:{port}/", "Autre titre")
    finally:
        server.terminate()
        server.communicate(timeout=10)


def wait_for(address: str, words: str) -> str:
    """The page, once it holds these words; at most twenty seconds."""
    page = ""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                page = answer.read().decode()
        except OSError:
            page = ""
        if words in page:
            break
        time.sleep(0.2)
    return page


def test_clean_removes_the_site(project: Path) -> None:
    invoke(project, "build")
    run = invoke(project, "clean")
    assert run.returncode == 0, run.stderr
    assert re.search(r"^Effacé\W+output \(\d+\W+fichiers, ", run.stdout, re.MULTILINE)
    assert not (project / "output").exists()


def test_an_empty_output_is_refused_and_any_command_ends_what_a_stopped_build_began(project: Path) -> None:
    """The shell gave a variable that has no value; a machine was switched off."""
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    run = invoke(project, "publish", "--output", "")
    assert run.returncode == 1
    assert "Le nom du dossier du site est vide" in run.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and "__pycache__" not in path.parts} == before
    site, made = project / "output", project / "fait"
    for folder, text in ((site, "ancien"), (made, "nouveau")):
        folder.mkdir()
        (folder / "index.html").write_text(text, encoding="utf-8")
    in_place._prepared(site, [made], ["index.html"], [])
    assert invoke(project, "--list").returncode == 0
    assert (site / "index.html").read_text(encoding="utf-8") == "nouveau"


def test_a_file_in_the_place_of_the_site_is_left_alone(project: Path) -> None:
    (project / "output").write_text("à moi", encoding="utf-8")
    run = invoke(project, "build")
    assert run.returncode == 1
    assert "un fichier porte déjà ce nom" in run.stderr
    assert (project / "output").read_text(encoding="utf-8") == "à moi"
