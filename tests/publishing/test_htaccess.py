"""A site whose release is named by « .htaccess »: a real Apache shows what Local, FTPS and ProFTPD's SFTP put there."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import http.client
import itertools
import os
import re
import shutil
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plancher.publishing import Local, htaccess, opening, probe, switching
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores.ftps import FtpsStore
from plancher.publishing.stores.local import LocalStore
from plancher.publishing.stores.sftp import SftpStore
from plancher.publishing.work import Work

from tests.publishing import reader as crawler
from tests.publishing.conftest import free_port, running, server_program
from tests.publishing.sites import FIRST, Publisher, write

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}
OWN = 'ErrorDocument 404 /404.html\nHeader set X-Own "oui"\nRewriteEngine On\nRewriteBase "/"\nRewriteRule "^ancien\\.html$" "/2024/un/" [R=301,L]\n'
NUMBERS = itertools.count()
_MODULES = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers", "alias", "autoindex")


@dataclasses.dataclass(frozen=True)
class Apache:
    """Shows one folder."""

    port: int

    def ask(self, address: str) -> tuple[int, str, dict[str, str]]:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.request("GET", address)
            answer = asked.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            asked.close()


@contextlib.contextmanager
def apache(root: Path, folder: Path, override: str = "All") -> Iterator[Apache]:
    program, port = server_program("apache2", "apache2-bin"), free_port()
    loaded = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in _MODULES)
    settings = folder / "apache.conf"
    settings.write_text(
        f'{loaded}ServerRoot "{folder}"\nPidFile "{folder}/apache.pid"\nErrorLog "{folder}/apache.log"\nListen 127.0.0.1:{port}\nServerName localhost\n'
        f'TypesConfig /etc/mime.types\nDocumentRoot "{root}"\nOptions FollowSymLinks Indexes\n'
        f'<Directory "{root}">\nAllowOverride {override}\nRequire all granted\n</Directory>\n'
        '<FilesMatch "^[.]ht">\nRequire all denied\n</FilesMatch>\n',  # as every host has it
        encoding="utf-8",
    )
    root.mkdir(parents=True, exist_ok=True)
    with running([program, "-f", str(settings), "-D", "FOREGROUND"], port, folder / "apache.txt"):
        yield Apache(port)


@dataclasses.dataclass(frozen=True)
class Hosting:
    publisher: Publisher
    folder: Path
    reader: Apache


def local(request: pytest.FixtureRequest, tmp: Path) -> tuple[Publisher, Path]:
    folder = tmp / "srv" / "www"
    (folder / "vide").mkdir(parents=True)  # a host's own folder: no link takes its place
    return Publisher(Local(str(folder), server="apache"), tmp / "ici"), folder


def ftps(request: pytest.FixtureRequest, tmp: Path) -> tuple[Publisher, Path]:
    server = request.getfixturevalue("vsftpd")
    home = server.root / "client" / f"apache-{next(NUMBERS)}"
    home.mkdir()
    home.chmod(0o777)
    request.addfinalizer(lambda: shutil.rmtree(home))
    target = dataclasses.replace(server.target(), folder=f"client/{home.name}/www", server="apache")
    return Publisher(target, tmp / "ici"), home / "www"


def proftpd(request: pytest.FixtureRequest, tmp: Path) -> tuple[Publisher, Path]:
    server = request.getfixturevalue("proftpd")
    home = server.root / f"apache-{next(NUMBERS)}"
    home.mkdir()
    request.addfinalizer(lambda: shutil.rmtree(home))
    return Publisher(server.sftp(f"{home.name}/www", server="apache"), tmp / "ici", server.environment), home / "www"


@pytest.fixture(params=[local, ftps, proftpd], ids=lambda made: made.__name__)
def hosting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hosting]:
    publisher, folder = request.param(request, tmp_path)
    with apache(folder, tmp_path) as reader:
        yield Hosting(publisher, folder, reader)


@pytest.fixture
def mine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hosting]:
    publisher, folder = local(request, tmp_path)
    with apache(folder, tmp_path) as reader:
        yield Hosting(publisher, folder, reader)


def test_the_release_is_shown_edited_and_taken_back_in_one_step(hosting: Hosting) -> None:
    there, reader = hosting.publisher, hosting.reader
    assert there.publish(FIRST).is_switched
    assert [reader.ask(address)[:2] for address in ("/", "/2024/un/", "/theme/a.css")] == [
        (200, FIRST[name]) for name in ("index.html", "2024/un/index.html", "theme/a.css")
    ]
    assert reader.ask("/images/photo%20d%E2%80%99%C3%A9t%C3%A9.png")[:2] == (200, "photo")
    assert there.publish(FIRST).plan.is_empty
    outcome = there.publish(EDITED)
    assert (outcome.plan.sent, outcome.is_switched) == (("2024/un/index.html",), True)
    assert reader.ask("/2024/un/")[1] == "un, corrigé"
    assert len(there.status().releases) == 2
    there.rollback()
    assert reader.ask("/2024/un/")[1] == FIRST["2024/un/index.html"]
    there.publish({name: text for name, text in EDITED.items() if "deux" not in name})
    assert reader.ask("/2024/deux/")[0] == 404
    assert {path.name for path in hosting.folder.iterdir()} - {"vide"} == {".htaccess", "_versions"}


def test_twenty_switches_under_a_crawl_show_the_old_site_or_the_new_one_and_no_error(hosting: Hosting) -> None:
    def site(number: int) -> dict[str, str]:
        pages = {f"{page}/index.html": f"{number} <link href=/theme/{number}.css>" for page in range(2)}
        return {**pages, "index.html": f"{number} <link href=/theme/{number}.css>", f"theme/{number}.css": str(number)}

    hosting.publisher.publish(site(0))
    done, is_over, faults, reads = 0, threading.Event(), list[str](), 0

    def crawl() -> None:
        nonlocal reads
        while not is_over.is_set():
            for address in ("/", *(f"/{page}/" for page in range(2))):
                oldest = done
                status, text, _ = hosting.reader.ask(address)
                number = int(text.split()[0]) if status == 200 else -1
                style, content, _ = hosting.reader.ask(f"/theme/{number}.css")
                reads += 2
                time.sleep(0.005)
                if status != 200 or not oldest <= number <= done + 1 or (style != 200 and number >= done) or (style == 200 and content != str(number)):
                    faults.append(f"{address}: {status} {text} {style} {content} ({oldest} to {done})")

    readers = [threading.Thread(target=crawl) for _ in range(2)]
    for one in readers:
        one.start()
    try:
        for number in range(1, 21):
            hosting.publisher.publish(site(number))
            done = number
    finally:
        is_over.set()
        for one in readers:
            one.join(timeout=60)
    assert faults == []
    assert reads > 100


def test_what_the_site_itself_tells_apache_holds(mine: Hosting) -> None:
    mine.publisher.publish({**FIRST, ".htaccess": OWN, "404.html": "rien ici"})
    status, text, headers = mine.reader.ask("/nulle/part/")
    assert (status, text) == (404, "rien ici")
    status, _, headers = mine.reader.ask("/ancien.html")
    assert (status, headers["Location"].endswith("/2024/un/")) == (301, True)
    assert mine.reader.ask("/2024/un/")[2]["X-Own"] == "oui"


@pytest.mark.parametrize("own", [{}, {".htaccess": OWN}], ids=["without", "with"])
def test_no_address_of_a_release_is_ever_shown(mine: Hosting, own: dict[str, str]) -> None:
    mine.publisher.publish({**FIRST, **own})
    identifier = mine.publisher.status().identifier
    for begin in (f"/_versions/{identifier}", f"/%5Fversions/{identifier}", "/_versions/20250101T000000Z"):
        status, _, headers = mine.reader.ask(f"{begin}/2024/un/")
        assert (status, re.sub("^http://[^/]+", "", headers["Location"])) == (301, "/2024/un/")
    assert [mine.reader.ask(address)[0] for address in ("/_versions/", "/_versions", f"/_versions/{identifier}")] == [404] * 3
    status, _, headers = mine.reader.ask("/2024/un")
    assert (status, re.sub("^http://[^/]+", "", headers["Location"])) == (301, "/2024/un/")
    assert mine.reader.ask("/.htaccess")[0] in {403, 404}


def test_lines_and_files_of_somebody_else_stay(mine: Hosting) -> None:
    write(mine.folder, {".htaccess": "# de l'hébergeur\nRedirect 301 /boutique-ancienne /boutique/", "boutique/index.html": "boutique", "autre.html": "à elle"})
    mine.publisher.publish(FIRST)
    mine.publisher.publish(EDITED)
    lines = (mine.folder / ".htaccess").read_text(encoding="utf-8")
    assert lines.startswith("# de l'hébergeur\nRedirect 301")
    assert lines.count("BEGIN plancher") == 1
    assert [mine.reader.ask(address)[1] for address in ("/", "/boutique/", "/autre.html")] == [FIRST["index.html"], "boutique", "à elle"]
    assert mine.reader.ask("/boutique-ancienne")[0] == 301


def test_a_site_that_stood_there_file_by_file_goes_once_the_release_is_shown(mine: Hosting) -> None:
    in_place = Publisher(dataclasses.replace(mine.publisher.target, server=""), mine.publisher.folder)
    in_place.publish(FIRST)
    assert (mine.folder / "index.html").is_file()
    mine.publisher.publish(EDITED)
    assert {path.name for path in mine.folder.iterdir()} == {".htaccess", "_versions", "vide"}
    assert mine.reader.ask("/2024/un/")[1] == "un, corrigé"


@pytest.mark.parametrize("is_adopted", [False, True])
def test_a_former_site_goes_with_the_next_publication_where_the_first_was_cut(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_adopted: bool
) -> None:
    there, folder = local(request, tmp_path)
    if is_adopted:
        write(folder, {"index.html": "l'ancien", "vieux.html": "vieux"})
    else:
        Publisher(dataclasses.replace(there.target, server=""), there.folder).publish(FIRST)

    async def cut(_found: switching.Way, _paths: list[str], _work: Work) -> None:
        raise PublishingError("coupé")

    with monkeypatch.context() as cutting:
        cutting.setattr(switching, "clear", cut)
        with pytest.raises(PublishingError, match="coupé"):
            there.publish(EDITED, adopted=is_adopted)
    write(folder / "boutique", {"index.html": "à elle"})
    assert (folder / "index.html").is_file()
    there.publish(EDITED)
    assert {path.name for path in folder.iterdir()} - {"vide"} == {".htaccess", "_versions", "boutique"}


def test_a_former_site_of_somebody_is_replaced_only_when_its_owner_says_so(mine: Hosting) -> None:
    write(mine.folder, {"index.html": "l'ancien", "vieux.html": "vieux"})
    with pytest.raises(PublishingError, match=r"index\.html\. Rien n'a changé.*--adopt"):
        mine.publisher.publish(FIRST)
    assert mine.reader.ask("/")[1] == "l'ancien"
    mine.publisher.publish(FIRST, adopted=True)
    assert [mine.reader.ask(address)[0] for address in ("/", "/vieux.html")] == [200, 404]


def test_without_the_name_of_its_server_such_a_site_is_not_hidden_behind_the_old_one(mine: Hosting) -> None:
    mine.publisher.publish(FIRST)
    with pytest.raises(PublishingError, match=r'Rien n\'a changé.*server="apache"'):
        Publisher(dataclasses.replace(mine.publisher.target, server=""), mine.publisher.folder).publish(EDITED)
    assert mine.reader.ask("/2024/un/")[1] == FIRST["2024/un/index.html"]


def test_a_folder_of_somebody_else_among_the_releases_is_no_release(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    there, folder = local(request, tmp_path)
    write(folder / "_versions" / "zoo-notes", {"x": "à elle"})
    for number in range(8):
        there.publish({**FIRST, "index.html": str(number)})
    assert (folder / "_versions" / "zoo-notes" / "x").read_text(encoding="utf-8") == "à elle"
    assert len(there.status().releases) == 5


@pytest.mark.parametrize("is_in_place", [False, True])
def test_our_own_folder_is_hidden_where_the_site_stands_in_a_folder_of_another_one(tmp_path: Path, is_in_place: bool) -> None:
    folder = tmp_path / "srv" / "www" / "blog"
    (folder / "à elle" if is_in_place else folder.parent).mkdir(parents=True)
    with apache(folder.parent, tmp_path) as reader:
        there = Publisher(Local(str(folder)), tmp_path / "ici")
        for files in (FIRST, EDITED):
            there.publish(files)
        assert reader.ask("/blog/2024/un/")[:2] == (200, "un, corrigé")
        ours = [path.relative_to(folder.parent).as_posix() for path in folder.parent.glob(".plancher-*/**/*") if path.is_file()]
        assert len(ours) > 2
        assert {reader.ask(f"/{urllib.parse.quote(path)}")[0] for path in ours} == {403}


def test_types_and_headers_of_inner_folders_hold(mine: Hosting) -> None:
    assert mine.publisher.publish({**FIRST, ".htaccess": OWN, "feeds/.htaccess": "ForceType application/atom+xml\n"}).is_switched
    assert mine.reader.ask("/feeds/atom.xml")[2]["Content-Type"] == "application/atom+xml"


def test_rules_of_rewriting_in_inner_folders_keep_the_site_file_by_file(mine: Hosting) -> None:
    assert not mine.publisher.publish({**FIRST, "_redirections/p/.htaccess": "RewriteEngine On\n"}).is_switched
    assert mine.reader.ask("/")[1] == FIRST["index.html"]


@pytest.mark.parametrize("cause", ["refuse", "keep both"])
def test_a_server_that_does_not_rename_over_a_file_is_found_out(mine: Hosting, monkeypatch: pytest.MonkeyPatch, cause: str) -> None:
    async def refuse(self: LocalStore, made: str, path: str) -> bool:
        return cause != "refuse"

    monkeypatch.setattr(LocalStore, "rename_over", refuse)
    assert not mine.publisher.publish(FIRST).is_switched
    assert mine.reader.ask("/")[1] == FIRST["index.html"]


def test_a_folder_is_redirected_once_even_where_the_site_stands_in_another(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    publisher, folder = local(request, tmp_path)
    with apache(folder.parent, tmp_path) as reader:
        publisher.publish({**FIRST, "2024/un/index.html": "un"})
        status, _, headers = reader.ask("/www/2024/un")
        assert (status, re.sub("^http://[^/]+", "", headers["Location"])) == (301, "/www/2024/un/")
        assert reader.ask("/www/2024/un/")[:2] == (200, "un")
        assert reader.ask("/www/")[:2] == (200, FIRST["index.html"])


def test_a_line_that_is_cut_leaves_the_old_release(mine: Hosting, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.publisher.publish(FIRST)
    before, count = LocalStore.put, itertools.count()

    async def cut(self: LocalStore, path: str, source: Path) -> None:
        if next(count) == 20:
            raise PublishingError("coupé")
        await before(self, path, source)

    monkeypatch.setattr(LocalStore, "put", cut)
    many = {**FIRST, **{f"{number}/index.html": str(number) for number in range(40)}}
    with pytest.raises(PublishingError, match="coupé"):
        mine.publisher.publish(many)
    assert [mine.reader.ask(address)[0] for address in ("/", "/3/")] == [200, 404]
    mine.publisher.publish(many)
    assert mine.reader.ask("/3/")[1] == "3"


@pytest.mark.parametrize("is_online", [False, True])
@pytest.mark.parametrize("step", ["rename_over", "copy"])
def test_a_line_that_is_cut_while_the_server_is_tried_is_told_and_nothing_is_lost(
    mine: Hosting, monkeypatch: pytest.MonkeyPatch, step: str, is_online: bool
) -> None:
    sites = [{**FIRST, "index.html": str(number)} for number in range(5)] if is_online else []
    for files in sites:
        mine.publisher.publish(files)

    async def cut(self: LocalStore, made: str, path: str) -> bool:
        raise PublishingError("coupé")

    with monkeypatch.context() as patched:
        patched.setattr(LocalStore, step, cut)
        with pytest.raises(PublishingError, match=r"^coupé$"):
            mine.publisher.publish(FIRST)
    assert len(mine.publisher.status().releases) == len(sites)
    assert {path.name for path in mine.folder.iterdir()} == {"vide", *([".htaccess", "_versions"] if is_online else [])}
    assert mine.publisher.publish(FIRST).is_switched


def test_a_line_that_is_cut_at_the_last_step_leaves_nothing_where_readers_are(hosting: Hosting, monkeypatch: pytest.MonkeyPatch) -> None:
    hosting.publisher.publish(FIRST)
    for store in (LocalStore, FtpsStore, SftpStore):
        before = store.rename_over

        async def cut(self: object, made: str, path: str, before: Callable = before) -> bool:
            if path.endswith(htaccess.FILE):
                raise PublishingError("coupé")
            return await before(self, made, path)

        monkeypatch.setattr(store, "rename_over", cut)
    with pytest.raises(PublishingError, match="coupé"):
        hosting.publisher.publish(EDITED)
    assert {path.name for path in hosting.folder.iterdir()} - {"vide"} == {".htaccess", "_versions"}
    assert hosting.reader.ask("/2024/un/")[1] == FIRST["2024/un/index.html"]
    monkeypatch.undo()
    hosting.publisher.publish(EDITED)
    assert hosting.reader.ask("/2024/un/")[1] == EDITED["2024/un/index.html"]


@pytest.mark.parametrize("adopted", [False, True])
@pytest.mark.parametrize("after", [0, 9, 18])
def test_a_former_site_that_is_half_taken_away_goes_with_the_next_publication(
    mine: Hosting, monkeypatch: pytest.MonkeyPatch, after: int, adopted: bool
) -> None:
    if adopted:
        write(mine.folder, crawler.site(0))
        os.close(os.open(os.fsencode(mine.folder) + b"/vieux-\xe9t\xe9", os.O_CREAT))
    else:
        Publisher(dataclasses.replace(mine.publisher.target, server=""), mine.publisher.folder).publish(crawler.site(0))
    before, count = LocalStore.remove, itertools.count()

    async def cut(self: LocalStore, path: str) -> None:
        if path.startswith(f"{mine.folder}/") and next(count) >= after:
            raise PublishingError("coupé")
        await before(self, path)

    with monkeypatch.context() as patched:
        patched.setattr(LocalStore, "remove", cut)
        with pytest.raises(PublishingError, match="coupé"):
            mine.publisher.publish(crawler.site(1), adopted=adopted)

    def read(path: str) -> str | None:
        status, text, _ = mine.reader.ask(f"/{path}")
        return text if status == 200 else None

    assert crawler.crawl(read).lost == []
    mine.publisher.publish(crawler.site(1))
    assert crawler.crawl(read) == (crawler.of(crawler.site(1)), [])
    assert {path.name for path in mine.folder.iterdir()} - {"vide", "vieux-\udce9t\udce9"} == {".htaccess", "_versions"}
    (mine.folder / "boutique.html").write_text("à lui", encoding="utf-8")
    mine.publisher.publish(crawler.site(2))
    assert read("boutique.html") == "à lui"


def test_where_nothing_is_copied_two_releases_take_turns(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher, folder = ftps(request, tmp_path)
    sent: list[str] = []
    before = FtpsStore.replace

    async def noted(self: FtpsStore, path: str, source: Path) -> None:
        sent.append(path)
        await before(self, path, source)

    monkeypatch.setattr(FtpsStore, "replace", noted)
    for number in range(5):
        publisher.publish({**FIRST, "index.html": str(number)})
    assert len(list((folder / "_versions").iterdir())) == 2
    assert len(sent) == 2 * len(FIRST) + 3
    publisher.rollback()


@pytest.mark.parametrize("before", ["", "a\n", "a", f"a\n{htaccess.block('20260101T000000Z')}", f"{htaccess.block('20260101T000000Z')}a\n"])
def test_our_lines_are_there_once_and_last(before: str) -> None:
    after = htaccess.naming(before, "20260202T000000Z-001")
    assert htaccess.named(after) == "20260202T000000Z-001"
    assert after.count("# BEGIN plancher") == 1
    assert after.endswith("# END plancher\n")
    assert after.startswith("a\n" if "a\n" in before or before == "a" else "# BEGIN")


def test_apache_that_allows_file_settings_alone_shows_the_release(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    publisher, folder = local(request, tmp_path)
    with apache(folder, tmp_path, "FileInfo") as reader:
        publisher.publish(FIRST)
        assert [reader.ask(address)[0] for address in ("/", "/2024/un/", "/_versions/")] == [200, 200, 404]


Maker = Callable[[pytest.FixtureRequest, Path], tuple[Publisher, Path]]


@pytest.mark.parametrize(("make", "expected"), [(ftps, (True, False)), (proftpd, (True, True))])
def test_what_each_server_can_do_is_found_out(make: Maker, expected: tuple[bool, bool], request: pytest.FixtureRequest, tmp_path: Path) -> None:
    publisher, _ = make(request, tmp_path)

    async def tried() -> tuple[bool, bool]:
        async with opening.to_write(publisher.target, publisher.environment) as writing:
            await writing.store.make_folder(writing.place.state)
            return await probe.can_rename_over(writing.renaming, writing.place), await probe.can_copy(writing.renaming, writing.place)

    assert asyncio.run(tried()) == expected
