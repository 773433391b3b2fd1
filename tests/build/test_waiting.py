"""Whatever is waited for has an end: a lock, a look at the disk, the program that builds for the preview."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path

import pytest
from filelock import lock_descriptor
from plancher.base import forked_check as aside
from plancher.base.forked_check import ForkedCheck
from plancher.build import lock
from plancher.preview import builder_process


@pytest.fixture(params=["told", "not told"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that tells when a process ends, and one that does not."""
    if request.param == "not told":
        monkeypatch.delattr(os, "pidfd_open", raising=False)
    monkeypatch.setattr(aside, "PATIENCE", 0.3)


def test_a_build_that_waits_for_another_gives_up_in_the_end_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.3)
    other = os.open(tmp_path, os.O_RDONLY)
    assert lock_descriptor(other, blocking=False)
    with pytest.raises(TimeoutError, match="une autre construction tient ce dossier") as late, lock.locked(tmp_path / "output", print):
        pass
    assert late.value.errno == errno.ETIMEDOUT
    assert late.value.filename == str(tmp_path)
    assert capsys.readouterr().out.count("celle-ci attend son tour") == 1
    os.close(other)
    with lock.locked(tmp_path / "output", print):
        pass
    assert "attend" not in capsys.readouterr().err


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("look", [lambda: time.sleep(60) is None, lambda: os.kill(os.getpid(), signal.SIGSTOP) is None])
def test_a_look_that_never_ends_is_no_answer(look) -> None:
    begun = time.monotonic()
    with ForkedCheck(look) as looked:
        assert looked.answer() is False
    assert time.monotonic() - begun < 10


@pytest.mark.usefixtures("system")
def test_a_look_says_what_it_saw_and_one_that_fails_or_is_killed_says_no(capfd: pytest.CaptureFixture[str]) -> None:
    looks = {lambda: True: True, lambda: False: False, lambda: 1 / 0: False, lambda: os.kill(os.getpid(), signal.SIGKILL): False}
    for look, expected in looks.items():
        with ForkedCheck(look) as looked:
            assert looked.answer() is expected
            assert looked.answer() is expected
    capfd.readouterr()


def test_one_who_leaves_does_not_wait_for_the_look() -> None:
    begun = time.monotonic()
    with ForkedCheck(lambda: time.sleep(60) is None):
        pass
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("settings", "patience", "said"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n", 2.0, "ne répond plus"),
        ("import os\nos._exit(3)\n", 60.0, "s’est arrêté (code\u00a03)"),
        ("import os, time\nos.closerange(0, 64)\ntime.sleep(60)\n", 60.0, "s’est arrêté"),
    ],
)
def test_a_program_that_never_answers_the_preview_is_stopped_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, patience: float, said: str
) -> None:
    monkeypatch.setattr(builder_process, "BUILD_TIMEOUT", patience)
    (tmp_path / "pelicanconf.py").write_text(settings, encoding="utf-8")
    builder = builder_process.BuilderProcess(tmp_path, tmp_path / "output")
    builder.load_site()
    assert builder.failure is not None
    assert said in str(builder.failure.notices[0])
    assert not builder.is_usable
    builder.close()
