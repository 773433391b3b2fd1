"""What a subscriber gets: everything, once, for ever."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import re
import urllib.parse
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest
from bs4 import BeautifulSoup

from tests.settings import identity

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITE = identity.SITEURL
AUTHORITY = identity.PLANCHER_FEEDS.authority
POST = "Title: {title}\nDate: {date}\nCategory: Essais\nTags: PME\n{extra}\n\nTexte de {title}.\n"


@pytest.fixture
def fed(any_site):
    """A site that has feeds: an owner may take their plugin out."""
    if not any_site.has("feeds/atom.xml"):
        pytest.skip("ce blog n'a pas de flux")
    return any_site


def atom_feeds(made):
    return {name: ET.fromstring(body) for name, body in made.files.items() if name.startswith("feeds/") and name.endswith("atom.xml")}


def rss_feeds(made):
    return {name: ET.fromstring(body) for name, body in made.files.items() if name.startswith("feeds/") and name.endswith("rss.xml")}


def contents(made):
    for name, feed in atom_feeds(made).items():
        yield from ((name, entry.findtext(f"{ATOM}content")) for entry in feed.iter(f"{ATOM}entry"))
    for name, feed in rss_feeds(made).items():
        yield from ((name, item.findtext(CONTENT)) for item in feed.iter("item"))
    yield from (("feed.json", item["content_html"]) for item in json.loads(made.text("feeds/feed.json"))["items"])


def test_every_category_and_tag_has_both_feeds(fed) -> None:
    for kind in ("tag", "categorie"):
        pages = (path for path in fed.files if re.fullmatch(rf"{kind}/[^/]+/index\.html", path))
        names = {path.split("/")[1] for path in pages if 'http-equiv="refresh"' not in fed.text(path)}  # a former address has none
        for name in names:
            assert fed.has(f"feeds/{kind}/{name}.atom.xml")
            assert fed.has(f"feeds/{kind}/{name}.rss.xml")


def test_each_atom_feed_has_an_id_of_its_own_a_language_and_its_own_address(fed) -> None:
    feeds = atom_feeds(fed)
    ids = [feed.findtext(f"{ATOM}id") for feed in feeds.values()]
    assert len(set(ids)) == len(ids) >= 2
    for name, feed in feeds.items():
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang")
        address = next(link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
        assert urllib.parse.unquote(address) == f"{fed.address}/{name}"
        assert feed.findtext(f"{ATOM}author/{ATOM}name")


def test_rfc_4287_asks_for_an_id_a_title_and_a_date_for_each_entry(fed) -> None:
    for feed in atom_feeds(fed).values():
        ids = []
        for entry in feed.iter(f"{ATOM}entry"):
            ids.append(entry.findtext(f"{ATOM}id"))
            assert re.match(r"[a-z][a-z\d+.-]*:\S", ids[-1])
            assert entry.findtext(f"{ATOM}title")
            assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo
        assert len(set(ids)) == len(ids)


def test_rss_guids_are_no_addresses_and_dates_have_a_zone(fed) -> None:
    for feed in rss_feeds(fed).values():
        assert feed.findtext("channel/language")
        for item in feed.iter("item"):
            assert item.find("guid").get("isPermaLink") == "false"
            assert email.utils.parsedate_to_datetime(item.findtext("pubDate")).tzinfo


def test_content_is_whole_absolute_and_free_of_what_readers_drop(fed) -> None:
    for name, body in contents(fed):
        assert body.strip(), name
        assert not re.search(r"<(script|style|iframe|form|button|input|svg)\b", body), name
        assert not re.search(r"\son\w+=", body), name
        for address in re.findall(r'(?:href|src|poster)="([^"]*)"', body):
            assert re.match(r"https?://|mailto:", address), (name, address)


def test_a_feed_never_names_an_entry_twice_and_goes_from_new_to_old(fed) -> None:
    parsed = feedparser.parse(fed.files["feeds/atom.xml"])
    assert not parsed.bozo
    dates = [entry.published for entry in parsed.entries]
    assert dates == sorted(dates, reverse=True)
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_a_new_subscriber_can_walk_back_to_the_first_post(built, fed) -> None:
    """RFC 5005, section 4: the feed and its archives hold every post."""
    seen, path = set(), "feeds/atom.xml"
    while path:
        feed = ET.fromstring(fed.files[path])
        seen |= {entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        path = links["prev-archive"].removeprefix(f"{fed.address}/") if "prev-archive" in links else ""
    assert len(seen) == len(fed.listed)
    assert fed is not built or (len(seen) > 8 and len(list(built.output.glob("feeds/archives/*.atom.xml"))) > 1)


def test_an_archive_says_so_and_names_its_current_feed(built) -> None:
    feed = ET.fromstring(built.files["feeds/archives/2.atom.xml"])
    assert feed.find("{http://purl.org/syndication/history/1.0}archive") is not None
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} >= {"self", "alternate", "current", "next-archive"}


@pytest.mark.parametrize("change", [("Slug: un", "Slug: deux"), ("Title: T", "Title: Autre"), ("Date: 2024-05-02", "Date: 2024-05-03")])
def test_ids_survive_a_change_of_slug_title_or_day(site, change: tuple[str, str]) -> None:
    text = "-- articles/nom.md --\nTitle: T\nDate: 2024-05-02\nSlug: un\nCategory: C\n\nTexte\n"
    ids = [feedparser.parse(site(version).files["feeds/atom.xml"]).entries[0].id for version in (text, text.replace(*change))]
    assert ids[0] == ids[1] == f"tag:{AUTHORITY},2024:nom"


def test_the_id_of_the_header_is_the_id_of_the_entry(site) -> None:
    made = site("-- articles/a.md --\n" + POST.format(title="A", date="2024-05-02", extra="Id: urn:uuid:8f2b6f5e-0000-4000-8000-000000000001"))
    assert feedparser.parse(made.files["feeds/rss.xml"]).entries[0].id == "urn:uuid:8f2b6f5e-0000-4000-8000-000000000001"


def test_a_title_with_signs_is_shown_as_typed(site) -> None:
    made = site("-- articles/a.md --\n" + POST.format(title="A < B & « C »", date="2024-05-02", extra="Summary: x < y & z"))
    entry = feedparser.parse(made.files["feeds/atom.xml"]).entries[0]
    assert entry.title == "A < B & «\u00a0C\u00a0»"
    assert json.loads(made.text("feeds/feed.json"))["items"][0]["summary"] == "x < y & z"


def test_a_summary_made_of_the_first_paragraph_says_what_its_page_shows(site) -> None:
    made = site("-- articles/a.md --\nTitle: T\nDate: 2024-05-02\nSlug: un\nCategory: C\n\nÉcrivez `&lt;b&gt;`, `<u>` et `]]>`, puis &lt;s&gt; &amp;amp;.\n")
    expected = "Écrivez &lt;b&gt;, <u> et ]]>, puis <s> &amp;."
    (item,) = json.loads(made.text("feeds/feed.json"))["items"]
    assert item["summary"] == expected
    assert BeautifulSoup(item["content_html"], "html.parser").get_text().strip() == expected
    for feed in ("feeds/atom.xml", "feeds/rss.xml"):
        (entry,) = feedparser.parse(made.files[feed], sanitize_html=False).entries
        assert BeautifulSoup(entry.summary, "html.parser").get_text() == expected, feed
    (week,) = feedparser.parse(made.files["feeds/lettre.atom.xml"], sanitize_html=False).entries
    assert expected in BeautifulSoup(week.content[0].value, "html.parser").get_text()


def test_a_foreign_post_says_its_language(site) -> None:
    made = site("-- articles/a.md --\n" + POST.format(title="A", date="2024-05-02", extra="Lang: en"))
    entry = ET.fromstring(made.files["feeds/tag/PME.atom.xml"]).find(f"{ATOM}entry")
    assert entry is None or entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_words_that_say_promise_and_proof_survive_a_real_sanitiser(built) -> None:
    entry = next(e for e in feedparser.parse(built.files["feeds/archives/1.atom.xml"]).entries if "dix-mille" in e.link)
    shown = re.sub(r"<[^>]*>", " ", entry.content[0].value)
    assert shown.index("la promesse") < shown.index("dix mille clics par mois") < shown.index("la preuve") < shown.index("neuf commandes")


JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "language": {"type": "string"},
        "authors": {"type": "array", "items": {"type": "object", "minProperties": 1}},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "format": "uri"},
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "image": {"type": "string", "format": "uri"},
                    "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                    "authors": {"type": "array", "items": {"type": "object", "minProperties": 1}},
                    "language": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
    },
}
"""From the specification at jsonfeed.org, the fields this blog uses."""


def test_json_feed_follows_its_specification(built, fed) -> None:
    feed = json.loads(fed.text("feeds/feed.json"))
    jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
    assert fed is not built or len(feed["items"]) == 6
