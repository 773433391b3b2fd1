"""Former addresses of a whole site: pages in their place, redirections, and what is told of those that cannot be."""

from __future__ import annotations

import re

import pytest

from tests.build.small import Small, difference
from tests.settings import identity

UN = "content/articles/2024/un.md"


def aliases(small: Small, typed: str, name: str = "un") -> None:
    small.post(name)
    path = small.folder / small.path_of(name)
    path.write_text(path.read_text(encoding="utf-8").replace("\nDate:", f"\nAliases: {typed}\nDate:", 1), encoding="utf-8")


def redirections(small: Small, *lines: str) -> None:
    small.write("content/redirections.txt", "# Anciennes adresses\n" + "".join(f"{line}\n" for line in lines))


def messages(said: str, code: str) -> list[str]:
    return [line for line in said.splitlines() if f" {code} " in line]


def test_each_path_has_a_page_that_leads_on_and_every_address_a_redirection(small: Small) -> None:
    aliases(small, "/post/2008/10/01/un, /2008/10/un.html, https://ancien.example/l%27%C3%A9t%C3%A9/, /?p=123, /tag/a,b/")
    redirections(small, "/vieux/ → /2024/05/un/", "/feed/ → /feeds/atom.xml", "/cv → https://ailleurs.example/cv", "/categorie/vieille/* → /categorie/essais/")
    ran = small.build()
    assert (ran.code, messages(ran.said, "PDV143")) == (0, []), ran.said
    for path in ("post/2008/10/01/un/index.html", "2008/10/un.html", "l'été/index.html", "tag/a,b/index.html", "vieux/index.html"):
        page = small.files[path].decode()
        assert 'content="0; url=/2024/05/un/" http-equiv="refresh"' in page, path
        assert f'<link href="{identity.SITEURL}/2024/05/un/" rel="canonical">' in page, path
        assert '<meta content="noindex" name="robots">' in page, path
        assert '<a href="/2024/05/un/">Un</a>' in page or path.startswith("vieux"), path
    assert b"https://ailleurs.example/cv" in small.files["cv/index.html"]
    assert "feed/index.html" not in small.files
    lines = small.files["_redirects"].decode()
    for line in ("/2008/10/un.html /2024/05/un/ 301", "/ p=123 /2024/05/un/ 301!", "/feed/ /feeds/atom.xml 301", "/categorie/vieille/* /categorie/essais/ 301"):
        assert f"{line}\n" in lines
    assert "p=123" in small.files[".htaccess"].decode()
    assert not [path for path, raw in small.files.items() if path in {"sitemap.xml", "archives/index.html"} and b"un.html" in raw]


@pytest.mark.parametrize(
    "typed", ["/un, /deux", "[/un, /deux]", "\n- /un\n- /deux", "/un,/deux", "/un /deux", "/un; /deux", "https://ancien.example/un, /deux"]
)
def test_several_addresses_may_be_typed_as_one_likes(small: Small, typed: str) -> None:
    aliases(small, typed)
    assert small.build().code == 0
    assert {"un/index.html", "deux/index.html"} <= small.files.keys()


@pytest.mark.parametrize("key", ["Alias", "alias", "Anciennes adresses", "Ancienne adresse", "redirect_from"])
def test_the_key_has_other_names(small: Small, key: str) -> None:
    aliases(small, "/vieux/")
    path = small.folder / UN
    path.write_text(path.read_text().replace("Aliases:", f"{key}:"))
    assert small.build().code == 0
    assert "vieux/index.html" in small.files


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: Un\ndate: 2024-05-02\nredirect_from:\n  - /vieux/\n  - /vieux.html\n---\n",
        "---\ntitle: Un\ndate: 2024-05-02\naliases: ['/vieux/', /vieux.html, Un autre nom]\n---\n",
        '+++\ntitle = "Un"\ndate = 2024-05-02\naliases = ["/vieux/", "/vieux.html"]\n+++\n',
        "---\ntitle: Un\ndate: 2024-05-02\nredirect_from: /vieux.html\naliases:\n- /vieux/\n---\n",
    ],
)
def test_headers_of_hugo_and_jekyll_are_read(small: Small, header: str) -> None:
    small.write(UN, f"{header}\nTexte.\n")
    assert small.build().code == 0
    assert {"vieux/index.html", "vieux.html"} <= small.files.keys()


@pytest.mark.parametrize(
    "typed",
    ["vieux", "javascript:alert(1)", "/a/../b", "/a%0ab", "/a%0d%0aSet-Cookie:x", "/a\\b", "//", "/%00", "/" + "a" * 1001, "/?a=%0a", "ftp://x/y"],
)
def test_what_is_no_address_is_told_with_its_line(small: Small, typed: str) -> None:
    aliases(small, typed)
    said = messages(small.build().said, "PDV140") or messages(small.build().said, "PDV032")
    assert len(said) == 1
    assert "articles/2024/un.md:" in said[0]


def test_two_texts_that_ask_for_one_former_address_are_both_named(small: Small) -> None:
    aliases(small, "/vieux/")
    aliases(small, "/Vieux, /?p=1", "deux")
    redirections(small, "/?p=1 → /a-propos/")
    found = messages(small.build().said, "PDV141")
    assert len(found) == 2
    assert any("articles/2024/un.md:2: " in line and "articles/2024/deux.md, ligne 2" in line for line in found)
    assert any("redirections.txt:2: " in line and "articles/2024/deux.md, ligne 2" in line for line in found)


@pytest.mark.parametrize(
    ("typed", "owner"),
    [
        ("/2024/05/deux", "articles/2024/deux.md"),
        ("/a-propos/index.html", "pages/a-propos.md"),
        ("/tags/", "/tags/"),
        ("/feeds/atom.xml", "atom.xml"),
        ("/images/a.png", "images/a.png"),
        ("/tag/pme/", "PME"),
        ("/", "« / »"),
        ("/404.html", "404"),
        ("/2024/05/DEUX/", "articles/2024/deux.md"),
        ("/Tag/PME/", "PME"),
    ],
)
def test_a_former_address_that_is_one_of_today_is_refused_and_what_is_there_stays(small: Small, typed: str, owner: str) -> None:
    before = small.files
    aliases(small, typed)
    found = messages(small.build().said, "PDV141")
    assert len(found) == 1
    assert "un.md:2: " in found[0]
    assert owner in found[0]
    page = next(path for path in before if f"/{path}".removesuffix("index.html").lower().rstrip("/") == typed.removesuffix("index.html").lower().rstrip("/"))
    assert b'http-equiv="refresh"' not in small.files[page]


def test_the_address_of_a_text_in_another_case_leads_to_it_by_a_line_and_no_page(small: Small) -> None:
    """Many a disk would take the page in its place for the text itself."""
    aliases(small, "/2024/05/UN/, /2024/05/Un")
    redirections(small, "/tag/pme/ → /tag/PME/", "/Images/a.png → /images/a.png")
    ran = small.build()
    assert [line for code in ("PDV141", "PDV142", "PDV143") for line in messages(ran.said, code)] == []
    lines = small.files["_redirects"].decode()
    for line in ("/2024/05/UN/ /2024/05/un/ 301", "/2024/05/Un /2024/05/un/ 301", "/tag/pme/ /tag/PME/ 301", "/Images/a.png /images/a.png 301"):
        assert f"{line}\n" in lines
    assert not {"2024/05/UN/index.html", "2024/05/Un/index.html", "tag/pme/index.html"} & small.files.keys()


def test_an_address_that_leads_to_its_own_page_in_a_case_that_is_not_there_is_refused(small: Small) -> None:
    redirections(small, "/tag/PME/ → /tag/pme/")
    assert len(messages(small.build().said, "PDV141")) == 1


def test_a_beginning_that_holds_pages_of_today_is_refused(small: Small) -> None:
    redirections(small, "/2024/* → /a-propos/")
    assert len(messages(small.build().said, "PDV141")) == 1


def test_loops_are_told_and_chains_are_followed_to_their_end(small: Small) -> None:
    aliases(small, "/2024/05/un/, /c/")
    redirections(small, "/a/ → /b/", "/b/ → /a", "/d/ → /c", "/e → /e/")
    ran = small.build()
    assert len(messages(ran.said, "PDV142")) == 4, ran.said
    assert "/d/ /2024/05/un/ 301\n" in small.files["_redirects"].decode()


def test_a_target_that_is_not_there_is_told_and_stops_nothing(small: Small) -> None:
    redirections(small, "/a/ → /nulle-part/", "/b/ → /2024/05/un/#ancre", "/c/ → /images/a.png", "/d/ → /2024/05/un?x=1", f"/e/ → {identity.SITEURL}/rien/")
    ran = small.build()
    found = messages(ran.said, "PDV143")
    assert [re.search(r"redirections.txt:(\d+)", line)[1] for line in found] == ["2", "6"]  # type: ignore[index] # there is one
    assert ran.code == 0


@pytest.mark.parametrize(
    "line", ["/a/", "/a/ /b/", "a → /b/", "/a → b", "/a → javascript:x", "/a → //x", "/* → /b/", "/a?b* → /c", "<<<<<<< HEAD", "/a → /b → /c"]
)
def test_a_line_that_says_nothing_is_told_with_its_number(small: Small, line: str) -> None:
    redirections(small, "", line)
    found = messages(small.build().said, "PDV140")
    assert len(found) == 1
    assert "redirections.txt:3: " in found[0]


def test_a_draft_leads_nowhere_yet(small: Small) -> None:
    aliases(small, "/secret-a-venir/")
    path = small.folder / UN
    path.write_text(path.read_text().replace("\nDate:", "\nStatus: draft\nDate:", 1))
    small.build()
    assert not [name for name, raw in small.files.items() if b"secret-a-venir" in raw and name != "brouillons/un/index.html"]


def test_a_change_makes_again_only_what_leads_on_and_equals_a_full_build(small: Small) -> None:
    aliases(small, "/vieux/, /?p=1")
    small.build()
    before = small.files
    redirections(small, "/autre/ → /2024/05/un/")
    small.build()
    assert {path for path in small.files if small.files[path] != before.get(path)} <= {"autre/index.html", "_redirects", ".htaccess", ".plancher"}
    aliases(small, "/vieux/, /?p=2")
    small.build()
    redirections(small)
    small.post("deux", words="Autre chose.")
    small.build()
    code, clean, said = small.clean()
    assert code == 0, said
    assert small.files == clean, difference(small.files, clean)
    assert "autre/index.html" not in small.files


def test_a_site_in_a_folder_of_its_host_keeps_to_it(small: Small) -> None:
    small.set(SITEURL="'https://nom.example/blog'", IDENTITY="__import__('dataclasses').replace(IDENTITY, address='https://nom.example/blog')")
    aliases(small, "/vieux/, /blog/ancien/, https://nom.example/blog/tres-vieux, /?p=1")
    ran = small.build()
    assert ran.code == 0, ran.said
    for path in ("vieux/index.html", "ancien/index.html", "tres-vieux/index.html"):
        assert b'url=/blog/2024/05/un/"' in small.files[path]
    lines = small.files["_redirects"].decode()
    for line in ("/blog/vieux/ /blog/2024/05/un/ 301", "/blog/ancien/ /blog/2024/05/un/ 301", "/blog/ p=1 /blog/2024/05/un/ 301!"):
        assert f"{line}\n" in lines


def test_more_redirections_than_hosts_read_leave_those_that_a_page_answers_out(small: Small) -> None:
    redirections(small, *(f"/vieux/{number} → /a-propos/" for number in range(2500)), *(f"/flux/{number} → /feeds/atom.xml" for number in range(100)))
    small.build()
    lines = small.files["_redirects"].decode().splitlines()
    assert len(lines) <= 2000
    assert sum(line.startswith("/flux/") for line in lines) == 100
    assert sum(path.startswith("vieux/") for path in small.files) == 2500


def test_the_owner_s_htaccess_stands_with_what_the_site_says(small: Small) -> None:
    aliases(small, "/vieux/")
    small.write("content/racine/.htaccess", "Options -Indexes\n")
    ran = small.build()
    text = small.files[".htaccess"].decode()
    assert text.startswith("# content/racine\nOptions -Indexes\n")
    assert "RewriteEngine On" in text
    assert "PDV110" in ran.said


def test_a_blog_with_a_plugin_of_somebody_else_has_the_same_former_addresses(small: Small) -> None:
    aliases(small, "/vieux/, /2008/un.html, /?p=1, /tags/")
    small.build()
    alone = small.files
    small.write(
        "plugins/ailleurs.py",
        "from pelican import signals\n\n\ndef look(content):\n    pass\n\n\ndef register():\n    signals.content_object_init.connect(look)\n",
    )
    small.set(PLUGINS="[*PLUGINS, 'ailleurs']")
    ran = small.build()
    for path in ("vieux/index.html", "2008/un.html", "_redirects", ".htaccess"):
        assert small.files[path] == alone[path], path
    assert len(messages(ran.said, "PDV141")) == 1, ran.said
    assert b"http-equiv" not in small.files["tags/index.html"]
