"""A folder of this machine: releases behind a link, and file by file where it is a true folder."""

from __future__ import annotations

import asyncio
import errno
import inspect
import os
from pathlib import Path

import pytest
from plancher.publishing import Local, in_place, lease, leasing, releases, report, session
from plancher.publishing.errors import PublishingError
from plancher.publishing.manifest import FileState
from plancher.publishing.plan import Plan
from plancher.publishing.store import Room, SwitchingStore
from plancher.publishing.stores.local import LocalReader, LocalStore

from tests.publishing.sites import FIRST, Publisher, online, write

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}


@pytest.fixture
def here(tmp_path: Path) -> Publisher:
    return Publisher(Local(str(tmp_path / "www" / "blog")), tmp_path)


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return tmp_path / "www" / "blog"


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    for name in ("put", "replace"):
        before = getattr(LocalStore, name)

        async def noted(self: LocalStore, path: str, source: Path, before=before) -> None:
            sent.append(source.name if source.name != "index.html" else source.parent.name)
            await before(self, path, source)

        monkeypatch.setattr(LocalStore, name, noted)
    return sent


def test_the_first_publication_puts_the_whole_site_online_behind_a_link(here: Publisher, blog: Path) -> None:
    outcome = here.publish(FIRST)
    assert outcome.is_switched
    assert blog.is_symlink()
    assert online(blog) == FIRST


def test_a_return_where_nothing_was_ever_published_makes_nothing(here: Publisher, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="ne garde pas les versions passées"):
        here.rollback()
    assert list(tmp_path.rglob("*")) == []


def test_without_a_change_nothing_is_sent_and_no_release_is_made(here: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here.publish(FIRST)
    before, sent = blog.readlink(), counted(monkeypatch)
    assert here.publish(FIRST).plan.is_empty
    assert (blog.readlink(), sent) == (before, [])


def test_an_edit_sends_its_file_alone(here: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here.publish(FIRST)
    sent = counted(monkeypatch)
    here.publish(EDITED)
    assert sent == ["un"]
    assert online(blog) == EDITED


def test_pages_that_are_gone_are_gone_and_what_open_pages_load_stays_for_one_publication(here: Publisher, blog: Path) -> None:
    here.publish(FIRST)
    second = {name: text for name, text in FIRST.items() if name not in {"2024/deux/index.html", "theme/a.css"}} | {"theme/b.css": "b"}
    here.publish(second)
    assert online(blog) == {**second, "theme/a.css": "a"}
    assert here.look(second).is_empty
    assert here.publish(second).plan.is_empty
    assert online(blog) == {**second, "theme/a.css": "a"}
    third = {**second, "index.html": "autre"}
    here.publish(third)
    assert online(blog) == third


def test_what_lies_beside_a_page_that_is_gone_goes_with_it(here: Publisher, blog: Path) -> None:
    here.publish({**FIRST, "2024/deux/carte.png": "le titre"})
    second = {name: text for name, text in FIRST.items() if "deux" not in name}
    here.publish(second)
    assert online(blog) == second


def test_eight_publications_keep_five_and_each_is_what_it_was(here: Publisher, blog: Path) -> None:
    sites = [{**FIRST, "index.html": f"site {number}", f"{number}/index.html": "propre à lui"} for number in range(8)]
    for files in sites:
        here.publish(files)
        assert online(blog) == files
    kept = here.status().releases
    assert len(kept) == releases.KEPT
    for identifier, files in zip(kept, reversed(sites), strict=False):
        here.rollback(identifier)
        assert online(blog) == files
    assert len(list((blog.parent / ".plancher-blog" / "releases").iterdir())) == releases.KEPT + 1


def test_rollback_returns_to_the_one_before_and_a_publication_goes_on_from_there(here: Publisher, blog: Path) -> None:
    here.publish(FIRST)
    here.publish(EDITED)
    here.rollback()
    assert online(blog) == FIRST
    with pytest.raises(PublishingError, match="plus ancienne"):
        here.rollback()
    here.publish(EDITED)
    assert online(blog) == EDITED


def test_a_release_that_is_not_kept_is_told_with_those_that_are(here: Publisher, blog: Path) -> None:
    here.publish(FIRST)
    with pytest.raises(PublishingError, match="« hier »"):
        here.rollback("hier")
    assert online(blog) == FIRST


def test_an_interrupted_upload_changes_nothing_online_and_goes_on(here: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here.publish(FIRST)
    many = {**FIRST, **{f"{number}/index.html": str(number) for number in range(200)}}
    before, count = LocalStore.put, 0
    (here.folder / "la moitie").write_bytes(b"la moit")

    async def cut(self: LocalStore, path: str, source: Path) -> None:
        nonlocal count
        count += 1
        if count == 120:
            await before(self, path, here.folder / "la moitie")
            raise PublishingError("coupé")
        await before(self, path, source)

    monkeypatch.setattr(LocalStore, "put", cut)
    with pytest.raises(PublishingError, match="coupé"):
        here.publish(many)
    assert online(blog) == FIRST
    monkeypatch.setattr(LocalStore, "put", before)
    sent = counted(monkeypatch)
    here.publish(many)
    assert online(blog) == many
    assert len(sent) < 100


def test_a_lost_manifest_loses_nothing(here: Publisher, blog: Path) -> None:
    here.publish(FIRST)
    for path in (blog.parent / ".plancher-blog" / "manifests").iterdir():
        path.write_bytes(b"abime")
    here.publish(EDITED)
    assert online(blog) == EDITED


def test_a_true_folder_of_somebody_is_changed_file_by_file_and_his_files_stay(here: Publisher, blog: Path) -> None:
    blog.mkdir(parents=True)
    (blog / "boutique.php").write_text("à lui", encoding="utf-8")
    assert not here.publish(FIRST).is_switched
    here.publish(EDITED)
    assert online(blog) == {**EDITED, "boutique.php": "à lui"}
    with pytest.raises(PublishingError, match="ne garde pas"):
        here.rollback()


def test_a_former_site_is_replaced_only_when_its_owner_says_so(here: Publisher, blog: Path) -> None:
    write(blog, {"index.html": "l'ancien", "vieux.html": "vieux"})
    with pytest.raises(PublishingError, match=r"index\.html.*--adopt"):
        here.publish(FIRST)
    assert online(blog) == {"index.html": "l'ancien", "vieux.html": "vieux"}
    here.publish(FIRST, adopted=True)
    assert online(blog) == {**FIRST, "vieux.html": "vieux"}
    here.publish(FIRST)
    assert online(blog) == FIRST


def test_what_a_host_says_gives_no_orders_to_a_terminal(here: Publisher, blog: Path) -> None:
    write(blog, {"index.html": "l'ancien", "\x1b[2Jvieux.html": "vieux"})
    with pytest.raises(PublishingError, match="--adopt"):
        here.publish(FIRST)
    held = lease.taken(leasing.now(), "\x1b]0;Anne\x07").to_bytes()
    write(blog.parent / ".plancher-blog", {"lock.json": held.decode()})
    with pytest.raises(PublishingError, match="Anne") as told:
        here.publish(FIRST)
    adopting = asyncio.run(session.look(here.target, here.work({}, adopted=True), {}))
    said = [str(told.value), *report.state(here.status()), *report.planned(adopting)]
    assert "Anne" in "".join(said)
    assert "vieux.html" in "".join(said)
    assert [line for line in said if set(line) & {"\x1b", "\x07"}] == []


def test_a_disk_without_hard_links_takes_a_site_and_one_of_two_has_the_lock(here: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise PermissionError(errno.EPERM, "no hard links")

    monkeypatch.setattr(os, "link", refuse)
    assert here.publish(FIRST).is_switched
    assert here.publish(EDITED).plan.sent == ("2024/un/index.html",)
    assert online(blog) == EDITED
    lock = str(blog.parent / "lock")
    assert [asyncio.run(LocalStore().create(lock, b"a")) for _ in range(2)] == [True, False]


def test_in_place_what_is_gone_goes_one_publication_later(here: Publisher, blog: Path) -> None:
    blog.mkdir(parents=True)
    (blog / "robots.php").touch()
    here.publish(FIRST)
    second = {name: text for name, text in FIRST.items() if not name.startswith("2024/deux")}
    here.publish(second)
    assert (blog / "2024" / "deux" / "index.html").is_file()
    here.publish(second)
    assert not (blog / "2024" / "deux").exists()
    assert (blog / "2024" / "un").is_dir()


def test_in_place_an_interrupted_upload_is_no_conflict_for_another_machine(
    here: Publisher, blog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.mkdir(parents=True)
    (blog / "robots.php").touch()
    before = LocalStore.replace

    async def cut(self: LocalStore, path: str, source: Path) -> None:
        if path.endswith("atom.xml"):
            raise PublishingError("coupé")
        await before(self, path, source)

    monkeypatch.setattr(LocalStore, "replace", cut)
    with pytest.raises(PublishingError, match="coupé"):
        here.publish(FIRST)
    monkeypatch.setattr(LocalStore, "replace", before)
    Publisher(here.target, tmp_path / "autre").publish(FIRST)
    assert online(blog) == {**FIRST, "robots.php": ""}


def test_a_dry_run_shows_the_list_and_leaves_no_trace(here: Publisher, blog: Path, tmp_path: Path) -> None:
    assert sorted(here.look(FIRST).sent) == sorted(FIRST)
    assert not blog.parent.exists()
    here.publish(FIRST)
    before = {path: path.lstat().st_mtime_ns for path in (tmp_path / "www").rglob("*")}
    assert here.look(EDITED).sent == ("2024/un/index.html",)
    assert {path: path.lstat().st_mtime_ns for path in (tmp_path / "www").rglob("*")} == before


def test_a_dry_run_and_a_status_are_given_nothing_that_can_write() -> None:
    writing = {name for kind in SwitchingStore.__mro__[:3] for name in vars(kind) if not name.startswith("_")} - {"read", "entries", "link_target", "room"}
    assert {"put", "switch", "remove", "write"} <= writing
    assert not writing & {*dir(LocalReader)}
    for function in (releases.look, releases.status, in_place.look, in_place.status):
        assert "reader" in inspect.signature(function).parameters


def test_who_refuses_the_plan_changes_nothing(here: Publisher, blog: Path) -> None:
    here.publish(FIRST)

    def refuse(plan: Plan) -> None:
        assert plan.must_ask
        raise PublishingError("non")

    with pytest.raises(PublishingError, match="non"):
        here.publish({"index.html": "seul"}, confirm=refuse)
    assert online(blog) == FIRST


@pytest.mark.parametrize(("room", "words"), [(Room(4096, 99), "4,1 ko"), (Room(10**9, 1), "en tient encore 1"), (Room(0, 0), "0 octet")])
def test_a_target_without_room_is_told_before_the_first_byte(room: Room, words: str, here: Publisher, blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def little(self: LocalReader, folder: str) -> Room:
        return room

    here.publish(FIRST)
    monkeypatch.setattr(LocalReader, "room", little)
    sent = counted(monkeypatch)
    with pytest.raises(PublishingError, match="Faites de la place") as stopped:
        here.publish({**FIRST, "images/film.webm": "f" * 5000, "autre.html": "a"})
    assert words in str(stopped.value).replace("\u00a0", " ")
    assert (online(blog), sent) == (FIRST, [])


def test_a_file_that_changes_in_one_release_changes_in_no_other(here: Publisher, blog: Path) -> None:
    here.publish(FIRST)
    for number in range(releases.KEPT + 3):
        here.publish({**FIRST, "theme/a.css": f"a{number}"})
    kept = here.status().releases
    shown = [(blog.parent / ".plancher-blog" / "releases" / one / "theme" / "a.css").read_text(encoding="utf-8") for one in kept]
    assert shown == [f"a{number}" for number in range(releases.KEPT + 2, 2, -1)]


def test_states_of_files_are_of_their_content() -> None:
    assert FileState("a", 1) != FileState("a", 2)


@pytest.mark.parametrize(("server", "obeyed"), [("", {".htaccess", "feeds/.htaccess"}), ("apache", {".htaccess", "feeds/.htaccess"}), ("nginx", set())])
def test_what_its_server_does_not_obey_is_not_there_for_readers_to_fetch(server: str, obeyed: set[str], tmp_path: Path) -> None:
    here = Publisher(Local(str(tmp_path / "www"), server=server), tmp_path / "ici")
    told = {"_headers": "a", "_redirects": "b", ".htaccess": "c", "feeds/.htaccess": "d", ".well-known/security.txt": "e"}
    inside = {".plancher": "le dossier de quelle construction", ".plancher-chantier/moitie.html": "f", ".git/config": "g"}
    here.publish({**FIRST, **told, **inside})
    assert {*online(tmp_path / "www")} == {*FIRST, ".well-known/security.txt", *obeyed}
    assert here.look({**FIRST, **told, **inside}).is_empty
