"""Every former address leads where it must, asked of a real nginx, Caddy and Apache; none can break or bend their settings."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from plancher.outputs.discovery.hosts import apache
from plancher.site import redirections_file
from plancher.site.former import Former
from plancher.site.redirect import Redirect

from tests.outputs.redirections import servers

SITE = "https://blog.example"
PAGES = {"index.html": "accueil", "2008/10/un/index.html": "un", "2009/01/été/index.html": "été", "feeds/atom.xml": "<feed/>", "404.html": "perdu"}
Running = Callable[..., servers.Server]


def former(*lines: str, site: str = SITE) -> Former:
    found = list(redirections_file.parse("\n".join(lines), site))
    assert all(isinstance(item, Redirect) for item in found), found
    known = sorted((item for item in found if isinstance(item, Redirect)), key=lambda item: (item.source.is_prefix, -len(item.source.path)))
    return Former(tuple(known))


@pytest.fixture(params=servers.NAMES)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Starts a server over a site with these redirections."""
    import contextlib  # noqa: PLC0415 - of this fixture alone

    with contextlib.ExitStack() as stack:

        def start(*lines: str, site: str = SITE, pages: Mapping[str, str] = PAGES) -> servers.Server:
            folder = tmp_path_factory.mktemp(request.param)
            servers.lay_out(folder, former(*lines, site=site), site, pages)
            return stack.enter_context(servers.running(request.param, folder))

        yield start


def arrives(server: servers.Server, address: str, site: str = SITE) -> str:
    """Where a browser comes to in the end; a number when it is no page."""
    for _ in range(4):
        status, location, body = server.ask(address)
        refresh = re.search(r'content="0; url=([^"]*)" http-equiv="refresh"', body)
        if status in {301, 302, 308}:
            whole = urllib.parse.urljoin(f"{site}/", location)
            if whole.startswith((site, "http://ancien.example", f"http://127.0.0.1:{server.port}")):
                here = urllib.parse.urlsplit(whole)
                address = here.path + (f"?{here.query}" if here.query else "")
                if location.startswith(site):
                    return whole
                continue
            return whole
        if refresh:
            return urllib.parse.urljoin(f"{site}/", html.unescape(refresh[1]))
        return str(status)
    return "sans fin"


def test_paths_queries_accents_spaces_and_feeds_lead_where_they_must(run: Running) -> None:
    server = run(
        "/post/2008/10/01/un → /2008/10/un/",
        "/2008/10/un.html → /2008/10/un/",
        "/billets/l'été à  la mer/ → /2009/01/été/",
        "/?p=123 → /2008/10/un/",
        "/index.php?post/2008/10/01/un → /2008/10/un/",
        "/spip.php?article12 → /2009/01/été/",
        "/?titre=café noir → /2009/01/été/",
        "/feed/ → /feeds/atom.xml",
        "/article.php → https://ailleurs.example/x?y=1#z",
        "/categorie/* → /2008/10/un/",
    )
    un, summer = f"{SITE}/2008/10/un/", f"{SITE}/2009/01/%C3%A9t%C3%A9/"
    for address in ("/post/2008/10/01/un", "/post/2008/10/01/un/", "/2008/10/un.html", "/?p=123", "/?utm_source=x&p=123", "/?p=123&lang=fr"):
        assert arrives(server, address) == un, address
    for address in ("/index.php?post/2008/10/01/un", "/categorie/", "/categorie/pme/page/2", "/post/2008/10/01/un?utm_source=x"):
        assert arrives(server, address) == un, address
    for address in ("/billets/l'%C3%A9t%C3%A9%20%C3%A0%20%20la%20mer/", "/billets/l%27%c3%a9t%c3%a9%20%c3%a0%20%20la%20mer", "/spip.php?article12"):
        assert arrives(server, address) == summer, address
    for address in ("/?titre=caf%C3%A9%20noir", "/?titre=caf%C3%A9+noir"):
        assert arrives(server, address) == summer, address
    assert arrives(server, "/feed/") == f"{SITE}/feeds/atom.xml" == arrives(server, "/feed")
    assert arrives(server, "/article.php") == "https://ailleurs.example/x?y=1#z"


def test_what_is_there_stays_there_and_what_never_was_is_not_found(run: Running) -> None:
    server = run("/?p=123 → /2008/10/un/", "/post/un → /2008/10/un/", "/?page_id=2 → /2008/10/un/")
    for address in ("/", "/?p=1234", "/?p=12", "/?up=123", "/?utm_source=x", "/2008/10/un/", "/2008/10/un/?p=123x", "/?page_id=22"):
        assert arrives(server, address) == "200", address
    for address in ("/post/un2", "/post/", "/xpost/un", "/post/un/deux", "/autre?p=123"):
        assert arrives(server, address) in {"404", "403"}, address


HOSTILE = (
    "$uri", "${HOME}", "{$HOME}", "{env.HOME}", "%24%7BHOME%7D", ";return 200;", '"; deny all; "', "a}b{c", "a'b`c", "a|b", "^(.*)$", "[a", "a]b", "(a", "a)b",
    "a+b", "a.b.c", "~^/x", "default", "a\\x41".replace("\\", "%2E"), "%25ENV", "%251$1", "a b", "a\u00a0b", "é" * 40, "日本", "😀", "#fin", "caf%E9", "a*b", "a:b", "a<b>c", "a,b", "a=b", "a&b", "-", "!x", "@x",
)  # fmt: skip


def test_no_former_address_breaks_the_settings_or_says_anything_else_in_them(run: Running) -> None:
    sent = [(word, urllib.parse.quote(word, safe="%/")) for word in HOSTILE]
    lines = [f"/h/{number}-{quoted if '#' in word else word} → /2008/10/un/" for number, (word, quoted) in enumerate(sent)]
    lines += [f"/?q{number}={quoted} → /2008/10/un/" for number, (_, quoted) in enumerate(sent)]
    lines += [f"/s.php?{number}/{quoted} → /2008/10/un/" for number, (_, quoted) in enumerate(sent)]
    server = run(*lines)
    assert arrives(server, "/") == "200"
    lost = [word for number, (word, quoted) in enumerate(sent) if arrives(server, f"/h/{number}-{quoted}") != f"{SITE}/2008/10/un/"]
    assert lost == []
    lost = [word for number, (word, quoted) in enumerate(sent) if arrives(server, f"/?q{number}={quoted}") != f"{SITE}/2008/10/un/"]
    assert [word for word in lost if word != "caf%E9"] == []


def test_a_hostile_target_stays_one_address(run: Running) -> None:
    targets = ("/$uri", "/${HOME}", "/{$HOME}", '/"x"', "/%241", "/a%20b", "/%1", "/{http.request.host}", "/'x`")
    server = run(*(f"/t/{number} → {target}" for number, target in enumerate(targets)))
    for number, target in enumerate(targets):
        found = arrives(server, f"/t/{number}")
        assert urllib.parse.unquote(found.removeprefix(SITE)) == urllib.parse.unquote(target), target


def test_what_readers_send_never_becomes_a_header(run: Running) -> None:
    server = run("/categorie/* → /2008/10/un/", "/?q=1 → /2008/10/un/")
    for address in ("/categorie/%0d%0aSet-Cookie:%20a=b", "/?q=1%0d%0aSet-Cookie:%20a=b", "/?q=1&x=%0d%0aSet-Cookie:%20a=b"):
        _, location, _ = server.ask(address)
        assert location in {"", f"{SITE}/2008/10/un/"}, address


def test_five_thousand_former_addresses_start_quickly_and_all_answer(run: Running) -> None:
    lines = [f"/post/2008/10/{number:05d}/un-billet-au-titre-plutot-long-comme-en-ont-les-blogs-d-entreprise → /2008/10/un/" for number in range(5000)]
    lines += [f"/?p={number} → /2008/10/un/" for number in range(5000)]
    lines += [f"/feed/{number}/ → /feeds/atom.xml" for number in range(500)]
    server = run(*lines)
    for number in (0, 1, 2499, 4999):
        assert arrives(server, f"/post/2008/10/{number:05d}/un-billet-au-titre-plutot-long-comme-en-ont-les-blogs-d-entreprise") == f"{SITE}/2008/10/un/"
        assert arrives(server, f"/?p={number}") == f"{SITE}/2008/10/un/"
    assert arrives(server, "/feed/499/") == f"{SITE}/feeds/atom.xml"
    assert arrives(server, "/") == "200" == arrives(server, "/?p=5000") == arrives(server, "/2008/10/un/")
    assert arrives(server, "/rien") == "404"


def test_a_site_in_a_folder_keeps_to_its_folder(run: Running) -> None:
    site = f"{SITE}/blog"
    server = run("/post/un → /2008/10/un/", "/blog/?p=1 → /blog/2008/10/un/", "/feed/ → /feeds/atom.xml", site=site)
    for address in ("/blog/post/un", "/blog/post/un/", "/blog/?p=1"):
        assert arrives(server, address, site) == f"{site}/2008/10/un/", address
    assert arrives(server, "/blog/feed/", site) == f"{site}/feeds/atom.xml"
    assert arrives(server, "/post/un", site) == "404"


def test_two_spellings_of_one_address_are_both_known(run: Running) -> None:
    server = run("/Post/Un → /2008/10/un/", "/post/un → /2008/10/un/", "/?P=1 → /2008/10/un/")
    for address in ("/Post/Un", "/post/un", "/?P=1"):
        assert arrives(server, address) == f"{SITE}/2008/10/un/", address


PAGES_OF_TAGS = {**PAGES, "tag/media/index.html": "média", "tag/Été/index.html": "été", "guide.HTML": "guide"}


def test_an_address_in_another_case_leads_to_the_one_of_today_and_never_in_a_circle(run: Running) -> None:
    server = run("/tag/Media/ → /tag/media/", "/tag/MEDIA/ → /tag/media/", "/tag/été/ → /tag/Été/", "/guide.html → /guide.HTML", pages=PAGES_OF_TAGS)
    for address in ("/tag/Media/", "/tag/Media", "/tag/MEDIA/"):
        assert arrives(server, address) == f"{SITE}/tag/media/", address
    assert arrives(server, "/tag/%C3%A9t%C3%A9/") == f"{SITE}/tag/%C3%89t%C3%A9/"
    assert arrives(server, "/guide.html") == f"{SITE}/guide.HTML"
    for address in ("/tag/media/", "/tag/%C3%89t%C3%A9/", "/guide.HTML"):
        assert arrives(server, address) == "200", address


def test_an_address_in_another_case_answers_among_thousands_and_in_a_folder(run: Running) -> None:
    site = f"{SITE}/blog"
    lines = [f"/post/{number} → /2008/10/un/" for number in range(1000)] + ["/tag/Media/ → /tag/media/", "/Post/Vieux/ → /2008/10/un/"]
    server = run(*lines, site=site, pages=PAGES_OF_TAGS)
    assert arrives(server, "/blog/tag/Media/", site) == f"{site}/tag/media/"
    assert arrives(server, "/blog/tag/media/", site) == "200"
    assert arrives(server, "/blog/Post/Vieux/", site) == f"{site}/2008/10/un/" == arrives(server, "/blog/post/999", site)


def test_queries_of_each_form_answer_among_many_in_a_site_in_a_folder_too(run: Running) -> None:
    site = f"{SITE}/blog"
    lines = [f"/index.php?post/2008/10/{number}/un → /2008/10/un/" for number in range(200)]
    lines += [f"/spip.php?article{number} → /2008/10/un/" for number in range(200)]
    lines += [f"/?titre=café {number} → /2008/10/un/" for number in range(50)]
    lines += [f"/?id=Ab{number}Z → /2008/10/un/" for number in range(50)] + [f"/?a={number}&b=x → /2008/10/un/" for number in range(50)]
    server = run(*lines, site=site)
    known = ("/index.php?post/2008/10/7/un", "/spip.php?article199", "/?titre=caf%C3%A9%2049", "/?titre=caf%C3%A9+49&x=1", "/?id=Ab7Z", "/?a=7&b=x")
    for address in known:
        assert arrives(server, f"/blog{address}", site) == f"{site}/2008/10/un/", address
    for address in ("/?id=Ab99Z", "/?id=zz", "/?article7", "/?", "/?x=1", "/?titre=caf%C3%A9%2099"):
        assert arrives(server, f"/blog{address}", site) == "200", address
    assert arrives(server, "/blog/spip.php?article200", site) == "404" == arrives(server, "/blog/index.php?post/2008/10/200/un", site)


def test_apache_reads_few_lines_for_a_page_however_many_addresses_there_were(tmp_path: Path) -> None:
    lines = [f"/{kind}{number} → /2008/10/un/" for number in range(3000) for kind in ("post/", "?p=", "index.php?post/")]
    root = servers.lay_out(tmp_path, former(*lines), SITE, PAGES)
    assert len((root / apache.FILE).read_text().splitlines()) < 200  # what is said of each file, and a few for all of them
    sizes = [len(path.read_text().splitlines()) for path in root.rglob(apache.FILE)]
    assert max(sizes) <= apache.MOST
