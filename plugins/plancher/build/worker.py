"""A process at work: what it does, and how the process that started it sees it."""

from __future__ import annotations

import collections
import mmap
import multiprocessing
import pickle
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from plancher.base.forked_check import die_with_parent
from plancher.build.channel import Channel, WorkerChannel
from plancher.build.task import WorkerError, brief, pickled_result, run_task

A = TypeVar("A")
R = TypeVar("R")

READY = -1 & 0xFFFF_FFFF_FFFF_FFFF
"""In the place of the number of a task: the process is ready."""
START_LIMIT = 60.0
"""Seconds a process has to get ready, and to end."""
_NUMBER = struct.Struct("<Q")
_SIGKILL = -9
"""The exit code of a process that was killed; Windows does not know it."""


class Worker:
    """One process at work, as the process that started it sees it."""

    def __init__(self, ends: tuple[socket.socket, socket.socket], process: multiprocessing.process.BaseProcess, current: mmap.mmap | None = None) -> None:
        """Start it.

        :param ends: of the channel: ours, and the one that ``process`` got.
        :param current: memory where the process writes the number of its task.
        :raises OSError: the system starts no more processes.
        """
        ours, theirs = ends
        self.process, self.channel, self._current = process, Channel(ours), current
        self.busy: collections.deque[int] = collections.deque()
        """Tasks that it has, and whose results did not arrive yet."""
        self.is_ready = False
        self.seconds = 0.0
        """Since it last began a task, or sent something."""
        self._last = self._written()
        with theirs:
            try:
                process.start()
            except BaseException:
                ours.close()
                raise

    def tick(self, seconds: float) -> None:
        """So much time has passed."""
        written = self._written()
        self.seconds = self.seconds + seconds if written == self._last else 0.0
        self._last = written

    @property
    def current_task(self) -> int:
        """The task it is at; results of earlier ones may be on their way."""
        written = self._written()
        return written if written in self.busy else self.busy[0]

    def _written(self) -> int:
        return int(_NUMBER.unpack(self._current)[0]) if self._current is not None else READY

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join(timeout=START_LIMIT)
        self.channel.end.close()
        if self._current is not None:
            self._current.close()

    @property
    def end(self) -> str:
        """How it ended, in French."""
        code = self.process.exitcode
        why = "tué, peut-être faute de mémoire" if code == _SIGKILL else f"code {code}"
        return f"un processus de travail s'est arrêté ({why})"


def forked(task: Callable[[A], R], arguments: Sequence[A], others: Iterable[Worker]) -> Worker:
    """A copy of this process, which has the task and all arguments: only numbers and results travel.

    :param others: workers whose channels the copy would hold open.
    :raises OSError: the system starts no more processes.
    """
    if sys.platform == "win32":
        raise NotImplementedError  # it cannot fork
    ours, theirs = socket.socketpair()
    current = mmap.mmap(-1, _NUMBER.size)
    ends = [ours, *(other.channel.end for other in others)]
    process = multiprocessing.get_context("fork").Process(target=_work_as_copy, args=(theirs, task, arguments, current, ends), daemon=True)
    return Worker((ours, theirs), process, current)


def spawned(task: bytes) -> Worker:
    """A new process; each argument is sent to it.

    :param task: pickled.
    :raises OSError: the system starts no more processes.
    """
    ours, theirs = socket.socketpair()
    process = multiprocessing.get_context("spawn").Process(target=_work_anew, args=(theirs, task), daemon=True)
    return Worker((ours, theirs), process)


def _work_as_copy(end: socket.socket, task: Callable[[A], R], arguments: Sequence[A], current: mmap.mmap, others: Iterable[socket.socket]) -> None:
    die_with_parent()
    for other in others:
        other.close()  # else nobody sees it when the process that shares out the work is no more

    def run(number: int, _: bytes) -> R | Exception:
        current[:] = _NUMBER.pack(number)
        return run_task(task, arguments[number])

    _serve(WorkerChannel(end, sends_batches=True), run)


def _work_anew(end: socket.socket, pickled: bytes) -> None:
    die_with_parent()
    try:
        task = pickle.loads(pickled)  # noqa: S301 - of the process that started this one
    except Exception:  # noqa: BLE001 - the other process does the work itself, and meets the same where it can be said
        return

    def run(_: int, body: bytes) -> object:
        try:
            argument = pickle.loads(body)  # noqa: S301 - of the process that started this one
        except Exception as error:  # noqa: BLE001 - whatever the class of a value does
            return WorkerError(f"ce qu'il faut pour cela ne peut pas être relu : {brief(error)}")
        return run_task(task, argument)

    # The number of its task is in no memory that both share: its results are sent one by one, so that the first one missing is the one at work.
    _serve(WorkerChannel(end, sends_batches=False), run)


def _serve(channel: WorkerChannel, run: Callable[[int, bytes], object]) -> None:
    """Take a task, send its result, until there is nobody to ask for more."""
    try:
        channel.send(READY, b"")
        while True:
            number, body = channel.receive()
            channel.send(number, pickled_result(run(number, body)))
    except (EOFError, OSError, KeyboardInterrupt):
        return
