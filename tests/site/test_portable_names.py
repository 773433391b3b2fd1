"""A blog can be copied to Windows and macOS: what could not be is told, and stops no publication."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.base.catalogue import CATALOGUE
from plancher.site import file_checks
from plancher.site.portable_names import names_suit_other_systems, unfit

from tests.build.small import Small


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("images/a:b.png", "« : »"),
        ("articles/quoi ?.md", "« ? »"),
        ('articles/dit "ceci".md', '« " »'),
        ("images/deux\\noms.png", "« \\ »"),
        ("images/fin./a.png", "par un point"),
        ("images/fin /a.png", "par une espace"),
        ("articles/fin ", "par une espace"),
        ("images/aux.png", "« aux »"),
        ("CON/a.png", "« CON »"),
        ("pages/lpt1", "« lpt1 »"),
        ("images/" + "long/" * 40 + "a.png", "212 signes"),
    ],
)
def test_a_path_that_windows_cannot_hold_is_told_with_its_fault(path: str, words: str) -> None:
    assert words in unfit(path)
    ((name, problem),) = names_suit_other_systems(["articles/bon.md", path], "content")
    assert (name, problem.code) == (path, "PDV037")
    assert words in problem.message


@pytest.mark.parametrize("path", ["articles/2024/été.md", "images/.cache/a..b.png", "console/nulle.md", "pages/com10.md", "a/" * 90 + "a.png"])
def test_other_paths_are_fine(path: str) -> None:
    assert list(names_suit_other_systems([path], "content")) == []


def test_names_that_differ_by_case_or_by_the_spelling_of_an_accent_are_told_once_each() -> None:
    names = ["images/Photo.png", "images/photo.png", "images/e\u0301te.png", "images/éte.png", "pages/a.md", "Pages/b.md", "pages/c/d.md", "Pages/c/d.md"]
    found = [(name, problem.code, problem.message.partition(" ne diffèrent")[0]) for name, problem in names_suit_other_systems(names, "content")]
    assert found == [
        ("Pages/b.md", "PDV038", "« Pages » et « pages »"),
        ("pages/a.md", "PDV038", "« pages » et « Pages »"),
        ("images/Photo.png", "PDV038", "« images/Photo.png » et « images/photo.png »"),
        ("images/photo.png", "PDV038", "« images/photo.png » et « images/Photo.png »"),
        ("images/e\u0301te.png", "PDV038", "« images/e\u0301te.png » et « images/éte.png »"),
        ("images/éte.png", "PDV038", "« images/éte.png » et « images/e\u0301te.png »"),
    ]


def test_they_warn_and_the_site_is_published(small: Small) -> None:
    assert {CATALOGUE[code].severity for code in ("PDV037", "PDV038", "PDV068")} == {"avertissement"}
    small.set(PLANCHER_READING='ReadingSettings(mode="strict")')
    small.write("content/images/a:b.png", (small.content / "images" / "a.png").read_bytes())
    small.post("un", tags=("PME", "c'est quoi ?"))
    small.post("deux", link="")
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "content/images/a:b.png:1: PDV037 ce chemin contient « : »" in ran.said
    assert ran.said.count("PDV068") == 1, ran.said
    assert "content/articles/2024/un.md:4: PDV068 la page du mot-clé « c'est quoi ? » contient « ? »" in ran.said
    assert "tag/c'est quoi ?/index.html" in small.files


def test_a_drawing_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    found = list(file_checks.drawings_hold_no_code([tmp_path / "parti.svg"]))
    assert [problem.code for _, problem in found] == ["PDV092"]
    assert str(found[0][1].severity) == "erreur"
