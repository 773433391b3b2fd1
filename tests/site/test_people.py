"""Who signs, and the picture of the header: on the page, for machines, and in the feeds."""

from __future__ import annotations

import json
import re
import urllib.parse

import feedparser
import pytest
from PIL import Image

from tests.conftest import pelican

HEAD = "Title: {0}\nDate: 2024-05-0{1}\nSummary: Dit.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    content = tmp_path_factory.mktemp("auteurs") / "content"
    for folder in ("articles", "images"):
        (content / folder).mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(content / "images" / "a.png")
    texts = {
        "deux": HEAD.format("Deux", 2) + "Authors: Anne Un; Bo Deux\nImage: images/a.png",
        "une": HEAD.format("Une", 3) + "Author: Anne Un\nImage: images/absente.png",
        "personne": HEAD.format("Personne", 4) + "Image: https://exemple.org/a.png",
    }
    for name, head in texts.items():
        (content / "articles" / f"{name}.md").write_text(f"{head}\n\nTexte.\n", encoding="utf-8")
    return pelican(content, content.parent / "output")


def posting(made, name: str) -> dict[str, object]:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', made.text(f"2024/05/{name}/index.html"), re.DOTALL)
    return next(item for item in json.loads(data[1])["@graph"] if item["@type"] == "BlogPosting")


def person(name: str, slug: str) -> dict[str, str]:
    return {"@type": "Person", "name": name, "url": f"https://carnet.example/auteur/{slug}/"}


def test_each_author_is_a_person_on_the_page_and_for_search_engines(made) -> None:
    page = made.text("2024/05/deux/index.html")
    assert re.findall(r'class="p-author h-card"(?: href="[^"]*")?>([^<]+)<', page) == ["Anne Un", "Bo Deux"]
    assert posting(made, "deux")["author"] == [person("Anne Un", "anne-un"), person("Bo Deux", "bo-deux")]
    assert posting(made, "une")["author"] == person("Anne Un", "anne-un")


def test_what_nobody_signs_is_the_site_s(made) -> None:
    assert posting(made, "personne")["author"] == {"@type": "Organization", "name": "Les essayeurs", "url": f"{made.address}/"}


def test_a_blog_of_one_person_says_so(site) -> None:
    made = site("-- articles/personne.md --\nTitle: Seule\nDate: 2024-05-02\n\nTexte.\n", 'IDENTITY={"is_person": true}', 'AUTHOR="Anne Un"')
    assert posting(made, "personne")["author"]["@type"] == "Person"
    assert json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', made.text("index.html"))[1])["author"]["@type"] == "Person"


def test_each_author_is_in_every_feed(made) -> None:
    for feed in ("atom.xml", "rss.xml"):
        entry = next(entry for entry in feedparser.parse(made.text(f"feeds/{feed}")).entries if entry.title == "Deux")
        assert [author["name"] for author in entry.authors] == ["Anne Un", "Bo Deux"]
    item = next(item for item in json.loads(made.text("feeds/feed.json"))["items"] if item["title"] == "Deux")
    assert item["authors"] == [{"name": "Anne Un"}, {"name": "Bo Deux"}]


def test_the_picture_of_the_header_stands_for_the_post_and_is_checked(made) -> None:
    assert re.search(r'property="og:image" content="https://[^"]+/images/a\.png"', made.text("2024/05/deux/index.html"))
    assert posting(made, "deux")["image"]["url"].endswith("/images/a.png")
    assert made.has("images/a.png")
    assert posting(made, "une")["image"] == {"@type": "ImageObject", "url": f"{made.address}/theme/partage.png", "width": 1200, "height": 630}
    assert "une.md:5: PDV042 image de l'en-tête introuvable « images/absente.png »" in made.said
    assert "personne.md:4: PDV054" in made.said


def test_a_picture_with_an_accent_in_its_name_has_one_address_everywhere(site, tmp_path) -> None:
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "images" / "été à deux.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>', encoding="utf-8"
    )
    made = site(f"-- articles/deux.md --\n{HEAD.format('Deux', 2)}Image: images/été à deux.svg\n\nTexte.\n")
    address = posting(made, "deux")["image"]["url"]
    assert made.has(urllib.parse.unquote(address.removeprefix(f"{made.address}/"))), address
    assert f'property="og:image" content="{address}"' in made.text("2024/05/deux/index.html")
    assert f"<image:loc>{address}</image:loc>" in made.text("sitemap.xml")
