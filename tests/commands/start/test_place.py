"""A new blog takes its place whole, and takes nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.commands.start import placing

from tests.commands.start.engine import Installed

OPTIONS = ("--name", "Un", "--address", "https://un.example")


def test_a_folder_that_holds_something_is_refused_with_what_it_holds(engine: Installed, tmp_path: Path) -> None:
    taken = tmp_path / "blog"
    taken.mkdir()
    for number in range(10):
        (taken / f"note-{number}.txt").write_text("à moi", encoding="utf-8")
    ran = engine.plancher(tmp_path, "start", "blog", *OPTIONS)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Rien n'a été écrit : blog n'est pas vide : note-0.txt, note-1.txt, ")
    assert "note-7.txt et 2 de plus. Choisissez un dossier vide" in ran.stderr
    assert len(list(taken.iterdir())) == 10
    assert list(tmp_path.iterdir()) == [taken]


@pytest.mark.parametrize("kind", ["file", "lost link"])
def test_what_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    taken = tmp_path / "blog"
    if kind == "file":
        taken.write_text("à moi", encoding="utf-8")
    else:
        taken.symlink_to(tmp_path / "ailleurs")
    with pytest.raises(placing.PlaceError, match="Choisissez un autre nom"):
        placing.check(taken)


def test_a_blog_is_made_in_an_empty_folder_one_stands_in_and_beside_git(engine: Installed, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    inode = tmp_path.stat().st_ino
    ran = engine.plancher(tmp_path, "start", ".", *OPTIONS)
    assert ran.returncode == 0, ran.stderr
    assert tmp_path.stat().st_ino == inode
    assert (tmp_path / "pelicanconf.py").is_file()
    assert not list(tmp_path.parent.glob(".nouveau-blog-*"))
    assert "cd " not in ran.stdout


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    placing.place(tmp_path / "a" / "b" / "blog", {"c/d.txt": b"e"}, ["f"])
    assert (tmp_path / "a" / "b" / "blog" / "c" / "d.txt").read_bytes() == b"e"
    assert (tmp_path / "a" / "b" / "blog" / "f").is_dir()


@pytest.mark.parametrize("existing", [False, True])
def test_what_is_interrupted_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: bool) -> None:
    target = tmp_path / "blog"
    if existing:
        target.mkdir()
    rename, done = Path.rename, []

    def stop(path: Path, to: Path) -> Path:
        done.append(path.name)
        if len(done) == (2 if existing else 1):
            raise KeyboardInterrupt
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        placing.place(target, {"a.txt": b"a", "b.txt": b"b", "c/d.txt": b"d"})
    assert sorted(tmp_path.rglob("*")) == ([target] if existing else [])
