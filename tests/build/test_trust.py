"""What an author may count on whatever happened to the folders, the clock or the command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import without_posts
from tests.invoking import invoke
from tests.settings import identity

POST = "Title: {name}\nDate: 2024-05-0{day}\nCategory: Essais\n\nTexte de {name}.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with three posts, built once."""
    folder = without_posts(tmp_path / "projet")
    for day, name in enumerate(("p1", "p2", "p3"), 1):
        (folder / "content" / "articles" / f"{name}.md").write_text(POST.format(name=name, day=day), encoding="utf-8")
    assert invoke(folder, "build").returncode == 0
    return folder


def say(project: Path, name: str, words: str) -> None:
    with (project / "content" / "articles" / f"{name}.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def page(project: Path, name: str) -> str:
    return (project / "output" / "2024" / "05" / name / "index.html").read_text(encoding="utf-8")


def assert_as_from_nothing(project: Path, *words: str, **env: str) -> None:
    kept = {path.relative_to(project): path.read_bytes() for path in sorted((project / "output").rglob("*")) if path.is_file()}
    invoke(project, "clean")
    assert invoke(project, *words, **env).returncode == 0
    assert kept == {path.relative_to(project): path.read_bytes() for path in sorted((project / "output").rglob("*")) if path.is_file()}


def test_another_address_of_the_site_reaches_every_page(project: Path) -> None:
    address = {"SITEURL": "https://autre.example/blog"}
    assert invoke(project, "publish", **address).returncode == 0
    assert 'href="/blog/theme/icon.svg"' in page(project, "p1")
    assert_as_from_nothing(project, "publish", **address)


FILTER = "\nimport filtres\nJINJA_FILTERS = {'cri': filtres.cri}\n"


def test_a_filter_of_the_site_that_changed_changes_every_word_it_makes(project: Path) -> None:
    settings, foot = project / "pelicanconf.py", project / "theme" / "templates" / "partials" / "footer.html"
    (project / "filtres.py").write_text("def cri(x):\n    return x + ' un'\n", encoding="utf-8")
    settings.write_text(settings.read_text(encoding="utf-8") + f"\nsys.path.insert(0, {str(project)!r})\n" + FILTER, encoding="utf-8")
    foot.write_text(foot.read_text(encoding="utf-8") + "<p>{{ 'ah'|cri }} {{ SITENAME|cri }}</p>\n", encoding="utf-8")
    assert invoke(project, "build").returncode == 0
    (project / "filtres.py").write_text("import jinja2\n\n@jinja2.pass_context\ndef cri(context, x):\n    return x + ' deux'\n", encoding="utf-8")
    ran = invoke(project, "build")
    assert ran.returncode == 0, ran.stderr
    assert f"<p>ah deux {identity.SITENAME} deux</p>" in page(project, "p1")


@pytest.mark.parametrize(
    "wound", [lambda raw: raw[:40], lambda raw: raw.replace(b"masthead-name", b"masthead-nAme"), lambda _: b""], ids=["cut", "altered", "empty"]
)
def test_a_compiled_template_that_is_damaged_is_made_again(project: Path, wound) -> None:
    for path in (project / "theme" / "templates" / "__pycache__").iterdir():
        path.write_bytes(wound(path.read_bytes()))
    (project / "content" / "articles" / "p1.md").write_text(POST.format(name="autre", day=1), encoding="utf-8")
    assert invoke(project, "build").returncode == 0
    assert_as_from_nothing(project, "build")


@pytest.mark.parametrize("wound", [Path.unlink, lambda path: path.write_bytes(b"\0" * 5000)], ids=["lost", "damaged"])
def test_lost_recipes_cost_time_and_no_page(project: Path, wound) -> None:
    wound(next((project / ".cache" / "sites").glob("*.sqlite")))
    for name in ("p1", "p2"):
        say(project, name, f"Phrase de {name}.")
        assert invoke(project, "build").returncode == 0
        assert f"Phrase de {name}." in page(project, name)
    assert_as_from_nothing(project, "build")


def test_recipes_of_another_build_are_not_believed(project: Path) -> None:
    recipes = next((project / ".cache" / "sites").glob("*.sqlite"))
    before = recipes.read_bytes()
    settings = project / "pelicanconf.py"
    settings.write_text(settings.read_text(encoding="utf-8") + '\nSITENAME = "Autre nom"\n', encoding="utf-8")
    assert invoke(project, "build").returncode == 0
    recipes.write_bytes(before)  # as a build killed before it could keep its own leaves them
    say(project, "p1", "Encore.")
    assert invoke(project, "build").returncode == 0
    assert "Autre nom" in page(project, "p1")
    assert_as_from_nothing(project, "build")


@pytest.mark.parametrize("where", ["output", ".output-double"])
def test_a_link_in_the_place_of_a_folder_hides_no_page(project: Path, where: str) -> None:
    """In the site it is the owner's, and has to go first."""
    link = project / where / "2024"
    link.rename(project / "ailleurs")
    link.symlink_to(project / "ailleurs")
    if where == "output":
        ran = invoke(project, "build")
        assert (ran.returncode, link.is_symlink()) == (1, True)
        assert "output/2024:1: PDV091" in ran.stderr
        link.unlink()
    for turn in range(3):
        say(project, "p1", f"Tour {turn}.")
        assert invoke(project, "build").returncode == 0
        assert sorted(path.name for path in (project / "output" / "2024" / "05").iterdir()) == ["p1", "p2", "p3"]
    assert not (project / "output" / "2024").is_symlink()


@pytest.mark.parametrize("wound", ["file", "link", "folder"])
def test_whatever_became_of_the_double_the_site_is_built(project: Path, wound: str) -> None:
    double = project / ".output-double"
    if wound == "folder":
        (double / "2024" / "05" / "p3" / "index.html").unlink()
        (double / "2024" / "05" / "p3" / "index.html").mkdir()
        (project / "content" / "articles" / "p3.md").unlink()
    else:
        shutil.rmtree(double)
        double.touch() if wound == "file" else double.symlink_to(project / "content")
    say(project, "p1", "Encore.")
    for _ in range(2):
        ran = invoke(project, "build")
        assert ran.returncode == 0, ran.stderr
        assert "Encore." in page(project, "p1")
        assert not (project / "output").is_symlink()
    assert (project / "content" / "articles" / "p1.md").exists()


def test_an_empty_folder_in_the_output_stays_and_the_next_build_has_nothing_to_do(project: Path) -> None:
    (project / "output" / "vide" / "dedans").mkdir(parents=True)
    assert invoke(project, "build").returncode == 0
    assert (project / "output" / "vide" / "dedans").is_dir()
    times = (project / "output").stat().st_mtime_ns
    assert invoke(project, "build").returncode == 0
    assert (project / "output").stat().st_mtime_ns == times


def test_time_that_goes_backwards_takes_its_texts_along(project: Path) -> None:
    say(project, "p1", "> [!tangible]\n> promesse : a\n> preuve : b\n> réexaminer : 2025-03-01")
    early, late = "1735700000", "1764000000"
    assert invoke(project, "build", SOURCE_DATE_EPOCH=late).returncode == 0
    assert "depuis le" in page(project, "p1")
    assert invoke(project, "build", SOURCE_DATE_EPOCH=early).returncode == 0
    assert "depuis le" not in page(project, "p1")
    assert_as_from_nothing(project, "build", SOURCE_DATE_EPOCH=early)


def test_a_file_name_with_a_line_feed_costs_time_only(project: Path) -> None:
    (project / "content" / "documents").mkdir()
    (project / "content" / "documents" / "a\nb.txt").write_text("x", encoding="utf-8")
    for _ in range(3):
        ran = invoke(project, "build")
        assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr


def test_ctrl_c_is_no_success(project: Path) -> None:
    settings = project / "pelicanconf.py"
    settings.write_text(settings.read_text(encoding="utf-8") + "\nimport time\ntime.sleep(3)\n", encoding="utf-8")
    run = subprocess.Popen([sys.executable, "-m", "invoke", "build"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(1.5)
    os.killpg(run.pid, signal.SIGINT)
    said, _ = run.communicate(timeout=60)
    assert run.returncode != 0
    assert "Site construit" not in said.decode()


def test_a_machine_in_another_language_runs_each_task_once(project: Path) -> None:
    ran = invoke(project, "new", "Bel été", "check", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C", LANG="C")
    assert ran.returncode == 0, ran.stderr
    assert "existe déjà" not in ran.stderr


def test_who_wants_to_know_of_no_child_gets_the_same_site(project: Path) -> None:
    program = "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.executable, [sys.executable, '-m', 'invoke', 'build'])"
    for words in ("", "Encore."):
        say(project, "p1", words)
        for _ in range(2):
            ran = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=False, timeout=60)
            assert ran.returncode == 0, ran.stderr
    assert "Encore." in page(project, "p1")
