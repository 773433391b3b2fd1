"""A host to which rsync brings the files: the real program, through a real OpenSSH server."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.publishing import Rsync
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores import rsync, ssh_program

from tests.publishing.conftest import SshServer, server_program
from tests.publishing.sites import FIRST, Publisher, online

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return tmp_path / "chez l’hébergeur; touch ici" / "www"


@pytest.fixture
def there(sshd: SshServer, blog: Path, tmp_path: Path) -> Publisher:
    server_program("rsync", "rsync")
    blog.parent.mkdir()
    target = sshd.target(blog)
    return Publisher(Rsync(*(getattr(target, name) for name in ("host", "folder", "user", "port", "key", "known_hosts"))), tmp_path / "ici")


def test_a_site_goes_online_an_edit_brings_its_file_and_one_may_return(there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    before = rsync.RsyncStore.send_many

    async def noted(self, folder: str, site: Path, paths: list[str]) -> None:
        asked.append(list(paths))
        await before(self, folder, site, paths)

    monkeypatch.setattr(rsync.RsyncStore, "send_many", noted)
    assert there.publish(FIRST).is_switched
    assert online(blog) == FIRST
    there.publish(EDITED)
    assert online(blog) == EDITED
    there.publish(EDITED)
    assert [len(paths) for paths in asked] == [len(FIRST), 1]
    there.rollback()
    assert online(blog) == FIRST
    assert {oct(path.stat().st_mode & 0o777) for path in blog.resolve().rglob("*")} == {"0o644", "0o755"}


def test_in_a_true_folder_each_file_is_the_old_one_or_the_new_one(there: Publisher, blog: Path) -> None:
    blog.mkdir()
    (blog / "boutique.php").write_text("à lui", encoding="utf-8")
    assert not there.publish(FIRST).is_switched
    there.publish(EDITED)
    assert online(blog) == {**EDITED, "boutique.php": "à lui"}


@pytest.mark.parametrize("code", [12, 23, 255, 99])
def test_what_stops_it_is_told_and_readers_keep_the_old_site(code: int, there: Publisher, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there.publish(FIRST)
    broken = tmp_path / "rsync"
    broken.write_text(f"#!/bin/sh\ncat >/dev/null\necho 'no luck' >&2\nexit {code}\n", encoding="utf-8")
    broken.chmod(0o755)
    before = rsync._command
    monkeypatch.setattr(rsync, "_command", lambda *words: [str(broken), *before(*words)[1:]])
    with pytest.raises(PublishingError, match=r"rsync s'est arrêté : .*« no luck ».*[Rr]ecommencez"):
        there.publish(EDITED)
    assert online(blog) == FIRST
    monkeypatch.setattr(rsync, "_command", before)
    there.publish(EDITED)
    assert online(blog) == EDITED


def test_it_asks_nobody_anything_and_trusts_no_unknown_host() -> None:
    shell = ssh_program.command(Rsync("nom.example", "www", "moi", 2222, "~/cle", "~/connus"))
    assert {"BatchMode=yes", "StrictHostKeyChecking=yes"} <= {*shell}
    assert shell[0] == "ssh"
    assert "~" not in " ".join(shell)


def test_a_program_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsync.shutil, "which", lambda _name: None)
    with pytest.raises(PublishingError, match=r"« rsync » n'est pas installé ici.*Sftp"):
        rsync.RsyncStore(None, Rsync("nom.example", "www"))
