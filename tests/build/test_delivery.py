"""Wherever files can be written the site takes its place, and whatever stops it leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from plancher.base import digest
from plancher.build import in_place, mounts, output, standby
from plancher.build.delivery import Delivery
from plancher.build.ledger import Ledger
from plancher.cache import manifest
from plancher.cache.manifest import MARKER, STAGING, Manifest, SiteStatus

from tests.build.small import Small, difference, files
from tests.build.warm import KILLED


@contextlib.contextmanager
def mounted(place: Path, *words: str) -> Iterator[None]:
    """Something mounted there, for as long as the test lasts."""
    place.mkdir(exist_ok=True)
    if subprocess.run(["mount", *words, str(place)], capture_output=True, check=False, timeout=60).returncode:
        pytest.skip("il faut être administrateur pour monter un disque")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True, timeout=60)


def tour(small: Small, look: Callable[[], None] = lambda: None, **wishes: Any) -> None:
    """Edits of each kind on a site where the owner has files of his own."""
    theirs = {"CNAME": b"exemple.fr", "stats/2024/a.txt": b"12", "2024/05/notes.txt": b"x"}
    for name, raw in theirs.items():
        (small.output / name).parent.mkdir(parents=True, exist_ok=True)
        (small.output / name).write_bytes(raw)
    for edit in (
        lambda: small.post("un", title="Autre titre"),
        lambda: small.post("un", words="Autre texte."),
        lambda: (small.delete("trois"), small.post("quatre", day="2024-07-08", tags=("Neuf",))),
    ):
        edit()
        ran = small.build(**wishes)
        assert ran.code == 0, ran.said
        look()
        assert theirs.items() <= small.files.items()
    _, clean, _ = small.clean()
    found = {name: raw for name, raw in small.files.items() if name not in theirs}
    assert found == clean, difference(found, clean)
    assert {path.name for path in small.output.parent.glob(".output*")} <= {".output-double"}


@pytest.mark.parametrize("lacking", [[], ["exchange"], ["link"], ["link", "exchange"]], ids=" and ".join)
def test_a_site_takes_its_place_whatever_the_disk_lacks(small: Small, lacking: list[str]) -> None:
    tour(small, without=lacking)


def test_a_folder_that_must_stay_the_one_it_is_stays_so(small: Small) -> None:
    small.set(PLANCHER_BUILDING="BuildingSettings(in_place=True)")
    number = small.output.stat().st_ino
    tour(small)
    assert small.output.stat().st_ino == number


def test_a_volume_of_a_container_is_filled_and_kept_up_to_date(small: Small) -> None:
    small.output = small.folder / "volume"
    with mounted(small.output, "-t", "tmpfs", "tmpfs"):
        assert small.build().code == 0
        tour(small)
        assert small.output.is_mount()


def test_a_site_seen_through_a_second_mount_is_never_stale(small: Small) -> None:
    window = small.folder / "vitrine"

    def look() -> None:
        assert files(window) == small.files

    with mounted(window, "--bind", str(small.output)):
        tour(small, look)


def test_a_site_on_a_lower_layer_is_brought_up_to_date(small: Small) -> None:
    disk, merged = small.folder / "disque", small.folder / "couches"
    with mounted(disk, "-t", "tmpfs", "tmpfs"):
        for name in ("bas", "haut", "travail"):
            (disk / name).mkdir()
        small.output = disk / "bas" / "output"
        assert small.build().code == 0
        with mounted(merged, "-t", "overlay", "overlay", "-o", f"lowerdir={disk}/bas,upperdir={disk}/haut,workdir={disk}/travail"):
            small.output = merged / "output"
            tour(small)


def test_a_volume_beside_which_nothing_can_be_written_is_brought_up_to_date(small: Small) -> None:
    around = small.folder / "conteneur"
    with mounted(around, "-t", "tmpfs", "tmpfs"):
        small.output = around / "output"
        with mounted(small.output, "-t", "tmpfs", "tmpfs"):
            subprocess.run(["mount", "-o", "remount,ro", str(around)], check=True, timeout=60)
            assert small.build().code == 0
            tour(small)


def test_a_cache_on_another_disk_serves_as_well(small: Small) -> None:
    small.output = small.folder / "disque/output"
    with mounted(small.folder / "disque", "-t", "tmpfs", "tmpfs"):
        assert small.build().code == 0
        tour(small)


def test_a_cache_on_a_full_disk_costs_time_and_no_page(small: Small) -> None:
    small.set(CACHE_PATH='str(HERE / "memoire")')
    with mounted(small.folder / "memoire", "-t", "tmpfs", "-o", "size=200k", "tmpfs"):
        for fill in (0, 100_000, 190_000, 300_000):
            with contextlib.suppress(OSError):
                (small.folder / "memoire/plein").write_bytes(b"x" * fill)
            small.post("un", title=f"Titre {fill}")
            ran = small.build(task=False)
            assert ran.code == 0, ran.said
        assert "ne peut pas être écrit : cette construction refait tout, et n'en retient rien." in ran.said
    _, clean, _ = small.clean()
    assert small.files == clean


def test_a_project_that_cannot_be_written_builds_elsewhere_and_says_that_it_forgets(small: Small) -> None:
    before = small.files
    with mounted(small.folder, "--bind", str(small.folder)):
        place = small.folder / "ailleurs"
        place.mkdir()
        with mounted(place, "-t", "tmpfs", "tmpfs"), mounted(small.folder / "journaux", "-t", "tmpfs", "tmpfs"):
            subprocess.run(["mount", "-o", "remount,bind,ro", str(small.folder)], check=True, timeout=60)
            ran = small.build(place / "output", log="journaux")
            assert ran.code == 0, ran.said
            assert "cette construction refait tout, et n'en retient rien." in ran.said
            assert files(place / "output") == before


# Stopped halfway.


def test_a_build_killed_halfway_is_ended_by_the_next_even_if_that_is_refused(small: Small) -> None:
    small.post("un", title="Autre titre")
    small.delete("trois")
    small.write("output/CNAME", "à moi")
    assert small.build(without=["exchange"], halfway=True).code == KILLED
    _, clean, _ = small.clean()
    foot = small.folder / "theme/templates/partials/footer.html"
    foot.write_text("{% if %}", encoding="utf-8")
    assert small.build().code == 1
    assert small.files == {**clean, "CNAME": "à moi".encode()}


OLD = {"index.html": "ancien", "a.html": "a", "x/b.html": "b", "y": "un fichier", "seul/c.html": "c", "même.css": "."}
NEW = {"index.html": "nouveau", "x": "un fichier", "y/d.html": "d", "neuf/e.html": "e", "même.css": "."}
THEIRS = {"CNAME": "exemple.fr", "neuf/à moi.txt": "moi"}
_WRITES = frozenset("os.rename os.remove os.rmdir os.mkdir os.link open".split())


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    return {name: raw.decode() for name, raw in files(folder).items() if not name.startswith(STAGING)}


def dies(step: int, work: Callable[[], object]) -> bool:
    """Do it in a process that is killed at one of its writes; whether it was."""
    child = os.fork()
    if child == 0:
        left = [step]

        def hear(event: str, words: tuple[Any, ...]) -> None:
            if event in _WRITES and (event != "open" or (isinstance(words[2], int) and words[2] & (os.O_WRONLY | os.O_RDWR))):
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)

        sys.addaudithook(hear)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_wherever_it_is_killed_the_old_site_is_there_or_the_journal_that_makes_the_new_one(tmp_path: Path) -> None:
    changed = [name for name in NEW if NEW[name] != OLD.get(name)]
    removed = [name for name in OLD if name not in NEW]
    ends, step = set(), 0
    while True:
        target, made = tmp_path / f"{step}/site", tmp_path / f"{step}/fait"
        write(target, OLD | THEIRS)
        write(made, {name: NEW[name] for name in changed})
        killed = dies(step, lambda target=target, made=made: in_place.replace(target, [made], changed, removed))
        for again in range(0, 40, 3):  # who mends may be killed too
            if not dies(again, lambda target=target: in_place.recover(target)):
                break
        in_place.recover(target)
        found = read(target)
        assert {name: found.pop(name, "") for name in THEIRS} == THEIRS, step
        assert found in (OLD, NEW), step
        ends.add("new" if found == NEW else "old")
        if not killed:
            break
        step += 1
    assert ends == {"old", "new"}
    assert found == NEW
    assert not (target / STAGING).exists()


def delivery(folder: Path) -> tuple[Delivery, dict[str, str]]:
    """A site with files of its owner's, its double, and the next one ready; what that one holds."""
    target, staging = folder / "site", folder / ".site-chantier-x"
    for place, texts in ((target, OLD | THEIRS), (standby.path_of(target), OLD)):
        write(place, texts | {MARKER: output.marker_text(OLD)})
    write(staging, NEW | {MARKER: output.marker_text(NEW)})
    ledger = Ledger(folder / "cache", target)
    ledger.live, ledger.standby = (output.adopt(place, Manifest()) for place in (target, standby.path_of(target)))
    ledger.live = manifest.survey(target, {path: mark[0] for path, mark in ledger.live.files.items()}, Manifest(), ())
    want = {path: digest.of_bytes((staging / path).read_bytes()) for path in (*NEW, MARKER)}
    removed = [path for path in OLD if path not in NEW]
    return Delivery(target, staging, ledger, False, {*want}, removed, [*THEIRS], SiteStatus(names_changed=True), lambda: False), want


def test_wherever_an_exchange_is_killed_the_whole_old_site_or_the_whole_new_one_is_there_at_once(tmp_path: Path) -> None:
    ends, step = set(), 0
    while True:
        one, want = delivery(tmp_path / str(step))
        killed = dies(step, lambda one=one, want=want: one.deliver(want))
        found = read(one.target)
        assert {name: found.pop(name, "") for name in THEIRS} == THEIRS, step
        assert found.pop(MARKER) in {output.marker_text(OLD), output.marker_text(NEW)}
        assert found in (OLD, NEW), step
        ends.add("new" if found == NEW else "old")
        if not killed:
            break
        step += 1
    assert ends == {"old", "new"}
    assert read(standby.path_of(one.target)) == OLD | {MARKER: output.marker_text(OLD)}


def test_what_comes_while_a_site_is_exchanged_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, want = delivery(tmp_path)
    exchange = standby.exchange

    def late(new: Path, target: Path) -> bool:
        write(target, {"arrivé.txt": "à moi", "seul/arrivé.txt": "à moi"})
        return exchange(new, target)

    monkeypatch.setattr(standby, "exchange", late)
    one.deliver(want)
    assert read(one.target) == NEW | THEIRS | {MARKER: output.marker_text(NEW), "arrivé.txt": "à moi", "seul/arrivé.txt": "à moi"}


def test_what_its_owner_writes_between_a_kill_and_the_mending_is_left(tmp_path: Path) -> None:
    target, made = tmp_path / "site", tmp_path / "fait"
    write(target, OLD)
    write(made, {"index.html": "nouveau", "neuf.html": "neuf"})
    in_place._prepared(target, [made], ["index.html", "neuf.html"], ["a.html"])
    write(target, {"index.html": "à moi", "neuf.html": "à moi", "a.html": "à moi"})
    assert in_place.recover(target)
    assert read(target) == OLD | {"index.html": "à moi", "neuf.html": "à moi", "a.html": "à moi"}


def test_a_journal_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    target, made = tmp_path / "site", tmp_path / "fait"
    write(target, OLD)
    write(tmp_path, {"dehors.txt": "à moi"})
    write(made, {"index.html": "nouveau"})
    in_place._prepared(target, [made], ["index.html"], ["../dehors.txt"])
    assert not in_place.recover(target)
    assert (tmp_path / "dehors.txt").read_text(encoding="utf-8") == "à moi"
    assert read(target) == OLD


def test_a_folder_that_a_build_as_root_left_is_said_before_anything_moves() -> None:
    with tempfile.TemporaryDirectory() as name:
        target, made = Path(name, "site"), Path(name, "fait")
        write(target, OLD)
        write(made, {"index.html": "nouveau", "x/b.html": "nouveau"})
        for path in (Path(name), *Path(name).rglob("*/")):
            path.chmod(0o777)
        (target / "x").chmod(0o555)

        def build() -> None:
            if os.geteuid() == 0:
                os.setuid(65534)
            with contextlib.suppress(PermissionError):
                in_place.replace(target, [made], ["index.html", "x/b.html"], [])
                os._exit(9)

        assert not dies(10_000, build)
        assert files(target) == {path: text.encode() for path, text in OLD.items()}
        (target / "x").chmod(0o777)


MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 8:2 /srv /home rw - ext4 /dev/sdb1 rw
31 22 0:40 / /home/a/autre rw - tmpfs tmpfs rw
32 22 {line} rw - ext4 /dev/sdb1 rw
"""


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("8:2 /srv/a/output /var/www", True),
        ("8:2 /srv/a/output/theme /var/www", True),
        ("8:2 /srv/a /var/www", False),
        ("8:2 /srv/a/output2 /var/www", False),
        ("8:1 /srv/a/output /var/www", False),
        ("8:1 /x /home/a/output", True),
        ("8:1 /x /home/a/output/stats", True),
        (r"8:2 /srv/a\040b/output /var/www", False),
    ],
)
def test_a_folder_is_held_by_what_shows_it_or_lies_in_it_and_by_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, held: bool) -> None:
    write(tmp_path, {"self/mountinfo": MOUNTS.format(line=line)})
    monkeypatch.setattr(mounts, "_PROC", tmp_path)
    assert mounts.is_mounted(Path("/home/a/output")) is held


def test_a_mount_of_another_program_counts_and_names_with_spaces_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"self/mountinfo": MOUNTS.format(line="8:1 /rien /rien"), "12/mountinfo": r"1 1 8:2 /srv/a\040b/output / rw - ext4 x rw", "12/x": ""})
    for process, name in (("self", "mnt:[1]"), ("12", "mnt:[2]")):
        (tmp_path / process / "ns").mkdir()
        (tmp_path / process / "ns/mnt").symlink_to(name)
    monkeypatch.setattr(mounts, "_PROC", tmp_path)
    assert mounts.is_mounted(Path("/home/a b/output"))
    assert not mounts.is_mounted(Path("/home/a/output"))
