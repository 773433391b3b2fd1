"""A probe that fails: where a release is online, nothing is changed file by file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncssh
import pytest
from plancher.publishing import Local, probe
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import Place
from plancher.publishing.stores.local import LocalStore
from plancher.publishing.stores.sftp import SftpStore

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
