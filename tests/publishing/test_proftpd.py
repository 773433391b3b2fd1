"""ProFTPD: an SFTP whose renames follow links, and an FTPS that asks for the TLS session of the first connection."""

from __future__ import annotations

import asyncio
import ftplib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import opening, probe
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores import ftp_session

from tests.publishing.proftpd_server import ProFtpd
from tests.publishing.sites import FIRST, Publisher, online

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}


@pytest.fixture
def blog(proftpd: ProFtpd) -> Iterator[Path]:
    yield proftpd.root / "www"
    for path in proftpd.root.iterdir():
        path.unlink() if path.is_symlink() or path.is_file() else shutil.rmtree(path)


def test_its_renames_follow_links_and_the_probe_finds_it_out(proftpd: ProFtpd, blog: Path, tmp_path: Path) -> None:
    async def tried() -> bool:
        async with opening.to_write(proftpd.sftp(), proftpd.environment) as writing:
            await writing.store.make_folder(writing.place.state)
            return await probe.can_switch(writing.switching, writing.place)

    assert not asyncio.run(tried())
    assert list((proftpd.root / ".plancher-www").iterdir()) == []


@pytest.mark.parametrize("protocol", ["sftp", "ftps"])
def test_nothing_of_ours_lies_where_a_reader_could_ask_for_it(proftpd: ProFtpd, blog: Path, tmp_path: Path, protocol: str) -> None:
    Publisher(getattr(proftpd, protocol)(), tmp_path, proftpd.environment).publish(FIRST)
    assert {path.name for path in blog.iterdir()} == {"index.html", "2024", "theme", "images", "feeds"}
    assert {path.name for path in (proftpd.root / ".plancher-www").iterdir()} == {".htaccess", "manifest.json", "owned"}


def test_an_unknown_host_key_stops_before_the_password_leaves(proftpd: ProFtpd, blog: Path, tmp_path: Path) -> None:
    (tmp_path / "nobody").touch()
    target = proftpd.sftp(known_hosts=str(tmp_path / "nobody"))
    with pytest.raises(PublishingError, match=r"ne prouve pas.*Rien n'est envoyé.*Comparez-la"):
        Publisher(target, tmp_path, proftpd.environment).publish(FIRST)
    assert not blog.exists()


def test_without_the_session_of_the_first_connection_its_ftps_refuses(proftpd: ProFtpd, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ftp_session.FtpOverTls, "ntransfercmd", ftplib.FTP_TLS.ntransfercmd)
    with pytest.raises(PublishingError):
        Publisher(proftpd.ftps(), tmp_path, proftpd.environment).publish(FIRST)
    assert not blog.exists() or online(blog) == {}
