"""A host that lets nothing be written but inside the site's folder, as a customer who is locked in often finds: the whole life of a site there."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.publishing import Local, own_folder, session
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import Place
from plancher.publishing.store import Entry
from plancher.publishing.stores.ftps import FtpsStore
from plancher.publishing.stores.local import LocalStore

from tests.publishing import chrooted_server
from tests.publishing.chrooted_server import CUSTOMER, ChrootedServer
from tests.publishing.conftest import FtpServer
from tests.publishing.sites import FIRST, Publisher, online

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}
SETTLED = own_folder._SETTLED
OURS = re.compile(r"\.plancher-[0-9a-f]{32}/")


@pytest.fixture
def www(chrooted: ChrootedServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The only folder that is the customer's."""
    monkeypatch.setattr(own_folder, "_SETTLED", 0.2)
    with chrooted_server.home(chrooted) as home:
        shutil.chown(home, "root")
        (home / "www").mkdir()
        shutil.chown(home / "www", CUSTOMER)
        yield home / "www"


def publisher(chrooted: ChrootedServer, www: Path, folder: Path, **other: object) -> Publisher:
    return Publisher(chrooted.target(www.parent, **other), folder)


def readers(www: Path) -> dict[str, str]:
    """What stands there for them."""
    return {path: text for path, text in online(www).items() if not OURS.match(path)}


def test_a_site_goes_there_file_by_file_and_its_own_files_under_a_name_that_nobody_can_guess(chrooted: ChrootedServer, www: Path, tmp_path: Path) -> None:
    there = publisher(chrooted, www, tmp_path / "ici")
    assert not there.publish(FIRST).is_switched
    assert readers(www) == FIRST
    assert there.publish(FIRST).plan.is_empty
    assert there.look(EDITED).sent == ("2024/un/index.html",)
    assert there.publish(EDITED).plan.sent == ("2024/un/index.html",)
    (www / "boutique.php").write_text("à elle", encoding="utf-8")
    second = {name.replace("deux", "nouveau"): text for name, text in EDITED.items()}
    for _ in range(2):
        there.publish(second)
    assert readers(www) == {**second, "boutique.php": "à elle"}
    ours = {path.partition("/")[0] for path in online(www) if OURS.match(path)}
    assert len(ours) == 1
    assert (www / ours.pop() / ".htaccess").read_text(encoding="utf-8") == "Require all denied\n"
    assert there.status().files == len(second)


def test_whoever_is_to_be_forgotten_is_gone_and_nothing_of_ours_is_taken_for_somebody_elses(chrooted: ChrootedServer, www: Path, tmp_path: Path) -> None:
    there = publisher(chrooted, www, tmp_path / "ici")
    there.publish(FIRST)
    left = {"index.html": "seul"}
    assert there.publish(left, forgetting=True).is_alone
    assert readers(www) == left


def test_with_apache_a_release_is_named_there_and_one_returns_to_the_former_one(chrooted: ChrootedServer, www: Path, tmp_path: Path) -> None:
    there = publisher(chrooted, www, tmp_path / "ici", server="apache")
    assert there.publish(FIRST).is_switched
    there.publish(EDITED)
    assert len(there.status().releases) == 2
    assert there.rollback() == there.status().identifier


def test_two_first_publications_at_once_take_the_same_folder(chrooted: ChrootedServer, www: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_folder, "_SETTLED", SETTLED)
    both = [publisher(chrooted, www, tmp_path / name) for name in ("bureau", "maison")]

    async def at_once() -> None:
        await asyncio.gather(*(session.publish(one.target, one.work(FIRST, patience=30), {}) for one in both))

    asyncio.run(at_once())
    assert readers(www) == FIRST
    assert len(list(www.glob(".plancher-*"))) == 1


def test_where_nothing_at_all_may_be_written_it_is_told(chrooted: ChrootedServer, www: Path, tmp_path: Path) -> None:
    shutil.chown(www, "root")
    with pytest.raises(PublishingError, match=r"droit d'écrire. Vérifiez le dossier de PUBLISH"):
        publisher(chrooted, www, tmp_path / "ici").publish(FIRST)
    assert online(www) == {}


@pytest.mark.parametrize("kind", ["local", "ftps"])
def test_by_another_protocol_too(kind: str, vsftpd: FtpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_folder, "_SETTLED", 0.2)
    store, www = (LocalStore, tmp_path / "srv" / "www") if kind == "local" else (FtpsStore, vsftpd.root / "client" / "enferme" / "www")
    www.mkdir(parents=True)
    for folder in (www.parent, www):
        folder.chmod(0o777)
    before = store.make_folder

    async def inside_alone(self: LocalStore | FtpsStore, folder: str) -> None:
        if folder.endswith(".plancher-www"):  # the servers of these tests are root's, whom no right keeps out
            raise PublishingError("pas le droit")
        await before(self, folder)

    monkeypatch.setattr(store, "make_folder", inside_alone)
    target = Local(str(www)) if kind == "local" else dataclasses.replace(vsftpd.target(), folder="client/enferme/www")
    there = Publisher(target, tmp_path / "ici")
    for files in (FIRST, EDITED, EDITED):
        there.publish(files)
    assert readers(www) == EDITED
    assert there.look(EDITED).is_empty
    shutil.rmtree(www.parent)


class Discreet(LocalStore):
    """A host that lists nothing that begins with a dot, as some do by FTP, and lets nothing be written beside the site."""

    async def entries(self, folder: str) -> list[Entry] | None:
        found = await super().entries(folder)
        return None if found is None else [entry for entry in found if not entry.name.startswith(".")]

    async def make_folder(self, folder: str) -> None:
        if Path(folder).parent.name != "www":
            raise PublishingError("l'hébergeur n'y donne pas le droit d'écrire.")
        await super().make_folder(folder)


def test_a_host_that_hides_such_names_is_told_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_folder, "_SETTLED", 0.0)
    (tmp_path / "www").mkdir()
    with pytest.raises(PublishingError, match="droit d'écrire"):
        asyncio.run(own_folder.made(Discreet(), Place(str(tmp_path / "www"))))
    assert list((tmp_path / "www").iterdir()) == []
