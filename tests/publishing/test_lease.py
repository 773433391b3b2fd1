"""The lock at a target, and the note of how far an upload has come."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from plancher.publishing import Local, lease, leasing, transfer
from plancher.publishing.checkpoint import Checkpoint
from plancher.publishing.errors import PublishingError
from plancher.publishing.manifest import FileState
from plancher.publishing.stores.local import LocalStore

from tests.publishing.sites import Publisher

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def test_a_lock_ends_by_itself_and_forgives_wrong_clocks() -> None:
    held = lease.taken(NOW, "Anne sur le-bureau")
    assert not held.is_over(held.expires_at + dt.timedelta(minutes=1))
    assert held.is_over(held.expires_at + dt.timedelta(minutes=3))
    assert lease.from_bytes(held.to_bytes(), NOW) == held


def test_a_clock_that_is_a_year_ahead_locks_nobody_out() -> None:
    held = lease.taken(NOW + dt.timedelta(days=365), "Anne")
    assert lease.from_bytes(held.to_bytes(), NOW).expires_at == NOW + lease.LIFE


def test_who_waits_is_told_for_whom_and_how_long() -> None:
    assert lease.taken(NOW, "Anne sur le-bureau").told(NOW) == (
        "Anne sur le-bureau publie en ce moment. Attendez la fin, ou, si sa machine s'est arrêtée, 7\u00a0min au plus, puis recommencez."
    )


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leasing, "PAUSE", 0.01)


def test_the_second_of_two_is_told_and_has_it_once_the_first_gives_it_back(tmp_path: Path) -> None:
    async def both() -> None:
        path = str(tmp_path / "lock.json")
        async with leasing.locked(LocalStore(), path, 0):
            with pytest.raises(PublishingError, match="publie en ce moment"):
                async with leasing.locked(LocalStore(), path, 0.05):
                    pass
        async with leasing.locked(LocalStore(), path, 0):
            pass
        assert not (tmp_path / "lock.json").exists()

    asyncio.run(both())


def test_a_lock_that_is_over_is_taken_and_its_former_holder_changes_nothing_more(tmp_path: Path) -> None:
    async def late() -> None:
        path = tmp_path / "lock.json"
        async with leasing.locked(LocalStore(), str(path), 0) as slept:
            long_ago = leasing.now() - dt.timedelta(hours=1)
            path.write_bytes(lease.taken(long_ago, "Anne").to_bytes())
            async with leasing.locked(LocalStore(), str(path), 0) as awake:
                await awake.check()
                with pytest.raises(PublishingError, match="repris par quelqu'un d'autre"):
                    await slept.check()

    asyncio.run(late())


def test_a_lock_of_a_process_of_this_machine_that_was_killed_is_taken_at_once(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait(timeout=60)

    async def take() -> None:
        left = dataclasses.replace(lease.taken(leasing.now()), process=dead.pid)
        (tmp_path / "lock.json").write_bytes(left.to_bytes())
        async with leasing.locked(LocalStore(), str(tmp_path / "lock.json"), 0) as lock:
            await lock.check()

    asyncio.run(take())
    assert not lease.taken(NOW).is_orphan()
    assert not dataclasses.replace(lease.taken(NOW), machine="une autre", process=2**22).is_orphan()


@pytest.mark.skipif(sys.platform != "linux", reason="des espaces de noms de Linux")
def test_a_container_that_numbers_processes_for_itself_is_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    here = lease.taken(NOW).machine
    monkeypatch.setattr(Path, "readlink", lambda _self: Path("pid:[1]"))
    assert lease.taken(NOW).machine != here


@pytest.mark.parametrize("patience", [0, 5])
def test_a_lock_that_was_cut_while_it_was_written_holds_nobody_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, patience: int) -> None:
    async def take() -> None:
        (tmp_path / "lock.json").write_bytes(b"")
        async with leasing.locked(LocalStore(), str(tmp_path / "lock.json"), patience) as lock:
            await lock.check()

    monkeypatch.setattr(leasing, "WRITTEN", 0.05)
    asyncio.run(take())


@pytest.mark.parametrize("in_place", [True, False])
def test_a_machine_that_slept_stops_before_it_writes_more_into_what_others_publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_place: bool) -> None:
    (tmp_path / "hote" / "www" / ("à elle" if in_place else "")).mkdir(parents=True)
    there = Publisher(Local(str(tmp_path / "hote" / "www")), tmp_path / "ici")
    before, put = leasing.now, LocalStore.replace if in_place else LocalStore.put
    sent: list[str] = []

    async def sleep(self: LocalStore, path: str, source: Path) -> None:
        sent.append(path)
        monkeypatch.setattr(leasing, "now", lambda: before() + dt.timedelta(hours=1))
        await put(self, path, source)

    monkeypatch.setattr(LocalStore, "replace" if in_place else "put", sleep)
    with pytest.raises(PublishingError, match=r"a dormi.*Recommencez"):
        there.publish({f"{number}.css": str(number) for number in range(140)})
    assert len(sent) <= 2 * transfer.TOGETHER
    monkeypatch.undo()
    assert len(there.publish({f"{number}.css": str(number) for number in range(140)}).plan.sent) == 140


def test_a_renewal_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    renewals: list[int] = []
    renew = leasing.Lock.renew

    async def fail_once(self: leasing.Lock) -> None:
        renewals.append(1)
        if len(renewals) == 1:
            raise PublishingError("coupé")
        await renew(self)

    async def hold() -> None:
        async with leasing.locked(LocalStore(), str(tmp_path / "lock.json"), 0) as lock:
            await asyncio.sleep(0.2)
            await lock.check()

    monkeypatch.setattr(leasing, "RENEWAL", 0.02)
    monkeypatch.setattr(leasing.Lock, "renew", fail_once)
    asyncio.run(hold())
    assert len(renewals) > 2


def test_a_lock_that_one_look_does_not_find_is_not_taken_from_who_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    class Blinking(LocalStore):
        async def read(self, path: str) -> bytes | None:
            looks.append(1)
            return None if len(looks) % 20 == 0 else await super().read(path)

    async def wait() -> None:
        path = str(tmp_path / "lock.json")
        async with leasing.locked(LocalStore(), path, 0) as holding:
            with pytest.raises(PublishingError, match="publie en ce moment"):
                async with leasing.locked(Blinking(), path, 0.6):
                    pass
            await holding.check()

    monkeypatch.setattr(leasing, "WRITTEN", 0.1)
    asyncio.run(wait())
    assert len(looks) >= 20


def test_an_upload_goes_on_with_what_it_noted_and_forgets_another_folders(tmp_path: Path) -> None:
    notes = Checkpoint(tmp_path / "point")
    notes.begin("dossier un")
    notes.note("é\u2028.html", FileState("aa", 3))
    notes.note("b.html", FileState("bb", 4))
    notes.forget("b.html")
    notes.close()
    with (tmp_path / "point").open("a", encoding="ascii") as file:
        file.write('["c.html", "cc"')  # it was killed here
    again = Checkpoint(tmp_path / "point")
    again.begin("dossier un")
    assert again.files == {"é\u2028.html": FileState("aa", 3)}
    again.begin("dossier deux")
    again.close()
    assert again.files == {}


def test_a_finished_upload_leaves_no_note(tmp_path: Path) -> None:
    notes = Checkpoint(tmp_path / "point")
    notes.begin("dossier")
    notes.done()
    assert not (tmp_path / "point").exists()
