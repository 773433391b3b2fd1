"""Commands without their start: a process that has everything imported forks for each of them.

What « pelican » and « invoke » do is the same, and a test waits half as long. A
command that asks for another Python (its hash seed, its language) or that is
to be interrupted gets a real process.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import functools
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.preload import preload
from tests.waiting import HelperProcess, say_where_on_request

ROOT = Path(__file__).resolve().parent.parent
_LIMIT = 120
"""Seconds for a command."""


@dataclasses.dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Forge:
    """The process that forks."""

    def __init__(self) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
        self._helper = HelperProcess([sys.executable, __file__], env)

    def run(self, program: str, words: Sequence[str], folder: Path, env: Mapping[str, str]) -> Ran:
        """What « pelican » or « invoke » does with these words in a folder."""
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            streams = [out.name, err.name]
            self._helper.send({"program": program, "words": list(words), "folder": str(folder), "env": dict(env), "streams": streams})
            code = int(self._helper.answer())
            return Ran(code, *(Path(name).read_text(encoding="utf-8", errors="replace") for name in streams))

    def close(self) -> None:
        """End the process."""
        self._helper.close()


@functools.cache
def forge() -> Forge:
    """The one that works for all tests of this process."""
    made = Forge()
    atexit.register(made.close)
    return made


def _serve() -> None:
    say_where_on_request()
    answers = os.fdopen(os.dup(1), "w")
    preload()
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            _run(request)
        print(_waited(child), file=answers, flush=True)


def _waited(child: int) -> int:
    """The exit code of a command; one that takes too long is ended with all that it started."""
    signal.signal(signal.SIGALRM, lambda *_: _end(child))
    signal.alarm(_LIMIT)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        signal.alarm(0)


def _end(child: int) -> None:
    """Have a command print where it is, then end it, with all that it started; it may not have a group yet."""
    for kind, pause in ((signal.SIGUSR1, 0.5), (signal.SIGKILL, 0)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, kind)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, kind)
        time.sleep(pause)


def _run(request: Mapping[str, Any]) -> None:
    """Be that command, and end."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in enumerate(request["streams"], 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["folder"])
    _PROGRAMS[request["program"]](request["words"])


def _pelican(words: list[str]) -> None:
    from pelican import main  # noqa: PLC0415 - imported already, by the process that forks

    code = 1
    try:
        main(words)
        code = 0
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            print(end.code, file=sys.stderr)
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - told to the test
        traceback.print_exc()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _invoke(words: list[str]) -> None:
    from invoke.main import program  # noqa: PLC0415 - the same

    sys.path[:] = [str(Path.cwd()), *(place for place in sys.path if Path(place) not in {ROOT, ROOT / "tests"})]  # as « python -m invoke » has it
    sys.argv[:] = ["invoke", *words]
    sys.exit(program.run())


_PROGRAMS: dict[str, Callable[[list[str]], None]] = {"pelican": _pelican, "invoke": _invoke}

if __name__ == "__main__":
    _serve()
