"""A publication in place that was cut, and then another site: of the one that was cut nothing stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.publishing import Local, transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores.local import LocalStore

from tests.publishing import reader
from tests.publishing.sites import Publisher, online

OLD, CUT, NEXT = reader.site(0), reader.site(1), reader.site(2)
SENT = len([path for path, text in CUT.items() if OLD.get(path) != text])
SHOP = {"boutique.php": "à lui"}


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    made = tmp_path / "www" / "blog"
    made.mkdir(parents=True)
    (made / "boutique.php").write_text("à lui", encoding="utf-8")
    return made


@pytest.fixture
def here(blog: Path, tmp_path: Path) -> Publisher:
    return Publisher(Local(str(blog)), tmp_path / "ici")


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer.each, "__defaults__", (1,))


@pytest.fixture(params=range(0, SENT, 3))
def cut_after(request: pytest.FixtureRequest) -> int:
    return request.param


def cut(publisher: Publisher, files: dict[str, str], after: int) -> None:
    """Publish, and lose the line after so many files."""
    before, count = LocalStore.replace, 0

    async def replace(self: LocalStore, path: str, source: Path) -> None:
        nonlocal count
        count += 1
        if count > after:
            raise PublishingError("coupé")
        await before(self, path, source)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(LocalStore, "replace", replace)
        with pytest.raises(PublishingError, match="coupé"):
            publisher.publish(files)


def check(blog: Path, files: dict[str, str]) -> None:
    assert reader.crawl(online(blog).get) == (reader.of(files), [])


@pytest.mark.parametrize("then", [OLD, NEXT], ids=["the site of before", "another one"])
def test_the_next_site_is_whole_and_what_was_cut_goes(here: Publisher, blog: Path, cut_after: int, then: dict[str, str]) -> None:
    here.publish(OLD)
    cut(here, CUT, cut_after)
    here.publish(then)
    check(blog, then)
    here.publish({**then, "robots.txt": "tous"})
    left = online(blog)
    assert {path: text for path, text in left.items() if path not in {"robots.txt", *then}} == SHOP


def test_a_first_publication_that_was_cut_leaves_nothing_either(here: Publisher, blog: Path, cut_after: int) -> None:
    cut(here, CUT, cut_after)
    here.publish(NEXT)
    here.publish({**NEXT, "robots.txt": "tous"})
    assert online(blog) == {**NEXT, **SHOP, "robots.txt": "tous"}


def test_two_machines_are_cut_in_turn_and_neither_believes_what_it_noted_before_the_other(here: Publisher, blog: Path, tmp_path: Path, cut_after: int) -> None:
    there = Publisher(here.target, tmp_path / "ailleurs")
    here.publish(OLD)
    cut(here, CUT, cut_after)
    cut(there, NEXT, SENT - 1)
    here.publish(CUT)
    check(blog, CUT)


def test_who_goes_on_sends_nothing_twice(here: Publisher, blog: Path, cut_after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    here.publish(OLD)
    cut(here, CUT, cut_after)
    before, count = LocalStore.replace, 0

    async def counted(self: LocalStore, path: str, source: Path) -> None:
        nonlocal count
        count += 1
        await before(self, path, source)

    monkeypatch.setattr(LocalStore, "replace", counted)
    here.publish(CUT)
    check(blog, CUT)
    assert count == SENT - cut_after


@pytest.fixture
def seen_at_each_step(blog: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What a reader finds lost after each file that goes up."""
    lost: list[list[str]] = []
    before = LocalStore.replace

    async def replace(self: LocalStore, path: str, source: Path) -> None:
        await before(self, path, source)
        lost.append(reader.crawl(online(blog).get).lost)

    monkeypatch.setattr(LocalStore, "replace", replace)
    return lost


def test_at_no_step_a_page_is_there_before_what_it_needs(here: Publisher, blog: Path, cut_after: int, seen_at_each_step: list[list[str]]) -> None:
    here.publish(OLD)
    cut(here, CUT, cut_after)
    seen_at_each_step.clear()
    here.publish(NEXT)
    check(blog, NEXT)
    assert len(seen_at_each_step) == len([path for path, text in NEXT.items() if OLD.get(path) != text])
    assert [lost for lost in seen_at_each_step if lost] == []
