"""Files for the root of the site: what an owner puts in ``content/racine/`` is there to the letter, and nothing else is."""

from __future__ import annotations

import os
import types
from pathlib import Path

import pytest
from jinja2 import Environment
from plancher.base import digest
from plancher.build import render
from plancher.site import root_files

from tests import memory
from tests.build.small import Small, difference, files

PUBLISHED = {
    ".well-known/security.txt": b"Contact: mailto:a@exemple.fr\n",
    ".well-known/webfinger": b'{"subject": "acct:a@exemple.fr"}',
    ".well-known/.cache/.profond": b"x",
    ".htaccess": b"Options -Indexes\n",
    ".nojekyll": b"",
    "CNAME": b"nom.example\n",
    "ads.txt": b"exemple.fr, 1, DIRECT\n",
    "cl\xe9.txt": b"\xff\xfe pas du texte",
    "dessin.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "favicon.ico": b"\x00\x00\x01\x00",
    "google123.html": b"google-site-verification: google123.html",
    "index.php": b"<?php",
    "LISEZMOI.md": "Un mot pour qui lit ce dépôt.\n".encode(),
    "photo.png": b"<html>ce n'est pas une image</html>",
    "vieux/page.html": b"<!doctype html><script>1</script>",
}
NOTHING = '"""A plugin of somebody else, that does nothing."""\n\n\ndef register():\n    pass\n'


@pytest.fixture
def small(small: Small) -> Small:
    """The same, of which nothing is to be said."""
    small.post("deux", link="")
    assert small.build().said == ""
    return small


def put(small: Small, **content: str | bytes) -> None:
    for name, text in content.items():
        small.write(f"content/racine/{name}", text)


def put_all(small: Small) -> None:
    put(small, **PUBLISHED)


def beside_a_plugin(small: Small) -> None:
    """From now on, Pelican's own generators run."""
    small.write("plugins/dautrui.py", NOTHING)
    small.set(PLUGINS='[*PLUGINS, "dautrui"]')


def checked(small: Small) -> tuple[int, str]:
    ran = small.build(task=False, extra={"PLANCHER_READING": {"mode": "check"}})
    return ran.code, ran.said


def test_every_file_is_published_to_the_letter_hidden_or_not(small: Small) -> None:
    put_all(small)
    ran = small.build()
    assert (ran.code, ran.said) == (0, "")
    assert {name: small.files.get(name) for name in PUBLISHED} == PUBLISHED
    assert not any(name.startswith("racine") for name in small.files)
    assert b"google123" not in small.files["sitemap.xml"]
    assert difference(small.files, small.clean()[1]) == ""


def test_a_publication_takes_them_as_they_are(small: Small) -> None:
    put_all(small)
    small.set(PLANCHER_READING='{"mode": "strict"}')
    assert small.build().code == 0
    assert PUBLISHED.items() <= small.files.items()


def test_beside_a_plugin_of_somebody_else_they_are_the_same(small: Small) -> None:
    put_all(small)
    put(small, **{"robots.txt": "User-agent: *\nDisallow: /\n", "_headers": "/cl*\n  X-Test: un\n", ".DS_Store": "x", ".env": "x"})
    ours = small.build()
    alone = small.files
    beside_a_plugin(small)
    ran = small.build()
    assert ran.code == 0, ran.said
    assert difference(small.files, alone) == ""
    assert ran.said.startswith(ours.said)


@pytest.mark.parametrize("road", ["ours", "beside a plugin"])
def test_an_edit_a_new_file_and_a_removal_are_seen_and_nothing_else_is_made(small: Small, road: str) -> None:
    if road != "ours":
        beside_a_plugin(small)
    put_all(small)
    small.build()
    put(small, **{".htaccess": "Options +Indexes\n"})
    small.build()
    assert small.files[".htaccess"] == b"Options +Indexes\n"
    put(small, **{".well-known/neuf": "neuf"})
    (small.content / "racine/CNAME").unlink()
    small.build()
    assert small.files[".well-known/neuf"] == b"neuf"
    assert "CNAME" not in small.files
    assert difference(small.files, small.clean()[1]) == ""


def test_no_text_is_read_again_because_of_them(small: Small) -> None:
    put(small, CNAME="nom.example")
    ran = small.build(explain=True)
    assert ran.code == 0
    assert "2024/05/un/index.html" not in ran.said


LEFT = (".DS_Store", "._CNAME", "CNAME~", ".CNAME.swp", "#CNAME#", "Thumbs.db", "desktop.ini", ".git/config", ".well-known/.DS_Store", "a.bak")


def test_what_editors_and_systems_leave_is_named_by_a_check_and_never_published(small: Small) -> None:
    put(small, CNAME="nom.example", **dict.fromkeys(LEFT, "RELIQUAT"))
    assert small.build().said == ""
    assert b"RELIQUAT" not in b"".join(small.files.values())
    code, said = checked(small)
    assert code == 0
    for name in LEFT:
        assert f"content/racine/{name.partition('/config')[0]}:1: PDV113" in said, name
    assert "racine/CNAME:1" not in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("un.md", "Title: Un\nStatus: draft\n\nPas encore.\n"),
        ("un.markdown", "---\ntitle: Un\ndraft: true\n---\nPas encore.\n"),
        ("notes/un.MD", "Titre: Un\n\nPas encore.\n"),
        ("notes/nu.md", "**Status:** draft\n\nPas encore.\n"),
        ("brouillons/un.md", "Pas encore.\n"),
        ("_un.md", "Pas encore.\n"),
        ("latin.md", "Pas encore, \xe9t\xe9.\n".encode("latin-1")),
        (".env", "PASSWORD=Pas encore"),
        (".env.production", "PASSWORD=Pas encore"),
        (".htpasswd", "a:Pas encore"),
        (".ssh/id_ed25519", "Pas encore"),
        ("cle.txt", "-----BEGIN OPENSSH PRIVATE KEY-----\nPas encore\n"),
        ("cle.pem", "-----BEGIN PRIVATE KEY-----\nPas encore\n"),
    ],
)
@pytest.mark.parametrize("road", ["ours", "beside a plugin"])
def test_a_draft_or_a_secret_is_never_published_and_stops_a_publication(small: Small, name: str, text: str | bytes, road: str) -> None:
    if road != "ours":
        beside_a_plugin(small)
    put(small, **{name: text})
    ran = small.build()
    assert f"content/racine/{name}:1: PDV112" in ran.said
    assert b"Pas encore" not in b"".join(small.files.values())
    small.set(PLANCHER_READING='{"mode": "strict"}')
    assert small.build().code == 1


def test_a_folder_of_texts_that_holds_everything_does_not_read_them_as_posts(small: Small) -> None:
    put(small, **{"LISEZMOI.md": "Un mot.\n", "page.html": "<html><head><title>Une page</title></head><body>Un mot.</body></html>"})
    small.set(ARTICLE_PATHS='[""]', ARTICLE_EXCLUDES='["pages"]')
    ran = small.build()
    assert ran.code == 0
    assert "racine" not in ran.said
    assert small.files["LISEZMOI.md"] == b"Un mot.\n"


def test_a_check_asks_that_what_may_run_is_read_as_code(small: Small) -> None:
    put_all(small)
    code, said = checked(small)
    assert code == 0
    assert sorted(line.partition(":")[0].rpartition("racine/")[2] for line in said.splitlines() if "PDV114" in line) == sorted(
        ["dessin.svg", "google123.html", "index.php", "vieux/page.html"]
    )


def test_links_are_not_followed(small: Small, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    put(small, CNAME="nom.example")
    for name in (".well-known", "cle.txt", ".cle"):
        (small.content / "racine" / name).symlink_to(tmp_path if name == ".well-known" else secret)
    for _road in range(2):
        ran = small.build()
        assert [f"content/racine/{name}:1: PDV034" in ran.said for name in (".well-known", "cle.txt", ".cle")] == [True] * 3
        assert b"secret" not in b"".join(small.files.values())
        beside_a_plugin(small)


@pytest.mark.parametrize("name", ["CNAME", "extra/.htaccess", "cle.html", "images/a.psd.php", "web.config"])
def test_a_file_of_no_known_format_is_told_where_it_would_be_published(small: Small, name: str) -> None:
    small.write(f"content/{name}", "x")
    small.set(IGNORE_FILES='["*~"]')
    said = small.build().said
    assert f"content/{name}:1: PDV035" in said
    assert "rangez-le dans content/racine/" in said
    assert "Markdown" not in said


# One owner for each address.


@pytest.mark.parametrize(
    "name",
    ["index.html", "404.html", "sitemap.xml", "feeds/atom.xml", "tags/index.html", "theme/icon.svg"],
)
@pytest.mark.parametrize("road", ["ours", "beside a plugin"])
def test_an_address_of_the_site_stays_the_sites_and_both_are_named(small: Small, name: str, road: str) -> None:
    if road != "ours":
        beside_a_plugin(small)
    before = small.files
    put(small, **{name: "à moi"})
    ran = small.build()
    assert f"content/racine/{name}:1: PDV06" in ran.said
    assert "même adresse" in ran.said
    assert "à moi".encode() not in small.files[name]
    if road == "ours":
        assert difference(small.files, before | {"_headers": small.files["_headers"]}) == ""


def test_a_post_or_a_file_that_has_the_same_address_is_named_too_and_nothing_is_published(small: Small) -> None:
    put(small, **{"2024/05/un/index.html": "à moi", "images/a.png": "à moi"})
    small.set(PLANCHER_READING='{"mode": "strict"}')
    ran = small.build()
    assert ran.code == 1
    for one, other in (("articles/2024/un.md", "racine/2024/05/un/index.html"), ("images/a.png", "racine/images/a.png")):
        assert any(line.startswith(f"content/{one}:") and other in line for line in ran.said.splitlines())
        assert any(line.startswith(f"content/{other}:") and one in line for line in ran.said.splitlines())


def test_the_mark_of_a_site_is_nobodys(small: Small) -> None:
    put(small, **{".plancher": "à moi"})
    assert "content/racine/.plancher:1: PDV061" in small.build().said
    assert small.files[".plancher"] != "à moi".encode()
    assert small.build().code == 0


def test_a_file_where_the_site_needs_a_folder_is_named(small: Small) -> None:
    put(small, tags="à moi")
    assert "content/racine/tags:1: PDV061" in small.build().said
    assert "tags/index.html" in small.files


def test_robots_txt_is_the_owners_and_the_map_is_not_forgotten(small: Small) -> None:
    put(small, **{"robots.txt": "User-agent: *\nDisallow: /prive/\n"})
    ran = small.build()
    assert ran.code == 0
    assert small.files["robots.txt"] == b"User-agent: *\nDisallow: /prive/\n"
    assert "content/racine/robots.txt:1: PDV110 « /robots.txt » est le vôtre" in ran.said
    assert "écrivez-y « Sitemap: https://carnet.example/sitemap.xml »" in ran.said
    assert "[note]" in ran.said
    put(small, **{"robots.txt": "User-agent: *\n\nSitemap: https://carnet.example/sitemap.xml\n"})
    assert "écrivez-y" not in small.build().said
    (small.content / "racine/robots.txt").unlink()
    assert small.build().said == ""
    assert b"Allow: /" in small.files["robots.txt"]
    assert difference(small.files, small.clean()[1]) == ""


def test_rules_for_the_host_are_added_to_those_of_the_site(small: Small) -> None:
    small.write("content/tags.toml", '["PME"]\naliases = ["TPE"]\n')
    small.build()
    headers, redirections = small.files["_headers"], small.files["_redirects"]
    assert b"/tag/TPE/" in redirections
    put(small, _headers="/cle.json\r\n  Access-Control-Allow-Origin: *", _redirects="/ancien /nouveau 301\n")
    ran = small.build()
    assert small.files["_headers"] == headers + b"# content/racine\n/cle.json\n  Access-Control-Allow-Origin: *\n"
    assert small.files["_redirects"] == b"# content/racine\n/ancien /nouveau 301\n" + redirections
    for name in ("_headers", "_redirects"):
        assert f"content/racine/{name}:1: PDV110 le site écrit « /{name} » lui aussi : vos lignes y sont, avec les siennes." in ran.said
    assert difference(small.files, small.clean()[1]) == ""


def test_rules_for_the_host_that_cannot_be_read_are_named(small: Small) -> None:
    put(small, _headers=b"/x\n  A: \xe9\n")
    assert "content/racine/_headers:1: PDV061" in small.build().said


def test_two_files_of_the_owner_for_one_address_are_both_named(small: Small) -> None:
    put(small, **{"robots.txt": "un"})
    small.write("content/extra/robots.txt", "deux")
    small.set(STATIC_PATHS='["images", "extra/robots.txt"]', EXTRA_PATH_METADATA='{"extra/robots.txt": {"path": "robots.txt"}}')
    said = small.build().said
    assert "content/racine/robots.txt:1: PDV060 même adresse « /robots.txt » que extra/robots.txt" in said
    assert "content/extra/robots.txt:1: PDV060 même adresse « /robots.txt » que racine/robots.txt" in said


def test_names_that_differ_by_their_case_are_one_address(small: Small) -> None:
    put(small, **{"Cle.txt": "un", "cle.TXT": "deux"})
    assert small.build().said.count("PDV060") == 2


def test_what_a_host_left_by_hand_stays_and_is_not_written_over(small: Small) -> None:
    small.write("output/CNAME", "nom.example\n")
    put(small, **{".htaccess": "x"})
    assert small.build().code == 0
    assert small.files["CNAME"] == b"nom.example\n"
    put(small, CNAME="autre.example\n")
    ran = small.build()
    assert ran.code == 1
    assert "CNAME" in ran.said
    assert small.files["CNAME"] == b"nom.example\n"


# Links, folders, sizes.


def test_links_to_them_are_not_dead(small: Small) -> None:
    put(small, **{"clé 1.txt": "x", ".well-known/a": "x"})
    small.post("un", words="[a](/cl%C3%A9%201.txt), [b]({static}/racine/clé%201.txt), [c]({static}/racine/.well-known/a), [d]({static}/racine/perdu.txt)")
    ran = small.build()
    assert ran.said.count("PDV042") == 1
    assert "perdu.txt" in ran.said
    page = small.files["2024/05/un/index.html"].decode()
    assert '<a href="/cl%C3%A9%201.txt">a</a>, <a href="/clé%201.txt">b</a>' in page
    assert 'href="/.well-known/a"' in page


def test_a_file_that_only_a_draft_names_is_there_all_the_same(small: Small) -> None:
    put(small, **{"cle.txt": "x"})
    small.post("un", status="draft", words="[a]({static}/racine/cle.txt)")
    small.build()
    assert "cle.txt" in small.files


def test_in_a_folder_of_its_host_a_site_says_what_is_only_read_at_the_root(small: Small) -> None:
    put(small, **{".well-known/a": "x", ".well-known/b": "x", "ads.txt": "x", "cle.html": "x"})
    small.set(SITEURL='FEED_DOMAIN = "https://nom.example/blog"')
    ran = small.build()
    assert ran.said.count("PDV111") == 2
    assert "content/racine/ads.txt:1: PDV111 le site est dans le dossier « /blog » de son hôte, et « /ads.txt » n'est lu qu'à la racine" in ran.said
    assert "content/racine/.well-known/a:1: PDV111" in ran.said
    assert {".well-known/a", "ads.txt", "cle.html"} <= small.files.keys()


def test_a_film_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    size, film = 30_000_000, tmp_path / "film.bin"
    with film.open("wb") as file:
        file.truncate(size)
    expected = digest.of_bytes(film.read_bytes())
    context = render.RenderContext(tmp_path / "site", Environment)

    def copy() -> None:
        made = render.make(context, render.Job("film.bin", render.copied, str(film)))
        assert made.digest == expected == digest.of_ordinary_file(film)

    memory.assert_below(size // 5, copy)
    assert (tmp_path / "site/film.bin").stat().st_size == size


def test_a_film_that_grows_while_it_is_copied_is_the_file_that_its_digest_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film, copy = tmp_path / "film.bin", tmp_path / "copie.bin"
    film.write_bytes(b"debut, suite")
    monkeypatch.setattr(os, "fstat", lambda _: types.SimpleNamespace(st_size=5))
    with copy.open("wb") as file:
        assert digest.of_file(film, file) == digest.of_bytes(b"debut, suite")
    assert copy.read_bytes() == b"debut, suite"


def test_two_thousand_files_are_published_and_one_edit_makes_one_file(small: Small) -> None:
    put(small, **{f".well-known/acme/{number}": str(number) for number in range(2000)})
    assert small.build().code == 0
    put(small, **{".well-known/acme/7": "sept"})
    ran = small.build(explain=True)
    assert small.files[".well-known/acme/7"] == b"sept"
    assert ".well-known/acme/8" not in ran.said
    assert len(files(small.output / ".well-known/acme")) == 2000


def test_what_is_left_behind_is_known_by_its_name_alone() -> None:
    assert all(map(root_files.is_left_behind, (".DS_Store", "a~", ".git", ".a.swp")))
    assert not any(map(root_files.is_left_behind, (".htaccess", ".well-known", ".gitignore", "CNAME", "a.php")))
