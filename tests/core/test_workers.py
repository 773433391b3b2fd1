"""Work is shared over the cores; nobody can tell from its results."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import subprocess
import sys
import time

import pytest
from plancher.core.workers import Crew, TooLong

from tests.conftest import ROOT

METHODS = pytest.mark.parametrize("method", ["fork", "spawn", ""])
PROCESSES = pytest.mark.parametrize("method", ["fork", "spawn"])


def double(number: int) -> int:
    time.sleep(0.001 * (number % 7))
    return 2 * number


def stumble(number: int) -> int:
    if number == 7:
        raise ValueError(number)
    return number


def die(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def linger(number: int) -> int:
    if number in {3, 7}:
        time.sleep(60)
    return number


def large(number: int) -> bytes:
    return b"x" * 2_000_000


def boot(word: str) -> None:
    os.environ["PLANCHER_TEST_BOOT"] = word


def booted(_: int) -> str:
    return os.environ.get("PLANCHER_TEST_BOOT", "")


@METHODS
def test_results_come_in_the_order_of_the_tasks(method: str) -> None:
    assert list(Crew(count=3, method=method).map("Essai", double, range(100))) == [2 * number for number in range(100)]


@METHODS
def test_a_task_that_fails_gives_its_error_in_the_place_of_its_result(method: str) -> None:
    results = list(Crew(count=2, method=method).map("Essai", stumble, range(20)))
    assert repr(results.pop(7)) == "ValueError(7)"
    assert results == [number for number in range(20) if number != 7]


@PROCESSES
def test_a_worker_that_dies_costs_its_task_and_no_other(method: str) -> None:
    results = list(Crew(count=2, method=method).map("Essai", die, range(30)))
    assert "s'est arrêté" in str(results.pop(7))
    assert results == [number for number in range(30) if number != 7]


@PROCESSES
def test_a_task_that_takes_too_long_is_stopped_and_the_others_are_done(method: str) -> None:
    begun = time.monotonic()
    results = list(Crew(count=2, method=method).map("Essai", linger, range(30), limit=0.5))
    assert [number for number, result in enumerate(results) if isinstance(result, TooLong)] == [3, 7]
    assert [result for result in results if not isinstance(result, TooLong)] == [number for number in range(30) if number not in {3, 7}]
    assert time.monotonic() - begun < 30


@PROCESSES
def test_large_results_do_not_block_the_workers(method: str) -> None:
    assert sum(len(result) for result in Crew(count=2, method=method).map("Essai", large, range(20))) == 40_000_000


def test_a_process_that_is_no_copy_prepares_itself_first() -> None:
    assert list(Crew(count=1, method="spawn", boot=boot, given=("prêt",)).map("Essai", booted, [0])) == ["prêt"]


def test_who_asks_is_told_of_each_piece() -> None:
    told: list[str] = []
    list(Crew(count=2, method="fork", told=told.append).map("Essai", double, range(5)))
    assert told == ["Essai"] * 5


def test_nobody_is_left_at_work_when_the_rest_is_not_wanted() -> None:
    results = Crew(count=2, method="fork").map("Essai", double, range(100))
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


ASKER = """
import time
from plancher.core.workers import Crew
from tests.core.test_workers import linger
print("prêt", flush=True)
list(Crew(count=2, method={method!r}).map("Essai", linger, [3, 7] * {many}))
"""


@PROCESSES
@pytest.mark.parametrize("many", [1, 20])
def test_a_build_that_is_killed_leaves_nobody_at_work(method: str, many: int) -> None:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    with subprocess.Popen([sys.executable, "-c", ASKER.format(method=method, many=many)], cwd=ROOT, env=env, stdout=subprocess.PIPE) as asker:
        assert asker.stdout is not None
        asker.stdout.readline()
        time.sleep(1.0)
        asker.kill()
        # Whoever is left holds the other end of its output.
        assert select.select([asker.stdout], [], [], 10)[0], "un processus de travail est resté"
        assert asker.stdout.read() == b""
