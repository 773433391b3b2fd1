"""The pictures of a whole site: what pages and feeds show, what lies in the output folder, what a second build makes."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import urllib.parse
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.conftest import Built, pelican
from tests.pictures import photos

POST = """\
-- articles/un.md --
Title: Un quai
Date: 2026-03-02
Tags: port
Image: {static}/images/quai.jpg
Summary: Dit.

![Le quai « au matin » & 3 > 2]({static}/images/quai.jpg "Une légende")

Du texte.

Et là ![le même]({attach}beside.jpg) dans une phrase.

[![Un lien]({static}/images/quai.jpg)](https://exemple.fr/)

![En petit]({static}/images/quai.jpg){width=300}

[Le fichier]({static}/images/quai.jpg)
-- articles/brouillon.md --
Title: Pas encore
Date: 2026-03-03
Status: draft
Summary: Dit.

![Secret]({static}/images/secret.jpg)
"""
PAGE = "2026/03/un/index.html"


@pytest.fixture
def quay(site: Callable[..., Built], tmp_path: Path) -> Callable[..., Built]:
    """A blog with photographs of a telephone."""
    content = tmp_path / "content"
    for name, raw in (
        ("images/quai.jpg", photos.phone(6, 1300, 900)),
        ("articles/beside.jpg", photos.phone(3)),
        ("images/secret.jpg", photos.phone(8, 700, 500)),
    ):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(raw)
    (content / "racine").mkdir()
    (content / "racine" / "moi.jpg").write_bytes(photos.phone(5, 300, 200))
    return lambda *extra, text=POST, **named: site(text, f'CACHE_PATH="{tmp_path / "cache"}"', *extra, **named)


def _images(built: Built, path: str = PAGE) -> list[dict[str, str]]:
    soup = BeautifulSoup(built.text(path), "html.parser")
    return [{name: str(value) for name, value in image.attrs.items()} for image in soup.select(".e-content img")]


def _file(built: Built, address: str) -> Path:
    return built.output / urllib.parse.unquote(address.removeprefix(built.address)).lstrip("/")


def test_nothing_that_a_camera_wrote_is_anywhere_in_the_site(quay: Callable[..., Built]) -> None:
    files = quay().files
    assert "images/quai.jpg" in files
    assert "moi.jpg" in files
    for path, raw in files.items():
        assert photos.CAMERA not in raw, path
        assert not re.search(rb"Exif\0\0|<x:xmpmeta|ICC_PROFILE\0", raw), path


def test_each_file_that_a_page_names_is_there_and_as_wide_as_the_page_says(quay: Callable[..., Built]) -> None:
    built = quay()
    soup = BeautifulSoup(built.text(PAGE), "html.parser")
    named = [part.split() for tag in soup.select("[srcset]") for part in str(tag["srcset"]).split(", ")]
    assert len(named) > 8
    for address, width in (pair for pair in named if len(pair) == 2):
        with Image.open(_file(built, address)) as shown:
            assert f"{shown.width}w" == width


def test_a_page_does_not_move_while_its_pictures_arrive(quay: Callable[..., Built]) -> None:
    for image in _images(quay()):
        assert abs(int(image["width"]) / int(image["height"]) - 1300 / 900) < 0.01 or abs(int(image["width"]) / int(image["height"]) - 1.5) < 0.01, image


def test_the_first_picture_is_not_loaded_late_and_the_others_are(quay: Callable[..., Built]) -> None:
    first, *others = _images(quay())
    assert "loading" not in first
    assert {image["loading"] for image in others} == {"lazy"}


def test_a_picture_leads_to_the_largest_and_says_so_unless_it_is_a_link_already(quay: Callable[..., Built]) -> None:
    built = quay()
    soup = BeautifulSoup(built.text(PAGE), "html.parser")
    first = soup.select_one("figure a.enlarge")
    assert first is not None
    assert first.img is not None
    assert (first["href"], first["aria-label"]) == ("/images/quai.jpg", f"La voir en grand\u00a0: {first.img['alt']}")
    assert first.img["alt"] == "Le quai « au matin » & 3 > 2"
    assert soup.select_one('a[href="https://exemple.fr/"] img')
    assert not soup.select_one("a a")


RAW = """\
-- articles/un.md --
Title: Un quai
Date: 2026-03-02
Summary: Dit.

Du texte, <img src="{static}/images/quai.jpg" alt="Dans la phrase" width="400"> et la suite.

<figure>
<img src="{static}/images/quai.jpg"
     alt="Le quai &amp; l'eau" class="grand"/><figcaption>Légende</figcaption>
</figure>

<a href="{static}/images/quai.jpg"><img src="{static}/images/quai.jpg" alt="Lié"></a> [<img src="{attach}beside.jpg" alt="À côté">](https://exemple.fr/)
"""


def test_pictures_in_raw_html_as_former_blogs_left_them_come_in_sizes_too(quay: Callable[..., Built]) -> None:
    built = quay(text=RAW, settings="public")
    assert built.code == 0, built.said
    images = _images(built)
    assert [image["alt"] for image in images] == ["Dans la phrase", "Le quai & l'eau", "Lié", "À côté"]
    for image in images:
        assert image["loading"] == "lazy"
        assert 0.66 < int(image["height"]) / int(image["width"]) < 0.7
    soup = BeautifulSoup(built.text(PAGE), "html.parser")
    assert len(soup.select(".e-content picture source[srcset]")) == 4
    assert not soup.select(".e-content a a, .e-content a.enlarge")
    assert soup.select_one("figure img.grand")
    feed = json.loads(built.text("feeds/feed.json"))["items"][0]["content_html"]
    assert (feed.count("<img"), feed.count("srcset")) == (4, 0)
    assert not re.search("[\ufdd0-\ufdef]", feed + built.text(PAGE))


def test_a_picture_beside_its_post_is_published_beside_its_page(quay: Callable[..., Built]) -> None:
    built = quay()
    assert {path.name for path in (built.output / "2026/03/un").iterdir()} >= {"beside.jpg", "beside-jpg-480.avif"}
    assert not built.has("articles/beside.jpg")


def test_a_feed_shows_one_file_of_a_middle_size_at_its_whole_address(quay: Callable[..., Built]) -> None:
    built = quay()
    body = json.loads(built.text("feeds/feed.json"))["items"][0]
    images = BeautifulSoup(body["content_html"], "html.parser").find_all("img")
    assert len(images) == 4
    for image in images:
        assert str(image["src"]).startswith("https://")
        assert not {"srcset", "sizes", "loading"} & image.attrs.keys()
        with Image.open(_file(built, str(image["src"]))) as shown:
            assert 640 <= shown.width <= 900
            assert (shown.width, shown.height) == (int(str(image["width"])), int(str(image["height"]))) or image["width"] == "300"
    assert "<picture" not in body["content_html"]
    assert 'class="enlarge"' not in body["content_html"]


def test_the_picture_of_the_header_is_that_of_the_post_in_lists_feeds_networks_and_search_engines(quay: Callable[..., Built]) -> None:
    built = quay(settings="public")
    page, address, words = html.unescape(built.text(PAGE)), f"{built.address}/images/quai.jpg", "Le quai « au matin » & 3 > 2"
    assert re.findall(r'property="og:image[^"]*" content="([^"]*)"', page) == [address, "1300", "900", words]
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert data["@graph"][0]["image"] == {"@type": "ImageObject", "url": address, "width": 1300, "height": 900, "caption": words}
    mapped = [loc.text for loc in ET.fromstring(built.text("sitemap.xml")).iter("{http://www.google.com/schemas/sitemap-image/1.1}loc")]
    assert mapped == [address, f"{built.address}/2026/03/un/beside.jpg"]
    thumbnail = BeautifulSoup(built.text("tag/port/index.html") + built.text("index.html"), "html.parser").select_one(".card .card-picture img.u-photo")
    assert thumbnail is not None
    assert thumbnail["alt"] == ""
    item = json.loads(built.text("feeds/feed.json"))["items"][0]
    assert item["image"] == f"{built.address}/images/quai-jpg-800.jpg"
    for feed in ("feeds/atom.xml", "feeds/rss.xml"):
        (found,) = ET.fromstring(built.text(feed)).iter("{http://search.yahoo.com/mrss/}thumbnail")
        assert found.attrib["url"] == item["image"]


TALK = """\
-- articles/un.md --
Title: Une vidéo
Date: 2026-03-02
Summary: Dit.

> [!video] Un film
> url : https://www.youtube.com/watch?v=abcdefghijk
> affiche : {static}/images/quai.jpg
"""


@pytest.mark.parametrize("pair", ["", "\n> [!tangible] Un blog\n> promesse : du bruit\n> preuve : trois contrats\n> niveau : mesuré\n"])
def test_the_poster_of_a_talk_is_the_picture_of_a_post_that_has_no_other_and_no_pair(quay: Callable[..., Built], pair: str) -> None:
    built = quay(text=TALK + pair, settings="public")
    assert built.code == 0, built.said
    page = built.text(PAGE)
    (shown,) = re.findall(r'property="og:image" content="([^"]*)"', page)
    assert shown == f"{built.address}/{'2026/03/un/carte.png' if pair else 'images/quai.jpg'}"
    assert ("card-picture" in built.text("index.html")) == (not pair)


def test_the_pictures_of_a_draft_stay_at_home_in_every_size(quay: Callable[..., Built]) -> None:
    assert not [path for path in quay(settings="public").files if "secret" in path]


def _cached(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "cache" / "images").iterdir()}


def test_a_second_build_makes_no_picture_and_a_cache_from_elsewhere_is_as_good(quay: Callable[..., Built], tmp_path: Path) -> None:
    first = quay().files
    made = _cached(tmp_path)
    assert made
    (tmp_path / "content" / "articles" / "un.md").write_text((tmp_path / "content" / "articles" / "un.md").read_text().replace("Du texte", "Le texte"))
    second = quay(text="").files
    assert _cached(tmp_path) == made
    assert first.keys() == second.keys()
    assert first[PAGE] != second[PAGE]
    for path in (tmp_path / "cache" / "images").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    shutil.rmtree(tmp_path / "output")
    assert quay(text="").files == second
    assert set(_cached(tmp_path).values()) == {1_700_000_000 * 10**9}


@pytest.mark.parametrize("harm", ["gone", "cut", "other", "no memory"])
def test_a_damaged_cache_costs_time_and_never_a_picture(quay: Callable[..., Built], tmp_path: Path, harm: str) -> None:
    first = quay().files
    cache = tmp_path / "cache"
    victim = min((cache / "images").iterdir())
    match harm:
        case "gone":
            victim.unlink()
        case "cut":
            victim.write_bytes(victim.read_bytes()[:100])
        case "other":
            victim.write_bytes(b"x" * victim.stat().st_size)
        case _:
            (cache / "images.sqlite").write_bytes(b"rien" * 1000)
    shutil.rmtree(tmp_path / "output")
    assert quay(text="").files == first


def test_after_each_change_the_site_is_the_one_that_a_first_build_makes(quay: Callable[..., Built], tmp_path: Path) -> None:
    quay()
    content = tmp_path / "content"
    changes: list[Callable[[], object]] = [
        lambda: (content / "images" / "quai.jpg").write_bytes(photos.phone(1, 1000, 800)),
        lambda: (content / "images" / "quai.jpg").write_bytes(photos.phone(1, 200, 100)),
        (content / "images" / "secret.jpg").unlink,
        lambda: (content / "articles" / "un.md").write_text(
            POST.split("--\n")[1].split("-- articles", maxsplit=1)[0].replace("Image: {static}/images/quai.jpg\n", "")
        ),
    ]
    for change in changes:
        change()
        files = quay(text="").files
        fresh = tmp_path / "ailleurs"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(content, fresh / "content")
        assert pelican(fresh / "content", fresh / "output").files == files


BROKEN = {
    "cut": (photos.phone()[:20_000], "a.jpg", "tronquée"),
    "a bomb": (photos.bomb(), "a.png", "démesurée"),
    "no picture": (b"\xff\xd8\xff\xd9", "a.jpg", "illisible"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_shown_is_told_at_the_line_of_the_text_that_shows_it(site: Callable[..., Built], tmp_path: Path, kind: str) -> None:
    raw, name, words = BROKEN[kind]
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / name).write_bytes(raw)
    text = f"-- articles/un.md --\nTitle: Un\nDate: 2026-03-02\nSummary: Dit.\n\nTexte.\n\n![Une]({{static}}/images/{name})\n"
    built = site(text, settings="public")
    assert built.code == 1
    (line,) = [line for line in built.said.splitlines() if "PDV056" in line]
    assert re.match(rf"content/articles/un\.md:7: PDV056 « images/{name} » : image .*{words}.*\. [A-Z]", line), line
    assert "Traceback" not in built.said
    local = site("")
    assert "Une" in local.text("2026/03/un/index.html")
    assert not local.has(f"images/{name}")


IPHONE = "-- articles/un.md --\nTitle: Un\nDate: 2026-03-02\nImage: {static}/images/IMG_1.HEIC\nSummary: Dit.\n\n![Une]({static}/images/IMG_1.HEIC)\n"


@pytest.fixture
def iphone(site: Callable[..., Built], tmp_path: Path) -> Callable[..., Built]:
    """A blog with a photograph of an iPhone."""
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "IMG_1.HEIC").write_bytes(photos.iphone(6))
    return lambda **named: site(IPHONE, f'CACHE_PATH="{tmp_path / "cache"}"', settings="public", **named)


def test_a_photograph_of_an_iphone_is_shown_as_any_other(iphone: Callable[..., Built]) -> None:
    built = iphone()
    assert built.code == 0, built.said
    (image,) = _images(built)
    assert image["src"] == "/images/IMG_1.HEIC.jpg"
    with Image.open(_file(built, image["src"])) as shown:
        assert photos.are_near(photos.corners(shown), photos.UPRIGHT)
        assert (image["width"], image["height"]) == ("900", "600")
    assert not built.has("images/IMG_1.HEIC")
    assert 'content="https://essai.example/images/IMG_1.HEIC.jpg"' in built.text("2026/03/un/index.html").replace(built.address, "https://essai.example")


def test_where_nothing_reads_it_a_photograph_of_an_iphone_is_told_with_its_remedy(iphone: Callable[..., Built], tmp_path: Path) -> None:
    (tmp_path / "sans").mkdir()
    (tmp_path / "sans" / "sitecustomize.py").write_text('import sys\n\nsys.modules["pillow_heif"] = None\n')
    built = iphone(PYTHONPATH=str(tmp_path / "sans"))
    assert built.code == 1
    assert re.search(r"content/articles/un\.md:3: PDV056 .*pip install pillow-heif", built.said)
    assert "Traceback" not in built.said


def test_a_blog_in_a_folder_of_its_host_finds_its_pictures(quay: Callable[..., Built]) -> None:
    page = quay('SITEURL="https://nom.example/blog"').text(PAGE)
    assert 'srcset="/blog/images/quai-jpg-320.avif 320w, /blog/images/quai-jpg-480.avif 480w' in page
    assert 'href="/blog/images/quai.jpg"' in page
