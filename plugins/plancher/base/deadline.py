"""A time limit for work that is done in this process."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

_AGAIN = 1.0
"""Seconds after which work that has caught the exception is stopped once more."""


class TooLong(Exception):  # noqa: N818 - a fact about a task, not a failure of the program
    """A task passed its time limit, and was stopped."""


class Expired(BaseException):
    """Raised at the line that is being run when the time is over.

    No ``Exception``: work that forgives all its errors must not forgive this one.
    """


@contextlib.contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Stop what takes longer.

    :raises TooLong: it was stopped; the traceback of its cause ends where the work was.
    """
    try:
        with _alarm(seconds) if _has_alarm() else _timer(seconds):
            yield
    except Expired as expired:
        raise TooLong from expired


def _has_alarm() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """By a signal: it interrupts system calls too, and regular expressions. An alarm that was set already still rings."""
    if sys.platform == "win32":
        raise NotImplementedError  # it has no alarm
    is_running = True

    def ring(_number: int, _frame: FrameType | None) -> None:
        if is_running:
            raise Expired

    begun, former = time.monotonic(), signal.signal(signal.SIGALRM, ring)
    left, interval = signal.getitimer(signal.ITIMER_REAL)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, left or seconds), _AGAIN)
    try:
        yield
    finally:
        is_running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - begun)), interval)


@contextlib.contextmanager
def _timer(seconds: float) -> Iterator[None]:
    """By another thread, where there is no alarm: it interrupts Python code alone."""
    thread, is_over, lock = threading.get_ident(), threading.Event(), threading.Lock()
    watch = threading.Thread(target=_watch, args=(seconds, is_over, lambda: _raise_in(thread), lock), daemon=True)
    watch.start()
    try:
        yield
    finally:
        with lock:
            is_over.set()
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)  # one that was asked for, and is not raised yet


def _watch(seconds: float, is_over: threading.Event, stop: Callable[[], None], lock: threading.Lock) -> None:
    while not is_over.wait(seconds):
        with lock:
            if not is_over.is_set():
                stop()
        seconds = _AGAIN


def _raise_in(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(Expired))
