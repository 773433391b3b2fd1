"""Work spread over the cores, with a time limit for each piece.

A task is a function of a module and its argument. Results come back in any
order and are given in the order of the tasks; what a task takes too long to
do is stopped with its process, and named.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from plancher.core.aside import die_with_parent

_CHUNK = 8
"""Tasks a worker has in hand: enough to hide the way there and back."""


class TooLong(Exception):  # noqa: N818 - a fact about a task, not a failure of the program
    """A task passed its time limit, and was stopped."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """How work is shared on this machine."""

    count: int = dataclasses.field(default_factory=lambda: os.cpu_count() or 1)
    """Processes at work at once."""
    method: str = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    """How Python starts a process: ``fork`` copies this one, ``spawn`` begins anew; empty: none is started, and no limit holds."""
    boot: Callable[..., None] | None = None
    """Called with ``given`` in each process that does not start as a copy."""
    given: tuple[Any, ...] = ()
    told: Callable[[str], None] = lambda _: None
    """Called with the name of the work for each piece that is done."""

    def map(self, name: str, task: Callable[[Any], Any], arguments: Sequence[Any], limit: float | None = None) -> Iterator[Any]:
        """``task(argument)`` for each argument, in their order.

        An exception is given in the place of a result, never raised.

        :param name: of the work, as an author reads it.
        :param task: a function of a module; it and its results travel between processes.
            Arguments or results may be large, not both: nobody reads while he writes.
        :param limit: seconds for one argument; then ``TooLong`` stands for its result.
        """
        results = _Shift(self, task, arguments, limit).results() if arguments and self.method else (tried(task, argument) for argument in arguments)
        for result in results:
            self.told(name)
            yield result


class _Hand:
    """One process at work."""

    def __init__(self, crew: Crew, task: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context(crew.method)
        self.pipe, theirs = context.Pipe()
        boot = crew.boot if crew.method != "fork" else None
        self.process = context.Process(target=_work, args=(theirs, task, boot, crew.given), daemon=True)  # type: ignore[attr-defined] # every context has one; typeshed gives it to each alone
        self.process.start()
        theirs.close()
        self.busy: collections.deque[int] = collections.deque()
        self.since = time.monotonic()
        self.ready = False

    def give(self, batch: Sequence[tuple[int, Any]]) -> None:
        if not self.busy:
            self.since = time.monotonic()
        self.busy.extend(index for index, _ in batch)
        with contextlib.suppress(BrokenPipeError):  # it has just died: what it said before, and its end, are still to be read
            self.pipe.send(batch)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Shift:
    """One ``map``: hands, what waits, what is done."""

    def __init__(self, crew: Crew, task: Callable[[Any], Any], arguments: Sequence[Any], limit: float | None) -> None:
        self.crew, self.task, self.arguments, self.limit = crew, task, arguments, limit
        self.waiting = collections.deque(range(len(arguments)))
        self.done: dict[int, Any] = {}
        self.hands: list[_Hand] = []

    def results(self) -> Iterator[Any]:
        count = max(1, min(self.crew.count, -(-len(self.arguments) // _CHUNK)))
        try:
            self.hands = [_Hand(self.crew, self.task) for _ in range(count)]
            for hand in self.hands:
                self._feed(hand)
            for index in range(len(self.arguments)):
                while index not in self.done:
                    self._turn()
                yield self.done.pop(index)
        finally:
            for hand in self.hands:
                hand.stop()

    def _feed(self, hand: _Hand) -> None:
        """Keep a hand busy: it gets more while it still has some."""
        while len(hand.busy) <= _CHUNK and self.waiting:
            batch = [self.waiting.popleft() for _ in range(min(_CHUNK, len(self.waiting)))]
            hand.give([(index, self.arguments[index]) for index in batch])

    def _turn(self) -> None:
        """Take what is ready; look at the clock."""
        pipes: dict[Any, _Hand] = {hand.pipe: hand for hand in self.hands}
        for pipe in wait(list(pipes), timeout=0.2 if self.limit else None):
            self._receive(pipes[pipe])
        now = time.monotonic()
        for hand in list(self.hands):
            if self.limit and hand.ready and hand.busy and now - hand.since > self.limit:
                self._replace(hand, TooLong())

    def _receive(self, hand: _Hand) -> None:
        try:
            message = hand.pipe.recv()
        except (EOFError, OSError):
            self._replace(hand, RuntimeError("un processus de travail s'est arrêté"))
            return
        hand.since = time.monotonic()
        if message is None:
            hand.ready = True
            return
        index, result = message
        hand.busy.remove(index)
        self.done[index] = result
        self._feed(hand)

    def _replace(self, hand: _Hand, why: Exception) -> None:
        """The first task in hand is the one that failed; another hand takes the others."""
        hand.stop()
        self.hands.remove(hand)
        if hand.busy:
            self.done[hand.busy.popleft()] = why
        self.waiting.extendleft(reversed(hand.busy))
        fresh = _Hand(self.crew, self.task)
        self.hands.append(fresh)
        self._feed(fresh)


def _work(pipe: Connection, task: Callable[[Any], Any], boot: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    """What a process does: take a batch, give results one by one, until nobody asks."""
    die_with_parent()
    if boot is not None:
        boot(*given)
    parent = multiprocessing.parent_process()
    sentinel = parent.sentinel if parent else -1
    try:
        pipe.send(None)
        # A copy of the process that asks holds both ends of the pipe: only the sentinel tells that it is no more.
        while sentinel not in wait([pipe, sentinel]):
            for index, argument in pipe.recv():
                pipe.send((index, tried(task, argument)))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def tried(task: Callable[[Any], Any], argument: Any) -> Any:
    """What a task gives, or what it raises."""
    try:
        return task(argument)
    except Exception as error:  # noqa: BLE001 - given to who asked, in the place of a result
        return error
