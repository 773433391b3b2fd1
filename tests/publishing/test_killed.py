"""kill -9 at random moments of a publication: a reader has the old site or the new one, and the next run heals."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from plancher.publishing import Local
from plancher.publishing.targets import Target

from tests.conftest import ROOT
from tests.publishing.conftest import SshServer
from tests.publishing.sites import FIRST, Publisher, online

MANY = {**FIRST, "index.html": "nouveau", **{f"{number}/index.html": str(number) for number in range(300)}}
PROGRAM = """
import sys
sys.path[:0] = {paths!r}
from pathlib import Path
from plancher.publishing import Local, Sftp
from tests.publishing.sites import Publisher
from tests.publishing.test_killed import MANY

publisher = Publisher({target!r}, Path({folder!r}))
publisher._number = 1
work = publisher.work(MANY)
print("prêt", flush=True)
import asyncio
from plancher.publishing import session
asyncio.run(session.publish(publisher.target, work, {{}}))
print("fait", flush=True)
"""


def killed(target: Target, folder: Path, moment: float) -> None:
    program = PROGRAM.format(paths=[str(ROOT / "plugins"), str(ROOT)], target=target, folder=str(folder))
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "prêt\n"
    time.sleep(moment)
    process.kill()
    process.communicate(timeout=60)


@pytest.mark.parametrize("number", range(4))
def test_on_this_machine(number: int, tmp_path: Path) -> None:
    check(Local(str(tmp_path / "www")), tmp_path, random.Random(number).uniform(0.0, 0.25))


@pytest.mark.parametrize("number", range(3))
def test_on_a_host_by_sftp(number: int, sshd: SshServer, tmp_path: Path) -> None:
    check(sshd.target(tmp_path / "www"), tmp_path, random.Random(number).uniform(0.2, 2.0))


def check(target: Target, folder: Path, moment: float) -> None:
    here = Publisher(target, folder / "ici")
    here.publish(FIRST)
    killed(target, folder / "ici", moment)
    assert online(folder / "www") in (FIRST, MANY)
    here.publish(MANY)
    assert online(folder / "www") == MANY
