"""Which addresses are one, which cannot stand together, which no disk can hold."""

from __future__ import annotations

import pytest
from plancher.site import claims
from plancher.site.claims import Claim, Reason


def found(*asked: Claim) -> list[tuple[str, str, Reason]]:
    return [(one.first.path, one.second.path, one.reason) for one in claims.conflicts(asked, claims.keys(asked))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a/index.html", "a/index.html"),
        ("Photos/Mer.JPG", "photos/mer.jpg"),
        ("tag/\u00e9lus/index.html", "tag/e\u0301lus/index.html"),
        ("tag/ÉLUS/index.html", "tag/e\u0301lus/index.html"),
        ("images/la%20mer.png", "images/la mer.png"),
        ("images/%C3%A9t%C3%A9.png", "images/été.png"),
        ("tag/etc./index.html", "tag/etc/index.html"),
        ("tag/etc /index.html", "tag/etc/index.html"),
        ("fin.", "fin"),
        ("straße/index.html", "STRASSE/index.html"),
    ],
)
def test_two_paths_that_a_disk_or_a_server_may_take_for_one_have_one_owner(one: str, other: str) -> None:
    assert found(Claim(one, "un"), Claim(other, "deux")) == [(one, other, Reason.SAME)]


@pytest.mark.parametrize(("one", "other"), [("a/index.html", "a.html"), ("tag/C/index.html", "tag/C#/index.html"), ("élu", "elu"), ("a/b", "a-b")])
def test_paths_that_nobody_takes_for_one_stand_together(one: str, other: str) -> None:
    assert found(Claim(one, "un"), Claim(other, "deux")) == []


@pytest.mark.parametrize(("file", "inside"), [("_headers", "_headers/x.html"), ("a", "a/b/c/d.html"), ("Feeds.opml", "feeds.OPML/x.html")])
def test_a_file_does_not_stand_where_another_needs_a_folder_whoever_asks_first(file: str, inside: str) -> None:
    assert found(Claim(file, "un"), Claim(inside, "deux")) == [(file, inside, Reason.FOLDER)]
    assert found(Claim(inside, "deux"), Claim(file, "un")) == [(file, inside, Reason.FOLDER)]


def test_links_to_a_page_do_not_lead_to_the_page_of_another() -> None:
    page, guest = Claim("archives/index.html", "un"), Claim("ailleurs.html", "deux", "archives/")
    assert found(page, guest) == [("archives/index.html", "ailleurs.html", Reason.LINKS)]
    assert found(Claim("un.html", 1, "meme/"), Claim("deux.html", 2, "meme/index.html")) == [("un.html", "deux.html", Reason.LINKS)]
    assert found(Claim("a/index.html", "un", "a/"), Claim("b.html", "deux", "b.html"), Claim("c.html", "trois", "sans-fichier/")) == []


@pytest.mark.parametrize(
    ("url", "path"), [("", "index.html"), ("a/", "a/index.html"), ("a", "a/index.html"), ("a.html", "a.html"), ("/a/?x#y", "a/index.html")]
)
def test_a_server_gives_the_index_of_a_folder_said_or_unsaid(url: str, path: str) -> None:
    assert claims.file_of(url) == path


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (f"{'a' * 256}/index.html", "a" * 256),
        (f"tag/{'é' * 128}/index.html", "é" * 128),
        (f"{'a' * 250}.html", ""),
        ("/".join(["a" * 200] * 6), "/".join(["a" * 200] * 6)),
        ("tag/Con/index.html", "con"),
        ("2024/aux.html", "aux"),
        ("com1", "com1"),
        ("tag/console/index.html", ""),
        ("tag/balcon/index.html", ""),
        ("com10/index.html", ""),
    ],
)
def test_a_name_that_no_disk_can_hold_is_found(path: str, fault: str) -> None:
    asked = [Claim("a/index.html", "un"), Claim(path, "deux")]
    assert [(claim.path, said) for claim, said in claims.impossible(asked, claims.keys(asked))] == ([(path, fault)] if fault else [])


@pytest.mark.parametrize("path", ["../x.html", "a/../../x.html", "/tmp/x.html", "a\\..\\..\\x", "C:/x.html"])
def test_a_path_that_leaves_the_site_is_known(path: str) -> None:
    assert claims.leaves_the_site(path)
    assert not claims.leaves_the_site("a/..b/c...html")
