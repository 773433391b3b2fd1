"""The engine as one file: found where it runs, known by what it holds, installed by pip from a blog's own folder."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from plancher.commands import engine_wheel

from tests.commands.start.engine import Installed
from tests.conftest import ROOT

OPTIONS = ("--name", "Un", "--address", "https://un.example")


def test_pip_installs_the_engine_from_a_blog_and_checks_each_digest(engine: Installed, tmp_path: Path) -> None:
    alone = dataclasses.replace(engine_wheel.read(engine.wheel), locked="# rien d'autre\n")
    for path, content in engine_wheel.files(alone).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--require-hashes", "--target", "ici"]
    good = subprocess.run([sys.executable, *words, "-r", "requirements.txt"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert good.returncode == 0, good.stderr
    assert (tmp_path / "ici" / "plancher" / "theme" / "templates" / "base.html").is_file()
    (tmp_path / engine_wheel.FOLDER / alone.file_name).write_bytes(alone.content + b"\0")
    bad = subprocess.run([sys.executable, *words, "-r", "requirements.txt"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert bad.returncode != 0
    assert "DO NOT MATCH" in bad.stderr


def test_a_blog_holds_the_engine_that_made_it_with_all_that_it_needs(engine: Installed, tmp_path: Path) -> None:
    ran = engine.plancher(tmp_path, "start", "blog", *OPTIONS)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "blog" / "moteur" / engine.wheel.name).read_bytes() == engine.wheel.read_bytes()
    lines = (tmp_path / "blog" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[2:4] == ["--find-links moteur", f"plancher-des-vaches==0.1.0 --hash=sha256:{hashlib.sha256(engine.wheel.read_bytes()).hexdigest()}"]
    needs = [line.split("==")[0] for line in lines[4:] if "==" in line]
    assert {"pelican", "markdown", "jinja2"} <= set(needs)
    assert all(line.startswith(("    --hash=sha256:", *needs)) for line in lines[4:])


def test_the_same_repository_makes_the_same_file_whatever_the_hour(engine: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert engine_wheel.find(None, ROOT).content == engine.wheel.read_bytes()


def test_a_file_that_a_browser_renamed_is_known_by_what_it_holds(engine: Installed, tmp_path: Path) -> None:
    renamed = shutil.copy(engine.wheel, tmp_path / "plancher (1).whl")
    ran = engine.plancher(tmp_path, "start", "blog", *OPTIONS, "--engine", str(renamed))
    assert ran.returncode == 0, ran.stderr
    assert [path.name for path in (tmp_path / "blog" / "moteur").iterdir()] == [engine.wheel.name]


@pytest.mark.parametrize("kind", ["missing", "text", "another package", "nothing inside"])
def test_another_file_is_refused_in_a_sentence(engine: Installed, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.whl"
    if kind == "text":
        path.write_text("à moi", encoding="utf-8")
    if kind in {"another package", "nothing inside"}:
        with zipfile.ZipFile(path, "w") as archive:
            if kind == "another package":
                archive.writestr("a-1.dist-info/METADATA", "Metadata-Version: 2.4\nName: a\nVersion: 1\n")
                archive.writestr("plancher/requirements.txt", "")
    ran = engine.plancher(tmp_path, "start", "blog", *OPTIONS, "--engine", "a.whl")
    assert ran.returncode == 1
    assert ran.stderr.startswith("Rien n'a été écrit : « a.whl » ")
    assert not (tmp_path / "blog").exists()


def test_an_engine_whose_file_is_gone_is_taken_from_the_blog_that_carries_it_or_asked_for(engine: Installed, tmp_path: Path) -> None:
    moved = Installed(tmp_path / "moteur installé", engine.wheel)
    shutil.copytree(engine.folder, moved.folder)
    next(moved.folder.glob("*.dist-info/direct_url.json")).unlink()
    ran = moved.plancher(tmp_path, "start", "blog", *OPTIONS)
    assert ran.returncode == 1
    assert f"Donnez-le : --engine chemin/{engine.wheel.name}" in ran.stderr
    assert moved.plancher(tmp_path, "start", "blog", *OPTIONS, "--engine", str(engine.wheel)).returncode == 0
    again = moved.invoke(tmp_path / "blog", "start", "../autre", *OPTIONS)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "autre" / "moteur" / engine.wheel.name).read_bytes() == engine.wheel.read_bytes()


def test_the_repository_of_the_engine_begins_a_blog_too(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "invoke", "start", str(tmp_path / "blog"), *OPTIONS], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "blog" / "moteur").is_dir()


def test_other_versions_in_a_blog_are_named(engine: Installed, tmp_path: Path) -> None:
    (tmp_path / "moteur").mkdir()
    for name in ("plancher_des_vaches-0.0.9-py3-none-any.whl", engine.wheel.name, "autre.whl"):
        (tmp_path / "moteur" / name).touch()
    assert [path.name for path in engine_wheel.others(tmp_path, engine_wheel.read(engine.wheel))] == ["plancher_des_vaches-0.0.9-py3-none-any.whl"]


def test_without_a_blog_the_program_knows_one_command_and_in_a_blog_all_of_them(engine: Installed, tmp_path: Path) -> None:
    outside = engine.plancher(tmp_path, "--list")
    assert "start" in outside.stdout
    assert "publish" not in outside.stdout
    lost = engine.plancher(tmp_path, "publish")
    assert lost.returncode == 2
    assert lost.stderr == "« publish » n'est pas une commande ici : ce dossier n'est pas celui d'un blog. « plancher start DOSSIER » en commence un.\n"
    assert engine.plancher(tmp_path, "commencer", "blog", *OPTIONS).returncode == 0
    inside = engine.plancher(tmp_path / "blog", "--list")
    assert all(name in inside.stdout for name in ("start", "publish", "links.check"))
    (tmp_path / "blog" / "content" / "articles" / "un.md").write_text("Title: Un\nDate: 2026-01-05\n\nTexte.\n", encoding="utf-8")
    published = engine.plancher(tmp_path / "blog" / "content", "publish")
    assert published.returncode == 0, published.stderr
    assert (tmp_path / "blog" / "output" / "2026" / "01" / "un" / "index.html").is_file()
