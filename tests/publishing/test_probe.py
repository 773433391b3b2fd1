"""A probe that fails or is killed: where a release is online, nothing is changed file by file, and nothing of ours is left."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest
from plancher.publishing import Local, probe
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import Place
from plancher.publishing.stores.local import LocalStore
from plancher.publishing.stores.sftp import SftpStore

from tests.conftest import ROOT
from tests.publishing.sites import FIRST, Publisher, online


@pytest.mark.parametrize("step", ["make_folder", "switch", "entries"])
def test_where_a_release_is_online_a_probe_that_fails_stops_and_no_release_changes(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Publisher(Local(str(tmp_path / "www")), tmp_path / "ici")
    here.publish(FIRST)
    before = getattr(LocalStore, step)

    async def full(self: LocalStore, path: str, *rest: object) -> object:
        if "/probe-" in path:
            raise PublishingError("le disque est plein")
        return await before(self, path, *rest)

    monkeypatch.setattr(LocalStore, step, full)
    with pytest.raises(PublishingError, match="plein"):
        here.publish({**FIRST, "index.html": "autre"})
    assert online(tmp_path / "www") == FIRST


def test_where_nothing_is_online_yet_it_says_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(self: LocalStore, link: str, target: str) -> None:
        raise PublishingError("pas de liens ici")

    monkeypatch.setattr(LocalStore, "switch", refused)
    (tmp_path / ".plancher-www").mkdir()
    assert not asyncio.run(probe.can_switch(LocalStore(), Place(str(tmp_path / "www"))))


@pytest.mark.parametrize(
    ("method", "words"), [("remove_folder", ["a"]), ("copy", ["a", "b"]), ("remove", ["a"]), ("make_folder", ["a"]), ("rename", ["a", "b"])]
)
def test_a_line_that_is_cut_is_told_whatever_was_under_way(method: str, words: list[str]) -> None:
    class Gone:
        def __getattr__(self, name: str) -> object:
            async def lost(*_words: object) -> None:
                raise asyncssh.ConnectionLost("Connection lost")

            return lost

    with pytest.raises(PublishingError, match=r"coupée.*Recommencez"):
        asyncio.run(getattr(SftpStore(Gone()), method)(*words))


KILLED = """
import os, signal, sys
from pathlib import Path
from plancher.publishing import Local
from plancher.publishing.stores.local import LocalStore
from tests.publishing.sites import FIRST, Publisher

async def killed(*words):
    os.kill(os.getpid(), signal.SIGKILL)

setattr(LocalStore, sys.argv[1], killed)
Publisher(Local(sys.argv[2], server=sys.argv[3]), Path(sys.argv[4])).publish(FIRST)
"""


@pytest.mark.parametrize(("moment", "server"), [("switch", ""), ("rename_over", "apache"), ("copy", "apache")])
def test_what_a_killed_process_tried_things_in_is_gone_with_the_next_run_and_of_others_nothing(moment: str, server: str, tmp_path: Path) -> None:
    www, state = tmp_path / "hebergeur" / "www", tmp_path / "hebergeur" / ".plancher-www"
    www.parent.mkdir()
    if server:
        (www / "boutique").mkdir(parents=True)  # no link takes its place
    words = [moment, str(www), server, str(tmp_path / "ici")]
    path = os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))
    ran = subprocess.run([sys.executable, "-c", KILLED, *words], env={**os.environ, "PYTHONPATH": path}, check=False, capture_output=True, timeout=120)
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    (left,) = state.glob("probe-*")
    machine, process = left.name.split("-")[1:3]
    others = [f"probe-{'0' * len(machine)}-{process}-00000000", f"probe-{machine}-{os.getpid()}-00000000", "probe-de-la-voisine"]
    for name in others:
        (state / name).mkdir()
    publisher = Publisher(Local(str(www), server=server), tmp_path / "ici")
    publisher.publish(FIRST)
    assert publisher.look(FIRST).is_empty
    assert sorted(one.name for one in state.glob("probe-*")) == sorted(others)
