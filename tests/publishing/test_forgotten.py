"""Somebody asked to be forgotten: one publication later no byte of a former site is left at the target, whatever its kind."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from plancher.publishing import Local, Pages, leasing, session
from plancher.publishing.errors import PublishingError
from plancher.publishing.work import Outcome

from tests.publishing.conftest import FtpServer, SshServer
from tests.publishing.sites import FIRST, Publisher, online
from tests.publishing.test_pages import PLAIN, commits, git, shown

SECRET = "ce que Zoé a dit"
WITH = {**FIRST, "2024/un/index.html": f"un, {SECRET}", "2024/zoe/index.html": SECRET, "theme/zoe.svg": SECRET, "preuves.json": SECRET}
TWICE = {**WITH, "index.html": f"accueil, {SECRET}"}


def forget(publisher: Publisher, files: dict[str, str]) -> Outcome:
    work = dataclasses.replace(publisher.work(files), is_forgetting=True)
    return asyncio.run(session.publish(publisher.target, work, publisher.environment))


def held(folder: Path) -> list[str]:
    """Files that still hold it, their names too."""
    return [str(path) for path in sorted(folder.rglob("*")) if "zoe" in path.name or (path.is_file() and SECRET.encode() in path.read_bytes())]


def check(publisher: Publisher, files_there: Path) -> None:
    publisher.publish(WITH)
    publisher.publish(TWICE)
    publisher.publish(FIRST)
    publisher.publish(TWICE)
    assert len(held(files_there)) > 3
    assert forget(publisher, FIRST).is_alone
    assert held(files_there) == []
    publisher.publish({**FIRST, "index.html": "la suite"})
    assert held(files_there) == []


def test_releases_of_a_folder(tmp_path: Path) -> None:
    here = Publisher(Local(str(tmp_path / "www" / "blog")), tmp_path)
    check(here, tmp_path / "www")
    assert here.status().files == len(FIRST)
    with pytest.raises(PublishingError, match="pas de version"):
        here.rollback("20260101T000100Z")


def test_releases_of_a_host_by_sftp(sshd: SshServer, tmp_path: Path) -> None:
    check(Publisher(sshd.target(tmp_path / "www" / "blog"), tmp_path), tmp_path / "www")


def test_a_true_folder_file_by_file_where_a_shop_stands_beside(tmp_path: Path) -> None:
    blog = tmp_path / "www" / "blog"
    (blog / "theme").mkdir(parents=True)
    (blog / "theme" / ".zoe.svg.plancher.tmp").write_text(SECRET, encoding="utf-8")  # an upload was cut
    (blog / "boutique.php").touch()
    here = Publisher(Local(str(blog)), tmp_path)
    here.publish(WITH)
    assert forget(here, FIRST).is_alone
    assert held(tmp_path / "www") == []
    assert online(blog) == {**FIRST, "boutique.php": ""}


@pytest.mark.parametrize(("before", "since"), [("apache", ""), ("", ""), ("", "apache")])
def test_releases_of_a_site_that_is_shown_in_another_way_since(before: str, since: str, tmp_path: Path) -> None:
    blog = tmp_path / "www" / "blog"
    if before:
        blog.mkdir(parents=True)
        (blog / "boutique.php").touch()  # no link takes its place
    Publisher(Local(str(blog), server=before), tmp_path).publish(WITH)
    if before:
        (blog / ".htaccess").unlink()  # the host refuses what it says
    else:
        release = blog.resolve()
        blog.unlink()
        shutil.copytree(release, blog)  # a host of another kind
    here = Publisher(Local(str(blog), server=since), tmp_path)
    here.publish(WITH, adopted=not before)
    assert len(held(tmp_path / "www")) > 3
    assert forget(here, FIRST).is_alone
    assert held(tmp_path / "www") == []
    assert (blog / "boutique.php").exists() == bool(before)


def test_where_the_manifest_was_lost_nobody_knows_what_is_left_and_it_is_said(tmp_path: Path) -> None:
    blog = tmp_path / "www" / "blog"
    blog.mkdir(parents=True)
    (blog / "boutique.php").touch()
    here = Publisher(Local(str(blog)), tmp_path)
    here.publish(WITH)
    (tmp_path / "www" / ".plancher-blog" / "manifest.json").unlink()
    assert not forget(here, FIRST).is_alone
    assert held(blog) == [str(blog / name) for name in ("2024/zoe", "2024/zoe/index.html", "preuves.json", "theme/zoe.svg")]


def test_a_host_by_ftps(vsftpd: FtpServer, tmp_path: Path) -> None:
    check(Publisher(vsftpd.target(), tmp_path), vsftpd.root)
    for path in (vsftpd.root / "client").iterdir():  # the server is that of other tests, too
        shutil.rmtree(path)


def test_a_branch_of_git_begins_anew(tmp_path: Path) -> None:
    repository = tmp_path / "depot.git"
    repository.mkdir()
    git(repository, "init", "-q", "--bare")
    here = Publisher(Pages(str(repository)), tmp_path / "ici")
    here.publish(WITH)
    here.publish(FIRST)
    assert forget(here, FIRST).is_alone
    assert (shown(repository), commits(repository)) == ({**FIRST, **PLAIN}, 1)
    assert not list((tmp_path / "ici").rglob("pages.git"))
    git(repository, "gc", "-q", "--prune=now")
    assert git(repository, "count-objects", "-v").splitlines()[0] == "count: 0"
    every = git(repository, "cat-file", "--batch-check", "--batch-all-objects").splitlines()
    assert not [line for line in every if SECRET in git(repository, "cat-file", "-p", line.split()[0])]
    with pytest.raises(PublishingError, match="pas de version"):
        here.rollback()


def test_a_site_that_is_online_already_loses_what_it_carried_and_all_other_releases(tmp_path: Path) -> None:
    here = Publisher(Local(str(tmp_path / "www" / "blog")), tmp_path)
    here.publish(WITH)
    here.publish(FIRST)
    assert held(tmp_path / "www")
    assert forget(here, FIRST).is_alone
    assert held(tmp_path / "www") == []
    before = here.status().identifier
    assert forget(here, FIRST).plan.is_empty
    assert here.status().identifier == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows n'a pas ce que ce test éprouve")
@pytest.mark.parametrize("is_link", [True, False], ids=["releases", "in place"])
def test_killed_at_each_change_of_the_target_the_next_publication_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_link: bool) -> None:
    monkeypatch.setattr(leasing, "PAUSE", 0.0)
    moment = 0
    while True:
        place = tmp_path / str(moment)
        blog = place / "www" / "blog"
        if not is_link:
            blog.mkdir(parents=True)
            (blog / ".bidon").touch()
        here = Publisher(Local(str(blog)), place)
        here.publish(WITH)
        (blog / ".bidon").unlink(missing_ok=True)
        here.publish(TWICE)
        is_ended = killed_at(moment, lambda: forget(here, FIRST))  # noqa: B023 - called at once
        assert forget(here, FIRST).is_alone
        assert held(place / "www") == [], moment
        assert {**online(blog)} == FIRST
        if is_ended:
            break
        moment += 1 if moment < 30 else 7
    assert moment > 10


def killed_at(moment: int, work: Callable[[], object]) -> bool:
    """Do it in another process, which dies before its nth change of a disk; whether it came to its end."""
    child = os.fork()
    if child == 0:
        left = moment

        def watch(event: str, values: tuple[object, ...]) -> None:
            nonlocal left
            if event in {"os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.mkdir"} or (event == "open" and is_write(values)):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            work()
        except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on with the tests
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return not os.WIFSIGNALED(status)


def is_write(values: tuple[object, ...]) -> bool:
    """Whether a file is opened to be changed."""
    flags = values[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
