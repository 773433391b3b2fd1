"""A host that locks its customers into a folder, as most that sell SFTP do: the whole life of a site there, and a share of the disk that is full."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import Local, Rsync
from plancher.publishing.errors import PublishingError
from plancher.publishing.targets import Target

from tests.publishing import chrooted_server, reader
from tests.publishing.chrooted_server import ChrootedServer
from tests.publishing.conftest import SshServer, server_program
from tests.publishing.places import file_by_file
from tests.publishing.sites import FIRST, Publisher, online

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}


@pytest.fixture
def home(chrooted: ChrootedServer) -> Iterator[Path]:
    with chrooted_server.home(chrooted) as made:
        yield made


@pytest.fixture
def there(chrooted: ChrootedServer, home: Path, tmp_path: Path) -> Publisher:
    return Publisher(chrooted.target(home), tmp_path / "ici")


def test_readers_get_the_release_though_its_publisher_sees_other_paths(there: Publisher, home: Path) -> None:
    assert there.publish(FIRST).is_switched
    assert online(home / "www") == FIRST
    assert not (home / "www").readlink().is_absolute()  # an absolute path is another place for whoever is locked in
    there.publish(EDITED)
    there.rollback()
    assert online(home / "www") == FIRST


def target_in(home: Path, kind: str, chrooted: ChrootedServer, sshd: SshServer) -> Target:
    """A folder of the same home, in another way: a quota is counted whoever writes."""
    if kind == "sftp, locked in":
        return chrooted.target(home)
    if kind == "local":
        return Local(str(home / "www"))
    server_program("rsync", "rsync")
    near = sshd.target(home / "www")
    return Rsync(**{field.name: getattr(near, field.name) for field in dataclasses.fields(Rsync)})


@pytest.mark.parametrize("kind", ["sftp, locked in", "local", "rsync"])
def test_a_share_of_the_disk_that_is_full_is_told_with_its_remedy_readers_keep_their_site_and_room_heals(
    kind: str, chrooted: ChrootedServer, sshd: SshServer, tmp_path: Path
) -> None:
    old, new = reader.site(0), reader.site(1) | {"films/long.webm": "x" * 900_000}
    with chrooted_server.home_with_a_quota(chrooted, tmp_path) as home:
        there = Publisher(target_in(home, kind, chrooted, sshd), tmp_path / "ici")
        there.publish(old)
        ballast = home / "courrier"
        ballast.write_bytes(bytes(400_000))
        with pytest.raises(PublishingError, match=r"part du disque.*Faites de la place, puis recommencez") as told:
            there.publish(new)
        assert re.fullmatch(r"[^\n]+", str(told.value))
        assert reader.crawl(file_by_file((home / "www").resolve())) == (reader.of(old), [])
        ballast.unlink()
        there.publish(new)
        assert reader.crawl(file_by_file((home / "www").resolve())) == (reader.of(new), [])
