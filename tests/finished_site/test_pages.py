"""Finished sites, page by page, without a browser: that of the tests, and that of this repository for what any blog must be."""

from __future__ import annotations

import collections
import html.parser
import json
import re
import urllib.parse

import brotli
import mf2py
import pytest

from tests.conftest import BLOG, BLOG_SETTINGS, ROOT, Built, pelican


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


def html_of(made: Built) -> dict[str, str]:
    return {name: made.text(name) for name in made.files if name.endswith(".html") and name != "liens.html"}  # bookmarks, no page


@pytest.fixture(scope="module")
def pages(built):
    return html_of(built)


@pytest.fixture(scope="module")
def any_pages(any_site):
    return html_of(any_site)


def living(pages):
    """The pages that lead nowhere else."""
    return {name: text for name, text in pages.items() if 'http-equiv="refresh"' not in text}


def posts(pages):
    return {name: text for name, text in pages.items() if re.match(r"\d{4}/", name)}


def test_every_link_of_the_site_leads_to_a_page_and_a_place_in_it(any_site, any_pages) -> None:
    base = urllib.parse.urlsplit(any_site.address).path
    parsed = {name: Page(text) for name, text in any_pages.items()}
    for name, page in parsed.items():
        for link in page.links:
            address = urllib.parse.urlsplit(urllib.parse.urljoin(f"{base}/{name}", link))
            if address.netloc or address.scheme not in {"", "http", "https"}:
                continue
            target = urllib.parse.unquote(address.path.removeprefix(base)).lstrip("/")
            target += "index.html" if target.endswith("/") or not target else ""
            assert any_site.has(target), (name, link)
            if address.fragment.startswith("t=") or "PDV105" in any_site.said:  # a moment, that a script finds; the author was told
                continue
            if address.fragment and target in parsed:
                assert urllib.parse.unquote(address.fragment) in parsed[target].ids, (name, link)


def test_ids_are_unique_and_headings_follow_each_other(any_pages) -> None:
    for name, text in any_pages.items():
        page = Page(text)
        assert [i for i, count in collections.Counter(page.ids).items() if count > 1] == [], name
        assert page.headings.count(1) == 1, name
        assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name


def test_nothing_is_loaded_from_another_site(any_site, any_pages) -> None:
    base = urllib.parse.urlsplit(any_site.address).path
    for name, text in any_pages.items():
        for address in Page(text).loaded:
            assert address.startswith(f"{base}/"), (name, address)
            assert any_site.has(urllib.parse.unquote(address.removeprefix(f"{base}/"))), (name, address)
    for name, body in any_site.files.items():
        if name.startswith("theme/") and name.endswith(".css"):
            assert b"url(" not in body
            assert b"@import" not in body


def test_a_first_visit_to_home_or_any_post_weighs_at_most_ten_kilobytes(built, pages) -> None:
    weigh = lambda body: len(brotli.compress(body, quality=11))  # noqa: E731 - one word for one idea
    loaded = lambda name: re.findall(r'(?:src|href)="/(theme/[^"]*\.(?:css|js))"', pages[name])  # noqa: E731 - the same
    visit = lambda name: sum(weigh(built.files[file]) for file in (name, *loaded(name)))  # noqa: E731 - the same
    for name in ["index.html", *posts(pages)]:
        assert 2 <= len(loaded(name)) == len(set(loaded(name))), name
        assert visit(name) <= 10_000, name


def _first_classes(sheet: str) -> set[str]:
    """The classes that begin a selector: of « .talk-row .link-title », the first alone says whose style it is."""
    selectors = (selector for rule in re.findall(r"([^{};]+)\{", sheet) for selector in rule.split(","))
    return {found[1] for selector in selectors if (found := re.match(r"\s*\.([a-z][\w-]*)", selector))}


def test_a_page_loads_the_styles_of_each_class_that_it_has_and_few_others(built, pages) -> None:
    """A part that few pages need is loaded by those alone."""
    sheets = {name: _first_classes(built.text(name)) for name in built.files if re.search(r"theme/.*\.css$", name)}
    shared = next(names for name, names in sheets.items() if "/site." in name)
    for name, text in living(pages).items():
        used = {word for words in re.findall(r' class="([^"]*)"', text) for word in words.split()}
        for sheet, names in sheets.items():
            if used & names - shared:
                assert f'href="/{sheet}"' in text, (name, sheet, used & names - shared)
    loading = {sheet: [name for name, text in living(pages).items() if sheet in text] for sheet in sheets}
    assert sorted(len(found) < len(living(pages)) / 2 for found in loading.values()) == [False, *[True] * (len(sheets) - 1)]


def test_every_page_says_its_language_title_description_and_address(any_site, any_pages) -> None:
    for name, text in living(any_pages).items():
        assert re.search(r'<html lang="[a-z]', text)
        assert re.search(r"<title>[^<]+</title>", text), name
        assert re.search(r'<meta name="description" content="[^"]+">', text), name
        canonical = re.search(r'<link rel="canonical" href="([^"]*)">', text)[1]
        assert urllib.parse.unquote(canonical) == f"{any_site.address}/{name}".removesuffix("index.html")


def test_no_two_pages_have_one_title(pages) -> None:
    titles = collections.Counter(re.search(r"<title>(.*?)</title>", text)[1] for text in living(pages).values())
    assert [title for title, count in titles.items() if count > 1] == []
    assert all('<html lang="fr">' in text for name, text in pages.items() if "english" not in name)


def test_a_post_says_what_it_is_to_machines(built, any_site, any_pages) -> None:
    for name, text in posts(any_pages).items():
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        posting, trail = data["@graph"][:2]
        assert posting["@type"] == "BlogPosting"
        assert trail["@type"] == "BreadcrumbList"
        entry = mf2py.parse(doc=text, url=f"{any_site.address}/{name}")["items"][0]
        assert entry["type"] == ["h-entry"]
        assert entry["properties"]["name"] == [posting["headline"]]
        assert {"published", "content", "url", "author"} <= entry["properties"].keys()
        assert any_site is not built or "summary" in entry["properties"]


def test_the_home_page_is_a_feed_with_a_name_and_says_who_makes_it(any_site, any_pages) -> None:
    for name in ("index.html", "page/2/index.html"):
        page = mf2py.parse(doc=any_pages[name], url=f"{any_site.address}/") if name in any_pages else None
        if page is None:
            continue  # a blog of one page
        (feed,) = [item for item in page["items"] if item["type"] == ["h-feed"]]
        assert feed["properties"]["name"][0].strip()
        assert urllib.parse.urlsplit(feed["properties"]["url"][0]).netloc == urllib.parse.urlsplit(any_site.address).netloc
        (card,) = feed["properties"]["author"]
        assert card["properties"]["name"][0].strip()


def test_the_card_of_the_home_page_is_its_representative_one(any_site, any_pages) -> None:
    """The first way of microformats.org/wiki/representative-h-card-parsing: its uid and its url are those of the page."""
    home = f"{any_site.address}/"
    cards = [value for item in mf2py.parse(doc=any_pages["index.html"], url=home)["items"] for value in item["properties"].get("author", ())]
    assert [card for card in cards if home in card["properties"]["uid"] and home in card["properties"]["url"]]


def test_microformats_read_back_the_tags_of_a_post(built) -> None:
    text = built.text("2025/03/film-du-carnet/index.html")
    relations = mf2py.parse(doc=text, url=f"{built.address}/")["rels"]["tag"]
    tags = [urllib.parse.unquote(address.rstrip("/").rsplit("/", 1)[-1]) for address in relations]
    assert tags == ["film", "accessibilité", "organisation", "PME"]


def test_the_author_s_guide_shows_every_block(pages) -> None:
    guide = pages["guide/index.html"]
    for shown in ("tangible-proof", "balance-table", "roundup-links", "quotation-author", "talk-screen", "callout-note", "callout-definition"):
        assert f'class="{shown}' in guide or f' {shown}"' in guide, shown


def test_lists_go_from_the_newest_post_to_the_oldest(pages) -> None:
    for name in ("index.html", "archives/index.html", "tag/PME/index.html", "categorie/essais/index.html"):
        dates = re.findall(r'<time class="dt-published" datetime="([^"]+)"', pages[name]) or re.findall(r'datetime="([^"]+)"', pages[name])
        assert dates == sorted(dates, reverse=True)
        assert len(dates) > 3


def test_french_dates_everywhere(any_pages) -> None:
    english = re.compile(r"\b(January|February|March|April|June|July|August|September|October|November|December|Monday|Sunday)\b")
    for name, text in any_pages.items():
        said = " ".join(re.findall(r"<time [^>]*>(.*?)</time>", text))
        assert not english.search(said), name


def test_a_day_is_written_as_one_says_it(pages) -> None:
    assert "5 février 2024" in pages["2024/02/dix-mille-clics/index.html"]


def test_the_map_names_every_page_and_robots_name_the_map(any_site, any_pages) -> None:
    listed = {urllib.parse.unquote(address) for address in re.findall(r"<loc>(.*?)</loc>", any_site.text("sitemap.xml"))}
    for name in living(any_pages):
        if not re.search(r"(^|/)page/\d+/", name) and name != "404.html":
            assert f"{any_site.address}/{name}".removesuffix("index.html") in listed, name
    assert f"Sitemap: {any_site.address}/sitemap.xml" in any_site.text("robots.txt")


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
    again = pelican(
        BLOG,
        tmp_path / "output",
        *BLOG_SETTINGS,
        f'CACHE_PATH="{tmp_path / "cache"}"',
        settings="public",
        PYTHONHASHSEED="4242",
        TZ="America/New_York",
        LC_ALL="C",
    )
    assert again.files == built.files


def menus(text: str) -> tuple[str, str]:
    """The main menu of a page, and that of its foot."""
    menu, foot = (re.search(rf'aria-label="{label}".*?</nav>', text, re.DOTALL)[0] for label in ("Navigation principale", "Pied de page"))
    return menu, foot


@pytest.mark.parametrize(
    ("name", "expected"),
    {
        "index.html": [],
        "page/2/index.html": [("true", "Billets")],
        "archives/index.html": [("page", "Billets")],
        "archives/2024/index.html": [("true", "Billets")],
        "2024/02/dix-mille-clics/index.html": [("true", "Billets")],
        "categorie/essais/index.html": [("true", "Billets")],
        "tag/PME/index.html": [("true", "Mots-clés")],
        "tag/organisation/et/PME/index.html": [("true", "Mots-clés")],
        "preuves/nature/temps/index.html": [("true", "Preuves")],
        "liens/etat/index.html": [("true", "Liens")],
        "videos/index.html": [("page", "Vidéos")],
        "a-propos/index.html": [("page", "À propos")],
        "404.html": [],
    }.items(),
)
def test_the_section_that_a_page_is_in_is_marked_once(pages, name: str, expected: list[tuple[str, str]]) -> None:
    assert re.findall(r'aria-current="(\w+)">([^<]*)</a>', "".join(menus(pages[name]))) == expected


def test_the_main_menu_has_five_entries_and_the_search_and_the_foot_has_the_rest_each_once(pages) -> None:
    for name, text in living(pages).items():
        menu, foot = (re.findall(r'<li><a href="([^"]*)"', part) for part in menus(text))
        assert menu == ["/archives/", "/tags/", "/preuves/", "/abonnement/", "/a-propos/", "/recherche/"], name
        assert {"/liens/", "/videos/", "/categories/", "/accessibilite/", "/guide/"} <= set(foot), name
        assert len({*menu, *foot}) == len(menu) + len(foot), name
