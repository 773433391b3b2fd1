"""Twenty posts as other tools write them: at most one line for each habit of a file, each with what to type."""

from __future__ import annotations

import collections
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import pelican

TEXTS = re.findall(r"^-- (\S+) --\n(.*?)(?=^-- |\Z)", (Path(__file__).parent / "habitudes.txt").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
SILENT = {"pelican.md", "francais.md", "eleventy-json.md", "notion.md", "nikola-meta.md", "notion-brouillon.md", "obsidian.md"}
"""Those of which nothing needs to be said."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    content = tmp_path_factory.mktemp("habitudes") / "content"
    (content / "images").mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(content / "images" / "a.png")
    for name, text in TEXTS:
        path = content / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = pelican(content, content.parent / "output", 'PLANCHER_READING={"mode": "check"}').said
    lines = [line.removeprefix("content/articles/") for line in report.splitlines() if line.startswith("content/articles/")]
    return {name: [line for line in lines if line.startswith(f"{name}:")] for name, _ in TEXTS}


@pytest.mark.parametrize("name", [name for name, _ in TEXTS])
def test_each_habit_of_a_file_takes_one_line_that_says_what_to_type(said: dict[str, list[str]], name: str) -> None:
    codes = collections.Counter(re.search(r"PDV\d+", line)[0] for line in said[name])
    assert all(count == 1 for count in codes.values()), said[name]
    assert all(re.search(r"[ÉE]crivez|Retirez|Ajoutez|Effacez|Enregistrez|écrivez|changez", line) for line in said[name]), said[name]


def test_what_is_plain_is_read_and_nothing_is_said(said: dict[str, list[str]]) -> None:
    assert {name for name in SILENT if said[name]} == set(), {name: said[name] for name in SILENT if said[name]}


def test_no_line_speaks_of_a_key_that_is_read(said: dict[str, list[str]]) -> None:
    spoken = [line for lines in said.values() for line in lines if re.search(r"PDV0(11|12|20|22|24|25|61)", line)]
    assert spoken == []
