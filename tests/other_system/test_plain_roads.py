"""Each fast road switched off alone, on this machine: what a site, a lock or a watch does where it does not exist."""

from __future__ import annotations

import ctypes
import errno
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from plancher.base import deadline as deadlines
from plancher.base import files, forked_check
from plancher.base.deadline import TooLong, deadline
from plancher.base.forked_check import ForkedCheck
from plancher.build import exchange, lock
from plancher.preview.watch import Watch

from tests.build.small import Small, difference
from tests.conftest import ROOT


@pytest.mark.parametrize("lacking", [["exchange"], ["link"], ["exchange", "link"]])
def test_a_disk_without_exchange_or_second_names_gets_the_same_site(small: Small, lacking: list[str]) -> None:
    small.post("un", title="Autre titre", tags=("neuf",))
    for words in ("Mots.", "Autres mots."):
        small.post("deux", words=words)
        ran = small.build(without=lacking, share=True)
        assert ran.code == 0, ran.said
        _, clean, _ = small.clean()
        assert small.files == clean, difference(small.files, clean)


def test_new_processes_instead_of_copies_make_the_same_site(small: Small) -> None:
    small.set(PLANCHER_BUILDING='__import__("plancher.build.settings", fromlist=["x"]).BuildingSettings(start="spawn", workers=2)')
    small.post("un", title="Autre titre")
    assert small.build(share=True).code == 0
    _, clean, _ = small.clean()
    assert small.files == clean, difference(small.files, clean)


def test_no_process_is_copied_on_macos() -> None:
    """There, the system's own libraries may fail in a copy."""
    program = "import sys; sys.platform = 'darwin'\nfrom plancher.build.workers import WorkerPool\nfrom plancher.base import forked_check\n"
    program += "print(WorkerPool().method, forked_check.ForkedCheck(lambda: True)._child)"
    ran = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")}, capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.split() == ["spawn", "None"]


def test_where_no_process_is_copied_a_check_runs_when_its_answer_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked_check, "MAY_FORK", False)
    seen: list[int] = []
    with ForkedCheck(lambda: seen.append(os.getpid()) is None) as check:
        assert seen == []
        assert check.answer() is True
        assert check.answer() is True
    assert seen == [os.getpid()]


class Library:
    """The C library of macOS: it has another call, with the same flag."""

    def __init__(self, result: int = 0) -> None:
        self.result = result
        self.calls: list[tuple[bytes, bytes, int]] = []

    def renamex_np(self, one: bytes, other: bytes, flag: int) -> int:
        self.calls.append((one, other, flag))
        return self.result


def test_macos_exchanges_by_its_own_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    exchange.exchange_names(tmp_path / "a", tmp_path / "b")
    assert library.calls == [(os.fsencode(tmp_path / "a"), os.fsencode(tmp_path / "b"), 2)]
    ctypes.set_errno(errno.ENOTSUP)
    library.result = -1
    with pytest.raises(OSError, match=str(tmp_path / "b")) as refused:
        exchange.exchange_names(tmp_path / "a", tmp_path / "b")
    assert refused.value.errno == errno.ENOTSUP


@pytest.mark.parametrize("library", [object(), None])
def test_a_system_that_knows_of_no_exchange_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    with pytest.raises(OSError, match=str(tmp_path)) as refused:
        exchange.exchange_names(tmp_path, tmp_path)
    assert refused.value.errno == errno.ENOSYS


def no_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    true = os.open

    def opened(path: str | Path, *words: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return true(path, *words)

    monkeypatch.setattr(os, "open", opened)


def test_where_no_folder_can_be_opened_a_build_still_waits_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_folders(monkeypatch)
    monkeypatch.setattr(lock, "PATIENCE", 0.3)
    said: list[str] = []
    with lock.locked(tmp_path / "output", said.append):
        with lock.try_lock(tmp_path / "public") as is_ours:
            assert not is_ours
        with pytest.raises(TimeoutError), lock.locked(tmp_path / "output", said.append):
            pass
    assert len(said) == 1
    with lock.try_lock(tmp_path / "output") as is_ours:
        assert is_ours
    assert [path.name for path in tmp_path.iterdir()] == [".plancher-verrou"]


def test_a_folder_is_no_text_wherever_it_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_folders(monkeypatch)
    with pytest.raises(files.UnreadableError, match="c'est un dossier"):
        files.read(tmp_path)


def test_without_locks_everybody_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    filelock = importlib.import_module("filelock")

    def refuse(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(filelock, "lock_descriptor", refuse)
    with lock.try_lock(tmp_path / "output") as first, lock.try_lock(tmp_path / "output") as second:
        assert (first, second) == (True, True)


@pytest.mark.parametrize(("refusals", "is_replaced"), [(2, True), (99, False)])
def test_a_file_that_a_reader_holds_open_is_replaced_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int, *, is_replaced: bool
) -> None:
    made, place, asked = tmp_path / "made", tmp_path / "place", []
    made.write_text("new", encoding="utf-8")
    place.write_text("old", encoding="utf-8")
    true = Path.replace

    def busy(self: Path, target: Path) -> Path:
        asked.append(target)
        if len(asked) <= refusals:
            raise PermissionError(errno.EACCES, "busy", str(target))
        return true(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(files, "_is_windows", lambda: True)
    if is_replaced:
        files.replace(made, place)
    else:
        with pytest.raises(PermissionError):
            files.replace(made, place)
    assert place.read_text(encoding="utf-8") == ("new" if is_replaced else "old")


def forgive_everything() -> None:
    while True:
        try:
            while True:
                time.sleep(0.001)
        except Exception:  # noqa: BLE001 - as work that must be stopped all the same
            pass


def loop() -> None:
    while True:
        pass


@pytest.mark.parametrize("work", [forgive_everything, loop])
def test_without_an_alarm_work_has_its_limit_too(monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> None:
    assert threading.current_thread() is threading.main_thread()
    monkeypatch.setattr(deadlines, "signal", type("Windows", (), {"SIGINT": signal.SIGINT}))
    begun = time.monotonic()
    with pytest.raises(TooLong), deadline(0.2):
        work()
    assert time.monotonic() - begun < 10
    with deadline(0.2):
        pass
    time.sleep(0.4)


def test_without_news_from_the_system_the_folders_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "1")
    monkeypatch.setenv("WATCHFILES_POLL_DELAY_MS", "50")
    folder = tmp_path / "content"
    folder.mkdir()
    with Watch(tmp_path, [folder], tmp_path / ".preview") as watch:
        time.sleep(1.0)
        watch.changed.clear()
        for name in ("a.md", "b.md"):
            (folder / name).write_text(name, encoding="utf-8")
            assert watch.changed.wait(timeout=10), name
            time.sleep(0.5)
            watch.changed.clear()
