"""« invoke import.fetch » asks for what is absent, within bounds, and puts it into the texts: against a real server of this machine."""

from __future__ import annotations

import http.server
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.base.bounds import Bounds
from plancher.commands.importing import fetching, undoing
from plancher.importing.blogs.home import holes
from plancher.importing.blogs.model import FormerBlog

from tests.importing.blogs.home.blog import PNG, Home, text

BOUNDS = Bounds(delay=0, timeout=5, total=10, size=100_000, allowed=("127.0.0.0/8",), agent="essai")
ANSWERS = {"/a.png": PNG, "/sans-nom": PNG + b"2", "/large.png": PNG * 5000, "/page.png": b"<html>Introuvable</html>", "/doc.pdf": b"%PDF-1.4 essai"}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = ANSWERS.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def former() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetch(home: Home) -> int:
    home.said = []
    return fetching.run(home.root, BOUNDS, home.said.append)


def images(*addresses: str) -> str:
    return " ".join(f'<img src="{address}" alt="Une (vache)">' for address in addresses)


def test_what_is_absent_comes_and_takes_its_place_in_the_texts(home: Home, former: str) -> None:
    body = images(f"{former}/a.png", f"{former}/sans-nom") + f' <a href="{former}/doc.pdf">le document</a>'
    home.bring(FormerBlog(address=former), text(1, body=body))
    assert f"[Image : Une (vache)]({former}/a.png)" in home.read("articles/2008/billet-1.md")
    assert fetch(home) == 0
    assert home.read("articles/2008/billet-1.md").endswith(
        "\n![Une (vache)]({static}/images/a.png) ![Une (vache)]({static}/images/sans-nom.png) [le document]({static}/documents/doc.pdf)\n"
    )
    assert (home.content / "images" / "a.png").read_bytes() == PNG
    assert "/a.png → /images/a.png" in home.read("redirections.txt")
    before = home.seen()
    assert fetch(home) == 0
    assert home.seen() == before
    home.bring(FormerBlog(address=former), text(1, body=body))
    assert home.seen() == before


def test_a_caption_stays_with_its_picture() -> None:
    there = {"https://ancien.example/a.png": "images/a.png"}
    assert holes.restored('[Image : A](https://ancien.example/a.png "Légende \\"citée\\"") [Image](https://ancien.example/b.png)', there) == (
        '![A]({static}/images/a.png "Légende \\"citée\\"") [Image](https://ancien.example/b.png)'
    )


def test_what_does_not_answer_is_too_large_or_is_no_picture_stays_absent_and_is_named(home: Home, former: str) -> None:
    home.bring(FormerBlog(address=former), text(1, body=images(f"{former}/rien.png", f"{former}/large.png", f"{former}/page.png", f"{former}/a.png")))
    assert fetch(home) == 1
    assert [name for name in home.seen() if name.startswith("images/")] == ["images/a.png"]
    for name in ("rien.png : le site répond 404", "large.png : le fichier dépasse", "page.png"):
        assert name in home.told
    before = home.seen()
    assert fetch(home) == 1  # asked again, nothing else changes
    assert home.seen() == before


def test_a_machine_that_is_not_public_is_not_asked(home: Home) -> None:
    home.bring(FormerBlog(address="https://ancien.example"), text(1, body=images("http://10.0.0.1/a.png")))
    assert fetch(home) == 1
    assert "10.0.0.1" in home.told


def test_a_picture_of_the_author_s_is_never_overwritten(home: Home, former: str) -> None:
    home.bring(FormerBlog(address=former), text(1, body=images(f"{former}/a.png")))
    (home.content / "images").mkdir()
    (home.content / "images" / "a.png").write_bytes(b"la mienne")
    fetch(home)
    assert (home.content / "images" / "a.png").read_bytes() == b"la mienne"
    assert "({static}/images/a-2.png)" in home.read("articles/2008/billet-1.md")


def test_an_edited_text_gets_its_picture_and_stays_its_author_s(home: Home, former: str) -> None:
    blog = FormerBlog(address=former)
    home.bring(blog, text(1, body=images(f"{former}/a.png")))
    path = home.content / "articles" / "2008" / "billet-1.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nAjouté.\n", encoding="utf-8")
    fetch(home)
    assert "![Une (vache)]({static}/images/a.png)" in path.read_text(encoding="utf-8")
    home.bring(blog, text(1, body="<p>Changé.</p>"))
    assert path.read_text(encoding="utf-8").endswith("\nAjouté.\n")


@pytest.mark.parametrize("fetches", [True, False])
def test_what_was_fetched_is_taken_back_alone_or_with_the_import(home: Home, former: str, *, fetches: bool) -> None:
    empty = home.seen()
    home.bring(FormerBlog(address=former), text(1, body=images(f"{former}/a.png")))
    before = home.seen()
    fetch(home)
    after = home.seen()
    assert undoing.move(home.root, home.said.append, forward=False, fetches=fetches) == 0
    assert home.seen() == (before if fetches else empty)
    assert undoing.move(home.root, home.said.append, forward=True, fetches=fetches) == 0
    assert home.seen() == after


@pytest.mark.skipif(os.name == "nt", reason="its Ctrl-C reaches the whole console")
def test_a_run_that_is_cut_short_goes_on(home: Home, former: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    straight = Home(tmp_path / "droit")
    body = images(f"{former}/a.png", f"{former}/sans-nom", f"{former}/doc.pdf")
    for one in (home, straight):
        one.bring(FormerBlog(address=former), text(1, body=body))
    fetch(straight)
    real = fetching.Fetching._keep

    def once(self: fetching.Fetching, *words: object) -> None:
        if self.here:
            os.kill(os.getpid(), signal.SIGINT)
        real(self, *words)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr(fetching.Fetching, "_keep", once)
    with pytest.raises(KeyboardInterrupt):
        fetch(home)
    monkeypatch.undo()
    assert home.seen() != straight.seen()
    assert fetch(home) == 0
    assert home.seen() == straight.seen()
