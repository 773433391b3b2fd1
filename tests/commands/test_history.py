"""What a command did to an author's files is taken back exactly: bytes, rights, files and folders; and nobody's edit is lost."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.commands import history, step
from plancher.commands.history import History, HistoryError
from plancher.commands.step import FileChange


def past(root: Path) -> tuple[History, list[str]]:
    said: list[str] = []
    return History(root, said.append), said


def seen(root: Path) -> dict[str, tuple[bytes | None, int]]:
    """Every file and folder of the author's, with its rights."""
    found = (path for path in sorted(root.rglob("*")) if history.FOLDER not in path.parts)
    return {path.relative_to(root).as_posix(): (path.read_bytes() if path.is_file() else None, path.stat().st_mode) for path in found}


def written(root: Path, files: Mapping[str, bytes]) -> None:
    for name, raw in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def edits(root: Path, after: Mapping[str, bytes | None]) -> list[FileChange]:
    return [FileChange(root / name, step.content(root / name), raw) for name, raw in after.items()]


ODD = {
    "content/a.md": b"\xef\xbb\xbfTitle: A\r\n\r\nSans fin",
    "content/b.md": b"Title: B\rvieux Mac\r",
    "content/c.md": b"",
    "content/d.md": b"\xff\x00binaire\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path, ODD)
    (tmp_path / "content/a.md").chmod(0o600)
    (tmp_path / "content/b.md").chmod(0o444)
    return tmp_path


def test_everything_comes_back_bytes_rights_files_and_folders(root: Path) -> None:
    before, (one, said) = seen(root), past(root)
    one.make("x", "invoke x", edits(root, {"content/a.md": b"x", "content/b.md": b"y", "content/d.md": None, "content/neuf/2024/e.md": b"z"}))
    after = seen(root)
    assert after["content/a.md"][1] == before["content/a.md"][1]
    assert "content/d.md" not in after
    assert one.undo("x")
    assert seen(root) == before
    assert "Défait : invoke x" in said
    assert one.redo("x")
    assert seen(root) == after
    assert one.undo("x")
    assert seen(root) == before


FILES = st.dictionaries(st.sampled_from(["a.md", "b.md", "sous/c.md", "sous/d/e.md"]), st.none() | st.binary(max_size=30), max_size=4)


@settings(max_examples=25, deadline=None)
@given(st.lists(FILES, min_size=1, max_size=4), st.data())
def test_any_number_of_steps_goes_back_and_forth(tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, bytes | None]], data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("pas")
    written(root, {"a.md": b"un\r\n", "sous/c.md": b"deux"})
    one, _ = past(root)
    states = [seen(root)]
    for change in changes:
        one.make("x", "invoke x", edits(root, change))
        if seen(root) != states[-1]:
            states.append(seen(root))
    where = len(states) - 1
    for forward in data.draw(st.lists(st.booleans(), max_size=8)):
        target = where + (1 if forward else -1)
        if 0 <= target < len(states):
            assert one.redo("x") if forward else one.undo("x")
            where = target
        else:
            with pytest.raises(HistoryError):
                one.redo("x") if forward else one.undo("x")
        assert {name: raw for name, (raw, _) in seen(root).items() if raw is not None} == {
            name: raw for name, (raw, _) in states[where].items() if raw is not None
        }
    shutil.rmtree(root)


def test_a_file_edited_since_is_left_and_named_and_the_rest_goes_back(root: Path) -> None:
    one, said = past(root)
    one.make("x", "invoke x", edits(root, {"content/a.md": b"x", "content/c.md": b"y", "content/neuf.md": b"z"}))
    (root / "content/c.md").write_bytes(b"y et un paragraphe")
    assert not one.undo("x")
    assert (root / "content/c.md").read_bytes() == b"y et un paragraphe"
    assert (root / "content/a.md").read_bytes() == ODD["content/a.md"]
    assert not (root / "content/neuf.md").exists()
    (told,) = [line for line in said if "a changé depuis" in line]
    assert told.startswith("content/c.md ")
    assert (root / told.split(" dans ")[1].rstrip(".")).parent.name.isdecimal()


def test_where_every_file_was_edited_nothing_is_undone_and_the_step_stays(root: Path) -> None:
    one, _ = past(root)
    one.make("x", "invoke x", edits(root, {"content/a.md": b"x"}))
    (root / "content/a.md").write_bytes(b"x, relu")
    for _ in range(2):
        with pytest.raises(HistoryError, match=r"content/a\.md a changé depuis"):
            one.undo("x")
    assert (root / "content/a.md").read_bytes() == b"x, relu"
    (root / "content/a.md").write_bytes(b"x")
    assert one.undo("x")


def test_commands_that_touch_the_same_files_go_back_in_their_order(root: Path) -> None:
    one, _ = past(root)
    one.make("x", "invoke x", edits(root, {"content/a.md": b"1"}))
    one.make("y", "invoke y", edits(root, {"content/a.md": b"2"}))
    one.make("z", "invoke z", edits(root, {"content/c.md": b"3"}))
    with pytest.raises(HistoryError, match="D'abord : invoke y --undo"):
        one.undo("x")
    assert one.undo("y")
    assert one.undo("x")
    assert (root / "content/a.md").read_bytes() == ODD["content/a.md"]
    assert (root / "content/c.md").read_bytes() == b"3"


def test_what_was_undone_and_replaced_is_not_redone(root: Path) -> None:
    one, _ = past(root)
    one.make("x", "invoke x", edits(root, {"content/a.md": b"1"}))
    one.undo("x")
    one.make("x", "invoke x", edits(root, {"content/a.md": b"2"}))
    with pytest.raises(HistoryError, match="rien à refaire"):
        one.redo("x")


class DeadError(BaseException):
    """The power goes."""


def killed(work: Callable[[], object], after: int) -> bool:
    """Do something in a process that is killed at one of its writes; whether it was killed before the end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
    left = itertools.count()

    def mortal(real: Callable[..., object]) -> Callable[..., object]:
        return lambda *words, **names: os._exit(9) if next(left) == after else real(*words, **names)

    os.fsync, Path.replace, Path.unlink, Path.rmdir = map(mortal, (os.fsync, Path.replace, Path.unlink, Path.rmdir))
    work()
    os._exit(0)


def healed(root: Path) -> dict[str, tuple[bytes | None, int]]:
    """What is there once another command has run."""
    with pytest.raises(HistoryError):
        past(root)[0].undo("autre")
    return seen(root)


AFTER = {"content/a.md": b"x", "content/c.md": None, "content/neuf/e.md": b"z"}


def test_a_command_that_is_killed_at_any_moment_changes_all_or_nothing(tmp_path: Path) -> None:
    ends = set()
    for after in itertools.count():
        root = tmp_path / str(after)
        written(root, ODD)
        before = seen(root)
        is_dead = killed(functools.partial(past(root)[0].make, "x", "invoke x", edits(root, AFTER)), after)
        found = healed(root)
        ends.add(found == before)
        if found != before:
            assert past(root)[0].undo("x")
            assert seen(root) == before
        if not is_dead:
            break
    assert after > 15
    assert ends == {True, False}


def test_an_undo_that_is_killed_at_any_moment_is_finished_by_the_next_command(tmp_path: Path) -> None:
    for after in itertools.count():
        root = tmp_path / str(after)
        written(root, ODD)
        before = seen(root)
        past(root)[0].make("x", "invoke x", edits(root, AFTER))
        made = seen(root)
        is_dead = killed(functools.partial(past(root)[0].undo, "x"), after)
        assert healed(root) in ((made, before) if is_dead else (before,))
        if not is_dead:
            break
    assert after > 5


def test_a_disk_that_refuses_one_file_changes_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, (one, _) = seen(root), past(root)
    real = step._replace

    def put(path: Path, *words: object) -> None:
        if path.name == "e.md":
            raise OSError(28, "No space left on device", str(path))
        real(path, *words)

    monkeypatch.setattr(step, "_replace", put)
    with pytest.raises(HistoryError, match="ne peut pas être écrit"):
        one.make("x", "invoke x", edits(root, {"content/a.md": b"x", "content/neuf/e.md": b"z"}))
    assert seen(root) == before


def test_a_text_saved_while_the_command_thinks_is_not_overwritten(root: Path) -> None:
    one, _ = past(root)
    wanted = edits(root, {"content/c.md": b"y", "content/a.md": b"x"})
    (root / "content/a.md").write_bytes(b"un paragraphe de plus")
    with pytest.raises(HistoryError, match="a changé pendant la commande"):
        one.make("x", "invoke x", wanted)
    assert (root / "content/a.md").read_bytes() == b"un paragraphe de plus"
    assert (root / "content/c.md").read_bytes() == b""


def test_a_link_is_neither_followed_nor_replaced(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("dehors")
    (outside / "a").write_bytes(b"a moi")
    (root / "content/lien.md").symlink_to(outside / "a")
    (root / "content/dossier").symlink_to(outside)
    one, _ = past(root)
    for name in ("content/lien.md", "content/dossier/a", "content/dossier/neuf"):
        with pytest.raises(HistoryError, match="lien"):
            one.make("x", "invoke x", edits(root, {name: b"x"}))
    assert (outside / "a").read_bytes() == b"a moi"
    assert [path.name for path in outside.iterdir()] == ["a"]


def test_what_is_no_file_is_not_replaced_by_one(root: Path) -> None:
    os.mkfifo(root / "tube.md")
    (root / "dossier.md").mkdir()
    for name in ("tube.md", "dossier.md"):
        with pytest.raises(HistoryError, match=rf"^{name} n'est pas un fichier ordinaire"):
            past(root)[0].make("new", "invoke new", edits(root, {"a.md": b"x", name: b"y"}))
    assert stat.S_ISFIFO((root / "tube.md").stat().st_mode)
    assert not (root / "a.md").exists()


def test_a_file_that_is_watched_goes_back_even_if_the_command_was_killed(root: Path) -> None:
    one, _ = past(root)
    with contextlib.suppress(DeadError), one.watching("w", "invoke w", root / "content/links/state.json"):
        written(root, {"content/links/state.json": b"{}"})
        raise DeadError
    assert one.undo("w")
    assert not (root / "content/links").exists()


def test_steps_do_not_grow_without_end_and_a_damaged_one_stops_nothing(root: Path) -> None:
    one, _ = past(root)
    for number in range(history.MAX_STEPS + 3):
        one.make("x", "invoke x", edits(root, {"content/a.md": str(number).encode()}))
    kept = sorted(path for path in one.folder.iterdir() if path.is_dir())
    assert len(kept) == history.MAX_STEPS
    (kept[0] / "plan.json").write_bytes(b"{")
    assert one.undo("x")
    assert (root / "content/a.md").read_bytes() == str(history.MAX_STEPS + 1).encode()


def test_git_does_not_see_what_is_kept(root: Path) -> None:
    one, _ = past(root)
    one.make("x", "invoke x", edits(root, {"content/a.md": b"x"}))
    assert (one.folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
