"""What a clumsy or hostile file must not do to a site; each case was once possible."""

from __future__ import annotations

import time

import pytest

from tests.site.test_site import everything, post

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


def test_an_escape_in_the_first_paragraph_stops_nothing(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A').replace('Texte de A.', 'Le prix' + chr(92) + '* est &eacute; 5[^1].')}\n[^1]: N.\n")
    assert made.code == 0, made.said
    assert '"summary": "Le prix* est é 5."' in made.text("feeds/feed.json")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("images/a.svg", SVG.format("<s:script>x</s:script>")),
        ("images/b.svg", SVG.format('<a href="java&#115;cript:x()"/>')),
        ("images/c.svg", '<!DOCTYPE svg [<!ENTITY a "x">]>' + SVG.format("&a;")),
        ("images/d.svgz", "x"),
        ("images/e.xhtml", "<script>x</script>"),
        ("documents/f.js", "alert(1)"),
        ("documents/g.md", "Title: A\nStatus: draft\n\nBrouillon.\n"),
    ],
)
def test_what_could_run_or_was_not_meant_is_not_copied(site, name: str, body: str) -> None:
    made = site(f"-- {name} --\n{body}\n")
    assert "PDV053" in made.said or "PDV035" in made.said
    assert not made.has(name)


@pytest.mark.parametrize("target", ["../articles", "..", "/etc"])
def test_a_linked_folder_is_neither_followed_nor_published(site, tmp_path, target: str) -> None:
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "lien").symlink_to(target)
    start = time.monotonic()
    made = site(f"-- articles/a.md --\n{post('A', 'Status: draft')}")
    assert "content/images/lien:1: PDV034" in made.said
    assert not made.has("images")
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "extra", ["Lang: x/../../zz", 'Lang: "><script>', "Template: page", "Tags: " + "a" * 260, "Save_as: robots.txt", "Save_as: 2024/05", "Category: ???"]
)
def test_a_header_that_would_break_the_site_is_an_error_and_the_preview_lives(site, extra: str) -> None:
    text = post("A", extra).replace("Category: Essais\n", "") if "Category" in extra else post("A", extra)
    made = site(f"-- articles/a.md --\n{text}\n-- articles/b.md --\n{post('B', date='2024-05-03')}")
    assert made.code == 0, made.said
    assert "articles/a.md:" in made.said
    assert "Texte de A" in everything(made)
    assert "Texte de B" in made.text("2024/05/b/index.html")


def test_a_linked_picture_is_not_copied(site, tmp_path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "lien.png").symlink_to(tmp_path / "secret.png")
    made = site()
    assert "content/images/lien.png:1: PDV034" in made.said
    assert not made.has("images/lien.png")


def test_an_improbable_year_does_not_make_a_post_vanish(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A', date='0001-01-01')}")
    assert "PDV022" in made.said
    assert "À corriger" in everything(made)


@pytest.mark.parametrize("name", ["articles/a.txt", "articles/a.mkd", "articles/a.markdown", "a.md", "2024/a.md"])
def test_a_text_that_no_one_would_read_is_named(site, name: str) -> None:
    assert f"content/{name}:1: PDV035" in site(f"-- {name} --\n{post('A')}").said


def test_two_posts_of_one_day_never_change_places(site) -> None:
    text = "".join(f"-- articles/p{number}.md --\n{post(f'P{number}')}\n" for number in range(6))
    assert site(text, PYTHONHASHSEED="1").files == site(text, PYTHONHASHSEED="5").files


def test_a_link_to_a_draft_is_said(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}[b]({{filename}}b.md)\n-- articles/b.md --\n{post('B', 'Status: draft')}")
    assert "articles/a.md:6: PDV042" in made.said


def test_an_address_nobody_can_read_is_said_and_stops_nothing(site) -> None:
    made = site(f"-- articles/a.md --\n{post('A')}[x](//[oops)\n")
    assert made.code == 0
    assert "PDV016" in made.said


def test_an_address_given_alone_is_where_the_post_is(site) -> None:
    assert site(f"-- articles/a.md --\n{post('A', 'Url: ailleurs/')}").has("ailleurs/index.html")


def test_two_categories_of_one_address_are_said(site) -> None:
    text = f"-- articles/a.md --\n{post('A').replace('Essais', 'C#')}-- articles/b.md --\n{post('B', date='2024-05-03').replace('Essais', 'C++')}"
    assert site(text).said.count("PDV060 la catégorie") == 2


@pytest.mark.parametrize("piece", ["![", "[a](", "[^", "*a", "_a ", "<b"])
def test_a_monstrous_paragraph_is_refused_at_once(site, piece: str) -> None:
    start = time.monotonic()
    made = site(f"-- articles/a.md --\n{post('A')}{piece * 20_000}\n")
    assert "PDV036" in made.said
    assert time.monotonic() - start < 20


def test_a_poster_kept_elsewhere_is_refused(site) -> None:
    block = "> [!video] V\n> url : {static}/videos/a.webm\n> affiche : https://exemple.fr/a.jpg\n> sous-titres : https://exemple.fr/a.vtt\n"
    made = site(f"-- articles/a.md --\n{post('A')}\n{block}\n-- videos/a.webm --\nx\n")
    assert made.said.count("PDV054") == 2
    assert "exemple.fr" not in made.text("2024/05/a/index.html")
