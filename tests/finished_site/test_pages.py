"""The finished site, page by page, without a browser."""

from __future__ import annotations

import collections
import html.parser
import json
import re
import urllib.parse

import brotli
import mf2py
import pytest

from tests.conftest import ROOT, pelican

SITE = "https://plancher-des-vaches.example"


class Page(html.parser.HTMLParser):
    """Links, ids and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(found["id"])
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if tag in {"img", "script", "source", "track", "video", "iframe"}:
            self.loaded += [found[name] for name in ("src", "poster") if found.get(name)]
        if tag == "link" and found.get("rel") in {"stylesheet", "icon", "manifest", "apple-touch-icon"}:
            self.loaded.append(found["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture(scope="module")
def pages(built):
    return {name: built.text(name) for name in built.files if name.endswith(".html") and name != "liens.html"}  # bookmarks, no page


def living(pages):
    """The pages that lead nowhere else."""
    return {name: text for name, text in pages.items() if 'http-equiv="refresh"' not in text}


def posts(pages):
    return {name: text for name, text in pages.items() if re.match(r"\d{4}/", name)}


def test_every_link_of_the_site_leads_to_a_page_and_a_place_in_it(built, pages) -> None:
    parsed = {name: Page(text) for name, text in pages.items()}
    for name, page in parsed.items():
        for link in page.links:
            address = urllib.parse.urlsplit(urllib.parse.urljoin(f"/{name}", link))
            if address.netloc or address.scheme == "mailto":
                continue
            target = urllib.parse.unquote(address.path).lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            assert built.has(target), (name, link)
            if address.fragment and target in parsed:
                assert urllib.parse.unquote(address.fragment) in parsed[target].ids, (name, link)


def test_ids_are_unique_and_headings_follow_each_other(pages) -> None:
    for name, text in pages.items():
        page = Page(text)
        assert [i for i, count in collections.Counter(page.ids).items() if count > 1] == [], name
        assert page.headings.count(1) == 1, name
        assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name


def test_nothing_is_loaded_from_another_site(built, pages) -> None:
    for name, text in pages.items():
        for address in Page(text).loaded:
            assert address.startswith("/"), (name, address)
            assert built.has(address.lstrip("/")), (name, address)
    for name, body in built.files.items():
        if name.endswith(".css"):
            assert b"url(" not in body
            assert b"@import" not in body


def test_a_first_visit_to_home_or_any_post_weighs_at_most_ten_kilobytes(built, pages) -> None:
    weigh = lambda body: len(brotli.compress(body, quality=11))  # noqa: E731 - one word for one idea
    assets = sum(weigh(body) for name, body in built.files.items() if re.match(r"theme/site\.", name))
    for name in ["index.html", *posts(pages)]:
        assert weigh(built.files[name]) + assets <= 10_000, name


def test_every_page_says_its_language_title_description_and_address(pages) -> None:
    titles = collections.Counter()
    for name, text in living(pages).items():
        assert '<html lang="fr">' in text
        titles[re.search(r"<title>(.*?)</title>", text)[1]] += 1
        assert re.search(r'<meta name="description" content="[^"]{10,}">', text), name
        canonical = re.search(r'<link rel="canonical" href="([^"]*)">', text)[1]
        assert urllib.parse.unquote(canonical) == f"{SITE}/{name}".removesuffix("index.html")
    assert [title for title, count in titles.items() if count > 1] == []


def test_a_post_says_what_it_is_to_machines(pages) -> None:
    for name, text in posts(pages).items():
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        posting, trail = data["@graph"][:2]
        assert posting["@type"] == "BlogPosting"
        assert trail["@type"] == "BreadcrumbList"
        entry = mf2py.parse(doc=text, url=f"{SITE}/{name}")["items"][0]
        assert entry["type"] == ["h-entry"]
        assert entry["properties"]["name"] == [posting["headline"]]
        assert {"published", "content", "url", "author", "summary"} <= entry["properties"].keys()


def test_microformats_read_back_the_tags_of_a_post(built) -> None:
    text = built.text("2025/04/mots-de-passe/index.html")
    relations = mf2py.parse(doc=text, url=f"{SITE}/")["rels"]["tag"]
    tags = [urllib.parse.unquote(address.rstrip("/").rsplit("/", 1)[-1]) for address in relations]
    assert tags == ["mots de passe", "sécurité", "logiciel libre", "formation"]


def test_the_author_s_guide_explains_every_code_and_shows_every_block(pages) -> None:
    from plancher.base.catalogue import CATALOGUE  # noqa: PLC0415 - this test only

    guide = pages["guide/index.html"]
    for code in CATALOGUE:
        assert f'id="{code}"' in guide
    for shown in ("tangible-proof", "balance-table", "roundup-links", "quotation-author", "talk-poster", "callout-note", "callout-definition"):
        assert f'class="{shown}' in guide or f' {shown}"' in guide, shown


def test_lists_go_from_the_newest_post_to_the_oldest(pages) -> None:
    for name in ("index.html", "archives/index.html", "tag/PME/index.html", "categorie/essais/index.html"):
        dates = re.findall(r'<time class="dt-published" datetime="([^"]+)"', pages[name]) or re.findall(r'datetime="([^"]+)"', pages[name])
        assert dates == sorted(dates, reverse=True)
        assert len(dates) > 3


def test_french_dates_everywhere(pages) -> None:
    english = re.compile(r"\b(January|February|March|April|June|July|August|September|October|November|December|Monday|Sunday)\b")
    for name, text in pages.items():
        assert not english.search(re.sub(r"<[^>]*>", " ", text)), name
    assert "5 février 2024" in pages["2024/02/dix-mille-visites/index.html"]


def test_the_map_names_every_page_and_robots_name_the_map(built, pages) -> None:
    listed = {urllib.parse.unquote(address) for address in re.findall(r"<loc>(.*?)</loc>", built.text("sitemap.xml"))}
    for name in living(pages):
        if "/page/" not in name and name != "page/2/index.html" and name not in {"404.html", "page/3/index.html"}:
            assert f"{SITE}/{name}".removesuffix("index.html") in listed, name
    assert f"Sitemap: {SITE}/sitemap.xml" in built.text("robots.txt")


def test_a_host_is_told_to_allow_only_what_the_site_itself_serves(built) -> None:
    policy = re.search(r"Content-Security-Policy: (.*)", built.text("_headers"))[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_bodies_and_summaries_are_the_only_text_templates_do_not_escape() -> None:
    unescaped = [
        (path.name, line.strip())
        for path in sorted((ROOT / "theme" / "templates").rglob("*.html"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\|\s*safe\b", line)
    ]
    assert [name for name, _ in unescaped] == ["article.html", "article.html", "card.html", "page.html"]


def test_two_builds_are_equal_byte_for_byte(built, tmp_path) -> None:
    again = pelican(ROOT / "content", tmp_path / "output", settings="publishconf.py", PYTHONHASHSEED="4242", TZ="America/New_York", LC_ALL="C")
    assert again.files == built.files
