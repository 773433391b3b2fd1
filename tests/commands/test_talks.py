"""« invoke talks.fetch »: words that the author reads first, a picture written anew, and nothing else from the web."""

from __future__ import annotations

import dataclasses
import functools
import http.server
import io
import json
import re
import threading
from pathlib import Path

import pytest
from PIL import Image
from plancher.base.bounds import Bounds
from plancher.commands import talks as fetch
from plancher.commands.history import History
from plancher.components.talks import platforms

from tests.invoking import invoke

BOUNDS = Bounds(delay=0, timeout=2, total=3, size=8_000_000, allowed=("127.0.0.0/8",))


def picture(size: tuple[int, int] = (1920, 1080), **extra) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret"
    Image.new("RGB", size, "navy").save(out, "JPEG", exif=exif, **extra)
    return out.getvalue()


@pytest.fixture
def platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A platform on this machine: what it tells, and the files it has."""
    folder = tmp_path / "plateforme"
    folder.mkdir()
    (folder / "affiche.jpg").write_bytes(picture())

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        film = dataclasses.replace(platforms.recognise("https://youtu.be/dQw4w9WgXcQ"), metadata_url=f"{base}/dit.json")
        monkeypatch.setattr(platforms, "recognise", lambda _: film)

        def tell(**said: object) -> str:
            (folder / "dit.json").write_text(json.dumps({"thumbnail_url": f"{base}/affiche.jpg"} | said), encoding="utf-8")
            return fetch.fetch("https://youtu.be/dQw4w9WgXcQ", tmp_path / "content", BOUNDS)

        tell.poster = f"{base}/affiche.jpg"
        tell.folder, tell.content = folder, tmp_path / "content"
        yield tell
        server.shutdown()


def test_a_block_is_filled_and_its_poster_is_kept_here(platform) -> None:
    block = platform(title="Un  titre\n> [!x]", author_name="Quelqu'un", duration=3723)
    assert block == (
        "> [!video] Un titre \\> \\[!x\\]\n> url : https://www.youtube.com/watch?v=dQw4w9WgXcQ\n> orateur : Quelqu'un\n> durée : 1:02:03\n"
        "> affiche : {static}/images/videos/youtube-dqw4w9wgxcq.webp\n>\n> À écrire : ce qui s'y dit, en deux phrases.\n"
    )
    with Image.open(platform.content / "images" / "videos" / "youtube-dqw4w9wgxcq.webp") as made:
        assert made.size == (1280, 720)
        assert not made.getexif()


@pytest.mark.parametrize("raw", [b"", b"<svg onload=alert(1)>", b"GIF89a", picture()[:200], b"%PDF-1.4"])
def test_what_is_no_picture_is_not_kept(platform, raw: bytes) -> None:
    (platform.folder / "affiche.jpg").write_bytes(raw)
    assert "affiche" not in platform(title="T")
    assert not (platform.content / "images").exists()


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert fetch.redraw(out.getvalue()) == b""


@pytest.mark.parametrize(
    "said", [{}, {"title": None, "author_name": 3, "duration": "long"}, {"thumbnail_url": "javascript:alert(1)"}, {"thumbnail_url": "file:///etc/passwd"}]
)
def test_a_platform_that_says_little_or_nonsense_gives_a_block_all_the_same(platform, said: dict) -> None:
    assert "> url : https://www.youtube.com/watch?v=dQw4w9WgXcQ\n" in platform(**said)


def test_each_speaker_has_a_line(platform) -> None:
    assert "> orateur : Anne\n> orateur : Bob\n" in platform(author_name=["Anne", "Bob"])


@pytest.mark.parametrize(
    "said",
    ['{"title": ' + "[" * 100_000, '{"duration": Infinity}', '{"duration": 1e400}', '{"duration": true}', '{"title": "\\ud800"}', '{"date": "hier, au soir"}'],
)
def test_a_hostile_platform_breaks_nothing(platform, said: str) -> None:
    (platform.folder / "dit.json").write_text(said, encoding="utf-8")
    try:
        block = fetch.fetch("x", platform.content, BOUNDS)
    except fetch.FetchError:
        return
    block.encode()
    assert not re.search("durée|date", block)


def test_a_poster_of_the_author_s_is_not_replaced(platform) -> None:
    path = platform.content / "images" / "videos" / "youtube-dqw4w9wgxcq.webp"
    path.parent.mkdir(parents=True)
    outside = platform.folder / "dehors"
    outside.write_bytes(b"a moi")
    path.symlink_to(outside)
    told: list[str] = []
    (platform.folder / "dit.json").write_text(json.dumps({"thumbnail_url": platform.poster}), encoding="utf-8")
    assert "> affiche : {static}/images/videos/youtube-dqw4w9wgxcq.webp\n" in fetch.fetch("x", platform.content, BOUNDS, tell=told.append)
    assert outside.read_bytes() == b"a moi"
    assert "déjà là" in told[0]


def test_a_poster_is_taken_back_and_its_folders_with_it(platform) -> None:
    platform(title="T")
    past = History(platform.content.parent, lambda _: None)
    assert past.undo("talks.fetch")
    assert not platform.content.exists()
    assert past.redo("talks.fetch")
    assert (platform.content / "images" / "videos" / "youtube-dqw4w9wgxcq.webp").is_file()


def test_a_film_that_is_gone_is_told(platform) -> None:
    with pytest.raises(fetch.FetchError, match="404"):
        (platform.folder / "dit.json").unlink(missing_ok=True) or fetch.fetch("x", platform.content, BOUNDS)


def test_an_address_of_no_film_is_refused(tmp_path: Path) -> None:
    from tests.conftest import without_posts  # noqa: PLC0415 - this test only

    ran = invoke(without_posts(tmp_path / "projet"), "talks.fetch", "https://exemple.fr/")
    assert ran.returncode == 1
    assert "aucune vidéo d'une plateforme connue" in ran.stderr
