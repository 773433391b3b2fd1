"""What a site is built with may be wrong too: one sentence in French, the site of before, no traceback."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from plancher.base import atomic
from plancher.build.process_environment import no_garbage_collection, public_files, writable_cache

from tests.build.small import Small, difference, files
from tests.conftest import without_posts
from tests.invoking import invoke


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
    ran = invoke(project, task)
    said = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert "content : ce dossier n'existe pas" in said
    assert "Traceback" not in said
    assert "specify" not in said


ODD = {
    b"articles/2024/lat\xe9.md": "content/articles/2024/lat\\xe9.md:1: PDV092 son nom n'est pas en UTF-8. Renommez-le.",
    b"articles/20\xff/x.md": "content/articles/20\\xff:1: PDV092 son nom n'est pas en UTF-8.",
    b"images/\xe9.png": "content/images/\\xe9.png:1: PDV092 son nom n'est pas en UTF-8.",
    b"pages/a\x1b[31m.md": "content/pages/a\\x1b[31m.md:1: PDV092 son nom contient un caractère invisible.",
    b"articles/2024/deux\nlignes.md": "content/articles/2024/deux\\nlignes.md:1: PDV092 son nom contient un caractère invisible.",
}
DATA = {
    "links/state.json": (b"[" * 100_000, "content/links/state.json:1: PDV081 ce fichier ne se lit pas : il est imbriqué sur trop de niveaux."),
    "tags.toml": (b'["PME"]\ndescription = ' + b"1" * 5000, "content/tags.toml:1: PDV080 ce registre ne se lit pas : un nombre ou une date y est impossible."),
}
HEADER = "Title: Latin\nDate: 2024-01-05\n\nTexte.\n"


def test_what_cannot_be_read_is_named_and_all_the_rest_is_built(small: Small) -> None:
    for name in ODD:
        small.write(os.fsdecode(b"content/" + name), HEADER)
    for name, (raw, _) in DATA.items():
        small.write(f"content/{name}", raw)
    os.mkfifo(small.content / "articles" / "tube.md")
    os.mkfifo(small.content / "images" / "tube.png")
    before = small.files
    for _ in range(2):
        ran = small.build()
        assert ran.code == 0, ran.said
        for sentence in (*ODD.values(), *(said for _, said in DATA.values())):
            assert sentence in ran.said
        assert {"content/articles/tube.md:1: PDV092", "content/images/tube.png:1: PDV092"} <= {line.split(" ce n'est pas")[0] for line in ran.said.splitlines()}
        assert {"2024/05/un/index.html", "2024/05/deux/index.html", "2025/06/trois/index.html"} <= small.files.keys()
        assert small.files.keys() == before.keys()
    small.set(PLANCHER_READING='ReadingSettings(mode="strict")', PLANCHER_THEME='{"cards": "jamais"}')  # a publication draws cards
    assert small.build().code == 1
    for name in ODD:
        (small.folder / os.fsdecode(b"content/" + name)).unlink()
    for tube in small.content.rglob("tube.*"):
        tube.unlink()
    (small.content / "articles" / os.fsdecode(b"20\xff")).rmdir()
    for name in DATA:
        (small.content / name).unlink()
    ran = small.build()
    assert ran.code == 0, ran.said
    assert difference(small.files, before) == ""


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        (
            "theme/static/css/latin.css",
            "a{content:'é'}".encode("latin-1"),
            "theme/static/css/latin.css:1: ce fichier ne peut pas être lu : il n'est pas en UTF-8",
        ),
        (
            "theme/templates/partials/footer.html",
            b"<p>\n\xe9</p>",
            "theme/templates/partials/footer.html:2: ce fichier ne peut pas être lu : il n'est pas en UTF-8",
        ),
        ("theme/static/css/tube.css", None, "theme/static/css/tube.css:1: ce fichier ne peut pas être lu : ce n'est pas un fichier ordinaire"),
    ],
)
def test_a_theme_that_cannot_be_read_is_told_with_its_file(small: Small, name: str, raw: bytes | None, sentence: str) -> None:
    before = small.files
    if raw is None:
        os.mkfifo(small.folder / name)
    else:
        small.write(name, raw)
    ran = small.build()
    assert ran.code == 1
    assert sentence in ran.said
    assert small.files == before


def test_a_build_gives_back_what_it_changed_in_its_process(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with public_files(), no_garbage_collection():
            (tmp_path / "public").touch()
            assert not gc.isenabled()
        (tmp_path / "privé").touch()
        assert gc.isenabled()
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("public", "privé")] == [0o644, 0o600]


def test_a_file_of_the_cache_that_cannot_be_written_makes_room_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build as root left it."""
    cache = tmp_path / "cache"
    (cache / "sites").mkdir(parents=True)
    for name in ("textes.sqlite", "sites/a.sqlite"):
        (cache / name).touch()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).suffix != ".sqlite")
    with writable_cache(cache, print) as found:
        assert found == cache
    assert [path.name for path in cache.rglob("*")] == ["sites"]


def test_a_file_of_the_authors_is_replaced_with_its_rights_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "dossier" / "à moi.md"
    atomic.write(path, b"un")
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o640)
    other = tmp_path / "lien"
    other.hardlink_to(path)
    atomic.write(path, b"deux")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"deux", 0o640)
    assert other.read_bytes() == b"un", "écrit par-dessus : une coupure laisserait la moitié d'un texte"
    with pytest.raises(TypeError):
        atomic.write(path, "trois")
    assert [found.name for found in path.parent.iterdir()] == ["à moi.md"]
