"""A machine that publishes. Each publication is a process of its own, which can be killed at any moment."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import traceback
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from plancher.publishing import leasing, manifest, session
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores import bucket, cloudflare, ftps, git_remote, netlify, rsync  # noqa: F401 - loaded once for all publications
from plancher.publishing.work import Work

from tests.publishing.sites import write

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT = 120.0
"""Seconds for a publication."""
PATIENCE = 60.0
"""Seconds that a publication waits for somebody else."""


class Ended(NamedTuple):
    """How a publication ended."""

    code: int
    """0: published; 1: told why not; negative: killed."""
    said: str


class Machine:
    """One, with a name of its own."""

    def __init__(self, name: str) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))}
        self._process = subprocess.Popen([sys.executable, __file__, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)
        self._pid = 0

    def start(self, target: object, folder: Path, files: Mapping[str, str], environment: Mapping[str, str] | None = None) -> None:
        """Begin to publish; it is at the door of the target."""
        pickle.dump((target, folder, dict(files), dict(environment or {})), self._process.stdin)
        self._process.stdin.flush()
        self._pid = pickle.load(self._process.stdout)

    def kill(self) -> None:
        """As « kill -9 » does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def ended(self) -> Ended:
        """How it ended."""
        too_long = threading.Timer(LIMIT, self.kill)
        too_long.start()
        try:
            return Ended(*pickle.load(self._process.stdout))
        finally:
            too_long.cancel()

    def publish(self, target: object, folder: Path, files: Mapping[str, str], environment: Mapping[str, str] | None = None) -> Ended:
        """From beginning to end."""
        self.start(target, folder, files, environment)
        return self.ended()

    def close(self) -> None:
        """Switch it off."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)


@contextlib.contextmanager
def machine(name: str) -> Iterator[Machine]:
    """One, until the end."""
    made = Machine(name)
    try:
        yield made
    finally:
        made.close()


def _serve(name: str) -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    socket.gethostname = lambda: name  # type: ignore[assignment] # two machines, on one
    uuid.getnode = lambda: hash(name)  # type: ignore[assignment]
    leasing.PAUSE, leasing.WRITTEN, netlify._PAUSE = 0.05, 0.5, 0.01
    while True:
        try:
            request = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        ours, its = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(ours)
            answers.close()
            _publish(its, *request)
        os.close(its)
        with os.fdopen(ours, "rb") as pipe:
            pipe.read(1)
            _answer(answers, child)
            said = pipe.read().decode()
        _, status = os.waitpid(child, 0)
        _answer(answers, (os.waitstatus_to_exitcode(status), said))


def _answer(answers: object, value: object) -> None:
    pickle.dump(value, answers)
    answers.flush()


def _publish(pipe: int, target: object, folder: Path, files: Mapping[str, str], environment: Mapping[str, str]) -> None:
    """In the child: never returns."""
    code = 0
    try:
        site = write(folder / "site", files)
        new = manifest.of_folder(site, manifest.identifier_at(leasing.now()))
        work = Work(site=site, new=new, checkpoint=folder / "etat" / "point", confirm=lambda _: None, patience=PATIENCE)
        os.write(pipe, b"!")
        asyncio.run(session.publish(target, work, environment))
    except PublishingError as error:
        os.write(pipe, str(error).encode())
        code = 1
    except BaseException:  # noqa: BLE001 - whatever it is, the test shows it
        os.write(pipe, traceback.format_exc().encode())
        code = 2
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
