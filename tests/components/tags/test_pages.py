"""A site whose tags are spelt in every way: one page, one feed and one line each."""

from __future__ import annotations

import itertools
import json
import re
import urllib.parse
from xml.etree import ElementTree as ET

import feedparser
import mf2py
import pytest
from bs4 import BeautifulSoup, Tag

from tests.settings import identity

SITE = identity.SITEURL
AUTHORITY = identity.PLANCHER_FEEDS.authority
POST = "-- articles/{name}.md --\nTitle: {name}\nDate: {date}\nCategory: {category}\nTags: {tags}\n\n{body}\n\n"
PROOF = "> [!tangible] Un mot\n> promesse : du bruit\n> preuve : trois contrats\n> niveau : constaté"
REGISTRY = """-- tags.toml --
[PME]
aliases = ["TPE", "P.M.E."]
description = "Des entreprises de moins de 250 personnes."
parent = "économie"
related = ["C++"]
wikidata = "Q42"

["élus"]

"""


def text(name: str, tags: str, *, date: str = "2025-01-02", category: str = "Essais", body: str = "Texte.") -> str:
    return POST.format(name=name, tags=tags, date=date, category=category, body=body)


SPELT = (
    text("un", "PME, pme, élus", date="2024-02-03", body=PROOF)
    + text("deux", "P.M.E., elus, C", date="2025-03-01", body="> [!liens] Liens\n> - [A page](https://exemple.fr/a)\n>   langue : en")
    + text("trois", "PMEs, élus, C++", date="2026-01-01", body="> [!video] Un film\n> url : https://www.ted.com/talks/x\n> orateur : Une voix")
    + text("quatre", "C#, .NET, TPE", date="2026-02-01", category="Mesure")
)


@pytest.fixture
def spelt(site):
    made = site(REGISTRY + SPELT)
    assert made.code == 0, made.said
    return made


def test_however_it_is_spelt_a_tag_has_one_page_and_one_name(spelt) -> None:
    names = {path.split("/")[1] for path in spelt.files if re.fullmatch(r"tag/[^/]+/index\.html", path) and b"http-equiv" not in spelt.files[path]}
    assert names == {"PME", "élus", "C", "C++", "C#", ".NET"}


def test_microformats_read_back_exactly_the_tags_of_each_post(built, spelt) -> None:
    expected = {"un": ["PME", "élus"], "deux": ["PME", "élus", "C"], "trois": ["PME", "élus", "C++"], "quatre": ["C#", ".NET", "PME"]}
    for path, name in ((path, path.split("/")[2]) for path in spelt.files if re.fullmatch(r"\d{4}/\d\d/[^/]+/index\.html", path)):
        page = mf2py.parse(doc=spelt.text(path), url=f"{SITE}/{path}")
        assert [urllib.parse.unquote(address.rstrip("/").rsplit("/", 1)[-1]) for address in page["rels"]["tag"]] == expected[name]
        assert page["items"][0]["properties"]["category"] == expected[name]
    listed = json.loads(built.text("tags.json"))["items"]
    for path in (path for path in built.files if re.fullmatch(r"\d{4}/\d\d/[^/]+/index\.html", path)):
        page = mf2py.parse(doc=built.text(path), url=f"{SITE}/{path}")
        tags = page["items"][0]["properties"]["category"]
        assert [urllib.parse.unquote(address.rstrip("/").rsplit("/", 1)[-1]) for address in page["rels"]["tag"]] == tags
        assert set(tags) <= {item["name"] for item in listed}


def test_a_feed_has_each_entry_once_and_its_tags_at_its_foot(spelt) -> None:
    for name in (name for name in spelt.files if name.endswith((".atom.xml", ".rss.xml"))):
        entries = feedparser.parse(spelt.files[name]).entries
        assert len({entry.id for entry in entries}) == len(entries)
    feed = feedparser.parse(spelt.files["feeds/tag/PME.atom.xml"])
    assert len(feed.entries) == 4
    newest = next(entry for entry in feed.entries if entry.title == "quatre")
    line = newest.content[0].value.rsplit("<p>", 1)[1]
    assert re.sub(r"<[^>]*>", "", line).strip() == "Mots-clés\u00a0: C#, .NET, PME"
    addresses = re.findall(r'href="([^"]*)"', line)
    assert [urllib.parse.unquote(address) for address in addresses] == [f"{SITE}/tag/{tag}/" for tag in ("C#", ".NET", "PME")]
    assert [tag.term for tag in newest.tags] == ["C#", ".NET", "PME"]


def test_the_page_of_a_tag_says_what_it_is_how_much_it_is_used_and_what_stands_around(spelt) -> None:
    page = spelt.text("tag/PME/index.html")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
    for said in ("Des entreprises de moins de 250 personnes.", "4 billets", "3 février 2024", "1 er février 2026", "1 preuve"):
        assert said in words.replace("\u00a0", " ").replace("1er", "1 er"), said
    assert re.findall(r"<span>(\d{4})</span>", page) == ["2024", "2025", "2026"]
    for kind in ("atom", "rss"):
        address = f"/feeds/tag/PME.{kind}.xml"
        assert f'<link rel="alternate" type="application/{kind}+xml"' in page
        assert page.count(address) == 2
    assert page.index("Plus large") < page.index("économie") < page.index("Voir aussi") < page.index("C++") < page.index("Souvent avec")
    assert '"sameAs":"https://www.wikidata.org/entity/Q42"' in page
    assert re.search(r'<h2>Preuves</h2>.*"pair-promise".*/2024/02/un/#preuve-1">du bruit</a>.*"pair-proof is-proved".*trois contrats', page, re.DOTALL)
    assert re.search(r'<h2>Liens</h2>.*href="https://exemple.fr/a" lang="en">A page', page, re.DOTALL)
    assert re.search(r"<h2>Vidéos</h2>.*Un film, Une voix", page, re.DOTALL)


def test_two_tags_that_share_three_posts_have_a_page(spelt) -> None:
    page = spelt.text("tag/élus/et/PME/index.html")
    assert [title for title in ("trois", "deux", "un") if f">{title}</a>" in page] == ["trois", "deux", "un"]
    assert page.index(">trois</a>") < page.index(">deux</a>") < page.index(">un</a>")
    assert [path for path in spelt.files if "/et/" in path and b"http-equiv" not in spelt.files[path]] == ["tag/élus/et/PME/index.html"]
    assert "url=/tag/%C3%A9lus/et/PME/" in spelt.text("tag/élus/et/TPE/index.html")  # under another name
    assert "tag/%C3%A9lus/et/PME/" in spelt.text("tag/PME/index.html")
    assert f"{SITE}/tag/%C3%A9lus/et/PME/" in spelt.text("sitemap.xml")


def test_a_pair_that_is_not_close_enough_leads_to_the_rarer_tag_where_the_host_can(site) -> None:
    made = site(REGISTRY + SPELT, 'PLANCHER_TAGS={"together_score": 0.9}')
    assert made.code == 0, made.said
    assert [path for path in made.files if "/et/" in path] == []
    assert "/tag/%C3%A9lus/et/PME/ /tag/%C3%A9lus/ 301\n" in made.text("_redirects")
    assert "/et/" not in made.text("tag/PME/index.html") + made.text("sitemap.xml")


def test_every_year_has_its_words(spelt) -> None:
    page = spelt.text("tags/2026/index.html")
    assert sorted(re.findall(r'class="cloud-\d[^"]*" href="/tag/([^"]*)/"', page)) == ["%C3%A9lus", ".NET", "C%23", "C++", "PME"]
    assert "PME (2 billets" in _words(BeautifulSoup(page, "html.parser"))


def test_the_cloud_says_use_and_proofs_in_words(spelt) -> None:
    cloud = BeautifulSoup(spelt.text("tags/index.html"), "html.parser").select_one(".cloud")
    assert [_words(link) for link in cloud.select(".cloud-floor a")] == ["élus (3 billets, 1 preuve)", "PME (4 billets, 1 preuve)"]
    assert "C# (1 billet)" in [_words(link) for link in cloud.select(".cloud-sky a")]
    assert cloud.select('[rel="tag"]') == []  # this page is about none of them


def _words(element: Tag) -> str:
    return element.get_text().replace("\u00a0", " ").strip()


def test_a_word_stands_on_the_floor_when_a_proof_carries_it_and_floats_when_none_does(spelt) -> None:
    cloud = BeautifulSoup(spelt.text("tags/index.html"), "html.parser").select_one(".cloud")
    labels = {group["class"][0]: _words(cloud.find(id=group["aria-labelledby"])) for group in cloud.select("ul")}
    assert [labels["cloud-sky"][:15], labels["cloud-floor"][:15]] == ["Dans les nuages", "Sur le plancher"]


def test_a_word_that_nothing_proves_yet_floats_and_has_no_floor(site) -> None:
    made = site("-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nTags: stock\n\n> [!tangible]\n> promesse : du bruit\n> preuve : trois contrats\n")
    page = BeautifulSoup(made.text("tags/index.html"), "html.parser")
    assert [_words(link) for link in page.select(".cloud-sky a")] == ["stock (1 billet)"]  # nobody says how one knows
    assert page.select(".cloud-floor, .cloud-label") == []


def test_another_name_leads_to_the_tag_and_keeps_its_subscribers(spelt) -> None:
    page = spelt.text("tag/TPE/index.html")
    assert '<meta http-equiv="refresh" content="0; url=/tag/PME/">' in page
    assert f'<link rel="canonical" href="{SITE}/tag/PME/">' in page
    assert "/tag/TPE/ /tag/PME/ 301\n" in spelt.text("_redirects")
    assert "tag/TPE" not in spelt.text("sitemap.xml")
    there, here = (feedparser.parse(spelt.files[f"feeds/tag/{name}.atom.xml"]) for name in ("TPE", "PME"))
    assert [entry.id for entry in there.entries] == [entry.id for entry in here.entries]
    assert there.feed.id == f"tag:{AUTHORITY},2024:feeds/tag/TPE.atom.xml"  # the one its subscribers have


def test_the_data_say_the_same(spelt) -> None:
    data = json.loads(spelt.text("tags.json"))
    assert data["version"] == 1
    found = {item["name"]: item for item in data["items"]}
    assert list(found) == [".NET", "C", "C#", "C++", "élus", "PME"]
    pme = found["PME"]
    assert {key: pme[key] for key in ("slug", "url", "count", "proofs", "first", "last", "aliases")} == {
        "slug": "PME",
        "url": f"{SITE}/tag/PME/",
        "count": 4,
        "proofs": 1,
        "first": "2024-02-03",
        "last": "2026-02-01",
        "aliases": ["TPE", "P.M.E."],
    }
    assert (pme["weight"], found["C"]["weight"]) == (1.0, 0.0)
    assert pme["related"][0] == {"name": "élus", "score": 0.75}
    for one, other in itertools.permutations(found.values(), 2):
        there = next((related["score"] for related in one["related"] if related["name"] == other["name"]), None)
        assert there == next((related["score"] for related in other["related"] if related["name"] == one["name"]), None)


def test_the_list_of_feeds_names_each_of_them_once(spelt) -> None:
    outlines = [one for one in ET.fromstring(spelt.files["feeds.opml"]).iter("outline") if one.get("xmlUrl")]
    addresses = [urllib.parse.unquote(one.get("xmlUrl")).removeprefix(f"{SITE}/") for one in outlines]
    assert len(set(addresses)) == len(addresses)
    own = {name for name in spelt.files if name.endswith("atom.xml") and not name.startswith("feeds/archives/")}
    assert set(addresses) == own - {"feeds/tag/TPE.atom.xml", "feeds/tag/P.M.E..atom.xml", "feeds/lettre.atom.xml"}
    for one in outlines:
        assert one.get("text")
        assert spelt.has(urllib.parse.unquote(one.get("htmlUrl")).removeprefix(f"{SITE}/") + "index.html")


def test_the_order_of_files_and_the_hash_seed_change_nothing(site, spelt, tmp_path) -> None:
    before = spelt.files
    for path in sorted((tmp_path / "content" / "articles").glob("*.md")):
        again = path.read_bytes()
        path.unlink()
        path.write_bytes(again)  # another inode, another order
    assert site("", PYTHONHASHSEED="7").files == before


def test_a_registry_that_is_wrong_stops_a_publication_and_says_where(site) -> None:
    made = site('-- tags.toml --\n[PME]\nalias = ["TPE"]\n\n' + SPELT, settings="public")
    assert made.code != 0
    assert "tags.toml:2: PDV080 clé inconnue « alias »" in made.said


@pytest.mark.parametrize("aliases", ['["PME"]', '["élus"]', '["C++"]'])
def test_another_name_never_takes_the_place_of_a_tag(site, aliases: str) -> None:
    made = site(f'-- tags.toml --\n["PME"]\naliases = {aliases}\n["élus"]\n["C++"]\n\n' + SPELT)
    for name in ("PME", "élus", "C++"):
        assert not made.has(f"tag/{name}/index.html") or "http-equiv" not in made.text(f"tag/{name}/index.html")
    assert "/tag/PME/ /tag/PME/" not in made.text("_redirects")
    assert "pelicanconf.py" not in made.said  # the registry alone is wrong


@pytest.mark.parametrize("alias", ["../archives", "..", "a/b", "é" * 61])
def test_another_name_that_cannot_be_an_address_is_refused(site, alias: str) -> None:
    made = site(f'-- tags.toml --\n["PME"]\naliases = ["{alias}"]\n\n' + SPELT, settings="public")
    assert made.code != 0
    assert "tags.toml:2: PDV080" in made.said


def test_a_host_takes_no_other_name_for_a_pattern(site) -> None:
    made = site('-- tags.toml --\n["PME"]\naliases = ["*", ":mot"]\n\n' + SPELT)
    assert "/tag/%2A/ /tag/PME/ 301\n/tag/%3Amot/ /tag/PME/ 301\n" in made.text("_redirects")


def test_a_template_may_draw_any_cloud(site, tmp_path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "tags.html").write_text(
        "{% for one in tag_cloud(TAGS, category='Essais', weights='lineaire', steps=3, order='frequence', limit=2) %}"
        "{{ one.word.name }} {{ one.step }} {{ one.word.count }};{% endfor %}",
        encoding="utf-8",
    )
    made = site(REGISTRY + SPELT, f"THEME_TEMPLATES_OVERRIDES={json.dumps([str(tmp_path / 'theme')])}")
    assert made.text("tags/index.html") == "élus 2 3;PME 2 3;"


def test_only_the_first_page_of_a_tag_or_of_a_category_says_what_stands_around(site) -> None:
    made = site(REGISTRY + SPELT, "DEFAULT_PAGINATION=1")
    assert made.code == 0, made.said
    first, second = made.text("tag/PME/index.html"), made.text("tag/PME/page/2/index.html")
    assert "Souvent avec" in first
    assert "Souvent avec" not in second
    assert "Tout sur ce mot-clé" in second
    assert "Les mots de cette catégorie" in made.text("categorie/essais/index.html")
    assert "Les mots de cette catégorie" not in made.text("categorie/essais/page/2/index.html")


def test_without_a_tag_nothing_breaks(site) -> None:
    made = site("-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nTexte.\n")
    assert made.code == 0, made.said
    assert "Aucun billet ne porte encore de mot-clé." in made.text("tags/index.html")
    assert json.loads(made.text("tags.json")) == {"version": 1, "items": []}
