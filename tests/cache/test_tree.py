"""A folder as a build sees it: a file is read again only when it may have changed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from plancher.cache import tree

WHILE = 0.06
"""Seconds after which a change would show in a file's times."""


def learnt(folder: Path) -> tree.Tree:
    """The folder, with every digest taken long after the files were written."""
    time.sleep(WHILE)
    seen = tree.scan(folder, [])
    for path in seen.files:
        seen.digest(path)
    return seen


def test_an_edit_that_keeps_size_and_modification_time_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "un.md"
    path.write_text("avant", encoding="utf-8")
    before, times = learnt(tmp_path), path.stat()
    path.write_text("apres", encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (times.st_size, times.st_mtime_ns)
    after = tree.scan(tmp_path, [], before.learnt)
    assert after.digest("un.md") != before.digest("un.md")


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "un.md").write_text("texte", encoding="utf-8")
    before = learnt(tmp_path)
    expected = before.digest("un.md")
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("lu une seconde fois"))
    assert tree.scan(tmp_path, [], before.learnt).digest("un.md") == expected


@pytest.mark.parametrize("whole_seconds", [False, True])
def test_a_file_that_has_just_changed_is_read_each_time(tmp_path: Path, whole_seconds: bool) -> None:
    path = tmp_path / "un.md"
    path.write_text("texte", encoding="utf-8")
    if whole_seconds:
        os.utime(path, (time.time() // 1, time.time() // 1))
    seen = tree.scan(tmp_path, [])
    seen.digest("un.md")
    assert seen.learnt == {}


def test_a_file_from_the_future_is_read_each_time(tmp_path: Path) -> None:
    (tmp_path / "un.md").write_text("texte", encoding="utf-8")
    os.utime(tmp_path / "un.md", (time.time() + 3600, time.time() + 3600))
    assert learnt(tmp_path).learnt == {}


def test_the_walk_is_in_one_order_and_leaves_links_and_ignored_names_aside(tmp_path: Path) -> None:
    for name in ("b/z.md", "a.md", "b/.cache", "b/brouillon.md~", "B.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("texte", encoding="utf-8")
    (tmp_path / "lien.md").symlink_to("a.md")
    (tmp_path / "dossier").symlink_to("b")
    seen = tree.scan(tmp_path, [".*", "*~"])
    assert list(seen.files) == ["B.md", "a.md", "b/z.md"]
    assert sorted(seen.links) == ["dossier", "lien.md"]


def test_no_file_outside_the_folder_has_a_content(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "lien").symlink_to(tmp_path / "secret")
    seen = tree.scan(tmp_path / "content", [])
    assert [seen.digest(path) for path in ("../secret", "lien", "absent", str(tmp_path / "secret"))] == [None] * 4


def test_a_folder_may_have_patterns_of_its_own_in_the_place_of_the_others(tmp_path: Path) -> None:
    for name in (".cache", "a~", "racine/.well-known/a", "racine/.htaccess", "racine/a~", "racine/x/.DS_Store", "loin/racine/.b"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    seen = tree.scan(tmp_path, [".*", "*~", "racine//*~", "racine//.DS_Store"])
    assert list(seen.files) == ["racine/.htaccess", "racine/.well-known/a"]
    assert sorted(seen.left_out) == ["racine/a~", "racine/x/.DS_Store"]
