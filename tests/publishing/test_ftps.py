"""A host by FTP over TLS: a real vsftpd, which refuses data without the TLS session of the first connection."""

from __future__ import annotations

import asyncio
import ftplib
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plancher.publishing.errors import PublishingError
from plancher.publishing.store import Entry, Kind
from plancher.publishing.stores import ftp_listing, ftp_session, ftps
from plancher.publishing.stores.ftps import FtpsReader, FtpsStore

from tests.publishing.conftest import FtpServer, free_port, ftp_server, make_certificate, signed_certificate
from tests.publishing.sites import FIRST, Publisher, online

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}


@pytest.fixture
def blog(vsftpd: FtpServer) -> Iterator[Path]:
    for path in (vsftpd.root / "client").iterdir():  # whatever another module left
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    yield vsftpd.root / "client" / "www"
    for path in (vsftpd.root / "client").iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def there(vsftpd: FtpServer, tmp_path: Path) -> Publisher:
    return Publisher(vsftpd.target(), tmp_path / "ici")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    before = FtpsStore.replace

    async def noted(self: FtpsStore, path: str, source: Path) -> None:
        sent.append(path.removeprefix("client/www/"))
        await before(self, path, source)

    monkeypatch.setattr(FtpsStore, "replace", noted)
    return sent


def test_a_server_that_renames_nothing_loses_no_file_of_readers() -> None:
    asked: list[str] = []

    class Refusing(ftplib.FTP):
        def sendcmd(self, cmd: str) -> str:
            asked.append(cmd.partition(" ")[0])
            raise ftplib.error_perm("550 no")

    with pytest.raises(ftplib.error_perm):
        ftps._over(Refusing(), ".neuf", "index.html")
    assert asked == ["RNFR"]


def test_a_site_goes_online_without_a_change_nothing_is_sent_and_an_edit_sends_its_file(there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = counted(monkeypatch)
    assert not there.publish(FIRST).is_switched
    assert (online(blog), sorted(sent)) == (FIRST, sorted(FIRST))
    sent.clear()
    there.publish(FIRST)
    assert sent == []
    there.publish(EDITED)
    assert (online(blog), sent) == (EDITED, ["2024/un/index.html"])
    assert there.status().files == len(EDITED)


def test_what_is_gone_goes_one_publication_later_with_its_folder(there: Publisher, blog: Path) -> None:
    there.publish(FIRST)
    second = {name: text for name, text in FIRST.items() if "deux" not in name}
    there.publish(second)
    assert online(blog) == FIRST
    there.publish(second)
    assert online(blog) == second
    assert not (blog / "2024" / "deux").exists()


def test_nothing_of_ours_lies_where_a_reader_could_ask_for_it(there: Publisher, blog: Path) -> None:
    there.publish(FIRST)
    assert {path.name for path in blog.iterdir()} == {"index.html", "2024", "theme", "images", "feeds"}
    assert {path.name for path in (blog.parent / ".plancher-www").iterdir()} == {".htaccess", "manifest.json", "owned"}


def test_an_upload_that_was_cut_goes_on(there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {**FIRST, **{f"{number}/index.html": str(number) for number in range(20)}}
    there.publish(FIRST)
    before, count = ftps._over, 0

    def cut(ftp: ftp_session.FtpOverTls, made: str, path: str) -> None:
        nonlocal count
        count += path.startswith("client/www/")
        if count == 10:
            ftp.sock.shutdown(socket.SHUT_RDWR)
        before(ftp, made, path)

    monkeypatch.setattr(ftps, "_over", cut)
    with pytest.raises(PublishingError, match=r"coupée.*Recommencez"):
        there.publish(many)
    assert {name: online(blog)[name] for name in FIRST} == FIRST
    monkeypatch.setattr(ftps, "_over", before)
    sent = counted(monkeypatch)
    there.publish(many)
    assert online(blog) == many
    assert 0 < len(sent) < 20


def test_without_the_session_of_the_first_connection_the_server_refuses(there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ftp_session.FtpOverTls, "ntransfercmd", ftplib.FTP_TLS.ntransfercmd)
    with pytest.raises(PublishingError):
        there.publish(FIRST)
    assert not blog.exists() or online(blog) == {}


def test_a_wrong_login_is_told_and_its_password_never_shown(vsftpd: FtpServer, blog: Path, tmp_path: Path) -> None:
    publisher = Publisher(vsftpd.target(user="personne"), tmp_path / "ici", {"PLANCHER_PASSWORD": "motsecret"})
    with pytest.raises(PublishingError, match=r"refuse l'identifiant « personne ».*PLANCHER_PASSWORD") as stopped:
        publisher.publish(FIRST)
    assert "motsecret" not in str(stopped.value)
    assert not blog.exists()


def test_a_certificate_that_proves_nothing_stops_before_the_password_leaves(vsftpd: FtpServer, blog: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=r"ne prouve pas qu'il est votre hébergeur.*Rien n'est envoyé"):
        Publisher(vsftpd.target(certificate=""), tmp_path / "ici").publish(FIRST)


@pytest.mark.parametrize(("fault", "words"), [("name", "n'est pas à ce nom"), ("age", "est périmé")])
def test_a_certificate_of_another_name_or_that_is_expired_does_the_same(tmp_path: Path, fault: str, words: str) -> None:
    certificate = make_certificate(tmp_path, "autre.example") if fault == "name" else signed_certificate(tmp_path, is_expired=True)
    with ftp_server(tmp_path, certificate) as server, pytest.raises(PublishingError, match=rf"{words}\. Rien n'est envoyé"):
        Publisher(server.target(), tmp_path / "ici").publish(FIRST)


def test_a_host_that_does_not_answer_is_told(vsftpd: FtpServer, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="ne répond pas"):
        Publisher(vsftpd.target(port=free_port()), tmp_path / "ici").publish(FIRST)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("-rw-r--r--    1 0        0              12 Jan 01 12:00 un fichier.html", Entry("un fichier.html", Kind.FILE, 12)),
        ("drwxr-xr-x    2 ftp      ftp          4096 Feb 28  2025 2024", Entry("2024", Kind.FOLDER, 0)),
        ("lrwxrwxrwx    1 0        0               3 Jan 01 12:00 lien -> www", Entry("lien", Kind.LINK, 0)),
        ("drwxr-xr-x    2 ftp      ftp          4096 Feb 28  2025 ..", None),
        ("total 12", None),
    ],
)
def test_a_list_is_read_as_servers_write_it(line: str, entry: Entry | None) -> None:
    assert ftp_listing.listed(line) == entry


def test_a_full_disk_is_told_with_its_remedy() -> None:
    for answer in ("452 Insufficient storage.", "552 Quota exceeded."):
        assert "Faites de la place" in ftp_session.refused(ftplib.error_perm(answer))


def test_a_dry_run_has_no_way_to_write(there: Publisher, blog: Path) -> None:
    assert sorted(there.look(FIRST).sent) == sorted(FIRST)
    assert not any(blog.parent.iterdir())
    assert not {"put", "write", "remove", "create", "replace"} & {*dir(FtpsReader)}
    with pytest.raises(PublishingError, match="ne garde pas"):
        there.rollback()


@pytest.mark.parametrize("refusal", [ftplib.error_perm("550 non"), ftplib.error_temp("450 non")])
def test_a_server_that_never_renames_over_a_file_is_known_by_either_word(refusal: ftplib.Error) -> None:
    class Pool:
        async def run(self, what: str, work: Callable[[object], bool]) -> bool:
            return work(self)

        def rename(self, made: str, path: str) -> None:
            raise refusal

    assert not asyncio.run(FtpsStore(Pool()).rename_over("un", "deux"))
