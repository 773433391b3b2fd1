"""What a target promises while things happen: a switch under the eyes of readers, two people at once, a way back, and no word of a draft."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import without_posts
from tests.invoking import invoke
from tests.publishing import newer_places, reader
from tests.publishing.conftest import SshServer
from tests.publishing.machine import Machine, machine
from tests.publishing.places import Kept
from tests.publishing.sites import Publisher
from tests.publishing.slow_line import SlowLine
from tests.publishing.test_command import aim

SWITCHING = ("local", "sftp", "rsync", "pages")


@pytest.fixture(scope="module")
def machines() -> Iterator[tuple[Machine, Machine]]:
    with ExitStack() as stack:
        yield stack.enter_context(machine("le-bureau")), stack.enter_context(machine("la-maison"))


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Kept]:
    with newer_places.any_kept(request.param, tmp_path, request) as made:
        yield made


class Visitor(threading.Thread):
    """Follows every link, again and again."""

    def __init__(self, place: Kept, folder: Path) -> None:
        super().__init__(daemon=True)
        self.versions, self.lost, self.reads = [], [], 0
        self._place, self._www, self._is_over = place, folder / "hebergeur" / "www", threading.Event()

    def run(self) -> None:
        while not self._is_over.is_set():
            seen, lost = reader.crawl(self._read if self._www.is_symlink() else self._place.opened())
            self.lost += [one for one in lost if "neuf-" not in one.partition("→")[2]]  # a page that its author took away in the middle of a visit
            if not self._www.is_symlink():
                self._note({text for path, text in seen.items() if path.endswith("html")})

    def _read(self, path: str) -> str | None:
        """As a server does, which follows the link at each request."""
        try:
            text = (self._www / path).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        self.reads += 1
        self._note({text} if path.endswith("html") else set())  # what open pages load stays for one version
        return text

    def _note(self, texts: set[str]) -> None:
        versions = {re.search(r"version (\d+)", text)[1] for text in texts}
        self.versions += [version for version in sorted(versions) if self.versions[-1:] != [version]]

    def leave(self) -> None:
        self._is_over.set()
        self.join(timeout=60)


@pytest.mark.parametrize("place", SWITCHING, indirect=True)
def test_under_the_eyes_of_a_reader_each_switch_is_one_step(place: Kept, machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    here = tmp_path / "ici"
    assert machines[0].publish(place.target, here, reader.site(0)).code == 0
    visitor = Visitor(place, tmp_path)
    visitor.start()
    try:
        for version in (1, 2):
            assert machines[0].publish(place.target, here, reader.site(version)).code == 0
            time.sleep(0.2)
        lost = [*visitor.lost]
        Publisher(place.target, here).rollback()
        time.sleep(0.3)
    finally:
        visitor.leave()
    # Once the new site was seen, never the old one again: no moment had some of both.
    assert visitor.versions == ["0", "1", "2", "1"]
    assert lost == []


@pytest.mark.parametrize("place", newer_places.ALL, indirect=True)
def test_of_two_people_on_two_machines_one_waits_or_is_told_and_nothing_is_lost(place: Kept, machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    first, second = machines
    sites = [reader.site(1), reader.site(2)]
    assert first.publish(place.target, tmp_path / "bureau", reader.site(0), place.environment).code == 0
    first.start(place.target, tmp_path / "bureau", sites[0], place.environment)
    second.start(place.target, tmp_path / "maison", sites[1], place.environment)
    ended = [first.ended(), second.ended()]
    assert 0 in {one.code for one in ended}
    assert [one for one in ended if one.code and not re.search(r"publie en ce moment|vient de publier", one.said)] == []
    done = [site for site, one in zip(sites, ended, strict=True) if one.code == 0]
    pages, lost = reader.crawl(place.opened())
    assert (pages in [reader.of(site) for site in done], lost) == (True, [])
    if place.is_whole:
        publisher = Publisher(place.target, tmp_path / "bureau", place.environment)
        assert len(publisher.status().releases) == min(1 + len(done), place.most)
        if len(done) == 2:  # the one who came first is one step behind
            publisher.rollback()
            assert reader.crawl(place.opened()).pages in [reader.of(site) for site in sites if reader.of(site) != pages]


@pytest.mark.parametrize("place", SWITCHING, indirect=True)
def test_five_are_kept_and_one_returns_to_any_of_them(place: Kept, machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    sites = [reader.site(number) for number in range(7)]
    for files in sites:
        assert machines[0].publish(place.target, tmp_path / "ici", files).code == 0
    publisher = Publisher(place.target, tmp_path / "ici")
    releases = publisher.status().releases
    assert len(releases) == 5
    for identifier, files in [*zip(releases, reversed(sites), strict=False)][1::3]:
        publisher.rollback(identifier)
        assert reader.crawl(place.opened()) == (reader.of(files), [])


def test_the_way_back_takes_less_than_two_seconds_over_a_line_of_30_ms(sshd: SshServer, machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    (tmp_path / "hebergeur").mkdir()
    with SlowLine(sshd.port, 0.0).open() as line:
        (tmp_path / "connus").write_text(f"[127.0.0.1]:{line.port} {(sshd.folder / 'host.pub').read_text(encoding='utf-8')}", encoding="utf-8")
        target = sshd.target(tmp_path / "hebergeur" / "www", port=line.port, known_hosts=str(tmp_path / "connus"))
        for version in range(4):
            assert machines[0].publish(target, tmp_path / "ici", reader.site(version)).code == 0
        line.slow_down(0.03)
        taken = []
        for _ in range(3):  # of three, the best: whatever else this machine does is not of its making
            began = time.monotonic()
            Publisher(target, tmp_path / "ici").rollback()
            taken.append(time.monotonic() - began)
    assert min(taken) < 2, taken


def test_nothing_of_a_draft_is_in_any_release(tmp_path: Path) -> None:
    blog, host = without_posts(tmp_path / "blog"), tmp_path / "hebergeur"
    host.mkdir()
    aim(blog, f'PUBLISH = Local("{host / "www"}")')
    (blog / "content" / "images").mkdir(exist_ok=True)
    Image.new("RGB", (900, 600), "red").save(blog / "content" / "images" / "plan-cache.png")
    articles = blog / "content" / "articles"
    head = "Title: Titresecret\nDate: {}\nSummary: Résumésecret.\nTags: motsecret\n{}\n![Planche]({{static}}/images/plan-cache.png)\n\nCorpssecret.\n"
    (articles / "brouillon-secret.md").write_text(head.format("2024-05-02", "Status: draft\n"), encoding="utf-8")
    (articles / "a-venir-secret.md").write_text(head.format("2099-05-02", ""), encoding="utf-8")
    for number in range(2):
        (articles / f"un-{number}.md").write_text(f"Title: Un {number}\nDate: 2024-05-0{number + 1}\nSummary: Dit.\n\nTexte.\n", encoding="utf-8")
        ran = invoke(blog, "publish")
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(list((host / ".plancher-www" / "releases").iterdir())) == 2
    secret = re.compile(rb"secret|plan-cache", re.IGNORECASE)
    files = [path for path in host.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path for path in files if secret.search(str(path.relative_to(host)).encode()) or secret.search(path.read_bytes())] == []
