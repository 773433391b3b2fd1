"""The newsletter: one entry for each week that is over, which never grows."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from plancher.outputs.feeds import letter
from plancher.site.model import Card, Identity, Post, Site

from tests.conftest import pelican

ATOM = "{http://www.w3.org/2005/Atom}"
POST = "-- articles/{0}.md --\nTitle: {1}\nDate: {2}\nSummary: Dit *ceci* & cela.\n{3}\n\nTexte.\n"
WEEKS = (
    POST.format("un", "Un", "2024-04-29", "")
    + POST.format("deux", "Deux < trois", "2024-05-05 23:30", "Lang: en")
    + POST.format("trois", "Trois", "2024-05-06 00:10", "")
)
SUNDAY, MONDAY, NEXT = 1_714_946_340, 1_714_946_400, 1_715_551_200
"""Sunday 5 May 2024 at 23:59 in Paris; one minute later; a week later."""


def at(zone: str, now: dt.datetime, *moments: str) -> Site:
    cards = [
        Card(f"Billet {moment}", f"{moment[:10]}/", dt.datetime.fromisoformat(moment).replace(tzinfo=zoneinfo.ZoneInfo(zone)), None, "", None, "fr")
        for moment in moments
    ]
    posts = tuple(Post(path=f"{number}.md", card=card, save_as="a") for number, card in enumerate(cards))
    return Site(identity=Identity(address="https://exemple.fr"), content=Path("c"), theme=Path("t"), today=now.date(), now=now, posts=posts)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def titles(site: Site) -> list[str]:
    return [entry.title for entry in letter.entries(site, "exemple.fr", "2024")]


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Paris", "2024-05-05T21:59", "2024-05-05T22:00"),
        ("Europe/Paris", "2024-10-27T22:59", "2024-10-27T23:00"),  # the day when clocks change
        ("America/Toronto", "2024-05-06T03:59", "2024-05-06T04:00"),
        ("Europe/Paris", "2024-12-29T22:59", "2024-12-29T23:00"),
    ],
)
def test_a_week_is_over_at_midnight_where_the_blog_is(zone: str, before: str, after: str) -> None:
    day = (utc(before) - dt.timedelta(days=2)).date().isoformat()
    assert titles(at(zone, utc(before), f"{day}T12:00")) == []
    assert len(titles(at(zone, utc(after), f"{day}T12:00"))) == 1
    assert letter.closes_next(at(zone, utc(before), f"{day}T12:00")) == utc(after).timestamp()
    assert letter.closes_next(at(zone, utc(after), f"{day}T12:00")) is None


def test_the_last_week_of_a_year_is_one_week() -> None:
    site = at("Europe/Paris", utc("2025-01-20T12:00"), "2025-01-05T12:00", "2024-12-30T12:00", "2024-12-29T12:00")
    assert titles(site) == ["La semaine du 30 décembre 2024", "La semaine du 23 décembre 2024"]
    assert [entry.id for entry in letter.entries(site, "exemple.fr", "2024")] == ["tag:exemple.fr,2024:lettre-2025-S01", "tag:exemple.fr,2024:lettre-2024-S52"]


def test_only_the_last_letters_are_kept_and_a_week_without_posts_has_none() -> None:
    moments = [(dt.date(2024, 12, 1) - dt.timedelta(days=14 * number)).isoformat() + "T12:00" for number in range(15)]
    assert len(titles(at("Europe/Paris", utc("2025-01-01T00:00"), *moments))) == 10


def test_nobody_who_does_not_know_the_time_closes_a_week() -> None:
    site = at("Europe/Paris", utc("2024-06-01T00:00"), "2024-05-02T12:00")
    assert letter.entries(Site(identity=site.identity, content=site.content, theme=site.theme, today=site.today, posts=site.posts), "exemple.fr", "2024") == ()


def test_a_letter_is_plain_html_with_whole_addresses_and_says_everything(site) -> None:
    made = site(WEEKS, SOURCE_DATE_EPOCH=str(MONDAY + 3600))
    for path in ("feeds/lettre.atom.xml", "feeds/lettre.rss.xml"):
        (entry,) = feedparser.parse(made.files[path]).entries
        assert entry.title == "La semaine du 29 avril 2024"
        assert entry.id.endswith(":lettre-2024-S18")
        assert "Deux < trois" in entry.summary.replace("&lt;", "<")
        assert entry.published_parsed[:5] == (2024, 5, 5, 22, 0)
    body = ET.fromstring(made.files["feeds/lettre.atom.xml"]).findtext(f"{ATOM}entry/{ATOM}content")
    assert re.findall(r'href="([^"]*)"', body) == [f"{made.address}/2024/05/deux-en/", f"{made.address}/2024/04/un/"]
    assert '<h2 lang="en"><a href=' in body
    assert "Deux &lt; trois" in body
    assert "Dit ceci &amp; cela." in body
    assert set(re.findall(r"<(\w+)", body)) == {"p", "h2", "a"}
    assert not re.search(r"\b(class|style|id)=", body)


def test_a_letter_comes_when_its_week_is_over_without_any_change_of_a_text(site, tmp_path: Path) -> None:
    cache = f'CACHE_PATH="{tmp_path / "cache"}"'
    during = site(WEEKS.partition("-- articles/trois")[0], cache, SOURCE_DATE_EPOCH=str(SUNDAY))
    assert feedparser.parse(during.files["feeds/lettre.atom.xml"]).entries == []
    after = site("", cache, SOURCE_DATE_EPOCH=str(MONDAY))
    assert len(feedparser.parse(after.files["feeds/lettre.atom.xml"]).entries) == 1
    whole = pelican(tmp_path / "content", tmp_path / "whole", f'CACHE_PATH="{tmp_path / "other"}"', SOURCE_DATE_EPOCH=str(MONDAY))
    assert {name: raw for name, raw in after.files.items() if name != ".plancher"} == {name: raw for name, raw in whole.files.items() if name != ".plancher"}


def test_what_was_sent_is_the_same_a_week_later(site) -> None:
    sent = site(WEEKS, SOURCE_DATE_EPOCH=str(MONDAY)).text("feeds/lettre.atom.xml")
    later = site("", SOURCE_DATE_EPOCH=str(NEXT)).text("feeds/lettre.atom.xml")
    (entry,) = re.findall(r"<entry>.*?</entry>", sent, re.DOTALL)
    assert entry in later
    assert later.count("<entry>") == 2


def test_no_page_speaks_of_the_letter(built) -> None:
    assert built.has("feeds/lettre.atom.xml")
    for path, raw in built.files.items():
        if path.endswith((".html", ".opml")) and not path.startswith("guide/"):
            assert b"feeds/lettre" not in raw, path
