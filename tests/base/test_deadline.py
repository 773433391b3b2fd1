"""Work that never ends is stopped where it is, in whatever it is lost."""

from __future__ import annotations

import contextlib
import re
import select
import signal
import threading
import time
import traceback
from collections.abc import Callable

import pytest
from plancher.base import deadline as module
from plancher.base.deadline import TooLong, deadline


def turn_round() -> None:
    while True:
        pass


def forgive_everything() -> None:
    while True:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def forgive_even_the_end() -> None:
    for _ in range(2):
        with contextlib.suppress(BaseException):
            time.sleep(60)


def look_for_too_much() -> None:
    re.match(r"(a|aa)+$", "a" * 60 + "b")


def wait_for_nobody() -> None:
    select.select([], [], [], 60)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_AGAIN", 0.1)


@pytest.mark.parametrize("work", [turn_round, forgive_everything, look_for_too_much, wait_for_nobody])
def test_work_that_never_ends_is_stopped_and_says_where_it_was(work: Callable[[], None]) -> None:
    begun = time.monotonic()
    with pytest.raises(TooLong) as stopped, deadline(0.2):
        work()
    assert time.monotonic() - begun < 10
    assert work.__name__ in [frame.name for frame in traceback.extract_tb(stopped.value.__cause__.__traceback__)]


def test_work_that_catches_its_end_is_stopped_once_more() -> None:
    begun = time.monotonic()
    with deadline(0.2):
        forgive_even_the_end()
    assert time.monotonic() - begun < 10


def test_work_in_time_is_left_alone_and_leaves_no_alarm() -> None:
    former = signal.getsignal(signal.SIGALRM)
    with deadline(0.2):
        pass
    time.sleep(0.3)
    assert signal.getsignal(signal.SIGALRM) == former
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_of_two_limits_each_holds() -> None:
    def work() -> None:
        with contextlib.suppress(TooLong), deadline(0.1):
            turn_round()
        with deadline(60):
            turn_round()

    with pytest.raises(TooLong), deadline(0.3):
        work()


def test_errors_of_the_work_come_through() -> None:
    with pytest.raises(ZeroDivisionError), deadline(1):
        raise ZeroDivisionError


def test_a_thread_has_no_alarm_and_is_stopped_all_the_same() -> None:
    found: list[object] = []

    def work() -> None:
        for lost in (turn_round, forgive_everything):
            try:
                with deadline(0.2):
                    lost()
            except TooLong as late:
                found.append(late)
        with deadline(0.2):
            found.append("fini")
        time.sleep(0.4)
        found.append("tranquille")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(timeout=20)
    assert [type(one) for one in found[:2]] == [TooLong, TooLong]
    assert found[2:] == ["fini", "tranquille"]
