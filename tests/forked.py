"""The « pelican » command without its start: a process that has everything imported forks for each build.

What a build does is the same, and a test waits half as long. A build that asks
for another Python (its hash seed, its language) or for settings of its own
gets a real process.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.preload import preload
from tests.waiting import HelperProcess, say_where_on_request

ROOT = Path(__file__).resolve().parent.parent
_LIMIT = 120
"""Seconds for a build."""


@dataclasses.dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    said: str


class Forge:
    """The process that forks."""

    def __init__(self) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
        self._helper = HelperProcess([sys.executable, __file__], env)

    def run(self, words: Sequence[str], folder: Path, env: Mapping[str, str]) -> Ran:
        """What « pelican » with these words does in a folder."""
        with tempfile.NamedTemporaryFile() as log:
            request = {"words": list(words), "folder": str(folder), "env": dict(env), "log": log.name}
            self._helper.send(request)
            code = int(self._helper.answer())
            return Ran(code, Path(log.name).read_text(encoding="utf-8", errors="replace"))

    def close(self) -> None:
        """End the process."""
        self._helper.close()


def _serve() -> None:
    say_where_on_request()
    answers = os.fdopen(os.dup(1), "w")
    preload()
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os._exit(_build(request))
        print(_waited(child), file=answers, flush=True)


def _waited(child: int) -> int:
    """The exit code of a build; one that takes too long is ended with all that it started."""
    signal.signal(signal.SIGALRM, lambda *_: _end(child))
    signal.alarm(_LIMIT)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        signal.alarm(0)


def _end(child: int) -> None:
    """Have a build print where it is, then end it, with all that it started; it may not have a group yet."""
    for kind, pause in ((signal.SIGUSR1, 0.5), (signal.SIGKILL, 0)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, kind)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, kind)
        time.sleep(pause)


def _build(request: Mapping[str, Any]) -> int:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    log = os.open(request["log"], os.O_WRONLY | os.O_APPEND)
    for number in (1, 2):
        os.dup2(log, number)
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["folder"])
    from pelican import main  # noqa: PLC0415 - imported already, by the process that forks

    code = 1
    try:
        main(request["words"])
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
    return code


if __name__ == "__main__":
    _serve()
