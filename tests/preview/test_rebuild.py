"""« invoke serve », asked over HTTP while files change under it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.preview.site_settings import drafts
from plancher.preview.watch import Watch

from tests.preview.running import Preview, post, project, serving


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with serving(tmp_path_factory.mktemp("apercu") / "projet") as running:
        yield running
        assert "Traceback" not in running.said


@pytest.fixture(autouse=True)
def clean(preview: Preview) -> Iterator[None]:
    """Each test leaves the project as it found it."""
    yield
    preview.tells("^$")


def test_drafts_are_shown_and_the_terminal_says_where(preview: Preview) -> None:
    assert "Plus tard" in preview.shows("/brouillons/", "Plus tard")
    assert re.search(
        rf"^Aperçu : {preview.address}/ \(brouillons : {preview.address}/brouillons/ ; guide : {preview.address}/guide/\)\. Ctrl-C pour arrêter\.$",
        preview.said,
        re.MULTILINE,
    )
    assert re.search(r"^\d\d:\d\d:\d\d \d+\u00a0pages refaites et \d+\u00a0autres fichiers refaits en \d+,\d\d\u00a0s\.$", preview.said, re.MULTILINE)


def test_a_burst_of_new_posts_is_all_there(preview: Preview) -> None:
    folder = preview.articles / "rafale"
    folder.mkdir()
    for number in range(100):
        (folder / f"r{number}.md").write_text(post(f"Rafale {number}"), encoding="utf-8")
    for number in range(100):
        (folder / f"r{number}.md").write_text(post(f"Rafale {number}", "Dernier état."), encoding="utf-8")
        time.sleep(0.005)
    for number in (0, 50, 99):
        preview.shows(f"/2024/05/r{number}/", "Dernier état.")
    shutil.rmtree(folder)
    for number in (0, 50, 99):
        preview.lacks(f"/2024/05/r{number}/")


def test_a_renamed_post_moves(preview: Preview) -> None:
    path = preview.articles / "avant.md"
    path.write_text(post("Nomade"), encoding="utf-8")
    preview.shows("/2024/05/avant/", "Nomade")
    path.rename(preview.articles / "apres.md")
    preview.shows("/2024/05/apres/", "Nomade")
    preview.lacks("/2024/05/avant/")
    (preview.articles / "apres.md").unlink()
    preview.lacks("/2024/05/apres/")


def test_a_file_saved_by_a_rename_is_seen(preview: Preview) -> None:
    for turn in range(3):
        (preview.articles / ".un.tmp").write_text(post("Un", f"Tour {turn}."), encoding="utf-8")
        (preview.articles / ".un.tmp").replace(preview.articles / "un.md")
        preview.shows("/2024/05/un/", f"Tour {turn}.")


def test_a_file_saved_in_two_times_ends_as_it_was_meant(preview: Preview) -> None:
    path, text = preview.articles / "moitie.md", post("Moitié", "Entier.")
    path.write_text(text, encoding="utf-8")
    preview.shows("/2024/05/moitie/", "Entier.")
    path.write_text("", encoding="utf-8")
    preview.tells("content/articles/moitie.md:1: PDV")
    with path.open("w", encoding="utf-8") as file:
        file.write(text[:9])
        file.flush()
        time.sleep(0.15)
        file.write(text[9:].replace("Entier", "Complet"))
    preview.shows("/2024/05/moitie/", "Complet.")
    preview.tells("^$")
    path.unlink()
    preview.lacks("/2024/05/moitie/")


def test_another_branch_replaces_many_files_at_once(preview: Preview) -> None:
    other = preview.root / "autre-branche"
    shutil.copytree(preview.root / "content", other)
    for number in range(40):
        (other / "articles" / f"b{number}.md").write_text(post(f"Branche {number}"), encoding="utf-8")
    (other / "articles" / "un.md").unlink()
    (preview.root / "content").rename(preview.root / "content-avant")
    other.rename(preview.root / "content")
    preview.shows("/2024/05/b39/", "Branche 39")
    preview.lacks("/2024/05/un/")
    (preview.articles / "b0.md").write_text(post("Branche 0", "Toujours suivie."), encoding="utf-8")
    preview.shows("/2024/05/b0/", "Toujours suivie.")
    shutil.rmtree(preview.root / "content")
    gone = r"^panne pelicanconf\.py:\d+:  réglage PATH : « content », alors qu'il faut un dossier qui existe\.$"
    preview.tells(gone)
    preview.shows("/2024/05/b39/", "Branche 39")  # the site stays, as for any setting that is wrong
    with preview.altered("pelicanconf.py", lambda text: f"def (\n{text}"):
        preview.tells("ne peut pas être lu")
    preview.tells(gone)  # also by a builder that finds no texts when it starts
    (preview.root / "content-avant").rename(preview.root / "content")
    preview.shows("/2024/05/un/", "Un")
    preview.tells("^$")
    preview.lacks("/2024/05/b39/")
    preview.write("content/articles/un.md", post("Un", "De retour."))
    preview.shows("/2024/05/un/", "De retour.")


def test_an_unreadable_setting_is_said_and_the_site_stays(preview: Preview) -> None:
    with preview.altered("pelicanconf.py", lambda text: text + "\ndef (\n"):
        assert re.search(r"panne pelicanconf\.py:\d+: +ce programme ne peut pas être lu", preview.tells("pelicanconf"))
        preview.shows("/", "Un</a>")
        preview.write("content/articles/pendant.md", post("Pendant"))
        assert "pelicanconf.py" in preview.tells("pelicanconf")
    preview.tells("^$")
    preview.shows("/2024/05/pendant/", "Pendant")
    (preview.articles / "pendant.md").unlink()
    preview.lacks("/2024/05/pendant/")


def test_broken_code_of_a_plugin_is_said_and_mended_even_within_one_second(preview: Preview) -> None:
    path = "plugins/plancher/components/tags/names.py"
    lines = len((preview.root / path).read_text(encoding="utf-8").splitlines())
    with preview.altered(path, lambda text: text + "\nboum = rien\n"):
        assert f"{path}:{lines + 2}: " in preview.tells("« rien » n'est pas défini")
        preview.write(path, (preview.root / path).read_text(encoding="utf-8").replace("boum = rien", "boum = 1234"))
        preview.tells("^$")
    with preview.altered(path, lambda text: text + "\ndef (\n"):
        assert f"{path}:{lines + 2}: " in preview.tells("ne peut pas être lu")
    preview.tells("^$")


def test_a_broken_template_is_said_and_the_site_stays(preview: Preview) -> None:
    path = "theme/templates/article.html"
    with preview.altered(path, lambda text: text.replace("{% block content %}", "{% block content %}\n{{ nulle_part }}")):
        assert re.search(r"^erreur theme/templates/article\.html:\d+: PDV063 ce gabarit ne peut pas être rendu : « nulle_part »", preview.tells("gabarit"))
        said = preview.shows("/2024/05/long/", "Cette page ne peut pas être rendue")
        assert "« nulle_part » n'est pas défini." in said
        assert f"{path}, ligne " in said
        preview.shows("/", "Un</a>")
        preview.write("content/pages/pendant.md", "Title: Pendant\n\nLes autres pages se font toujours.\n")
        preview.shows("/pendant/", "se font toujours")
        (preview.root / "content/pages/pendant.md").unlink()
        preview.lacks("/pendant/")
    preview.shows("/2024/05/long/", "Paragraphe 79")
    preview.tells("^$")
    assert "Échec" not in preview.said


def test_author_errors_are_told_errors_first_and_leave_when_mended(preview: Preview) -> None:
    preview.write("content/articles/zoe.md", post("Zoé", date="n'importe quand"))
    preview.write("content/articles/abel.md", "Title: Abel\nDate: 2024-05-02\n\n> [!tangibl] Non\n> a : b\n")
    told = preview.tells("zoe.md:2: PDV")
    assert "abel.md:4: PDV002" in preview.tells("abel.md")
    kinds = [line.split()[0] for line in told.splitlines()]
    assert kinds == sorted(kinds, key=lambda kind: kind != "erreur")
    assert "content/articles/zoe.md:2: PDV" in preview.said
    for name in ("zoe.md", "abel.md"):
        (preview.articles / name).unlink()
    preview.tells("^$")
    assert "plus rien à corriger" in preview.said


def test_files_on_disk_are_those_of_a_clean_build_and_hold_no_script(preview: Preview, tmp_path: Path) -> None:
    preview.write("content/articles/dernier.md", post("Dernier", date="2024-06-01"))
    preview.shows("/2024/06/dernier/", "Dernier")
    (preview.articles / "dernier.md").unlink()
    preview.lacks("/2024/06/dernier/")
    conf = {"DIRECT_TEMPLATES": ["index", "archives", "tags", "categories", "404"]}  # as the settings have them, in this order: extensions add theirs
    extra = [
        f"{name}={json.dumps(value)}" for name, value in {**drafts(conf), "CACHE_PATH": str(tmp_path / "cache"), "PLANCHER_COMMAND": {"preview": True}}.items()
    ]
    command = [sys.executable, "-m", "pelican", "content", "-o", str(tmp_path / "net"), "-s", "pelicanconf.py", "-q", "-e", *extra]
    subprocess.run(command, cwd=preview.root, check=True, capture_output=True, timeout=60)
    clean = {path.relative_to(tmp_path / "net").as_posix(): path.read_bytes() for path in sorted((tmp_path / "net").rglob("*")) if path.is_file()}
    found = preview.files()
    assert found.keys() == clean.keys()
    assert [path for path in clean if found[path] != clean[path]] == []
    assert [path for path, content in found.items() if b'src="/_apercu' in content] == []


def test_a_taken_port_is_said_in_one_line(preview: Preview) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "invoke", "serve", "--port", str(preview.port)], cwd=preview.root, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 1
    assert f"Le port {preview.port} est déjà pris. Choisissez-en un autre avec --port." in run.stderr
    assert "Traceback" not in run.stderr


def test_a_site_that_is_removed_is_made_again(preview: Preview) -> None:
    preview.remove_site()
    preview.shows("/2024/05/un/", "Un")


@pytest.mark.parametrize("hundredths", [0, 5, 20])
def test_a_site_that_is_removed_while_it_is_made_is_made_again(preview: Preview, hundredths: int) -> None:
    with preview.altered("content/articles/un.md", lambda text: text + f"\nMoment {hundredths}.\n"):
        time.sleep(hundredths / 100)
        preview.remove_site()
        preview.shows("/2024/05/un/", f"Moment {hundredths}.")
        preview.shows("/2024/05/long/", "Paragraphe 79")
        preview.shows("/", "Un</a>")
        preview.tells("^$")


def test_a_builder_that_dies_is_replaced(preview: Preview) -> None:
    kill_builder(preview)
    with preview.altered("content/articles/un.md", lambda text: text + "\nAprès la mort.\n"):
        preview.shows("/2024/05/un/", "Après la mort.")


@pytest.mark.parametrize("hundredths", [1, 4, 8, 16])
def test_a_builder_that_is_killed_at_work_is_replaced_without_another_save(preview: Preview, hundredths: int) -> None:
    with preview.altered("content/articles/un.md", lambda text: text + f"\nTué à {hundredths}.\n"):
        time.sleep(hundredths / 100)
        kill_builder(preview)
        preview.shows("/2024/05/un/", f"Tué à {hundredths}.")
        preview.tells("^$")


def kill_builder(preview: Preview) -> None:
    for pid in children(preview):
        os.kill(pid, signal.SIGKILL)


def test_it_starts_on_a_broken_project_recovers_and_ctrl_c_stops_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "projet")
    conf = (folder / "pelicanconf.py").read_text(encoding="utf-8")
    (folder / "pelicanconf.py").write_text(conf + "\nimport rien_de_tel\n", encoding="utf-8")
    running = Preview(folder)
    try:
        running.until("/", lambda status, text: status == 404 and "Page introuvable" in text)
        assert "rien_de_tel" in running.tells("pelicanconf.py:")
        (folder / "pelicanconf.py").write_text(conf, encoding="utf-8")
        running.shows("/", "Un</a>")
        running.tells("^$")
    finally:
        assert running.stop() == 0
        assert running.said.endswith("Aperçu arrêté.\n")
        assert "Traceback" not in running.said


def children(preview: Preview) -> list[int]:
    run = subprocess.run(["pgrep", "-P", str(preview.process.pid)], capture_output=True, text=True, check=False, timeout=60)
    return [int(pid) for pid in run.stdout.split()]


def test_it_stops_cleanly_when_asked_by_another_program_too(tmp_path: Path) -> None:
    with serving(tmp_path / "projet") as running:
        builders = children(running)
        assert builders
        assert running.stop(signal.SIGTERM) == 0
        assert running.said.endswith("Aperçu arrêté.\n")
        assert "Traceback" not in running.said
        assert [pid for pid in builders if Path(f"/proc/{pid}").exists()] == []


def test_a_folder_that_vanishes_and_comes_back_is_still_watched(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    with Watch(tmp_path, [folder, tmp_path / "pas-encore"], tmp_path / ".preview") as watch:
        time.sleep(0.7)
        watch.changed.clear()
        for name in ("content", "pas-encore"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
            (tmp_path / name).mkdir()
            time.sleep(0.7)
            watch.changed.clear()
            (tmp_path / name / "a.md").write_text("a", encoding="utf-8")
            assert watch.changed.wait(timeout=5)


def test_what_editors_and_python_keep_for_themselves_wakes_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "__pycache__").mkdir(parents=True)
    with Watch(tmp_path, [folder], tmp_path / ".preview") as watch:
        time.sleep(0.7)
        watch.changed.clear()
        for name in (".un.md.swp", "un.md~", "#un.md#", ".hidden", "__pycache__/a.pyc"):
            (folder / name).write_text("a", encoding="utf-8")
        (tmp_path / ".preview-x").mkdir()
        (tmp_path / "notes.txt").write_text("a", encoding="utf-8")
        assert not watch.changed.wait(timeout=0.5)
        (tmp_path / "pelicanconf.py").write_text("a", encoding="utf-8")
        assert watch.changed.wait(timeout=5)
