"""A process that has everything imported and builds sites: a fork for each, as honest as a new process and ten times as fast.

Requests and answers are lines of JSON. ``Warm`` is the side of the tests; run
as a script, this module is the other side.
"""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import functools
import importlib
import io
import json
import os
import signal
import sqlite3
import sys
import traceback
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pelican
from plancher.build import exchange, in_place, library, making, render
from plancher.build.workers import WorkerPool
from plancher.cache import snapshot
from plancher.pelican_adapter import engine

from tests.preload import preload
from tests.waiting import HelperProcess, say_where_on_request

ROOT = Path(__file__).resolve().parent.parent.parent
KILLED = -9
CRASHED = 70
"""The code of a build that ended in a traceback, which no author should see."""


@dataclasses.dataclass(frozen=True, slots=True)
class Ran:
    """How a build ended."""

    code: int
    said: str


class Warm:
    """Builds sites in a process of its own."""

    def __init__(self) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")]), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
        self._helper = HelperProcess([sys.executable, "-B", "-W", "error", __file__], env)

    def build(self, folder: Path, output: Path, *, resident: bool = False, **wishes: Any) -> Ran:
        """What ``pelican content -o output -s reglages.py`` does in ``folder``.

        :param resident: whether the same process builds from one request to the next, until ``leave``.
        :param wishes: ``log``, a folder of the site for what is said; the other fields of ``_build``'s request.
        """
        log = folder / wishes.pop("log", "") / "journal.txt"
        log.write_bytes(b"")
        self._helper.send({"resident": resident, "folder": str(folder), "output": str(output), "log": str(log), **wishes})
        try:
            answer = self._helper.answer()
        except AssertionError as error:
            raise AssertionError(f"{error}\n{log.read_text(encoding='utf-8', errors='replace')}") from None
        said = log.read_text(encoding="utf-8", errors="replace")
        return Ran(CRASHED if "Traceback" in said else int(answer), said)

    def leave(self) -> None:
        """End the resident process, if there is one.

        It answers, so that the next request is not in its hands when it goes.
        """
        self._helper.send({"leave": True})
        self._helper.answer()

    def close(self) -> None:
        self._helper.close()


def _serve(answers: io.TextIOBase, *, resident: bool = False) -> None:
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        if request.get("leave"):
            _tell(answers, 0)
            if resident:
                return
        elif resident:
            _tell(answers, _build(request))
        elif request["resident"]:
            if _in_child(functools.partial(_stay, answers, request)) != 0:
                _tell(answers, KILLED)
        else:
            _tell(answers, _in_child(functools.partial(_build, request)))


def _stay(answers: io.TextIOBase, request: Mapping[str, Any]) -> int:
    _tell(answers, _build(request))
    _serve(answers, resident=True)
    return 0


def _tell(answers: io.TextIOBase, code: int) -> None:
    answers.write(f"{code}\n")
    answers.flush()


def _in_child(work: Callable[[], int]) -> int:
    child = os.fork()
    if child == 0:
        os._exit(work())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _build(request: Mapping[str, Any]) -> int:
    """One build.

    ``without``: what the disk or the system lacks, ``link`` or ``exchange``; ``interrupt``: as ``kill``, by Ctrl-C;
    ``halfway``: it is killed when its journal is whole; ``umask``.

    ``task``: as « invoke build » does; ``extra``: settings, as after ``-e``; ``env``: of the process; ``alone``: no
    workers; ``share``: workers write, however few the files; ``limit``: seconds
    a text may take; ``patience``: the same for a file of the site; ``kill``: after so many writes, the process is killed.
    """
    log = os.open(request["log"], os.O_WRONLY | os.O_APPEND)
    for number in (1, 2):
        os.dup2(log, number)
    os.close(log)
    os.chdir(request["folder"])
    os.environ.update(request.get("env", {}))
    importlib.invalidate_caches()
    _wishes(request)
    if _nothing_to_do(request):
        return 0
    extra = [f"{name}={json.dumps(value)}" for name, value in request.get("extra", {}).items()]
    return _run(
        ["content", "-o", request["output"], "-s", "reglages.py", "-q", "--fatal", "errors", *(["-e", *extra] if extra else [])],
        request.get("kill"),
        request.get("interrupt"),
    )


def _nothing_to_do(request: Mapping[str, Any]) -> bool:
    """What « invoke build » asks before it starts Pelican."""
    os.environ.pop(snapshot.COMMAND, None)
    if not request.get("task"):
        return False
    command = os.environ[snapshot.COMMAND] = snapshot.command("reglages.py")
    return not request.get("extra") and snapshot.nothing_to_do(Path(request["folder"], ".cache"), Path(request["output"]), command) is not None


def _wishes(request: Mapping[str, Any]) -> None:
    if request.get("alone"):
        _put(engine, "WorkerPool", lambda **words: WorkerPool(**{**words, "method": ""}))
    if request.get("share"):
        _put(making, "_WORTH_SHARING", 1)
    if "umask" in request:
        os.umask(request["umask"])
    if request.get("limit"):
        _put(library, "LIMIT", request["limit"])
    if request.get("patience"):
        _put(render, "LIMIT", request["patience"])
    if "link" in request.get("without", ()):
        os.link = _refuse_links
    if "exchange" in request.get("without", ()):
        _put(exchange, "_EXCHANGE", 1 << 10)  # no such flag
    if request.get("halfway"):
        _put(in_place, "_carry_out", lambda *_: os.kill(os.getpid(), signal.SIGKILL))


def _put(module: types.ModuleType, name: str, value: object) -> None:
    """Something else in the place of a name, which must be there."""
    assert hasattr(module, name), f"{module.__name__}.{name}"
    setattr(module, name, value)


def _refuse_links(*names: Any, **_: Any) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM), str(names[0]))


def _run(arguments: Sequence[str], kill: int | None, interrupt: int | None) -> int:
    _mortality.left = kill if interrupt is None else interrupt
    _mortality.by = signal.SIGKILL if interrupt is None else signal.SIGINT
    try:
        pelican.main(arguments)
    except SystemExit as stop:
        if not isinstance(stop.code, int | None):
            print(stop.code, file=sys.stderr)
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - told to the test
        traceback.print_exc()
        return 1
    finally:
        _mortality.left = None
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    return 0


class _Mortality:
    """Kills this process at one of its writes; what a build makes aside, which nobody sees, counts for nothing."""

    _WRITES = frozenset("os.rename os.remove os.rmdir os.link os.mkdir open tempfile.mkstemp ctypes.dlsym sqlite3.connect".split())

    def __init__(self) -> None:
        self.left: int | None = None
        self.by = signal.SIGKILL

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit hook (PEP 578): called before each event."""
        if self.left is None or event not in self._WRITES:
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if event in {"open", "os.mkdir"} and "/.output-" in str(arguments[0]):
            return
        self.step()

    @contextlib.contextmanager
    def suspended(self) -> Iterator[None]:
        """What is written meanwhile counts for nothing."""
        left, self.left = self.left, None
        try:
            yield
        finally:
            self.left = left

    def step(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), self.by)
        if self.left is not None:
            self.left -= 1


_mortality = _Mortality()


def _prepare() -> None:
    """Import what builds need, and have their writes counted."""
    preload(_mortality.suspended)
    sqlite3.connect = functools.partial(sqlite3.connect, factory=_Mortal)
    sys.addaudithook(_mortality.hear)


class _Mortal(sqlite3.Connection):
    """A connection whose statements count as writes."""

    def execute(self, *words: Any) -> sqlite3.Cursor:
        _mortality.step()
        return super().execute(*words)

    def executemany(self, *words: Any) -> sqlite3.Cursor:
        _mortality.step()
        return super().executemany(*words)


if __name__ == "__main__":
    say_where_on_request()
    channel = os.fdopen(os.dup(1), "w")
    with channel:
        _prepare()
        _serve(channel)
