"""What the feed validator of the W3C has to say of any feed: nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from xml.etree import ElementTree as ET

import pytest
from plancher.outputs.feeds import formats, model
from plancher.outputs.feeds.model import Entry, Feed, FeedIcons, Subscription, SubscriptionList
from plancher.outputs.feeds.opml import opml

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = dt.datetime(2024, 5, 2, tzinfo=dt.UTC)
ICONS = FeedIcons(small="https://exemple.fr/p.png", large="https://exemple.fr/g.png", cover="https://exemple.fr/c.png", wide="https://exemple.fr/l.png")


def entry(name: str, **more: object) -> Entry:
    facts = {"id": f"tag:exemple.fr,2024:{name}", "title": name, "url": f"https://exemple.fr/{name}/", "published": DAY, "updated": DAY}
    rest = {"summary": "", "body": "<p>Texte.</p>", "base": "https://exemple.fr", "tags": (), "authors": ("Anne",), "lang": "fr"}
    return Entry(**{**facts, **rest, **more})  # type: ignore[arg-type] # names and types are those of the class


def feed(*entries: Entry, **more: object) -> Feed:
    whole = {"path": "feeds/atom.xml", "id": "tag:exemple.fr,2024:feeds/atom.xml", "title": "Blog", "subtitle": "", "home": "https://exemple.fr/"}
    return Feed(**{**whole, "url": "https://exemple.fr/feeds/atom.xml", "lang": "fr", "author": "Anne", "entries": entries, **more})  # type: ignore[arg-type] # the same


def test_a_summary_that_says_nothing_is_left_out() -> None:
    shown = feed(entry("a"), entry("b", summary="<p> </p>"), entry("c", summary="<p>Mots</p>"))
    root = ET.fromstring(formats.atom(shown))
    assert [found.findtext(f"{ATOM}summary") for found in root.iter(f"{ATOM}entry")] == [None, None, "Mots"]
    assert [item.get("summary") for item in json.loads(formats.json_feed(shown))["items"]] == [None, None, "Mots"]


def test_rss_describes_what_it_holds_even_where_an_author_says_nothing() -> None:
    channel = ET.fromstring(formats.rss(feed(entry("a"), entry("c", summary="<p>Mots</p>")))).find("channel")
    assert [item.findtext("description") for item in channel.iter("item")] == ["a", "Mots"]
    assert channel.findtext("description") == "Blog"


def test_two_entries_of_one_day_are_told_apart_whatever_comes_between() -> None:
    first, second, third = (model.apart(DAY, f"tag:exemple.fr,2024:{name}") for name in "abc")
    assert len({first, second, third}) == 3
    assert {moment.replace(microsecond=0) for moment in (first, second, third)} == {DAY}
    assert model.apart(first, "tag:exemple.fr,2024:a") == first


def test_no_two_entries_of_a_feed_were_updated_at_one_moment(built) -> None:
    for path, raw in built.files.items():
        if path.endswith(".atom.xml"):
            moments = [found.findtext(f"{ATOM}updated") for found in ET.fromstring(raw).iter(f"{ATOM}entry")]
            assert len(set(moments)) == len(moments), path


def test_a_folder_of_subscriptions_has_words_and_a_feed_has_a_type() -> None:
    one = Subscription("Blog", "https://exemple.fr/a.xml", "https://exemple.fr/")
    body = ET.fromstring(opml(SubscriptionList("Blog", (("Tout", (one,)), ("Vide", ()))))).find("body")
    assert [folder.attrib for folder in body] == [{"text": "Tout"}]
    assert body[0][0].get("type") == "rss"


@pytest.mark.parametrize("groups", [(), (("", ()),), (("Vide", ()), ("Vide aussi", ()))])
def test_a_list_without_a_feed_says_so(groups) -> None:
    body = ET.fromstring(opml(SubscriptionList("Blog", groups))).find("body")
    assert [outline.attrib for outline in body] == [{"text": "Aucun flux pour l’instant"}]


def test_each_format_shows_the_mark_of_the_blog_in_its_own_way() -> None:
    shown = feed(entry("a"), icons=ICONS)
    root, channel, data = ET.fromstring(formats.atom(shown)), ET.fromstring(formats.rss(shown)).find("channel"), json.loads(formats.json_feed(shown))
    assert (root.findtext(f"{ATOM}icon"), root.findtext(f"{ATOM}logo")) == (ICONS.small, ICONS.wide)
    assert [channel.findtext(f"image/{name}") for name in ("url", "title", "link")] == [ICONS.small, "Blog", "https://exemple.fr/"]
    assert (data["icon"], data["favicon"]) == (ICONS.large, ICONS.small)


def test_the_pictures_that_feeds_name_are_there(built) -> None:
    data = json.loads(built.text("feeds/feed.json"))
    logo = ET.fromstring(built.files["feeds/atom.xml"]).findtext(f"{ATOM}logo")
    for address in (data["icon"], data["favicon"], logo):
        assert built.has(address.removeprefix(f"{built.address}/"))


def test_a_hub_is_named_in_each_format_and_in_no_archive() -> None:
    hub = "https://hub.exemple.fr/"
    shown = feed(entry("a"), hub=hub)
    link = next(link for link in ET.fromstring(formats.atom(shown)).iter(f"{ATOM}link") if link.get("rel") == "hub")
    assert link.get("href") == hub
    links = {link.get("rel"): link.get("href") for link in ET.fromstring(formats.rss(shown)).iter(f"{ATOM}link")}
    assert (links["hub"], links["self"]) == (hub, shown.url)
    assert json.loads(formats.json_feed(shown))["hubs"] == [{"type": "WebSub", "url": hub}]
    silent = dataclasses.replace(shown, hub="")
    assert all("hub" not in write(silent) for write in (formats.atom, formats.rss, formats.json_feed))
