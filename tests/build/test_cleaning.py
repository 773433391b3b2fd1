"""« invoke clean » takes away what builds made, says what, and touches nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from plancher.base import reasons
from plancher.build import cleaning, in_place

from tests.build.small import Small

MINE = "à moi".encode()


def clean(small: Small, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(small.folder)
    return "\n".join(cleaning.clean(small.folder, small.cache)).replace("\u00a0", " ").replace("\u202f", " ")


def test_what_builds_made_goes_and_is_told_with_its_size(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (".ruff_cache/CACHEDIR.TAG", ".ruff_cache/0.1/a", "tests/__pycache__/a.cpython-311.pyc", "theme/templates/__pycache__/" + "0a" * 20):
        small.write(name, b"x" * 3000)
    count = len(small.files)
    said = clean(small, monkeypatch)
    for name in ("output", ".output-double", ".cache", ".ruff_cache", "tests/__pycache__", "theme/templates/__pycache__"):
        assert not (small.folder / name).exists(), name
    assert f"Effacé : output ({count} fichiers, " in said
    assert "Effacé : .ruff_cache (2 fichiers, 5,9 ko)." in said
    assert "Gardé" not in said
    assert clean(small, monkeypatch) == ""
    assert small.build().code == 0


def test_what_is_the_owners_stays_and_the_folder_of_the_site_remains_one(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = ["output/CNAME", "output/2024/notes.txt", ".cache/notes.txt", ".hypothesis/notes.txt", "plugins/__pycache__/notes.txt", "venv/__pycache__/a.pyc"]
    for name in (*theirs, "documents/contrat.odt"):
        small.write(name, MINE)
    shutil.rmtree(small.folder / ".output-double")
    small.write(".output-double/notes.txt", MINE)
    (small.folder / ".mypy_cache").symlink_to("documents")
    said = clean(small, monkeypatch)
    for name in (*theirs, ".output-double/notes.txt", "documents/contrat.odt"):
        assert (small.folder / name).read_bytes() == MINE, name
    assert "Gardé : output, où ceci n'est pas à nous : 2024/, CNAME." in said
    assert "Gardé : .output-double, où ceci n'est pas à nous : notes.txt." in said
    assert set(small.files) == {".plancher", "CNAME", "2024/notes.txt"}
    assert small.build().code == 0
    assert small.files["CNAME"] == MINE


@pytest.mark.parametrize("cache", ["kept", "lost"])
def test_a_folder_that_is_not_a_site_of_ours_is_left(small: Small, monkeypatch: pytest.MonkeyPatch, cache: str) -> None:
    shutil.rmtree(small.output)
    if cache == "lost":
        shutil.rmtree(small.cache)
    small.write("output/index.html", MINE)
    assert "Gardé : output" in clean(small, monkeypatch)
    assert small.files == {"index.html": MINE}


def test_a_link_in_the_place_of_the_site_stays_one(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.output.rename(small.folder / "ailleurs")
    small.output.symlink_to("ailleurs")
    clean(small, monkeypatch)
    assert small.output.is_symlink()
    assert not (small.folder / "ailleurs").exists()


def test_what_a_killed_build_left_goes_too(small: Small, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    small.write(".output-chantier-abc/index.html", "à moitié")
    (tmp_path / "fait").mkdir()
    (tmp_path / "fait/neuf.html").write_text("neuf", encoding="utf-8")
    in_place._prepared(small.output, [tmp_path / "fait"], ["neuf.html"], ["index.html"])
    small.write("output/CNAME", MINE)
    clean(small, monkeypatch)
    assert not (small.folder / ".output-chantier-abc").exists()
    assert small.files.keys() <= {".plancher", "CNAME", "neuf.html"}
    assert small.files["CNAME"] == MINE


def test_a_link_that_leads_to_itself_in_the_place_of_the_site_is_told_in_french(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    (small.folder / ".preview").symlink_to(".preview")
    with pytest.raises(OSError, match=r"\.preview") as error:
        clean(small, monkeypatch)
    assert reasons.of_a_disk(error.value) == "des liens se suivent sans fin"
