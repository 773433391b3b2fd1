"""Work is shared over the cores; nobody can tell from its results."""

from __future__ import annotations

import dataclasses
import functools
import multiprocessing
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from plancher.base.deadline import TooLong
from plancher.build.channel import Channel
from plancher.build.task import WorkerError
from plancher.build.workers import WorkerPool

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


def turned(large: bytes) -> bytes:
    return large[::-1]


class SecretError(Exception):
    """Is written, and cannot be read again."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


class MuteError(Exception):
    def __str__(self) -> str:
        raise ValueError


class Thorn:
    """Is written, and cannot be read again."""

    def __reduce__(self) -> tuple[object, ...]:
        return (int, ("épine",))


class Rock:
    """Cannot be written."""

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("trop lourd")


MB = 1_000_000
MISHAPS = {
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "out of memory": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "left": lambda: os._exit(0),
    "asked to stop": lambda: sys.exit("fini"),
    "held": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "endless": lambda: time.sleep(60),
    "left with a child": lambda: os._exit(3 if os.fork() else time.sleep(5)),
    "result that cannot be written": Rock,
    "function as a result": lambda: lambda: None,
    "result that cannot be read": Thorn,
    "exception that cannot be read": lambda: throw(SecretError("un", "deux")),
    "exception without words": lambda: throw(MuteError()),
    "exception that holds what cannot be written": lambda: throw(ValueError(Rock())),
    "long exception": lambda: throw(ValueError("x" * 10 * MB)),
    "speaks": lambda: print("parole " * 20_000),
    "closes what it finds": lambda: os.closerange(3, 4096),
}


def throw(error: Exception) -> None:
    raise error


def meet(mishap: str) -> object:
    return MISHAPS[mishap]() if mishap in MISHAPS else mishap


def weigh(load: object) -> str:
    return type(load).__name__


@METHODS
def test_results_come_in_the_order_of_the_tasks(method: str) -> None:
    assert list(WorkerPool(count=3, method=method).map("Essai", double, range(100))) == [2 * number for number in range(100)]


@METHODS
def test_a_task_that_fails_gives_its_error_in_the_place_of_its_result(method: str) -> None:
    results = list(WorkerPool(count=2, method=method).map("Essai", stumble, range(20)))
    assert repr(results.pop(7)) == "ValueError(7)"
    assert results == [number for number in range(20) if number != 7]


@PROCESSES
def test_a_worker_that_dies_costs_its_task_and_no_other(method: str) -> None:
    results = list(WorkerPool(count=2, method=method).map("Essai", die, range(30)))
    assert "s'est arrêté" in str(results.pop(7))
    assert results == [number for number in range(30) if number != 7]


@METHODS
def test_a_task_that_takes_too_long_is_stopped_and_the_others_are_done(method: str) -> None:
    begun = time.monotonic()
    results = list(WorkerPool(count=2, method=method).map("Essai", linger, range(30), limit=0.5))
    assert [number for number, result in enumerate(results) if isinstance(result, TooLong)] == [3, 7]
    assert [result for result in results if not isinstance(result, TooLong)] == [number for number in range(30) if number not in {3, 7}]
    assert time.monotonic() - begun < 30


@METHODS
@pytest.mark.parametrize(("size", "many"), [(10 * MB, 4), (MB // 4, 60)])
def test_arguments_and_results_of_any_size_travel_at_the_same_time(method: str, size: int, many: int) -> None:
    """A pipe holds some 200 kB: more than that in both directions, and whoever waits for room waits for ever."""
    loads = [bytes([number]) + b"x" * size for number in range(many)]
    assert list(WorkerPool(count=2, method=method).map("Essai", turned, loads, limit=30)) == [load[::-1] for load in loads]


@PROCESSES
def test_whatever_befalls_a_task_is_named_and_costs_no_other(method: str, capfd: pytest.CaptureFixture[str]) -> None:
    asked = [word for number, mishap in enumerate(MISHAPS) for word in (f"avant {number}", mishap, f"après {number}")]
    results = dict(zip(asked, WorkerPool(count=2, method=method).map("Essai", meet, asked, limit=1.0), strict=True))
    assert [word for word in asked if word not in MISHAPS and results[word] != word] == []
    named = {word: type(results[word]) for word in MISHAPS}
    assert named.pop("held") is named.pop("endless") is TooLong
    assert named.pop("exception without words") is MuteError
    assert len(str(results["long exception"])) == 10 * MB
    assert named.pop("long exception") is ValueError
    assert results["speaks"] is None
    del named["speaks"]
    assert named == dict.fromkeys(named, WorkerError)
    for word in ("killed", "out of memory", "left", "closes what it finds"):
        assert "processus de travail s'est arrêté" in str(results[word])
    assert str(results["exception that cannot be read"]) == "undeux"
    assert "tué, peut-être faute de mémoire" in str(results["killed"])
    assert "Traceback" not in capfd.readouterr().err


def test_what_cannot_travel_is_inherited_by_a_copy_and_named_where_there_is_none() -> None:
    loads = [Rock(), Thorn(), lambda: None, b"x"]
    for method in ("fork", ""):
        assert list(WorkerPool(count=2, method=method).map("Essai", weigh, loads)) == ["Rock", "Thorn", "function", "bytes"]
    *lost, last = WorkerPool(count=2, method="spawn").map("Essai", weigh, loads)
    assert last == "bytes"
    assert [type(error) for error in lost] == [WorkerError] * 3
    assert "ne peut pas être envoyé à un processus de travail : trop lourd" in str(lost[0])


def fail(*_: object) -> None:
    raise OSError("plus de processus")


class Unreadable:
    """A task that can be sent, and that no process can take."""

    def __call__(self, number: int) -> int:
        return 2 * number

    def __reduce__(self) -> tuple[Callable[..., None], tuple[()]]:
        return fail, ()


@pytest.mark.parametrize("task", [Unreadable(), functools.partial(lambda number: 2 * number)])
def test_where_no_process_gets_ready_the_work_is_done_here(task: Callable[[int], int]) -> None:
    assert list(WorkerPool(count=2, method="spawn").map("Essai", task, range(40))) == [2 * number for number in range(40)]


def test_where_the_system_starts_no_process_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", fail)
    assert list(WorkerPool(count=2, method="fork").map("Essai", double, range(40))) == [2 * number for number in range(40)]


@pytest.mark.parametrize("method", ["fork", ""])
def test_whoever_is_late_to_take_results_accuses_nobody(method: str) -> None:
    results = []
    for result in WorkerPool(count=2, method=method).map("Essai", double, range(60), limit=0.5):
        results.append(result)
        time.sleep(1.2 if len(results) in {1, 30} else 0)
    assert results == [2 * number for number in range(60)]


def test_a_few_long_tasks_are_shared_out_evenly() -> None:
    begun = time.monotonic()
    assert len(set(WorkerPool(count=2, method="fork").map("Essai", nap, range(12)))) == 2
    assert time.monotonic() - begun < 2.0


def nap(_: int) -> int:
    time.sleep(0.1)
    return os.getpid()


def test_nobody_waits_for_the_end_of_a_message() -> None:
    here, there = socket.socketpair()
    with here, there:
        channel = Channel(here)
        channel.put(1, b"x" * 10 * MB)
        channel.flush()  # there is no room for all of it
        assert 0 < channel.unsent < 10 * MB + 100
        there.sendall(struct.pack("<QQ", 10, 7) + b"12345")
        assert channel.read() == (True, [])
        assert channel.read() == (False, [])
        there.sendall(b"67890")
        assert channel.read() == (True, [(7, b"1234567890")])


@dataclasses.dataclass
class Kitchen:
    """What all tasks share: it cannot be written, and says how it is made again."""

    wall: int
    opened_in: int
    oven: Callable[[int], int]

    def __reduce__(self) -> tuple[object, ...]:
        return opened, (self.wall,)

    def cook(self, number: int) -> tuple[int, int]:
        return self.oven(number), self.opened_in


def opened(wall: int) -> Kitchen:
    return Kitchen(wall, os.getpid(), lambda number: number + wall)


@METHODS
def test_what_all_tasks_share_is_inherited_by_a_copy_and_made_once_by_another_process(method: str) -> None:
    results = list(WorkerPool(count=2, method=method).map("Essai", opened(100).cook, range(50)))
    assert [number for number, _ in results] == list(range(100, 150))
    makers = {maker for _, maker in results}
    if method == "spawn":
        assert os.getpid() not in makers
        assert 1 <= len(makers) <= 2
    else:
        assert makers == {os.getpid()}


def test_a_task_that_hangs_after_many_short_ones_is_the_one_that_is_named() -> None:
    """Short results travel together: those that wait when a task hangs are computed again, and it alone is blamed."""
    assert [number for number, result in enumerate(WorkerPool(count=1, method="fork").map("Essai", hang_at_40, range(60), 0.5)) if result != number] == [40]


def hang_at_40(number: int) -> int:
    if number == 40:
        time.sleep(60)
    return number


def test_who_asks_is_told_of_each_piece() -> None:
    on_progress: list[str] = []
    list(WorkerPool(count=2, method="fork", on_progress=on_progress.append).map("Essai", double, range(5)))
    assert on_progress == ["Essai"] * 5


def test_nobody_is_left_at_work_when_the_rest_is_not_wanted() -> None:
    results = WorkerPool(count=2, method="fork").map("Essai", double, range(100))
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


ASKER = """
import time
from plancher.build.workers import WorkerPool
from tests.build.test_workers import linger
print("prêt", flush=True)
list(WorkerPool(count=2, method={method!r}).map("Essai", linger, [3, 7] * {many}))
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
