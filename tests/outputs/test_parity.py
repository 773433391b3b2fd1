"""What the page shows, the subscriber sees: through a reader's real sanitiser, and two others' rules.

Sources of the rules: Miniflux, ``internal/reader/sanitizer`` (allow-lists of tags
and attributes; everything else is unwrapped); FreshRSS, ``SimplePie`` as it sets it
up (deny-list of tags, attributes stripped).
"""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Callable, Iterator, Mapping

import feedparser
import nh3
import pytest
from bs4 import BeautifulSoup, Tag
from plancher.cache import slots

from tests.conftest import Built

MINIFLUX = set(
    """
    a abbr acronym audio b blockquote br caption cite code dd del dfn dl dt em figcaption figure h1 h2 h3 h4 h5 h6 i img ins kbd li
    ol p picture pre q rp rt rtc ruby s samp small source strong sub sup table tbody td tfoot th thead time tr u ul var video wbr
    """.split()
)
MINIFLUX_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"alt", "title", "src", "srcset", "sizes", "width", "height"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan"},
    "time": {"datetime"},
    "video": {"poster", "height", "width", "src"},
    "source": {"src", "type", "srcset", "sizes", "media"},
    "q": {"cite"},
    "blockquote": {"cite"},
}
FRESHRSS_DENIED = (
    "base blink body doctype embed font form frame frameset html iframe input link marquee meta noscript object param plaintext script style svg".split()
)


def miniflux(html: str) -> str:
    return nh3.clean(html, tags=MINIFLUX, attributes=MINIFLUX_ATTRIBUTES, link_rel=None, url_schemes={"http", "https", "mailto"})


def freshrss(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(FRESHRSS_DENIED):
        tag.decompose()
    for tag in soup.find_all(True):
        tag.attrs = {
            name: value for name, value in tag.attrs.items() if name in {"href", "src", "alt", "title", "datetime", "colspan", "rowspan", "cite", "poster"}
        }
    return str(soup)


READERS: Mapping[str, Callable[[str], str]] = {"feedparser": lambda html: html, "Miniflux": miniflux, "FreshRSS": freshrss}


def words(html: str | Tag) -> str:
    """As a reader meets them: without drawings, nor links of a place to itself, one space between words."""
    soup = BeautifulSoup(str(html), "html.parser")
    for drawing in soup.select("svg, .self-link"):
        drawing.decompose()
    return re.sub(r"\s+", " ", soup.get_text()).strip()


def entries(made: Built) -> dict[str, str]:
    """By address, the content of every post, as a real reader's sanitiser lets it through."""
    names = [name for name in made.files if re.fullmatch(r"feeds/(atom|archives/\d+\.atom)\.xml", name)]
    return {entry.link: entry.content[0].value for name in names for entry in feedparser.parse(made.text(name)).entries}


def bodies(made: Built) -> Iterator[tuple[str, Tag]]:
    for address in sorted(made.listed) if made.has("feeds/atom.xml") else ():  # an owner may have no feeds
        name = urllib.parse.unquote(address.removeprefix(f"{made.address}/"))
        body = BeautifulSoup(made.text(f"{name}index.html"), "html.parser").select_one(".e-content")
        assert body is not None
        yield address, body


FACTS = (
    ".tangible dt, .tangible dd, .balance caption, .balance th, .balance td, .roundup a, .talk-title, .talk dd, .quotation blockquote, .quotation figcaption"
)


ENDINGS = {"is-proved": ("",), "is-unverified": ("(à vérifier)",), "is-waiting": ("(en attente)", "Promesse en attente de preuve.")}
"""What each answer ends with, in words."""
STATES = {"proved": "preuve établie", "unverified": "à vérifier", "waiting": "en attente"}
REGISTER_FACTS = {
    "indicator": "Indicateur",
    "sample": "Effectif",
    "measured_by": "Relevé par",
    "method": "Méthode",
    "nature": "Nature",
    "level": "Niveau de preuve",
    "source": "Source",
    "caveat": "Réserve",
}
"""By its name in the data, each fact as its feed names it."""


@pytest.mark.parametrize("reader", READERS)
def test_no_fact_of_a_page_is_lost_to_a_subscriber(built: Built, any_site: Built, reader: str) -> None:
    seen, facts = entries(any_site), 0
    for address, body in bodies(any_site):
        text = words(READERS[reader](seen[address]))
        for fact in body.select(FACTS):
            facts += 1
            assert words(fact) in text, (address, fact)
    assert any_site is not built or facts > 100


@pytest.mark.parametrize("reader", READERS)
def test_every_link_of_a_page_is_there(any_site: Built, reader: str) -> None:
    seen = entries(any_site)
    for address, body in bodies(any_site):
        there = {link["href"] for link in BeautifulSoup(READERS[reader](seen[address]), "html.parser").select("a[href]")}
        for link in body.select("a[href^=http]"):
            assert link["href"] in there, address


@pytest.mark.parametrize("reader", READERS)
def test_a_subscriber_can_tell_the_promise_from_the_proof(built: Built, any_site: Built, reader: str) -> None:
    seen, pairs = entries(any_site), 0
    for address, body in bodies(any_site):
        soup = BeautifulSoup(READERS[reader](seen[address]), "html.parser")
        terms = {words(value): words(value.find_previous_sibling("dt") or value.find_previous("dt")) for value in soup.select("dd")}
        for box in body.select(".tangible"):
            pairs += 1
            promise, proof = (words(box.select_one(f".tangible-{kind} dd")) for kind in ("promise", "proof"))
            assert "promesse" in terms[promise]
            assert "preuve" in terms[proof]
        for table in body.select(".balance-table"):
            same = next(caption for caption in soup.select("caption") if words(caption) == words(table.caption))
            heads = [words(head) for head in same.find_parent("table").select("thead th")]
            assert ["promesse" in heads[0], "preuve" in heads[1]] == [True, True]
    assert any_site is not built or pairs >= 7


@pytest.mark.parametrize("reader", READERS)
def test_a_subscriber_can_tell_what_is_proved_from_what_is_not(built: Built, any_site: Built, reader: str) -> None:
    seen, states = entries(any_site), set()
    for address, body in bodies(any_site):
        text = words(READERS[reader](seen[address]))
        for answer in body.select(".is-proved, .is-unverified, .is-waiting"):
            name = next(name for name in answer["class"] if name.startswith("is-"))
            said = words(answer.dd or answer.p or answer)
            states.add(name)
            assert said in text
            assert said.endswith(ENDINGS[name]), (address, said)
            assert name != "is-proved" or not said.endswith((*ENDINGS["is-unverified"], *ENDINGS["is-waiting"]))
    assert any_site is not built or states == set(ENDINGS)


@pytest.mark.parametrize("reader", READERS)
def test_no_fact_nor_state_of_the_register_is_lost_to_its_subscriber(built: Built, any_site: Built, reader: str) -> None:
    if not (any_site.has("preuves.json") and any_site.has("feeds/preuves.atom.xml")):
        return  # an owner may do without one or the other
    pairs = {item["id"]: item for item in json.loads(any_site.text("preuves.json"))["items"]}
    given: set[str] = set()
    for entry in feedparser.parse(any_site.text("feeds/preuves.atom.xml")).entries:
        soup = BeautifulSoup(READERS[reader](entry.content[0].value), "html.parser")
        facts = {words(term): words(term.find_next_sibling("dd") or "") for term in soup.select("dt")}
        pair = pairs[entry.id]
        assert facts["État"] == STATES[pair["state"]]
        for name, term in REGISTER_FACTS.items():
            value = pair[name]["text"] if isinstance(pair[name], dict) else pair[name]
            assert words(value or "") in facts.get(term, ""), (entry.id, term)
            given |= {name} if value else set()
    assert any_site is not built or given == set(REGISTER_FACTS)


def test_no_drawing_reaches_a_feed(built: Built) -> None:
    assert "gauge" in "".join(str(body) for _, body in bodies(built))
    for name, content in built.files.items():
        if name.startswith("feeds/"):
            assert b"gauge" not in content
            assert b"&lt;svg" not in content


def test_a_row_of_the_register_has_a_link_to_its_own_address(built: Built) -> None:
    rows = BeautifulSoup(built.text("preuves/index.html"), "html.parser").select(".register-row")
    assert rows
    for row in rows:
        link = row.select_one("a.self-link")
        assert link["href"] == f"#{row['id']}"
        assert link["aria-label"].startswith("Adresse de cette ligne")


def test_a_place_has_a_link_to_its_own_address_on_its_page_and_in_no_feed(built: Built, any_site: Built) -> None:
    names: set[str] = set()
    for address, body in bodies(any_site):
        places = [place["id"] for place in body.select(".headed > [id], .tangible[id], .call[id], .balance-promise[id]")]
        links = [link for link in body.select("a.self-link") if "video" not in link["href"]]
        assert sorted(link["href"] for link in links) == sorted(f"#{place}" for place in places), address
        names.update(link["aria-label"].partition("\u00a0: ")[0] for link in links)
    assert any_site is not built or names == {"Adresse de cette section", "Adresse de cette preuve"}
    assert not [name for name, content in any_site.files.items() if name.startswith("feeds/") and b"self-link" in content]
    assert not [name for name, content in any_site.files.items() if slots.PAGE.encode() in content]
