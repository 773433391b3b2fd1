"""A site that stands in a folder of its host: every link follows, those that authors type too."""

from __future__ import annotations

import html
import re
import shutil
import urllib.parse
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from tests.conftest import BLOG, Built, pelican

SITE = "https://nom.example/blog"
POST = """\
Title: Où mènent les liens
Date: 2024-03-04
Category: Essais
Tags: PME, C#
Summary: Un résumé et [le nuage](/tags/).

Voir [le nuage](/tags/), [un mot]({tag}pme), [un autre]({tag}C%23 "Titre"), [la catégorie]({category}essais), [l'accueil]({index}),
[une page]({filename}/pages/une-page.md#liens) et [la recopie](/blog/tags/ "voir href='/tags/'").
Lire [la liste][nuage], ![Un dessin](/images/dessin.png) et ![le même]({static}/images/dessin.png).

<blockquote cite="/archives/"><p>Dit.</p></blockquote>

<p><a href='/categories/?a=1&amp;b=2#x' title="a > b">Là</a> <img src="/images/dessin.png" alt="Un dessin"> <code>&lt;a href="/tags/"&gt;</code></p>

> [!tangible] Un nuage
> promesse : du bruit
> preuve : trois visites
> source : [le nuage](/tags/)

> [!tangible] Une autre
> promesse : du bruit encore
> preuve : quatre visites
> source : [recopiée](/blog/archives/)

[nuage]: /tags/
"""
PAGE = "Title: Une page\n\nVoir [le nuage](/tags/), [un mot]({tag}PME) et [la recopie](/blog/archives/).\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The blog of the tests and a post with every kind of link, published in a folder."""
    place = tmp_path_factory.mktemp("dossier")
    shutil.copytree(BLOG, place / "content")
    Image.new("RGB", (192, 192)).save(place / "content" / "images" / "dessin.png")
    (place / "content" / "articles" / "2024" / "liens-types.md").write_text(POST, encoding="utf-8")
    (place / "content" / "pages" / "une-page.md").write_text(PAGE, encoding="utf-8")
    built = pelican(place / "content", place / "output", settings="public", SITEURL=SITE)
    assert built.code == 0, built.said
    return built


def _addresses(text: str) -> Iterator[str]:
    """All that a page links to, shows, loads or cites."""
    for tag in BeautifulSoup(text, "html.parser").find_all(True):
        for name in ("href", "src", "poster", "cite"):
            if tag.get(name):
                yield tag[name]
        yield from (part.split()[0] for part in tag.get("srcset", "").split(",") if part.strip())
        content = tag.get("content", "")
        if tag.name == "meta" and content.startswith("http"):
            yield content
        if tag.name == "meta" and "url=" in content:
            yield content.split("url=")[1]


def _is_there(built: Built, address: str) -> bool:
    """Whether a whole address of the host is in the folder, and has its file."""
    path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
    inside = path.removeprefix("/blog/")
    return path.startswith("/blog/") and (built.output / (f"{inside}index.html" if not inside or inside.endswith("/") else inside)).is_file()


def test_no_page_of_a_site_in_a_folder_links_out_of_it_or_to_nothing(folder: Built) -> None:
    dead = []
    for path in folder.output.rglob("*.html"):
        name = path.relative_to(folder.output).as_posix()
        for address in _addresses(path.read_text(encoding="utf-8")):
            whole = urllib.parse.urljoin(f"{SITE}/{urllib.parse.quote(name)}", address)
            if urllib.parse.urlsplit(whole).netloc == "nom.example" and not _is_there(folder, whole):
                dead.append(f"{name} : {address}")
    assert dead == []


def test_nothing_that_machines_read_leaves_the_folder_of_the_site(folder: Built) -> None:
    dead = []
    for path in folder.output.rglob("*"):
        if path.suffix in {".xml", ".json", ".csv", ".opml", ".txt", ".webmanifest", ".css", ".js"} or path.name in {"_redirects", "_headers"}:
            text = path.read_text(encoding="utf-8").replace("\\/", "/")
            whole = re.findall(r"https://nom\.example[^\s\"<>&|;,)\\]*", text)
            rooted = re.findall(r"""url\(["']?(/[^)"']*)|"(?:src|start_url)": "(/[^"]*)""", text)
            linked = [
                *_addresses(re.sub(r"<[?]xml[^>]*>", "<div>", text if path.suffix == ".json" else html.unescape(text)).replace('\\"', '"')),
                *(address for groups in rooted for address in groups),
            ]
            whole += [f"https://nom.example{address}" for address in linked if address.startswith("/")]
            dead += [f"{path.name} : {address}" for address in whole if not _is_there(folder, address)]
    assert dead == []


def test_links_that_an_author_types_follow_the_site_and_are_never_doubled(folder: Built) -> None:
    page = folder.text("2024/03/liens-types/index.html")
    body = BeautifulSoup(page, "html.parser").select_one(".e-content")
    found = [link["href"] for link in body.find_all("a")][:9]
    assert found == [
        "/blog/tags/", "/blog/tag/PME/", "/blog/tag/C%23/", "/blog/categorie/essais/", "/blog/",
        "/blog/une-page/#liens", "/blog/tags/", "/blog/tags/", "/blog/categories/?a=1&b=2#x",
    ]  # fmt: skip
    assert body.find("a", title=True, href="/blog/tags/")
    assert "voir href='/tags/'" in page.replace("’", "'").replace("&#x27;", "'")
    assert {image["src"] for image in body.find_all("img")} == {"/blog/images/dessin.png"}
    assert body.blockquote["cite"] == "/blog/archives/"
    assert '&lt;a href="/tags/"&gt;' in page
    assert {link["href"] for link in body.select(".tangible a")} >= {"/blog/tags/", "/blog/archives/"}
    assert '<a href="/blog/tags/">le nuage</a>' in BeautifulSoup(page, "html.parser").select_one(".post-summary").decode_contents()
    other = BeautifulSoup(folder.text("une-page/index.html"), "html.parser").select_one(".prose")
    assert [link["href"] for link in other.find_all("a")] == ["/blog/tags/", "/blog/tag/PME/", "/blog/archives/"]


def test_feeds_and_the_register_give_whole_addresses_of_the_folder(folder: Built) -> None:
    feed = ET.fromstring(folder.text("feeds/tag/C#.atom.xml"))
    names = {"a": "http://www.w3.org/2005/Atom"}
    entry = next(one for one in feed.findall("a:entry", names) if one.findtext("a:title", "", names).startswith("Où mènent"))
    body = BeautifulSoup(entry.findtext("a:content", "", names), "html.parser")
    assert [link["href"] for link in body.find_all("a")][:3] == [f"{SITE}/tags/", f"{SITE}/tag/PME/", f"{SITE}/tag/C%23/"]
    assert {image["src"] for image in body.find_all("img")} == {f"{SITE}/images/dessin.png"}
    assert body.blockquote["cite"] == f"{SITE}/archives/"
    data = folder.text("preuves.json")
    assert f'"{SITE}/tags/"' in data
    assert f'"{SITE}/archives/"' in data
    assert "/blog/blog" not in data
    assert "\n/blog/feeds/*atom.xml\n" in folder.text("_headers")


def test_the_address_of_a_site_changes_nothing_of_what_is_kept_of_its_texts(folder: Built) -> None:
    """A preview and a publication share what they read: links take their folder when a page is made."""
    again = pelican(folder.output.parent / "content", folder.output.parent / "racine", settings="public", SITEURL="https://nom.example")
    assert again.code == 0, again.said
    page = BeautifulSoup(again.text("2024/03/liens-types/index.html"), "html.parser").select_one(".e-content")
    assert [link["href"] for link in page.find_all("a")][:2] == ["/tags/", "/tag/PME/"]


def test_a_link_to_a_tag_that_no_post_bears_is_named_with_its_line(site) -> None:
    built = site(
        "-- articles/a.md --\nTitle: A\nDate: 2024-01-02\nTags: PME\n\nVoir [là]({tag}pmf), [ici]({category}divers) et\n[lui]({author}moi).\n",
        settings="public",
    )
    assert built.code == 1
    assert "a.md:5: PDV066 « {tag}pmf » ne mène nulle part" in built.said
    assert "pme. [bloque" in built.said
    assert "a.md:6: PDV066 « {author}moi »" in built.said
    assert "{category}" not in built.said
