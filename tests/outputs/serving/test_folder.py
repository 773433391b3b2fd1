"""A site in a folder of its host: what is said of its files is said of them alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from plancher.site.former import Former

from tests.outputs.redirections import servers

SITE = "https://carnet.example/blog"
FILES = {
    "index.html": "accueil",
    "404.html": "perdu",
    "feeds/atom.xml": "<feed/>",
    "theme/a.0123456789.css": "a{}",
    "images/a.png": "png",
    "_headers": "x",
    "../autre.html": "à l'hôte",
}


@pytest.fixture(scope="module", params=servers.NAMES)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Server]:
    folder = tmp_path_factory.mktemp(request.param)
    servers.lay_out(folder, Former(), SITE, FILES)
    with servers.running(request.param, folder) as running:
        yield running


def test_its_files_have_their_types_and_their_time(server: servers.Server) -> None:
    for path, media_type, cache in (
        ("/blog/", "text/html; charset=utf-8", "public, max-age=300"),
        ("/blog/feeds/atom.xml", "application/atom+xml; charset=utf-8", "public, max-age=300"),
        ("/blog/theme/a.0123456789.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/blog/images/a.png", "image/png", "public, max-age=86400"),
    ):
        status, headers, _ = server.get(path)
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, media_type, cache), path
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_its_own_page_says_not_found_and_its_secrets_stay_secret(server: servers.Server) -> None:
    for path in ("/blog/rien", "/blog/feeds/rien.atom.xml", "/blog/_headers", "/blog/.plancher"):
        status, headers, body = server.get(path)
        assert (status, body, headers["Content-Type"]) == (404, b"perdu", "text/html; charset=utf-8"), path


def test_the_rest_of_the_host_is_as_it_was(server: servers.Server) -> None:
    status, headers, body = server.get("/autre.html")
    assert (status, body.decode()) == (200, "à l'hôte")
    assert headers["Content-Security-Policy"] is None
    assert server.get("/rien")[0] == 404
