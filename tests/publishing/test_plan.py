"""What a publication sends, in which order, and what it takes away: no network, no disk."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.publishing import manifest, plan, releases
from plancher.publishing.manifest import FileState, Manifest, ManifestError

NAMES = st.sampled_from(
    [
        "index.html",
        "2024/un/index.html",
        "2024/deux/index.html",
        "theme/a.css",
        "images/a.png",
        "feeds/atom.xml",
        "sitemap.xml",
        ".htaccess",
        "_headers",
        "404.html",
    ]
)
SITES = st.dictionaries(NAMES, st.integers(0, 3).map(lambda number: FileState(f"{number:024x}", number)))


def site(*names: str, content: str = "a", **other: FileState) -> Manifest:
    return Manifest(identifier="20260101T000000Z", files={name: FileState(content, 1) for name in names} | other)


def stage_of(found: plan.Plan, path: str) -> int:
    return next(number for number, stage in enumerate(found.stages) if path in stage)


def test_the_first_publication_sends_everything_once() -> None:
    found = plan.compare(site("index.html", "a.css"), None)
    assert sorted(found.sent) == ["a.css", "index.html"]
    assert (found.size, found.removed, found.retiring, found.must_ask) == (2, (), (), False)


def test_what_did_not_change_is_not_sent() -> None:
    found = plan.compare(site("index.html", "a.css"), site("index.html", "a.css"))
    assert found.is_empty
    assert found.unchanged == ("a.css", "index.html")


def test_nothing_is_shown_before_what_it_needs() -> None:
    names = ["404.html", "2024/un/index.html", "2024/nouveau/index.html", "theme/b.css", "images/b.png", "feeds/atom.xml", "index.html", ".htaccess"]
    random.Random(4).shuffle(names)
    found = plan.compare(site(*names, content="b"), site("404.html", "index.html", "2024/un/index.html", "feeds/atom.xml"))
    order = ["theme/b.css", "2024/nouveau/index.html", "2024/un/index.html", "index.html", "feeds/atom.xml", ".htaccess"]
    stages = [stage_of(found, path) for path in order]
    assert stages == sorted(set(stages))
    assert stage_of(found, "images/b.png") == stage_of(found, "theme/b.css")


def test_what_is_gone_stays_for_one_publication_and_goes_with_the_next() -> None:
    former = site("index.html", "ancien.css", "un/index.html", "deux/index.html")
    first = plan.compare(site("index.html", "un/index.html", "deux/index.html"), former)
    assert (first.retiring, first.removed, first.is_empty) == (("ancien.css",), (), False)
    second = plan.compare(site("index.html", "un/index.html", "deux/index.html"), first.new)
    assert (second.retiring, second.removed) == ((), ("ancien.css",))
    assert plan.compare(site("index.html", "un/index.html", "deux/index.html"), second.new).is_empty


def at(moment: str, *names: str) -> Manifest:
    return Manifest(identifier=moment, files=site(*names).files)


def test_what_pages_load_stays_while_a_page_from_before_may_still_be_shown() -> None:
    """A page is kept for five minutes: the style of the first of three publications within them is still asked for."""
    first, second = at("20260101T100000Z", "index.html", "un.css"), at("20260101T100100Z", "index.html", "deux.css")
    online = plan.compare(second, first).new
    soon = plan.compare(at("20260101T100300Z", "index.html", "trois.css"), online)
    assert (soon.removed, set(soon.new.retiring)) == ((), {"un.css", "deux.css"})
    assert set(releases.with_assets_of(at("20260101T100300Z", "index.html"), online, "c").retiring) == {"un.css", "deux.css"}
    later = plan.compare(at("20260101T100700Z", "index.html", "trois.css"), online)
    assert (later.removed, set(later.new.retiring)) == (("un.css",), {"deux.css"})
    assert plan.compare(at("20260101T100200Z", "index.html", "deux.css"), online).is_empty


def test_what_comes_back_is_not_taken_away() -> None:
    former = Manifest(identifier="a", files=site("index.html").files, retiring=site("un.css").files)
    found = plan.compare(site("index.html", "un.css"), former)
    assert (found.sent, found.removed) == (("un.css",), ())


@pytest.mark.parametrize(("gone", "asks"), [(1, False), (3, False), (4, True), (9, True)])
def test_it_asks_when_more_than_a_third_would_go(gone: int, asks: bool) -> None:
    names = [f"{number}.html" for number in range(9)]
    assert plan.compare(site(*names[gone:]), site(*names)).must_ask is asks


def test_files_of_somebody_else_are_named_and_left_alone() -> None:
    found = plan.compare(site("index.html", "un/index.html"), site("index.html"), {"boutique/a.php": FileState("", 9), "index.html": FileState("", 1)})
    assert (found.foreign, found.conflicts, found.removed, found.retiring) == (("boutique/a.php",), (), (), ())


@pytest.mark.parametrize("stranger", ["un/index.html", "un"])
def test_a_file_of_somebody_else_where_the_site_wants_to_write_is_a_conflict(stranger: str) -> None:
    assert plan.compare(site("un/index.html"), None, {stranger: FileState("", 9)}).conflicts == (stranger,)


def test_an_owner_may_say_that_all_files_there_are_the_sites() -> None:
    found = plan.compare(site("index.html"), None, {"index.html": FileState("", 9), "vieux.html": FileState("", 5)}, adopted=True)
    assert (found.sent, found.retiring, found.conflicts, found.foreign) == (("index.html",), ("vieux.html",), (), ())


@given(new=SITES, former=SITES, retired=SITES, strangers=SITES)
def test_any_two_sites_become_the_new_one_and_nobody_elses_file_is_touched(new, former, retired, strangers) -> None:
    retired = {path: state for path, state in retired.items() if path not in former}
    online = Manifest(identifier="a", files=former, retiring=retired)
    found = plan.compare(Manifest(identifier="b", files=new), online, {**former, **retired, **strangers})
    there = {**strangers, **former, **retired}
    for path in found.sent:
        there[path] = new[path]
    for path in found.removed:
        del there[path]
    assert {path: there[path] for path in new} == dict(new)
    assert len(found.sent) == len(set(found.sent))
    foreign = {path: state for path, state in strangers.items() if path not in {**former, **retired}}
    assert {path: there[path] for path in foreign if path not in found.conflicts} == {path: foreign[path] for path in foreign if path not in found.conflicts}
    assert set(there) == {*new, *found.retiring, *foreign}
    again = plan.compare(Manifest(identifier="c", files=new), found.new)
    assert again.sent == ()


@given(files=SITES, retired=SITES)
def test_a_manifest_is_read_as_it_was_written(files, retired) -> None:
    written = Manifest(identifier="20260101T000000Z", files=files, retiring=retired)
    assert manifest.from_bytes(written.to_bytes()) == written


@pytest.mark.parametrize(
    "damage",
    [lambda raw: raw[:-1], lambda raw: raw[:0], lambda raw: raw.replace(b"index", b"indey"), lambda raw: raw + b" ", lambda raw: b"\xff" + raw],
)
def test_a_damaged_manifest_is_none(damage) -> None:
    with pytest.raises(ManifestError):
        manifest.from_bytes(damage(site("index.html").to_bytes()))


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../b", "a//b", "./a", "", "a\\..\\b"])
def test_a_manifest_never_leads_out_of_the_site(path: str) -> None:
    with pytest.raises(ManifestError):
        manifest.from_bytes(site(path).to_bytes())
