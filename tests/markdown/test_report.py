"""One document that is wrong on nearly every line, and everything an author is told of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import pelican

HERE = Path(__file__).resolve().parent


def test_the_whole_report_of_a_faulty_text(tmp_path: Path) -> None:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    shutil.copy(HERE / "fautes.md", articles)
    checked = pelican(tmp_path / "content", tmp_path / "output", 'PLANCHER_READING={"mode": "check"}')
    report = [line.removeprefix("content/articles/") for line in checked.said.splitlines() if line.startswith("content/")]
    assert report == (HERE / "fautes.txt").read_text(encoding="utf-8").splitlines()
    assert "erreurs" in checked.said.splitlines()[-1]
    assert checked.code == 1
    assert not checked.has("index.html")
