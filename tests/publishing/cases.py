"""One of each kind of target, for what all of them promise."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from plancher.publishing import Local, Pages, Rsync

from tests.publishing import chrooted_server, cloudflare_double, netlify_double
from tests.publishing.cloudflare_double import CloudflareDouble
from tests.publishing.netlify_double import NetlifyDouble
from tests.publishing.sites import Publisher, online

_NUMBERS = itertools.count()


@dataclasses.dataclass(frozen=True)
class Case:
    """A target, what it shows, and the same target asked with a secret that is wrong."""

    publisher: Publisher
    online: Callable[[], dict[str, str]]
    is_switched: bool
    stranger: Publisher | None = None
    has_rollback: bool = False
    plant: Callable[[], None] | None = None
    """Puts a site of somebody else there."""


Maker = Callable[[pytest.FixtureRequest, Path], contextlib.AbstractContextManager[Case]]


def shown(folder: Path) -> Callable[[], dict[str, str]]:
    return lambda: online(folder) if folder.exists() else {}


def planted(folder: Path) -> Callable[[], None]:
    def plant() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text("l'ancien", encoding="utf-8")
        (folder / "vieux.html").write_text("vieux", encoding="utf-8")

    return plant


def planted_by_its_owner(home: Path) -> None:
    planted(home / "www")()
    for path in (home / "www", *(home / "www").iterdir()):
        shutil.chown(path, chrooted_server.CUSTOMER)


@contextlib.contextmanager
def local(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    folder = tmp / "srv" / "blog"
    yield Case(Publisher(Local(str(folder)), tmp), shown(folder), is_switched=True, has_rollback=True, plant=planted(folder))


@contextlib.contextmanager
def local_in_place(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    folder = tmp / "srv" / "blog"
    (folder / "à elle").mkdir(parents=True)
    yield Case(Publisher(Local(str(folder)), tmp), shown(folder), is_switched=False, plant=planted(folder))


@contextlib.contextmanager
def sftp(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    server, folder = request.getfixturevalue("sshd"), tmp / "chez elle" / "www"
    folder.parent.mkdir()
    stranger = Publisher(server.target(folder, key=str(server.folder / "stranger")), tmp)
    yield Case(Publisher(server.target(folder), tmp), shown(folder), True, stranger, has_rollback=True, plant=planted(folder))


@contextlib.contextmanager
def sftp_chrooted(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    server = request.getfixturevalue("chrooted")
    with chrooted_server.home(server) as home:
        stranger = Publisher(server.target(home, key=str(server.ssh.folder / "stranger")), tmp)
        yield Case(Publisher(server.target(home), tmp), shown(home / "www"), True, stranger, has_rollback=True, plant=lambda: planted_by_its_owner(home))


@contextlib.contextmanager
def rsync(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    server, folder = request.getfixturevalue("sshd"), tmp / "chez elle" / "www"
    if shutil.which("rsync") is None:
        pytest.skip("rsync manque ; installez-le : apt-get install rsync")
    folder.parent.mkdir()
    target = Rsync(**{field.name: getattr(server.target(folder), field.name) for field in dataclasses.fields(Rsync)})
    stranger = Publisher(dataclasses.replace(target, key=str(server.folder / "stranger")), tmp)
    yield Case(Publisher(target, tmp), shown(folder), True, stranger, has_rollback=True, plant=planted(folder))


@contextlib.contextmanager
def ftps(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    server = request.getfixturevalue("vsftpd")
    name = f"client/{next(_NUMBERS)}/www"
    (server.root / name).parent.mkdir()
    (server.root / name).parent.chmod(0o777)
    target = dataclasses.replace(server.target(), folder=name)
    stranger = Publisher(dataclasses.replace(target, user="personne"), tmp, {"PLANCHER_PASSWORD": "motsecret"})
    yield Case(Publisher(target, tmp), shown(server.root / name), False, stranger, plant=planted(server.root / name))
    shutil.rmtree((server.root / name).parent)


@contextlib.contextmanager
def proftpd_sftp(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    """A server that has links, and renames what they lead to."""
    with _proftpd(request, tmp, "sftp") as case:
        yield case


@contextlib.contextmanager
def proftpd_ftps(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    with _proftpd(request, tmp, "ftps") as case:
        yield case


@contextlib.contextmanager
def _proftpd(request: pytest.FixtureRequest, tmp: Path, protocol: str) -> Iterator[Case]:
    server = request.getfixturevalue("proftpd")
    name = f"{next(_NUMBERS)}/www"
    (server.root / name).parent.mkdir()
    target = getattr(server, protocol)(name)
    stranger = Publisher(target, tmp, {"PLANCHER_PASSWORD": "un autre"})
    yield Case(Publisher(target, tmp, server.environment), shown(server.root / name), False, stranger, plant=planted(server.root / name))
    shutil.rmtree((server.root / name).parent)


@contextlib.contextmanager
def pages(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    repository = tmp / "depot.git"
    subprocess.run(["git", "init", "-q", "--bare", str(repository)], check=True, timeout=60)

    def git(*words: str) -> str:
        whole = ["git", "-c", "core.quotePath=false", *words]
        return subprocess.run(whole, cwd=repository, check=True, capture_output=True, text=True, timeout=60).stdout

    def shown_branch() -> dict[str, str]:
        if not git("branch", "--list", "gh-pages"):
            return {}
        names = git("ls-tree", "-rz", "--name-only", "gh-pages").split("\0")
        return {name: git("show", f"gh-pages:{name}") for name in names if name not in {"", ".nojekyll"}}

    yield Case(Publisher(Pages(str(repository)), tmp), shown_branch, is_switched=True, has_rollback=True)


@contextlib.contextmanager
def bucket(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    server, name = request.getfixturevalue("s3"), f"histoires-{next(_NUMBERS)}"
    server.ask("PUT", name)

    def plant() -> None:
        for path in ("index.html", "vieux.html"):
            server.ask("PUT", f"{name}/{path}")

    yield Case(Publisher(server.target(name), tmp, {"PLANCHER_PASSWORD": "a"}), lambda: server.online(name), is_switched=False, plant=plant)


@contextlib.contextmanager
def netlify(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    with NetlifyDouble().open() as host:
        stranger = Publisher(host.target(), tmp, {"PLANCHER_PASSWORD": "motsecret"})
        own = Publisher(host.target(), tmp, {"PLANCHER_PASSWORD": netlify_double.TOKEN})
        yield Case(own, host.online, True, stranger, has_rollback=True, plant=host.publish_as_somebody_else)


@contextlib.contextmanager
def cloudflare(request: pytest.FixtureRequest, tmp: Path) -> Iterator[Case]:
    with CloudflareDouble().open() as host:
        stranger = Publisher(host.target(), tmp, {"PLANCHER_PASSWORD": "motsecret"})
        own = Publisher(host.target(), tmp, {"PLANCHER_PASSWORD": cloudflare_double.TOKEN})
        yield Case(own, host.online, True, stranger, has_rollback=True, plant=host.publish_as_somebody_else)


ALL: tuple[Maker, ...] = (local, local_in_place, sftp, sftp_chrooted, rsync, ftps, proftpd_sftp, proftpd_ftps, pages, bucket, netlify, cloudflare)
