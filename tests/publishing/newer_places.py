"""The kinds of target that are no folder of readers: objects, a host that takes a site as a whole, a release that Apache is told, a server with a password."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import shutil
import urllib.error
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plancher.publishing import Local

from tests.publishing import chrooted_server, cloudflare_double, netlify_double, places
from tests.publishing.cloudflare_double import CloudflareDouble
from tests.publishing.conftest import server_program
from tests.publishing.netlify_double import NetlifyDouble
from tests.publishing.places import ROUND_TRIP, Kept, file_by_file
from tests.publishing.slow_line import SlowLine
from tests.publishing.test_htaccess import Apache, apache

KINDS = ("bucket", "netlify", "cloudflare", "apache", "apache-ftps", "proftpd", "chrooted")
ALL = tuple(dict.fromkeys((*places.KINDS, *KINDS)))
_NUMBERS = itertools.count()


@contextlib.contextmanager
def kept(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    """Such a target, with nothing at it."""
    with _MAKERS[kind](folder, request) as made:
        yield made


def any_kept(kind: str, folder: Path, request: pytest.FixtureRequest) -> contextlib.AbstractContextManager[Kept]:
    """Such a target, be it one of these or of the others."""
    if kind in KINDS:
        return kept(kind, folder, request)
    server_program("rsync", "rsync")
    return places.kept(kind, folder, request.getfixturevalue("sshd"), request.getfixturevalue("vsftpd"))


@contextlib.contextmanager
def _bucket(folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    server, name = request.getfixturevalue("s3"), f"tient-{next(_NUMBERS)}"
    server.ask("PUT", name)

    def read(path: str) -> str | None:
        try:
            return server.ask("GET", f"{name}/{path}")[0].decode()
        except urllib.error.HTTPError as error:
            error.close()
            return None

    with SlowLine(server.port, ROUND_TRIP).open() as line:
        far = dataclasses.replace(server.target(name), endpoint=f"http://127.0.0.1:{line.port}")
        yield Kept(server.target(name), far, line, lambda: read, is_whole=False, environment={"PLANCHER_PASSWORD": "a"})


@contextlib.contextmanager
def _host(double: CloudflareDouble | NetlifyDouble, token: str) -> Iterator[Kept]:
    with double.open() as host, SlowLine(int(host.address.rpartition(":")[2]), ROUND_TRIP).open() as line:
        near = host.target()
        far = dataclasses.replace(near, interface=near.interface.replace(host.address, f"http://127.0.0.1:{line.port}"))
        yield Kept(near, far, line, lambda: host.online().get, is_whole=True, environment={"PLANCHER_PASSWORD": token})


@contextlib.contextmanager
def _apache(folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    """A true folder, with something of its owner: no link takes its place."""
    www = folder / "hebergeur" / "www"
    www.mkdir(parents=True)
    (www / "boutique.php").write_text("à lui", encoding="utf-8")
    with apache(www, folder) as shown:
        yield Kept(Local(str(www), server="apache"), None, None, lambda: _asked(shown), is_whole=True, disk=www.parent)


@contextlib.contextmanager
def _apache_ftps(folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    server = request.getfixturevalue("vsftpd")
    with _home(server.root / "client") as home, apache(home / "www", folder) as shown, SlowLine(server.port, ROUND_TRIP).open() as line:
        (home / "www").chmod(0o777)
        near = dataclasses.replace(server.target(), folder=f"client/{home.name}/www", server="apache")
        far = dataclasses.replace(near, port=line.port)
        yield Kept(near, far, line, lambda: _asked(shown), is_whole=True, most=2, disk=home)  # nothing is copied there: two take turns


@contextlib.contextmanager
def _proftpd(folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    server = request.getfixturevalue("proftpd")
    with _home(server.root) as home, SlowLine(server.ssh_port, ROUND_TRIP).open() as line:
        known = server.known_hosts.read_text(encoding="utf-8")
        (folder / "connus").write_text(known + known.replace(str(server.ssh_port), str(line.port)), encoding="utf-8")
        near = server.sftp(f"{home.name}/www", known_hosts=str(folder / "connus"))
        far = dataclasses.replace(near, port=line.port)
        yield Kept(near, far, line, lambda: file_by_file(home / "www"), is_whole=False, environment=server.environment, disk=home)


@contextlib.contextmanager
def _chrooted(folder: Path, request: pytest.FixtureRequest) -> Iterator[Kept]:
    server = request.getfixturevalue("chrooted")
    with chrooted_server.home(server) as home, SlowLine(server.ssh.port, ROUND_TRIP).open() as line:
        known = (server.ssh.folder / "known_hosts").read_text(encoding="utf-8")
        (folder / "connus").write_text(known + known.replace(str(server.ssh.port), str(line.port)), encoding="utf-8")
        near = server.target(home, known_hosts=str(folder / "connus"))
        far = dataclasses.replace(near, port=line.port)
        yield Kept(near, far, line, lambda: file_by_file((home / "www").resolve()), is_whole=True, disk=home)


@contextlib.contextmanager
def _home(root: Path) -> Iterator[Path]:
    """Of one blog, on a server of many."""
    home = root / f"tient-{next(_NUMBERS)}"
    home.mkdir()
    home.chmod(0o777)
    try:
        yield home
    finally:
        shutil.rmtree(home)


def _asked(shown: Apache) -> Callable[[str], str | None]:
    def read(path: str) -> str | None:
        status, text, _ = shown.ask(f"/{path}")
        return text if status == 200 else None

    return read


_MAKERS: dict[str, Callable[[Path, pytest.FixtureRequest], contextlib.AbstractContextManager[Kept]]] = {
    "bucket": _bucket,
    "netlify": lambda _folder, _request: _host(NetlifyDouble(), netlify_double.TOKEN),
    "cloudflare": lambda _folder, _request: _host(CloudflareDouble(), cloudflare_double.TOKEN),
    "apache": _apache,
    "apache-ftps": _apache_ftps,
    "proftpd": _proftpd,
    "chrooted": _chrooted,
}
