"""A host by SFTP: a real OpenSSH server, which is cut, refuses, and is taken for another."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
from collections.abc import Callable
from pathlib import Path

import asyncssh
import pytest
from plancher.publishing import Sftp, opening, probe, releases, session
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores import sftp
from plancher.publishing.stores.sftp import SftpStore
from plancher.publishing.stores.sftp_reader import SftpReader

from tests.publishing.conftest import SshServer, free_port
from tests.publishing.sites import FIRST, Publisher, online
from tests.publishing.slow_line import SlowLine

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}
MANY = {**FIRST, **{f"{number}/index.html": str(number) for number in range(150)}}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return tmp_path / "chez l’hébergeur" / "www"


@pytest.fixture
def there(sshd: SshServer, blog: Path, tmp_path: Path) -> Publisher:
    blog.parent.mkdir()
    return Publisher(sshd.target(blog), tmp_path / "ici")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    before = SftpStore._send

    async def noted(self: SftpStore, path: str, source: Path) -> None:
        sent.append(source.parent.name if source.name == "index.html" else source.name)
        await before(self, path, source)

    monkeypatch.setattr(SftpStore, "_send", noted)
    return sent


def test_a_site_goes_online_behind_a_link_an_edit_sends_its_file_and_nothing_is_sent_twice(
    there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = counted(monkeypatch)
    assert there.publish(FIRST).is_switched
    assert (online(blog), len(sent)) == (FIRST, len(FIRST))
    sent.clear()
    there.publish(FIRST)
    assert sent == []
    there.publish(EDITED)
    assert (online(blog), sent) == (EDITED, ["un"])


def test_a_deletion_and_a_rename_leave_the_new_site_alone(there: Publisher, blog: Path) -> None:
    there.publish(FIRST)
    second = {name.replace("deux", "nouveau"): text for name, text in FIRST.items() if "un" not in name}
    there.publish(second)
    assert online(blog) == second


def test_rollback_and_five_releases(there: Publisher, blog: Path) -> None:
    sites = [{**FIRST, "index.html": f"site {number}"} for number in range(releases.KEPT + 3)]
    for files in sites:
        there.publish(files)
    kept = there.status().releases
    assert len(kept) == releases.KEPT
    assert there.rollback() == kept[1]
    assert online(blog) == sites[-2]
    there.rollback(kept[-1])
    assert online(blog) == sites[-releases.KEPT]


def test_files_and_folders_may_be_read_by_the_server_of_the_host(there: Publisher, blog: Path) -> None:
    there.publish(FIRST)
    modes = {oct(path.stat().st_mode & 0o777) for path in blog.resolve().rglob("*")}
    assert modes == {"0o644", "0o755"}


def test_a_connection_that_is_cut_leaves_the_old_site_and_the_next_run_goes_on(
    there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    there.publish(FIRST)
    before, count = SftpStore.put, 0

    async def cut(self: SftpStore, path: str, source: Path) -> None:
        nonlocal count
        count += 1
        if count == 100:
            self._client.exit()  # the session ends in the middle of 64 files
        await before(self, path, source)

    monkeypatch.setattr(SftpStore, "put", cut)
    with pytest.raises(PublishingError, match=r"coupée.*Recommencez|Recommencez"):
        there.publish(MANY)
    gc.collect()  # what is forgotten says so then
    assert [record for record in caplog.records if record.name == "asyncio"] == []
    assert online(blog) == FIRST
    monkeypatch.setattr(SftpStore, "put", before)
    (blog.parent / ".plancher-www" / "lock.json").unlink(missing_ok=True)  # a cut machine gives it back by its end
    sent = counted(monkeypatch)
    there.publish(MANY)
    assert online(blog) == MANY
    assert 0 < len(sent) < len(MANY) - len(FIRST)


def test_a_cable_that_is_pulled_out_leaves_the_old_site_and_the_next_run_heals(
    sshd: SshServer, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.parent.mkdir()
    Publisher(sshd.target(blog), tmp_path / "ici").publish(FIRST)
    before, count = SftpStore.put, 0
    with SlowLine(sshd.port, 0.03).open() as line:
        known = tmp_path / "connus"
        known.write_text(f"[127.0.0.1]:{line.port} {(sshd.folder / 'host.pub').read_text(encoding='utf-8')}", encoding="utf-8")
        far = Publisher(sshd.target(blog, port=line.port, known_hosts=str(known)), tmp_path / "loin")

        async def cut(self: SftpStore, path: str, source: Path) -> None:
            nonlocal count
            count += 1
            if count == 90:
                line.cut()
            await before(self, path, source)

        monkeypatch.setattr(SftpStore, "put", cut)
        with pytest.raises(PublishingError, match="Recommencez"):
            far.publish(MANY)
        assert online(blog) == FIRST
        monkeypatch.setattr(SftpStore, "put", before)
        (blog.parent / ".plancher-www" / "lock.json").unlink(missing_ok=True)
        far.publish(MANY)
        assert online(blog) == MANY


@pytest.mark.parametrize("moment", range(0, 40, 4))
def test_wherever_it_stops_readers_have_a_whole_site_and_the_next_run_heals(moment: int, there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there.publish(FIRST)
    count = 0
    with monkeypatch.context() as broken:
        for name in ("put", "write", "remove", "rename", "switch", "copy", "make_folder"):
            before = getattr(SftpStore, name)

            async def stops(self: SftpStore, *words: object, before=before) -> object:
                nonlocal count
                count += 1
                if count > moment:
                    raise PublishingError("arrêté là")
                return await before(self, *words)

            broken.setattr(SftpStore, name, stops)
        with contextlib.suppress(PublishingError):
            there.publish(EDITED)
    assert online(blog) in (FIRST, EDITED)
    (blog.parent / ".plancher-www" / "lock.json").unlink(missing_ok=True)
    there.publish(EDITED)
    assert online(blog) == EDITED


def test_a_host_that_is_not_known_gets_nothing(sshd: SshServer, there: Publisher, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # without the known hosts of who runs the tests
    (tmp_path / "autres").write_text(f"[127.0.0.1]:{sshd.port} {(sshd.folder / 'stranger.pub').read_text(encoding='utf-8')}", encoding="utf-8")
    for known in ("", str(tmp_path / "autres"), str(tmp_path / "absent")):
        with pytest.raises(PublishingError, match=r"ne prouve pas qu'il est votre hébergeur.*ssh -p"):
            Publisher(sshd.target(blog, known_hosts=known), tmp_path / "ici").publish(FIRST)
    assert not any(blog.parent.iterdir())


def test_a_wrong_key_is_told_in_a_sentence(sshd: SshServer, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    with pytest.raises(PublishingError, match=r"refuse votre clé.*PLANCHER_PASSWORD"):
        Publisher(sshd.target(blog, key=str(sshd.folder / "stranger")), tmp_path / "ici").publish(FIRST)


def test_a_key_with_a_passphrase_opens_with_it_and_asks_for_it(sshd: SshServer, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    blog.parent.mkdir()
    target = sshd.target(blog, key=str(sshd.folder / "locked"))
    for phrase in ({}, {"PLANCHER_PASSPHRASE": "une autre"}):
        with pytest.raises(PublishingError, match=r"ne se lit pas.*PLANCHER_PASSPHRASE"):
            Publisher(target, tmp_path / "ici", phrase).publish(FIRST)
    Publisher(target, tmp_path / "ici", {"PLANCHER_PASSPHRASE": "une phrase"}).publish(FIRST)
    assert online(blog) == FIRST


class PasswordServer(asyncssh.SSHServer):
    """Lets in who knows a password; the one of OpenSSH would ask the system for it."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("moi", "mot de passe")


def test_a_password_of_the_environment_opens_too(sshd: SshServer, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # without keys
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    blog.parent.mkdir()

    async def publish() -> None:
        server = await asyncssh.listen("127.0.0.1", 0, server_host_keys=[str(sshd.folder / "host")], server_factory=PasswordServer, sftp_factory=True)
        key = (sshd.folder / "host.pub").read_text(encoding="utf-8")
        (tmp_path / "connus").write_text(f"[127.0.0.1]:{server.get_port()} {key}", encoding="utf-8")
        target = Sftp("127.0.0.1", str(blog), "moi", server.get_port(), "", str(tmp_path / "connus"))
        publisher = Publisher(target, tmp_path / "ici")
        await session.publish(target, publisher.work(FIRST), {"PLANCHER_PASSWORD": "mot de passe"})
        server.close()
        await server.wait_closed()

    asyncio.run(publish())
    assert online(blog) == FIRST


def test_a_wrong_password_is_told_and_never_shown(sshd: SshServer, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    publisher = Publisher(sshd.target(blog, key=str(sshd.folder / "stranger")), tmp_path / "ici", {"PLANCHER_PASSWORD": "motsecret"})
    with pytest.raises(PublishingError, match="refuse le mot de passe de PLANCHER_PASSWORD") as stopped:
        publisher.publish(FIRST)
    assert "motsecret" not in str(stopped.value)


def test_a_host_that_does_not_answer_is_told(sshd: SshServer, blog: Path, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=r"ne répond pas.*recommencez"):
        Publisher(sshd.target(blog, port=free_port()), tmp_path / "ici").publish(FIRST)


def test_two_machines_at_once_one_is_told_and_nothing_is_lost(sshd: SshServer, there: Publisher, blog: Path, tmp_path: Path) -> None:
    other = Publisher(sshd.target(blog), tmp_path / "ailleurs")

    async def both() -> list[object]:
        first, second = there.work(MANY, patience=30), other.work({**MANY, "a.html": "a"}, patience=30)
        return await asyncio.gather(session.publish(there.target, first, {}), session.publish(other.target, second, {}))

    asyncio.run(both())
    assert online(blog) in (MANY, {**MANY, "a.html": "a"})
    assert len(there.status().releases) == 2


def test_a_server_that_follows_links_is_found_out_before_it_loses_anything(there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def into_the_folder(self: SftpStore, link: str, target: str) -> None:
        with contextlib.suppress(asyncssh.SFTPError):
            await self._client.symlink(target, link)
            return
        await self._client.symlink(target, f"{link}/new")

    async def tried() -> bool:
        async with opening.to_write(there.target, {}) as writing:
            await writing.store.make_folder(writing.place.state)
            return await probe.can_switch(writing.switching, writing.place)

    assert asyncio.run(tried())
    monkeypatch.setattr(SftpStore, "switch", into_the_folder)
    assert not asyncio.run(tried())
    assert not there.publish(FIRST).is_switched
    assert online(blog) == FIRST
    assert not list((blog.parent / ".plancher-www").glob("probe-*"))


def test_without_hard_links_nor_their_like_unchanged_files_are_sent(there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(self: SftpStore, existing: str, path: str) -> bool:
        return False

    there.publish(FIRST)
    monkeypatch.setattr(SftpStore, "copy", refused)
    there.publish({name: text for name, text in EDITED.items() if name != "theme/a.css"})
    assert online(blog) == EDITED  # what pages of the former site load is read there and sent


def test_a_folder_without_the_right_to_write_is_told(sshd: SshServer, tmp_path: Path) -> None:
    folder = "/proc/1" if os.geteuid() == 0 else "/"
    with pytest.raises(PublishingError, match=r"Vérifiez le dossier de PUBLISH|l'hébergeur"):
        Publisher(sshd.target(f"{folder}/www"), tmp_path / "ici").publish(FIRST)


def test_a_dry_run_has_no_way_to_write(there: Publisher, blog: Path) -> None:
    assert sorted(there.look(FIRST).sent) == sorted(FIRST)
    assert not any(blog.parent.iterdir())
    assert not {"put", "write", "switch", "remove", "create"} & {*dir(SftpReader)}


def test_the_target_is_one_line_and_holds_no_secret() -> None:
    assert {"host", "folder", "user", "port", "key", "known_hosts", "server"} == set(Sftp.__slots__)
    assert sftp.SftpStore.__doc__


class TestALockOf:
    """Two machines want one file; OpenSSH answers « Failure » where it exists, and where a disk is full."""

    @pytest.fixture
    def made(self, there: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Path], object]], bool]:
        """Whether the lock is made, where something happens to it between the refusal and the second look."""
        path, exists = blog.parent / "verrou", asyncssh.SFTPClient.exists

        def make(meanwhile: Callable[[Path], object]) -> bool:
            async def looked(self: asyncssh.SFTPClient, name: str) -> bool:
                meanwhile(path)
                return await exists(self, name)

            async def create() -> bool:
                async with sftp.connected(there.target, {}) as client:
                    return await SftpStore(client).create(str(path), b"deux")

            monkeypatch.setattr(asyncssh.SFTPClient, "exists", looked)
            return asyncio.run(create())

        path.write_text("un", encoding="utf-8")
        return make

    def test_somebody_who_stays_is_left_to_him(self, made: Callable[[Callable[[Path], object]], bool], blog: Path) -> None:
        assert not made(lambda _: None)
        assert (blog.parent / "verrou").read_text(encoding="utf-8") == "un"

    def test_somebody_who_gives_it_back_at_that_moment_is_taken(self, made: Callable[[Callable[[Path], object]], bool], blog: Path) -> None:
        assert made(Path.unlink)
        assert (blog.parent / "verrou").read_text(encoding="utf-8") == "deux"

    def test_somebody_after_whom_a_third_one_has_it_is_left_to_that_one(self, made: Callable[[Callable[[Path], object]], bool], blog: Path) -> None:
        assert not made(lambda path: (path.unlink(), path.write_text("trois", encoding="utf-8")))
        assert (blog.parent / "verrou").read_text(encoding="utf-8") == "trois"

    def test_a_host_that_makes_nothing_is_told(self, made: Callable[[Callable[[Path], object]], bool], blog: Path) -> None:
        """A link that leads nowhere is refused like a file, and never seen."""
        (blog.parent / "verrou").unlink()
        (blog.parent / "verrou").symlink_to("nulle-part")
        with pytest.raises(PublishingError, match=r"refuse sans dire pourquoi.*Faites de la place, puis recommencez"):
            made(lambda _: None)
