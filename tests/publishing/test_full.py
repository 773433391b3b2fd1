"""A disk that is full in the middle of a publication, or a quota that nobody announced: it is told, readers keep their site, and room heals."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import session
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores.local import LocalReader
from plancher.publishing.stores.sftp_reader import SftpReader

from tests.publishing import reader
from tests.publishing.conftest import FtpServer, SshServer, server_program
from tests.publishing.places import KINDS, Kept, kept
from tests.publishing.sites import Publisher

OLD = reader.site(0)
NEW = reader.site(1) | {f"2024/{number}/index.html": f"<link href=/theme/style.1.css>version 1 {'x' * 9000}" for number in range(reader.PAGES)}


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, sshd: SshServer, vsftpd: FtpServer) -> Iterator[tuple[Kept, Path]]:
    """A target on a small disk of its own."""
    server_program("rsync", "rsync")
    disk = vsftpd.root / "client" if request.param == "ftps" else tmp_path / "hebergeur"
    disk.mkdir(exist_ok=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k,mode=777", "tmpfs", str(disk)], capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("root alone, outside of most containers, has a small disk")
    try:
        with kept(request.param, tmp_path, sshd, vsftpd) as made:
            yield made, disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True, timeout=60)


@pytest.fixture
def unannounced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is free is not said, as where a quota is counted elsewhere."""

    async def room(self: object, folder: str) -> None:
        return None

    for kind in (LocalReader, SftpReader):
        monkeypatch.setattr(kind, "room", room)


def fill(disk: Path, left: int) -> Path:
    """Leave so many blocks."""
    ballast = disk / "autre-chose"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    with ballast.open("r+b") as file:
        file.truncate(max(0, ballast.stat().st_size - left * 4096))
    return ballast


@pytest.mark.usefixtures("unannounced")
@pytest.mark.parametrize("left", [0, 4])
def test_it_is_told_readers_keep_their_site_and_the_next_run_heals(place: tuple[Kept, Path], left: int, tmp_path: Path) -> None:
    target, disk = place
    publisher = Publisher(target.target, tmp_path / "ici")
    publisher.publish(OLD)
    ballast = fill(disk, left)
    with pytest.raises(PublishingError, match=r"plein|place|No space|espace|disque") as told:
        publisher.publish(NEW)
    assert "en ce moment" not in str(told.value)
    pages, lost = reader.crawl(target.opened())
    assert lost == []
    assert not target.is_whole or pages == reader.of(OLD)
    ballast.unlink()
    asyncio.run(session.publish(publisher.target, publisher.work(NEW), {}))
    assert reader.crawl(target.opened()) == (reader.of(NEW), [])
