"""The blog of the tests behind a real nginx, Caddy and Apache, set up as the guide says: what a reader's browser is told of each file."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest
import zstandard
from plancher.publishing import twins

from tests.conftest import BLOG, BLOG_SETTINGS, pelican
from tests.outputs.redirections import servers

MINUTES, DAY, YEAR = "public, max-age=300", "public, max-age=86400", "public, max-age=31536000, immutable"
POST = "/2024/02/dix-mille-clics/"
SERVER = {"nginx": "nginx", "caddy": "caddy", "apache2": "apache"}
"""As ``PUBLISH`` names them."""
TWINS = {"br": "br", "gzip": "gz", "zstd": "zst"}
SOUND = bytes(range(256)) * 8


class Expected(NamedTuple):
    path: str
    media_type: str
    cache: str = MINUTES
    is_for_all: bool = False


FILES = (
    Expected("/", "text/html; charset=utf-8"),
    Expected(POST, "text/html; charset=utf-8"),
    Expected("/feeds/atom.xml", "application/atom+xml; charset=utf-8", is_for_all=True),
    Expected("/feeds/preuves.atom.xml", "application/atom+xml; charset=utf-8", is_for_all=True),
    Expected("/feeds/rss.xml", "application/rss+xml; charset=utf-8", is_for_all=True),
    Expected("/feeds/videos.rss.xml", "application/rss+xml; charset=utf-8", is_for_all=True),
    Expected("/feeds/feed.json", "application/feed+json", is_for_all=True),
    Expected("/feeds.opml", "text/x-opml; charset=utf-8"),
    Expected("/sitemap.xml", "application/xml; charset=utf-8"),
    Expected("/robots.txt", "text/plain; charset=utf-8"),
    Expected("/preuves.json", "application/json; charset=utf-8"),
    Expected("/preuves.csv", "text/csv; charset=utf-8"),
    Expected("/recherche/opensearch.xml", "application/opensearchdescription+xml; charset=utf-8"),
    Expected("/theme/site.webmanifest", "application/manifest+json; charset=utf-8"),
    Expected("/theme/icon.svg", "image/svg+xml; charset=utf-8", DAY, is_for_all=True),
    Expected("/images/ligne.png", "image/png", DAY, is_for_all=True),
    Expected("/videos/ligne.webm", "video/webm", DAY, is_for_all=True),
    Expected("/videos/ligne.vtt", "text/vtt; charset=utf-8", DAY, is_for_all=True),
    Expected("/son.m4a", "audio/mp4", DAY, is_for_all=True),
    Expected("/lettre.woff2", "font/woff2"),
    Expected("/.well-known/security.txt", "text/plain; charset=utf-8"),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication, with what it leaves in ``serveur/``, and its twins."""
    folder = tmp_path_factory.mktemp("servi")
    content = folder / "content"
    shutil.copytree(BLOG, content)
    (content / "redirections.txt").write_text(f"/vieux → {POST}\n/?p=1 → {POST}\n", encoding="utf-8")
    for name, raw in {"son.m4a": SOUND, "lettre.woff2": b"wOF2", ".well-known/security.txt": b"Contact: mailto:nom@carnet.example\n"}.items():
        (content / "racine" / name).parent.mkdir(parents=True, exist_ok=True)
        (content / "racine" / name).write_bytes(raw)
    shared = (*BLOG_SETTINGS, f'CACHE_PATH="{folder / "cache"}"', f'PLANCHER_COMMAND={{"files": "{folder / "files"}"}}')
    for host in ("apache", ""):
        settings = f'PLANCHER_HOSTING={{"hsts_days": 365, "host": "{host}"}}'
        made = pelican(content, folder / "site", *shared, settings, settings="public")
        assert made.code == 0, made.said
        shutil.copytree(folder / "site", folder / (host or "own"))
    return folder


@pytest.fixture(scope="module", params=servers.NAMES)
def server(request: pytest.FixtureRequest, published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(published / "files" / "serveur", folder, dirs_exist_ok=True)
    shutil.copytree(
        twins.prepared(published / ("apache" if request.param == "apache2" else "own"), published / "envoi", SERVER[request.param]), folder / "site"
    )
    servers.readable(folder)
    with servers.running(request.param, folder) as running:
        yield running


def hashed(published: Path, kind: str) -> str:
    return next(f"/theme/{path.name}" for path in sorted((published / "site" / "theme").glob(f"site.*.{kind}")))


def test_each_kind_of_file_is_sent_with_its_type_and_kept_as_long_as_it_may_be(server: servers.Server, published: Path) -> None:
    assets = [Expected(hashed(published, "css"), "text/css; charset=utf-8", YEAR), Expected(hashed(published, "js"), "text/javascript; charset=utf-8", YEAR)]
    for file in (*FILES, *assets):
        status, headers, _ = server.get(file.path)
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, file.media_type, file.cache), file.path


def test_pictures_films_and_feeds_are_for_everybody_and_the_rest_for_the_site(server: servers.Server, published: Path) -> None:
    for file in (*FILES, Expected(hashed(published, "js"), "")):
        _, headers, _ = server.get(file.path)
        assert headers.get_all("Cross-Origin-Resource-Policy") == ["cross-origin" if file.is_for_all else "same-origin"], file.path
        assert headers.get_all("Access-Control-Allow-Origin") == (["*"] if file.is_for_all else None), file.path


@pytest.mark.parametrize("address", ["/", POST, "/images/ligne.png", "/feeds/atom.xml", "/nulle-part", "/images/nulle-part.png", "/vieux"])
def test_every_answer_is_guarded(server: servers.Server, address: str) -> None:
    _, headers, _ = server.get(address)
    (policy,) = headers.get_all("Content-Security-Policy") or [""]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("Referrer-Policy") == ["strict-origin-when-cross-origin"]
    assert headers.get_all("Permissions-Policy") == ["camera=(), geolocation=(), microphone=()"]
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]


@pytest.mark.parametrize("address", ["/nulle-part", "/theme/nulle-part.css", "/images/nulle-part.png", "/feeds/nulle-part.atom.xml", "/2024/nulle-part/"])
@pytest.mark.parametrize("coding", ["identity", "br", "gzip"])
def test_what_is_not_there_is_the_site_s_own_page_with_status_404(server: servers.Server, published: Path, address: str, coding: str) -> None:
    status, headers, body = server.get(address, accept_encoding=coding)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (404, "text/html; charset=utf-8", MINUTES)
    assert decoded(headers.get("Content-Encoding", ""), body) == (published / "site" / "404.html").read_bytes()
    assert headers["Access-Control-Allow-Origin"] is None


@pytest.mark.parametrize("address", ["/_headers", "/_redirects", "/.htaccess", "/.plancher", "/.plancher-www/manifest.json", "/images/.cache", "/%2eplancher"])
def test_what_is_for_the_host_is_not_for_readers(server: servers.Server, address: str) -> None:
    assert server.get(address)[0] in {403, 404}


def test_a_former_address_leads_on(server: servers.Server) -> None:
    for address in ("/vieux", "/vieux/", "/?p=1"):
        status, headers, _ = server.get(address, accept_encoding="br, gzip")
        assert (status, headers["Location"]) == (301, f"https://carnet.example{POST}")


CODINGS = {"br": "br", "gzip": "gzip", "zstd": "zstd", "gzip, deflate, br, zstd": "br", "identity": "", "": "", "br;q=0": "", "br;q=0, gzip;q=0.5": "gzip"}


@pytest.mark.parametrize("asked", CODINGS)
@pytest.mark.parametrize("address", ["/", POST, "/feeds/atom.xml", "/feeds/feed.json", "/videos/ligne.vtt", "theme"])
def test_a_text_is_sent_in_the_coding_that_a_browser_asks_for(server: servers.Server, published: Path, address: str, asked: str) -> None:
    expected = CODINGS[asked]
    if "br" in asked:
        servers.needs_brotli(server)
    if expected == "zstd" and server.name != "caddy":
        expected = ""
    path = hashed(published, "css") if address == "theme" else address
    status, headers, body = server.get(path, accept_encoding=asked)
    assert (status, headers.get("Content-Encoding", "")) == (200, expected)
    assert "Accept-Encoding" in headers["Vary"]
    file = published / "site" / path.lstrip("/") / ("index.html" if path.endswith("/") else "")
    assert decoded(expected, body) == file.read_bytes()
    if expected:
        assert len(body) < file.stat().st_size
        twin = server.root / path.lstrip("/") / ("index.html" if path.endswith("/") else "")
        assert body == twin.with_name(f"{twin.name}.{TWINS[expected]}").read_bytes()  # what was made beforehand, and nothing made for this request
        assert headers["Content-Type"] == server.get(path, accept_encoding="identity")[1]["Content-Type"]


def test_a_film_is_sent_whole_and_never_compressed(server: servers.Server, published: Path) -> None:
    for path in ("videos/ligne.webm", "son.m4a", "images/ligne.png"):
        _, headers, body = server.get(f"/{path}", accept_encoding="br, gzip, zstd")
        assert (headers["Content-Encoding"], body) == (None, (published / "site" / path).read_bytes()), path


@pytest.mark.parametrize(("path", "media_type"), [("videos/ligne.webm", "video/webm"), ("son.m4a", "audio/mp4")])
def test_a_player_gets_the_part_that_it_asks_for(server: servers.Server, published: Path, path: str, media_type: str) -> None:
    raw = (published / "site" / path).read_bytes()
    for asked, part in (("bytes=0-99", raw[:100]), ("bytes=100-", raw[100:]), ("bytes=-50", raw[-50:])):
        status, headers, body = server.get(f"/{path}", range=asked, accept_encoding="gzip, br")
        assert (status, headers["Content-Type"], body) == (206, media_type, part), asked
        assert headers["Content-Range"].endswith(f"/{len(raw)}")
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert server.get(f"/{path}", range=f"bytes={len(raw)}-")[0] == 416


def test_a_directory_of_podcasts_learns_the_size_of_a_sound_without_fetching_it(server: servers.Server) -> None:
    for path, media_type in (("/son.m4a", "audio/mp4"), ("/feeds/videos.rss.xml", "application/rss+xml; charset=utf-8")):
        status, headers, body = server.get(path, method="HEAD")
        assert (status, headers["Content-Type"], body) == (200, media_type, b"")
        assert int(headers["Content-Length"]) == len(server.get(path)[2])
        assert headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("coding", ["identity", "br"])
@pytest.mark.parametrize("address", ["/", "/feeds/atom.xml", "/images/ligne.png"])
def test_what_a_browser_has_already_is_not_sent_again(server: servers.Server, address: str, coding: str) -> None:
    _, headers, _ = server.get(address, accept_encoding=coding)
    status, again, body = server.get(address, accept_encoding=coding, if_none_match=headers["ETag"])
    assert (status, body, again["Cache-Control"]) == (304, b"", headers["Cache-Control"])
    assert server.get(address, accept_encoding=coding, if_none_match='"autre"')[0] == 200


def test_two_codings_of_a_page_are_not_taken_for_one(server: servers.Server) -> None:
    servers.needs_brotli(server)
    tags = [server.get(POST, accept_encoding=coding)[1]["ETag"] for coding in ("identity", "br", "gzip")]
    assert len(set(tags)) == 3


def decoded(coding: str, body: bytes) -> bytes:
    read = {"br": brotli.decompress, "gzip": gzip.decompress, "zstd": lambda raw: zstandard.ZstdDecompressor().decompress(raw)}
    return read[coding](body) if coding else body
