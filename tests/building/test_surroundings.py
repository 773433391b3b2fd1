"""What a site is built with may be wrong too: one sentence in French, the site of before, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.building.small import Small, difference, files
from tests.conftest import without_posts


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"extra": {"PLANCHER_READING": {"mode": "stricte"}}}, "réglage PLANCHER_READING : « mode » vaut « stricte »"),
        ({"extra": {"PLANCHER_TAGS": {"weights": "logarithmique"}}}, "réglage PLANCHER_TAGS : « weights » vaut « logarithmique »"),
        ({"extra": {"PLANCHER_TANGIBLE": {"natures": "ventes"}}}, "réglage PLANCHER_TANGIBLE : « natures » vaut « ventes »"),
        ({"extra": {"PLANCHER_BUILDING": {"workers": "deux"}}}, "réglage PLANCHER_BUILDING : « workers » vaut « deux »"),
        ({"extra": {"PLANCHER_LINKS": {"feed_size": -1}}}, "réglage PLANCHER_LINKS : « feed_size » vaut « -1 »"),
        ({"extra": {"SITEURL": "javascript:alert(1)"}}, "réglage SITEURL : « javascript:alert(1) »"),
        ({"extra": {"TIMEZONE": "Paris/Europe"}}, "réglage TIMEZONE : « Paris/Europe »"),
        ({"env": {"SOURCE_DATE_EPOCH": "hier"}}, "variable SOURCE_DATE_EPOCH : « hier »"),
    ],
)
def test_a_wrong_value_stops_the_build_with_a_sentence_and_leaves_the_site(small: Small, wishes: dict[str, Any], sentence: str) -> None:
    before = small.files
    ran = small.warm.build(small.folder, small.output, **wishes)
    assert ran.code == 1
    assert sentence in ran.said
    assert len(ran.said.strip().splitlines()) == 1
    assert small.files == before


def test_wherever_a_build_is_run_it_makes_the_same_site(small: Small) -> None:
    before = small.files
    odd = {"TZ": "Nulle/Part", "LANG": "xx_YY.nope", "LC_ALL": "xx", "HOME": "", "TMPDIR": "/absent", "NO_COLOR": "1", "COLUMNS": "-3", "TERM": "inconnu"}
    ran = small.warm.build(small.folder, small.folder / "ailleurs", env={"SOURCE_DATE_EPOCH": str(small.clock), **odd}, extra={"CACHE_PATH": "autre-cache"})
    assert ran.code == 0, ran.said
    assert difference(files(small.folder / "ailleurs"), before) == ""


@pytest.mark.parametrize("task", ["build", "check"])
def test_a_project_without_content_is_told_so(tmp_path: Path, task: str) -> None:
    project = without_posts(tmp_path / "projet")
    shutil.rmtree(project / "content")
    ran = subprocess.run([sys.executable, "-m", "invoke", task], cwd=project, capture_output=True, text=True, check=False, timeout=120, env=dict(os.environ))
    said = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert "content : ce dossier n'existe pas" in said
    assert "Traceback" not in said
    assert "specify" not in said
