"""The tasks of one ``WorkerPool.map``, shared out to workers; late and dead ones are replaced."""

from __future__ import annotations

import collections
import pickle
import selectors
import time
from collections.abc import Callable, Generator, Sequence
from typing import Generic, TypeVar

from plancher.base.deadline import TooLong
from plancher.build.task import WorkerError, brief, run_within
from plancher.build.worker import READY, START_LIMIT, Worker

A = TypeVar("A")
R = TypeVar("R")
Starter = Callable[[Sequence[Worker]], Worker]
"""Starts one more worker, beside those that are given."""

IN_HAND = 16
"""Tasks a worker has, at most: enough to hide the way there and back."""
_UNSENT = 1 << 20
"""Bytes of arguments that wait for room: beyond, a worker gets no further task."""
_BEAT = 0.2
"""Seconds between two looks at the clock."""
_STARTS = 3
"""Processes in a row that did not get ready: after these the work is done in this process."""


class MapRun(Generic[A, R]):
    """One ``map``: workers, what waits, what is done."""

    def __init__(  # noqa: PLR0913 - all that a map is made of
        self, task: Callable[[A], R], arguments: Sequence[A], limit: float, count: int, start: Starter, *, sends_arguments: bool, in_hand: int = IN_HAND
    ) -> None:
        """Share out these tasks.

        :param sends_arguments: whether each worker must be sent the arguments of its tasks.
        :param in_hand: tasks a worker has, at most.
        """
        self.in_hand = in_hand
        self.task, self.arguments, self.limit, self.count = task, arguments, limit, count
        self.start, self.sends_arguments = start, sends_arguments
        self.waiting = collections.deque(range(len(arguments)))
        self.done: dict[int, R | Exception] = {}
        self.workers: list[Worker] = []
        self.selector = selectors.DefaultSelector()
        self.failed_starts = 0
        """In a row."""
        self.checked_at = time.monotonic()

    def results(self) -> Generator[R | Exception, None, None]:
        """The result of each task, in their order."""
        try:
            for _ in range(min(self.count, -(-2 * len(self.arguments) // self.in_hand))):
                self._start()
            for index in range(len(self.arguments)):
                while index not in self.done:
                    self._turn()
                yield self.done.pop(index)
        finally:
            self.selector.close()
            for worker in self.workers:
                worker.stop()

    def _start(self) -> None:
        if self.failed_starts >= _STARTS:
            return
        try:
            worker = self.start(self.workers)
        except Exception:  # noqa: BLE001 - too many processes, too little memory, a task that cannot be pickled: the others do the work, or this process
            self.failed_starts += 1
            return
        self.workers.append(worker)
        self.selector.register(worker.channel.end, selectors.EVENT_READ, worker)
        self._feed(worker)

    def _feed(self, worker: Worker) -> None:
        """Keep a worker busy: it gets more while it still has some, and fewer at a time towards the end."""
        if not worker.busy:
            worker.seconds = 0.0
        most = max(1, min(self.in_hand, len(self.waiting) // (2 * self.count)))
        if len(worker.busy) <= most // 2:
            while self.waiting and len(worker.busy) < most and worker.channel.unsent < _UNSENT:
                self._give(worker, self.waiting.popleft())
        worker.channel.flush()
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.channel.unsent else 0)
        if events != self.selector.get_key(worker.channel.end).events:
            self.selector.modify(worker.channel.end, events, worker)

    def _give(self, worker: Worker, number: int) -> None:
        """One task; an error stands in the place of its result if its argument cannot be sent."""
        try:
            body = pickle.dumps(self.arguments[number], pickle.HIGHEST_PROTOCOL) if self.sends_arguments else b""
        except Exception as error:  # noqa: BLE001 - whatever the class of a value does
            self.done[number] = WorkerError(f"ce qu'il faut pour cela ne peut pas être envoyé à un processus de travail : {brief(error)}")
        else:
            worker.busy.append(number)
            worker.channel.put(number, body)

    def _turn(self) -> None:
        """Receive what has arrived; look at the clock."""
        if not self.workers:
            number = self.waiting.popleft()
            self.done[number] = run_within(self.limit, self.task, self.arguments[number])
            return
        for key, events in self.selector.select(_BEAT):
            if events & selectors.EVENT_WRITE:
                self._feed(key.data)
            if events & selectors.EVENT_READ:
                self._receive(key.data)
        now = time.monotonic()
        # Time while this process did not look (it was stopped, or had other things to do) counts against nobody.
        passed, self.checked_at = min(now - self.checked_at, 2 * _BEAT), now
        for worker in list(self.workers):
            worker.tick(passed)
            self._check(worker)

    def _check(self, worker: Worker) -> None:
        """Replace a worker that is late, or that ended without closing its end (a process that its task has started holds it)."""
        if worker.seconds > (self.limit if worker.is_ready else START_LIMIT) and (worker.busy or not worker.is_ready):
            self._replace(worker, TooLong())
        elif worker.seconds > _BEAT and not worker.process.is_alive():
            self._replace(worker, WorkerError(worker.end))

    def _receive(self, worker: Worker) -> None:
        arrived, messages = worker.channel.read()
        if arrived:
            worker.seconds = 0.0
        for number, body in messages:
            if number == READY:
                worker.is_ready = True
                self.failed_starts = 0
            elif number in worker.busy:
                worker.busy.remove(number)
                self.done[number] = _unpickled(body)
        if worker.channel.is_over:
            worker.process.join(timeout=1)
            self._replace(worker, WorkerError(worker.end))
        elif messages:
            self._feed(worker)

    def _replace(self, worker: Worker, why: Exception) -> None:
        """The task it was at has failed; another worker takes the others."""
        self.selector.unregister(worker.channel.end)
        self.workers.remove(worker)
        if worker.is_ready and worker.busy:
            failed = worker.current_task
            worker.busy.remove(failed)
            self.done[failed] = why
        elif not worker.is_ready:
            self.failed_starts += 1
        worker.stop()
        self.waiting.extendleft(reversed(worker.busy))
        if self.waiting:
            self._start()
        for other in self.workers:
            if not other.busy:
                self._feed(other)


def _unpickled(body: bytes) -> R | Exception:
    try:
        return pickle.loads(body)  # type: ignore[no-any-return] # noqa: S301 - of a process of ours
    except Exception as error:  # noqa: BLE001 - whatever the class of a value does
        return WorkerError(f"le résultat ne peut pas être relu : {brief(error)}")
