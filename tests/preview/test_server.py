"""What the preview's server answers, on a small folder and without any build."""

from __future__ import annotations

import http.client
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.preview.hub import Hub
from plancher.preview.report import ERROR, Notice, Outcome
from plancher.preview.served_site import ServedSite
from plancher.preview.server import Server

PAGE = '<!doctype html>\n<html><head><title>Été</title><link rel="stylesheet" href="/theme/site.1111111111.css"></head><body><p>Été</p></body></html>\n'
SCRIPT = '<script src="/_apercu/client.js"'


class Asked:
    """A server and a way to ask it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hub = Hub()
        self.server = Server(0, ServedSite(folder), self.hub)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def __call__(self, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=5)
        line.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            line.putheader(name, value)
        line.endheaders()
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, answer.headers, body


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    folder = tmp_path / "site"
    for name, text in {
        "index.html": PAGE,
        "404.html": PAGE.replace("Été", "Rien ici"),
        "2024/05/un/index.html": PAGE,
        "tag/vidéo/index.html": PAGE,
        "feeds/atom.xml": "<feed/>",
        "feeds/feed.json": "{}",
        "theme/site.2222222222.css": "p {}",
        "theme/site.3333333333.js": "1",
        "theme/site.webmanifest": "{}",
        "theme/icon.svg": "<svg/>",
        "videos/film.mp4": "0123456789",
        "videos/film.vtt": "WEBVTT",
        ".well-known/webfinger": '{"subject": "acct:a@exemple.fr"}',
        ".well-known/apple-app-site-association": "{}",
        ".well-known/security.txt": "Contact: mailto:a@exemple.fr",
        ".htaccess": "Options -Indexes",
        "CNAME": "nom.example",
        "cle": "\0\1",
        "favicon.ico": "x",
        "google123.html": "google-site-verification: google123.html",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    found = Asked(folder)
    found.hub.publish(Outcome())
    yield found
    found.hub.close()
    found.server.shutdown()
    found.server.server_close()


@pytest.mark.parametrize(
    ("path", "kind"),
    {
        "/": "text/html; charset=utf-8",
        "/index.html": "text/html; charset=utf-8",
        "/2024/05/un/": "text/html; charset=utf-8",
        "/tag/vid%C3%A9o/?a=b": "text/html; charset=utf-8",
        "/feeds/atom.xml": "application/xml; charset=utf-8",
        "/feeds/feed.json": "application/json; charset=utf-8",
        "/theme/site.2222222222.css": "text/css; charset=utf-8",
        "/theme/site.3333333333.js": "text/javascript; charset=utf-8",
        "/theme/site.webmanifest": "application/manifest+json; charset=utf-8",
        "/theme/icon.svg": "image/svg+xml; charset=utf-8",
        "/videos/film.mp4": "video/mp4",
        "/videos/film.vtt": "text/vtt; charset=utf-8",
        "/.well-known/webfinger?resource=acct:a@exemple.fr": "application/jrd+json; charset=utf-8",
        "/.well-known/apple-app-site-association": "application/json; charset=utf-8",
        "/.well-known/security.txt": "text/plain; charset=utf-8",
        "/.htaccess": "text/plain; charset=utf-8",
        "/CNAME": "text/plain; charset=utf-8",
        "/cle": "application/octet-stream",
        "/google123.html": "text/html; charset=utf-8",
        "/_apercu/client.js": "text/javascript; charset=utf-8",
        "/_apercu/client.css": "text/css; charset=utf-8",
    }.items(),
)
def test_each_kind_of_file_has_its_type_and_is_kept_in_no_cache(asked: Asked, path: str, kind: str) -> None:
    status, headers, body = asked(path)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-store")
    assert body
    assert path.startswith("/_apercu/") or headers["Last-Modified"].endswith(" GMT")


def test_a_page_gets_the_script_on_its_way_and_stays_as_it_is_on_disk(asked: Asked) -> None:
    body = asked("/")[2].decode()
    assert body.count(SCRIPT) == 1
    assert body.index(SCRIPT) < body.index("</head>")
    assert (asked.folder / "index.html").read_text(encoding="utf-8") == PAGE
    assert b"_apercu" not in asked("/feeds/atom.xml")[2]


@pytest.mark.parametrize("text", ["<p>Sans tête.</p></body>", "<p>Nue.</p>", ""])
def test_a_page_without_a_head_gets_the_script_all_the_same(asked: Asked, text: str) -> None:
    (asked.folder / "index.html").write_text(text, encoding="utf-8")
    assert SCRIPT in asked("/")[2].decode()


def test_a_folder_without_its_slash_leads_to_the_page(asked: Asked) -> None:
    status, headers, _ = asked("/2024/05/un")
    assert (status, headers["Location"]) == (302, "/2024/05/un/")


def test_what_is_not_there_gets_the_site_s_own_page(asked: Asked) -> None:
    status, _, body = asked("/nulle/part/")
    assert status == 404
    assert "Rien ici" in body.decode()
    assert SCRIPT in body.decode()


def test_without_such_a_page_the_preview_has_its_own(asked: Asked) -> None:
    (asked.folder / "404.html").unlink()
    status, _, body = asked("/nulle-part/")
    assert status == 404
    assert "Page introuvable" in body.decode()
    assert SCRIPT in body.decode()


def test_head_says_the_same_without_the_body(asked: Asked) -> None:
    with_body, without = asked("/"), asked("/", "HEAD")
    assert (without[0], without[1]["Content-Length"], without[2]) == (200, with_body[1]["Content-Length"], b"")


@pytest.mark.parametrize("host", ["mechant.example", "mechant.example:8000", "localhost.mechant.example", "127.0.0.1.mechant.example", "[::1]", ""])
def test_a_name_that_is_not_ours_is_refused(asked: Asked, host: str) -> None:
    for path in ("/", "/feeds/atom.xml", "/_apercu/client.js", "/_apercu/evenements?page=/"):
        status, _, body = asked(path, Host=host)
        assert status == 403
        assert "Été" not in body.decode()


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:9"])
def test_names_of_this_machine_are_served(asked: Asked, host: str) -> None:
    assert asked("/", Host=host)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/theme/..%5c..%5csecret.txt",
        "//secret.txt",
        "/%00",
        "/_apercu/../server.py",
        "/_apercu/server.py",
        "/lien/secret.txt",
    ],
)
def test_nothing_outside_the_site_is_shown(asked: Asked, path: str) -> None:
    (asked.folder / "lien").symlink_to(asked.folder.parent)
    status, headers, body = asked(path)
    assert status == 404, headers["Location"]
    assert b"secret" not in body


def test_an_address_with_two_slashes_never_leads_to_another_host(asked: Asked) -> None:
    status, headers, _ = asked("//2024/05")
    assert (status, headers["Location"]) == (302, "/2024/05/")


def test_an_old_name_of_a_style_sheet_gets_the_newest_one(asked: Asked) -> None:
    status, headers, body = asked("/theme/site.1111111111.css")
    assert (status, headers["Content-Type"], body) == (200, "text/css; charset=utf-8", b"p {}")
    assert asked("/theme/autre.1111111111.css")[0] == 404


@pytest.mark.parametrize(
    ("wanted", "status", "part"),
    [("bytes=0-3", 206, b"0123"), ("bytes=4-", 206, b"456789"), ("bytes=-2", 206, b"89"), ("bytes=99-", 416, b""), ("lignes=1", 200, b"0123456789")],
)
def test_a_player_can_ask_for_a_moment_of_a_film(asked: Asked, wanted: str, status: int, part: bytes) -> None:
    answer = asked("/videos/film.mp4", Range=wanted)
    assert (answer[0], answer[2]) == (status, part)
    assert status != 206 or answer[1]["Content-Range"].endswith("/10")


def test_a_large_file_comes_whole_piece_by_piece(asked: Asked) -> None:
    film = os.urandom(3_000_000)
    (asked.folder / "videos/film.mp4").write_bytes(film)
    assert asked("/videos/film.mp4")[2] == film
    assert asked("/videos/film.mp4", Range="bytes=999999-2000001")[2] == film[999_999:2_000_002]
    assert asked("/videos/film.mp4", "HEAD")[1]["Content-Length"] == "3000000"


def test_before_the_first_build_a_page_asks_for_patience(asked: Asked) -> None:
    asked.server.hub = Hub()
    status, headers, body = asked("/")
    assert (status, headers["Retry-After"]) == (503, "1")
    assert "Première construction" in body.decode()
    assert SCRIPT in body.decode()


def test_a_site_that_will_be_published_in_a_folder_is_shown_there(asked: Asked) -> None:
    asked.server.site.base = "/blog"
    assert asked("/")[1]["Location"] == "/blog/"
    assert "Été" in asked("/blog/2024/05/un/")[2].decode()
    assert asked("/blog/theme/site.1111111111.css")[2] == b"p {}"


class Listener:
    """A browser's open line."""

    def __init__(self, asked: Asked, page: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", asked.server.server_port, timeout=5)
        self.line.request("GET", f"/_apercu/evenements?page={page}")
        self.answer = self.line.getresponse()

    def next(self) -> dict[str, object]:
        for text in iter(self.answer.readline, b""):  # at its end, a line that was closed gives nothing for ever
            if text.startswith(b"data: "):
                return dict(json.loads(text[6:]))
        raise AssertionError("le serveur a fermé la ligne")


def test_a_browser_learns_what_its_page_is_now_and_after_each_build(asked: Asked) -> None:
    listener = Listener(asked, "/")
    first = listener.next()
    assert f'data-page="{first["page"]}"' in asked("/")[2].decode()
    asked.hub.publish(Outcome(notices=(Notice(severity=ERROR, path="content/a.md", line=3, code="PDV012", message="Oups."),)))
    second = listener.next()
    assert second["page"] == first["page"]
    assert second["report"]["notices"][0] == {"severity": "erreur", "path": "content/a.md", "line": 3, "code": "PDV012", "message": "Oups."}
    (asked.folder / "index.html").write_text(PAGE.replace("<p>Été", "<p>Hiver"), encoding="utf-8")
    asked.hub.publish(Outcome())
    third = listener.next()
    assert third["page"] != first["page"]
    assert third["report"]["notices"] == []
    listener.line.close()


def test_a_style_sheet_changes_no_page_but_a_picture_does(asked: Asked) -> None:
    listener = Listener(asked, "/")
    first = listener.next()
    (asked.folder / "theme" / "site.2222222222.css").rename(asked.folder / "theme" / "site.4444444444.css")
    styled = PAGE.replace("1111111111", "4444444444")
    (asked.folder / "index.html").write_text(styled, encoding="utf-8")
    asked.hub.publish(Outcome())
    second = listener.next()
    assert second["page"] == first["page"]
    assert [href for href, _ in second["styles"]] == ["/theme/site.4444444444.css"]
    (asked.folder / "index.html").write_text(styled.replace("<p>", '<img src="image.png"><p>'), encoding="utf-8")
    (asked.folder / "image.png").write_bytes(b"1")
    asked.hub.publish(Outcome())
    third = listener.next()
    os.utime(asked.folder / "image.png", (1, 1))
    asked.hub.publish(Outcome())
    assert listener.next()["page"] != third["page"]
    listener.line.close()


def test_files_that_a_build_takes_away_meanwhile_close_no_line(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGE.replace("1111111111", "9999999999")
    (asked.folder / "index.html").write_text(page, encoding="utf-8")
    (asked.folder / "theme" / "site.4444444444.css").symlink_to("parti.css")  # as one that goes between two looks
    assert asked("/theme/site.9999999999.css")[2] == b"p {}"
    assert [href for href, _ in Listener(asked, "/").next()["styles"]] == ["/theme/site.9999999999.css"]

    def gone(_: Path) -> Iterator[Path]:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "iterdir", gone)
    assert asked("/theme/site.9999999999.css")[0] == 404
    assert Listener(asked, "/").next()["styles"] == [["/theme/site.9999999999.css", "absente"]]


def test_a_browser_that_leaves_and_a_server_that_stops_let_each_other_go(asked: Asked) -> None:
    gone = Listener(asked, "/")
    gone.next()
    gone.line.close()
    stays = Listener(asked, "/2024/05/un/")
    stays.next()
    asked.hub.publish(Outcome())
    stays.next()
    asked.hub.close()
    assert stays.answer.read().strip(b":\n") == b""


def test_the_report_of_the_last_import_has_an_address(asked: Asked) -> None:
    status, _, body = asked("/_apercu/import")
    assert status == 404
    assert "Aucun rapport" in body.decode()
    for number in (2, 10):
        page = asked.folder.parent / ".annuler" / "imports" / str(number) / "rapport.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>Importation {number}</p>", encoding="utf-8")
    status, headers, body = asked("/_apercu/import/")
    assert (status, body.decode()) == (200, "<p>Importation 10</p>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
