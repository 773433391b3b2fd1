"""Addresses in a piece of HTML, in a site that stands in a folder, or whose links are relative."""

from __future__ import annotations

import pytest
from plancher.base import links

SITE = "https://nom.example/blog"


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("/tags/", "/blog/tags/"),
        ("/", "/blog/"),
        ("/blog/tags/", "/blog/tags/"),
        ("/blog", "/blog"),
        ("/blog?page=2", "/blog?page=2"),
        ("/blogueurs/", "/blog/blogueurs/"),
        ("//exemple.fr/a", "//exemple.fr/a"),
        ("https://exemple.fr/a", "https://exemple.fr/a"),
        ("#la", "#la"),
        ("", ""),
    ],
)
def test_an_address_from_the_root_takes_the_folder_of_the_site_once(typed: str, there: str) -> None:
    assert (
        links.rebased(f'<p><a title="a > b" href="{typed}">x</a> <b class="/">/</b></p>', "/blog")
        == f'<p><a title="a > b" href="{there}">x</a> <b class="/">/</b></p>'
    )
    assert links.rebased(links.rebased(f'<a href="{typed}">x</a>', "/blog"), "/blog") == f'<a href="{there}">x</a>'


@pytest.mark.parametrize("name", ["href", "src", "poster", "cite"])
def test_all_that_loads_links_or_cites_follows_and_nothing_else_does(name: str) -> None:
    assert links.rebased(f"<x {name}='/a'>", SITE) == f"<x {name}='{SITE}/a'>"
    assert links.rebased(f'<x data-{name}="/a" title="{name}=\'/a\'">', SITE) == f'<x data-{name}="/a" title="{name}=\'/a\'">'
    assert links.rebased(f'<code>&lt;x {name}="/a"&gt;</code>', SITE) == f'<code>&lt;x {name}="/a"&gt;</code>'


def test_each_picture_of_a_set_follows() -> None:
    assert links.rebased('<img srcset="/a.png 1x, /b.png 2x">', "/blog") == '<img srcset="/blog/a.png 1x, /blog/b.png 2x">'


@pytest.mark.parametrize("base", ["", "https://nom.example", "https://nom.example/"])
def test_a_site_at_the_root_of_its_host_changes_nothing(base: str) -> None:
    assert links.rebased('<a href="/tags/">x</a>', base) == '<a href="/tags/">x</a>'


@pytest.mark.parametrize(
    ("page", "base", "address", "there"),
    [
        ("2024/05/un/index.html", "", "/tags/", "../../../tags/"),
        ("2024/05/un/index.html", "", "/2024/05/un/", "./"),
        ("index.html", "", "/tags/#la", "tags/#la"),
        ("index.html", "", "/", "./"),
        ("a/index.html", "/blog", "/blog/?t=1", "../?t=1"),
        ("a/index.html", "/blog", "/blog/theme/a.css", "../theme/a.css"),
        ("a/index.html", "/blog", "/ailleurs/", "/ailleurs/"),
        ("a/index.html", "", "https://exemple.fr/", "https://exemple.fr/"),
        ("a/index.html", "", "#la", "#la"),
    ],
)
def test_an_address_becomes_relative_to_its_page(page: str, base: str, address: str, there: str) -> None:
    assert links.relative(f'<a href="{address}">x</a>', page, base) == f'<a href="{there}">x</a>'


def test_a_page_that_leads_on_by_itself_leads_to_the_same_place() -> None:
    assert (
        links.relative('<meta http-equiv="refresh" content="0; url=/tag/PME/">', "tag/TPE/index.html", "")
        == '<meta http-equiv="refresh" content="0; url=../PME/">'
    )
    assert links.relative('<meta name="description" content="/a">', "tag/TPE/index.html", "") == '<meta name="description" content="/a">'


@pytest.mark.parametrize(("typed", "inside"), [("/tags/", "tags/"), ("/blog/tags/", "tags/"), ("/blogueurs/", "blogueurs/"), ("/blog", "")])
def test_an_address_is_known_from_the_root_of_the_site(typed: str, inside: str) -> None:
    assert links.within(typed, SITE) == inside
