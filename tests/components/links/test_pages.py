"""The pages of links, their data and their feeds; what a dead link becomes, and comes back from."""

from __future__ import annotations

import json
import re
import socket
import time
from xml.etree import ElementTree as ET

import feedparser
import mf2py
import pytest
from plancher.base import tracking

from tests.settings import identity

SITE = identity.SITEURL
ATOM = "{http://www.w3.org/2005/Atom}"
HEAD = "Title: {0}\nDate: {1}\nCategory: Essais\nTags: {2}\n"
ONE = (
    "-- articles/un.md --\n" + HEAD.format("Un", "2008-09-12", "web, PME") + "\n> [!liens] À lire\n"
    "> - [Une page](https://Exemple.fr/page?utm_source=x&b=2&fbclid=y)\n>   auteur : Quelqu'un\n>   langue : en\n>   date : 2 mai 2007\n"
    ">   via : [un ami](https://ami.fr/)\n>\n>   À lire *vraiment*.\n"
    "> - Un titre sans adresse\n> - [Un autre](https://autre.fr/)\n>   accès : payant\n\n"
    "> [!tangible] Un mot\n> promesse : du bruit\n> preuve : trois contrats\n> source : [le bilan](https://autre.fr/)\n\n"
)
TWO = (
    "-- articles/deux.md --\n" + HEAD.format("Deux", "2010-03-01", "web") + "\nVoir [un]({filename}un.md).\n\n> [!liens] Encore\n"
    "> - [La même page](http://www.exemple.fr/page/?b=2)\n> - [Ailleurs](https://exemple.fr/ailleurs)\n\n"
)
STATE = "-- links/state.json --\n{}\n"


def state(**known: dict) -> str:
    return STATE.format(json.dumps({"version": 1, "links": known}))


def dead(url: str, archive: dict | None = None) -> str:
    return STATE.format(
        json.dumps(
            {"version": 1, "links": {url: {"state": "dead", "checked": "2026-11-24", "failures": ["2026-11-01"], **({"archive": archive} if archive else {})}}}
        )
    )


COPY = {"url": "https://web.archive.org/web/20080912101112/https://autre.fr/", "date": "2008-09-12"}


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("https://exemple.fr/?utm_source=a&utm_medium=b", "https://exemple.fr/"),
        ("https://exemple.fr/a?id=1&fbclid=x&page=2#bas", "https://exemple.fr/a?id=1&page=2#bas"),
        ("https://exemple.fr/a?xtor=RSS-1&q=%C3%A9t%C3%A9+x", "https://exemple.fr/a?q=%C3%A9t%C3%A9+x"),
        ("https://exemple.fr/a?UTM_Source=x&gclid=", "https://exemple.fr/a"),
        ("https://exemple.fr/a?", "https://exemple.fr/a?"),
        ("https://exemple.fr/utm_source=a", "https://exemple.fr/utm_source=a"),
        ("https://exemple.fr/a?b&c=", "https://exemple.fr/a?b&c="),
        ("https://exemple.fr/a#xtor=RSS-1", "https://exemple.fr/a"),
        ("https://exemple.fr/a?id=1#utm_source=rss&utm_medium=b", "https://exemple.fr/a?id=1"),
        ("https://exemple.fr/a#partie=2&xtor=AL-1", "https://exemple.fr/a#partie=2"),
        ("https://exemple.fr/a#:~:text=mot", "https://exemple.fr/a#:~:text=mot"),
        ("https://exemple.fr/a?_ga=1.2&_gl=x&mibextid=y", "https://exemple.fr/a"),
        ("https://exemple.fr/a?id=1&amp;utm_source=x", "https://exemple.fr/a?id=1"),
        ("https://youtu.be/aBcDeFgHiJk?si=x&t=90", "https://youtu.be/aBcDeFgHiJk?t=90"),
        ("https://exemple.fr/a?si=x", "https://exemple.fr/a?si=x"),
    ],
)
def test_what_follows_readers_is_left_out_and_nothing_else(typed: str, clean: str) -> None:
    assert tracking.clean(typed) == clean


def test_one_address_written_in_many_ways_is_one() -> None:
    ways = ["https://exemple.fr/a", "http://www.Exemple.fr:80/a/", "https://exemple.fr/a?utm_campaign=x", "https://exemple.fr:443/%61"]
    assert len({tracking.key(way) for way in ways}) == 1
    assert tracking.key("https://exemple.fr/a?x=1") != tracking.key("https://exemple.fr/a")


@pytest.fixture
def made(site):
    built = site(ONE + TWO)
    assert built.code == 0, built.said
    return built


def test_a_link_cited_twice_stands_once_with_all_who_cite_it(made) -> None:
    items = json.loads(made.text("liens.json"))["items"]
    assert [item["title"] for item in items] == ["Ailleurs", "Une page", "Un titre sans adresse", "Un autre"]
    page = items[1]
    assert page["url"] == "https://Exemple.fr/page?b=2"
    assert page["typed"] == "https://Exemple.fr/page?utm_source=x&b=2&fbclid=y"
    assert [one["url"] for one in page["cited_by"]] == [f"{SITE}/2008/09/un/#lien-1", f"{SITE}/2010/03/deux/#lien-1"]
    assert page["via"] == {"url": "https://ami.fr/", "title": "un ami"}
    assert (page["author"], page["lang"], page["date"], page["comment"]) == ("Quelqu’un", "en", "2007-05-02", "À lire vraiment.")
    assert (page["state"], page["checked"], page["archive"]) == ("unknown", None, None)
    assert items[2]["url"] is None


def test_there_is_a_page_for_each_month_tag_and_site(made) -> None:
    assert {path for path in made.files if path.startswith("liens/") and path.endswith(".html")} == {
        "liens/index.html",
        "liens/2008/09/index.html",
        "liens/2010/03/index.html",
        "liens/mot-cle/web/index.html",
        "liens/mot-cle/PME/index.html",
        "liens/domaine/exemple.fr/index.html",
        "liens/domaines/index.html",
        "liens/etat/index.html",
    }
    month = made.text("liens/2008/09/index.html")
    assert "en anglais" in month
    assert "accès payant" in month
    assert "adresse perdue" in month
    assert "utm_source" not in "".join(made.text(path) for path in made.files if path.endswith(".html"))
    cite = mf2py.parse(doc=month, url=f"{SITE}/liens/2008/09/")["items"][0]
    assert (cite["type"], cite["properties"]["url"]) == (["h-cite"], ["https://Exemple.fr/page?b=2"])


def test_a_post_names_those_that_cite_it(made) -> None:
    page = made.text("2008/09/un/index.html")
    assert re.search(r"Billets qui citent celui-ci.*/2010/03/deux/", page, re.DOTALL)
    assert "Billets qui citent celui-ci" not in made.text("2010/03/deux/index.html")


def test_bookmarks_can_be_taken_home_and_come_back(made) -> None:
    from plancher.importing.bookmarks import bookmarks  # noqa: PLC0415 - this test only

    found = bookmarks.read(made.files["liens.html"]).bookmarks
    assert [(one.url, one.title, one.tags) for one in found][1] == ("https://Exemple.fr/page?b=2", "Une page", ("web", "PME"))
    assert found[1].date.isoformat() == "2008-09-11"  # midnight in Paris
    assert found[1].note == "À lire vraiment."


@pytest.mark.parametrize("out", [False, True])
def test_a_feed_says_both_addresses_to_readers_and_to_machines(site, out: bool) -> None:
    made = site(ONE + TWO, f"PLANCHER_LINKS={json.dumps({'leads_out': out})}")
    place, away = f"{SITE}/2008/09/un/#lien-1", "https://Exemple.fr/page?b=2"
    entry = next(e for e in ET.fromstring(made.files["feeds/liens.atom.xml"]).iter(f"{ATOM}entry") if e.findtext(f"{ATOM}title") == "Une page")
    links = {link.get("rel", "alternate"): link.get("href") for link in entry.iter(f"{ATOM}link")}
    assert links == {"alternate": away if out else place, "related": away, "via": "https://ami.fr/"}
    text = entry.findtext(f"{ATOM}content")
    assert f'href="{away}"' in text
    assert f">{away}<" in text
    item = next(i for i in json.loads(made.text("feeds/liens.json"))["items"] if i["title"] == "Une page")
    assert (item["url"], item["external_url"]) == (place, away)
    assert len({e.id for e in feedparser.parse(made.files["feeds/liens.atom.xml"]).entries}) == 4


def test_a_dead_link_leads_to_its_copy_in_pages_and_feeds_and_comes_back(site) -> None:
    gone = site(ONE + TWO + dead("https://autre.fr/", COPY))
    assert gone.code == 0, gone.said
    page = gone.text("2008/09/un/index.html")
    assert f'href="{COPY["url"]}" data-originalurl="https://autre.fr/" data-versionurl="{COPY["url"]}" data-versiondate="2008-09-12">Un autre</a>' in page
    assert "</a> (archivé le 12 septembre 2008)" in page.replace("\u00a0", " ")
    assert "source à retrouver" in page
    assert "archivé le 12 septembre 2008" in gone.text("feeds/atom.xml")
    assert "archivé le 12 septembre 2008" in gone.text("liens/2008/09/index.html")
    assert "source à retrouver" in gone.text("preuves/index.html")
    assert json.loads(gone.text("preuves.json"))["items"][0]["source"]["state"] == "dead"
    etat = gone.text("liens/etat/index.html")
    assert re.search(r"<h2>Archivés</h2>.*Un autre", etat, re.DOTALL)
    item = next(i for i in json.loads(gone.text("liens.json"))["items"] if i["title"] == "Un autre")
    assert (item["state"], item["url"], item["archive"]) == ("dead", "https://autre.fr/", COPY)
    back = site(state(**{"https://autre.fr/": {"state": "revived", "checked": "2026-11-25", "archive": COPY}}))
    assert "web.archive.org" not in back.text("2008/09/un/index.html")


def test_a_dead_link_without_a_copy_says_so(site) -> None:
    gone = site(ONE + dead("https://autre.fr/"))
    assert 'href="https://autre.fr/" data-originalurl="https://autre.fr/"' in gone.text("2008/09/un/index.html")
    assert "(page disparue)" in gone.text("2008/09/un/index.html")


def test_the_copy_an_author_typed_serves_when_no_other_is_known(site) -> None:
    text = ONE.replace(">   accès : payant\n", ">   archive : https://web.archive.org/web/20090102000000/https://autre.fr/\n")
    gone = site(text + dead("https://autre.fr/"))
    assert "archivé le 2 janvier 2009" in gone.text("2008/09/un/index.html").replace("\u00a0", " ")


SWAPS = {
    "https://mort.fr/l'article": "[x](https://mort.fr/l'article)",
    "https://mort.fr/?a=1&b=2": "[x](https://mort.fr/?a=1&b=2)",
    "https://mort.fr/a": "| a |\n|---|\n| [x](https://mort.fr/a) |",
}


@pytest.mark.parametrize("address", SWAPS)
def test_a_dead_link_is_seen_wherever_it_stands(site, address: str) -> None:
    text = f"-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nSource : un rapport, et {SWAPS[address]}\n\n".replace(
        "Source : un rapport, et |", "\n|"
    )
    page = site(text + dead(address)).text("2024/05/a/index.html")
    assert "(page disparue)" in page
    assert "source à retrouver" not in page


def test_a_thousand_sources_cost_no_time() -> None:
    from plancher.cache.body import LinkReplacement, filled  # noqa: PLC0415 - this test only

    start = time.process_time()
    filled("Source : " * 20_000 + '<a href="\ufdd4https://a.fr/\ufdd4">x</a>', "", {}, (LinkReplacement("https://a.fr/", "", "", "(disparue)", "(disparue)"),))
    assert time.process_time() - start < 1


def test_a_copy_typed_in_one_post_serves_in_all(site) -> None:
    old = "-- articles/vieux.md --\nTitle: Vieux\nDate: 2007-01-01\nCategory: Essais\n\nVoir [x](https://autre.fr/).\n\n"
    text = ONE.replace(">   accès : payant\n", ">   archive : https://web.archive.org/web/20090102000000/https://autre.fr/\n")
    gone = site(old + text + dead("https://autre.fr/"))
    assert "archivé le 2 janvier 2009" in gone.text("2007/01/vieux/index.html").replace("\u00a0", " ")


def test_a_link_to_a_page_of_ours_is_a_link(site) -> None:
    links = "> [!liens]\n> - [Ici]({filename}un.md)\n> - [Une page]({filename}/pages/p.md)\n> - [Un fichier]({static}/documents/a.pdf)\n\n"
    others = "-- pages/p.md --\nTitle: P\nSlug: p\n\nRien.\n\n-- documents/a.pdf --\n%PDF-1.4\n"
    made = site(ONE + "-- articles/b.md --\nTitle: B\nDate: 2024-05-02\nCategory: Essais\n\n" + links + others)
    urls = [item["url"] for item in json.loads(made.text("liens.json"))["items"][:3]]
    assert urls == [f"{SITE}/2008/09/un/", f"{SITE}/p/", f"{SITE}/documents/a.pdf"]
    assert "adresse perdue" not in made.text("liens/2024/05/index.html")


def test_a_link_keeps_its_identifier_when_another_comes_before_it(site) -> None:
    before = {i["title"]: i["id"] for i in json.loads(site(ONE).text("liens.json"))["items"]}
    after = {
        i["title"]: i["id"]
        for i in json.loads(site(ONE.replace("> - [Une page]", "> - [Neuve](https://neuve.fr/)\n> - [Une page]")).text("liens.json"))["items"]
    }
    assert {title: after[title] for title in before} == before


def test_a_roundup_may_be_numbered_and_say_why_on_the_same_line(site) -> None:
    text = '-- articles/r.md --\nTitle: R\nDate: 2024-05-02\nCategory: Essais\nKind: revue\n\n1. [Une](https://exemple.fr/a "titre") : pourquoi\n2. https://exemple.fr/b\n'
    made = site(text)
    assert made.code == 0, made.said
    assert [(i["title"], i["comment"]) for i in json.loads(made.text("liens.json"))["items"]] == [("Une", "pourquoi"), ("https://exemple.fr/b", None)]


def test_a_roundup_takes_stressed_links_and_titles_that_lost_theirs(site) -> None:
    head = "-- articles/r.md --\nTitle: R\nDate: 2024-05-02\nCategory: Essais\nKind: revue\n\n"
    made = site(head + "- **[Gras](https://exemple.fr/1)** : bien\n- Un titre perdu\n- https://exemple.fr/3.\n")
    assert [(i["title"], i["url"], i["comment"]) for i in json.loads(made.text("liens.json"))["items"]] == [
        ("Gras", "https://exemple.fr/1", "bien"),
        ("Un titre perdu", None, None),
        ("https://exemple.fr/3", "https://exemple.fr/3", None),
    ]
    said = site(head + "- voir **[Gras](https://exemple.fr/1)** : bien\n- et https://exemple.fr/3.\n", 'PLANCHER_READING={"mode": "check"}').said
    assert "    > [!liens] À lire\n    > - [Gras](https://exemple.fr/1)\n    >\n    >   voir Gras : bien\n    > - [et](https://exemple.fr/3)\n" in said


def test_a_lost_address_leads_to_its_copy(site) -> None:
    copy = "https://web.archive.org/web/20080912101112/http://perdu.fr/"
    made = site(ONE + f"-- articles/p.md --\nTitle: P\nDate: 2024-05-02\nCategory: Essais\n\n> [!liens]\n> - Un titre perdu\n>   archive : {copy}\n")
    page = made.text("liens/2024/05/index.html").replace("\u00a0", " ")
    assert f'href="{copy}"' in page
    assert "(archivé le 12 septembre 2008)" in page


def test_a_state_file_that_cannot_be_read_stops_a_publication(site) -> None:
    made = site(ONE + "-- links/state.json --\n{\n", settings="public")
    assert made.code != 0
    assert "links/state.json:2: PDV081" in made.said


def test_a_whole_roundup_needs_no_block(site) -> None:
    text = (
        "-- articles/r.md --\nTitle: Revue\nDate: 2024-05-02\nCategory: Essais\nKind: revue\n\nDu texte.\n\n"
        "- [Une page](https://exemple.fr/a)\n  auteur : Quelqu'un\n\n  Pourquoi.\n- [Une autre](https://exemple.fr/b)\n\nDes mots :\n\n- un mot\n- un autre\n"
    )
    made = site(text)
    assert made.code == 0, made.said
    page = made.text("2024/05/r/index.html")
    assert page.count('class="h-cite"') == 2
    assert "(Quelqu’un, exemple.fr)" in page
    assert "<li>un mot</li>" in page
    assert len(json.loads(made.text("liens.json"))["items"]) == 2


def test_an_announced_list_is_recognised_with_the_block_to_paste(site) -> None:
    text = (
        "-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\nDu texte.\n\nQuelques liens…\n\n"
        "- [Une page](https://exemple.fr/a) : à lire vite\n- Chez un ami, [une autre](https://exemple.fr/b)\n"
    )
    said = site(text, 'PLANCHER_READING={"mode": "check"}').said
    assert "articles/a.md:7: PDV077" in said
    block = "    > [!liens] Quelques liens…\n    > - [Une page](https://exemple.fr/a)\n    >\n    >   à lire vite\n    > - [une autre](https://exemple.fr/b)\n    >\n    >   Chez un ami\n"
    assert block in said
    pasted = "-- articles/a.md --\nTitle: Un\nDate: 2024-05-02\nCategory: Essais\n\n" + block.replace("    >", ">")
    assert len(json.loads(site(pasted).text("liens.json"))["items"]) == 2


def test_a_build_opens_no_socket(tmp_path, monkeypatch) -> None:
    """Everything a build does, in this process, where no socket can be made."""
    import pelican  # noqa: PLC0415 - this test only
    from pelican.settings import read_settings  # noqa: PLC0415 - the same

    from tests.conftest import settings_file  # noqa: PLC0415 - the same

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    content = tmp_path / "content" / "articles"
    content.mkdir(parents=True)
    (content / "un.md").write_text(ONE.split(" --\n", 1)[1], encoding="utf-8")
    (tmp_path / "content" / "links").mkdir()
    (tmp_path / "content" / "links" / "state.json").write_text(dead("https://autre.fr/", COPY).split("\n", 1)[1], encoding="utf-8")
    overrides = {
        "PATH": str(tmp_path / "content"),
        "OUTPUT_PATH": str(tmp_path / "output"),
        "CACHE_PATH": str(tmp_path / "cache"),
        "PLANCHER_BUILDING": {"workers": 1},
    }
    settings = read_settings(str(settings_file("local")), override=overrides)
    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    settings["PELICAN_CLASS"](settings).run()
    assert (tmp_path / "output" / "liens" / "index.html").is_file()
    assert pelican.__version__
