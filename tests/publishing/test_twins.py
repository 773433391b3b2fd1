"""Compressed twins: of which files, of which bytes, and that none outlives its file, at a target in place and at one with releases."""

from __future__ import annotations

import gzip
import random
import shutil
from pathlib import Path

import brotli
import pytest
import zstandard
from plancher.commands import online as command
from plancher.publishing import plan, twins
from plancher.publishing.manifest import FileState, Manifest
from plancher.publishing.targets import Local

from tests.publishing.sites import Publisher, online, write

WORDS = "Un carnet tenu chaque soir, et ce qu'il a changé. " * 40
SITE = {
    "index.html": WORDS,
    "un/index.html": WORDS * 2,
    "theme/a.css": "a{color:red}" * 60,
    "court.html": "<p>court</p>",
    "_headers": WORDS,
    ".htaccess": WORDS,
}


def prepared(folder: Path, files: dict[str, str], server: str = "caddy") -> dict[str, bytes]:
    found = twins.prepared(write(folder / "site", files), folder / "cache", server)
    return {path.relative_to(found).as_posix(): path.read_bytes() for path in sorted(found.rglob("*")) if path.is_file()}


def test_each_text_has_the_twins_that_its_server_sends(tmp_path: Path) -> None:
    found = prepared(tmp_path, SITE)
    for path in ("index.html", "un/index.html", "theme/a.css"):
        raw = SITE[path].encode()
        assert brotli.decompress(found[f"{path}.br"]) == gzip.decompress(found[f"{path}.gz"]) == raw
        assert zstandard.ZstdDecompressor().decompress(found[f"{path}.zst"]) == raw
    assert {path for path in prepared(tmp_path, SITE, "nginx") if path.endswith(".zst")} == set()
    assert prepared(tmp_path, SITE, "") == {path: text.encode() for path, text in SITE.items()}
    assert not [*(tmp_path / "cache").iterdir()]


def test_what_gains_nothing_what_is_no_text_and_what_readers_never_get_has_none(tmp_path: Path) -> None:
    site = write(tmp_path / "site", {**SITE, "image.png": WORDS})
    (site / "bruit.txt").write_bytes(random.Random(4).randbytes(4000))
    found = {path.name for path in twins.prepared(site, tmp_path / "cache", "caddy").rglob("*")}
    assert "bruit.txt" in found
    for path in ("court.html", "image.png", "bruit.txt", "_headers", ".htaccess"):
        assert not any(other.startswith(f"{path}.") for other in found), path


def test_a_file_of_the_owner_where_a_twin_would_stand_stays_his(tmp_path: Path) -> None:
    found = prepared(tmp_path, {**SITE, "theme/a.css.gz": "le mien"})
    assert found["theme/a.css.gz"] == b"le mien"
    assert "theme/a.css.br" in found


def test_after_any_edit_the_twins_are_those_of_a_clean_publication(tmp_path: Path) -> None:
    edits = [SITE, {**SITE, "index.html": WORDS[3:]}, {"index.html": WORDS}, {**SITE, "deux/index.html": WORDS}]
    for number, files in enumerate(edits):
        assert prepared(tmp_path / "suivi", files) == prepared(tmp_path / f"neuf{number}", files)
    kept = list((tmp_path / "suivi/cache/twins").iterdir())
    assert len(kept) == len(list((tmp_path / "neuf3/cache/twins").iterdir()))


def test_an_edit_makes_the_twins_of_its_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(tmp_path, SITE)
    made = []
    monkeypatch.setitem(twins._COMPRESS, "br", lambda raw: made.append(raw) or brotli.compress(raw))
    prepared(tmp_path, {**SITE, "un/index.html": WORDS + "!"})
    assert made == [f"{WORDS}!".encode()]


def test_a_damaged_site_folder_of_the_cache_is_made_again(tmp_path: Path) -> None:
    whole = prepared(tmp_path, SITE)
    shutil.rmtree(tmp_path / "cache/site/un")
    (tmp_path / "cache/site/vieux.html").write_text("vieux")
    assert prepared(tmp_path, SITE) == whole


def manifest(*paths: str, content: str = "a") -> Manifest:
    return Manifest(identifier="20260101T000000Z", files={path: FileState(content, 1) for path in paths})


def test_a_twin_goes_up_with_its_file() -> None:
    paths = ["index.html", "un/index.html", "deux/index.html", "a.css", "feeds/atom.xml"]
    every = [*paths, *(f"{path}.br" for path in paths)]
    found = plan.compare(manifest(*every, content="b"), manifest("index.html", "un/index.html", "index.html.br", "un/index.html.br"))
    for path in paths:
        (stage,) = [stage for stage in found.stages if path in stage]
        assert f"{path}.br" in stage


def test_a_twin_that_is_no_longer_made_is_gone_at_once() -> None:
    found = plan.compare(manifest("index.html", content="b"), manifest("index.html", "index.html.br", "ancien.css", "ancien.css.br"))
    assert (found.removed, found.retiring) == (("index.html.br",), ("ancien.css", "ancien.css.br"))


@pytest.mark.parametrize("is_release", [True, False])
def test_a_target_without_a_server_any_more_has_no_twin_left(tmp_path: Path, *, is_release: bool) -> None:
    folder = tmp_path / "www"
    if not is_release:
        folder.mkdir()
        (folder / "garde").write_text("x")
    here = Publisher(Local(str(folder)), tmp_path / "ici")
    texts = {"index.html": WORDS, "un/index.html": WORDS, "a.css": WORDS}
    here.publish({**texts, **{f"{path}.br": "petit" for path in texts}})
    here.publish({**texts, "un/index.html": WORDS + "!"})
    assert not [path for path in online(folder) if path.endswith(".br")]
    here.publish({**texts, "a.css.br": "petit"})
    here.publish({"index.html": WORDS})
    assert not [path for path in online(folder) if path.startswith("un/") and is_release]


def test_a_publication_sends_the_twins_and_the_next_one_only_those_of_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blog, target = tmp_path / "blog", Local(str(tmp_path / "www"), server="nginx")
    blog.mkdir()
    for name in ("pelicanconf.py", "publishconf.py"):
        (blog / name).write_text("")
    command.publish(blog, write(tmp_path / "output", SITE), target, command.Wishes())
    assert gzip.decompress((tmp_path / "www/un/index.html.gz").read_bytes()) == SITE["un/index.html"].encode()
    assert not [path for path in (tmp_path / "output").rglob("*") if path.suffix in {".br", ".gz"}]
    capsys.readouterr()
    command.publish(blog, write(tmp_path / "output", SITE), target, command.Wishes())
    assert "Rien à faire" in capsys.readouterr().out.replace("\u00a0", " ")
    command.publish(blog, write(tmp_path / "output", {**SITE, "un/index.html": WORDS * 3}), target, command.Wishes())
    said = capsys.readouterr().out
    assert [line.strip() for line in said.splitlines() if line.startswith("  + ")] == ["+ un/index.html", "+ un/index.html.br", "+ un/index.html.gz"]
    assert gzip.decompress((tmp_path / "www/un/index.html.gz").read_bytes()) == (WORDS * 3).encode()
