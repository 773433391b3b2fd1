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


def test_what_is_said_of_a_text_does_not_change_with_the_day(tmp_path: Path) -> None:
    articles = tmp_path / "content" / "articles"
    articles.mkdir(parents=True)
    shutil.copy(HERE / "fautes.md", articles)
    for name, text in {"sans-date.md": "Title: A\n\nTexte.\n", "sans-rien.md": "Texte.\n", "sans-titre.md": "Date: 2024-05-02\n\n# A\n\nTexte.\n"}.items():
        (articles / name).write_text(text, encoding="utf-8")
    months = ("1767268800", "1782820800")  # January and June 2026: texts are kept in the cache from one to the other
    first, second = (pelican(tmp_path / "content", tmp_path / "output", SOURCE_DATE_EPOCH=month).said for month in months)
    assert "articles/sans-date.md:1: PDV021" in first
    assert first == second
    shutil.rmtree(tmp_path / ".cache", ignore_errors=True)
    assert pelican(tmp_path / "content", tmp_path / "ailleurs", SOURCE_DATE_EPOCH=months[1]).said.replace("ailleurs", "output") == second
