"""« invoke serve » and the files for the root of the site, asked over HTTP while they change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.preview.running import Preview, serving


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with serving(tmp_path_factory.mktemp("apercu") / "projet") as running:
        yield running
        assert "Traceback" not in running.said


NAMES = (".htaccess", ".well-known/webfinger", "CNAME", "google123.html")


def test_a_save_of_a_hidden_file_shows_at_once_and_its_removal_too(preview: Preview) -> None:
    for name in NAMES:
        preview.write(f"content/racine/{name}", "un")
        preview.shows(f"/{name}", "un")
    for name in NAMES:
        preview.write(f"content/racine/{name}", "deux")
        preview.shows(f"/{name}", "deux")
    (preview.root / "content/racine/.htaccess").unlink()
    preview.lacks("/.htaccess")
    shutil.rmtree(preview.root / "content/racine/.well-known")
    preview.lacks("/.well-known/webfinger")
    shutil.rmtree(preview.root / "content/racine")
    preview.lacks("/CNAME")
    preview.write("content/racine/.well-known/webfinger", "trois")
    preview.shows("/.well-known/webfinger", "trois")
    shutil.rmtree(preview.root / "content/racine")


def test_a_secret_is_told_and_not_shown(preview: Preview) -> None:
    preview.write("content/racine/.env", "PASSWORD=secret")
    assert "content/racine/.env:1: PDV112" in preview.tells("PDV112")
    preview.lacks("/.env")
    shutil.rmtree(preview.root / "content/racine")
    preview.tells("^$")
