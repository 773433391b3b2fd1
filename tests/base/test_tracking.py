"""Addresses without what follows readers, and never without what shows the page."""

from __future__ import annotations

import pytest
from plancher.base import tracking

FOLLOWING = """
https://exemple.fr/a?rdid=1&mibextid=2
https://exemple.fr/a?gad_source=1&gad_campaignid=2&ysclid=3
https://exemple.fr/a?wprov=sfla1
https://exemple.fr/a?hsa_acc=1&_kx=2&trk_msg=3&sfmc_id=4
https://exemple.fr/a?lmd_medium=email&at_link_id=1&at_format=link
https://exemple.fr/a#xtor=RSS-1
https://exemple.fr/a?utm_source=x#utm_medium=y&Echobox=1
https://exemple.fr/a?UTM_Source=x&amp;fbclid=2
""".split()
OF_ONE_SITE = {
    "https://blog.medium.com/a?source=rss": "https://blog.medium.com/a",
    "https://www.reddit.com/r/a?share_id=1&rdt=2": "https://www.reddit.com/r/a",
    "https://nom.substack.com/p/a?r=1&triedRedirect=true": "https://nom.substack.com/p/a",
    "https://www.amazon.fr/dp/B0?tag=nom-21&linkCode=as2": "https://www.amazon.fr/dp/B0",
    "https://youtu.be/a?si=1&t=3": "https://youtu.be/a?t=3",
}
SHOWING = """
https://exemple.fr/a?source=b&r=1&tag=2&si=3&s=4&t=5&ref=6
https://exemple.fr/a#t=30
https://exemple.fr/a#:~:text=mot
https://exemple.fr/a?rdidx=1&gad=2&format=3
https://amazon.exemple.fr/a?tag=1
""".split()


@pytest.mark.parametrize("address", FOLLOWING)
def test_what_follows_a_reader_is_left_out(address: str) -> None:
    assert tracking.clean(address) == "https://exemple.fr/a"


@pytest.mark.parametrize("address", OF_ONE_SITE)
def test_what_follows_on_one_site_alone_is_left_out_there(address: str) -> None:
    assert tracking.clean(address) == OF_ONE_SITE[address]


@pytest.mark.parametrize("address", SHOWING)
def test_what_chooses_the_page_stays(address: str) -> None:
    assert tracking.clean(address) == address


def test_what_is_left_is_written_as_a_query_of_its_own() -> None:
    assert tracking.clean("https://exemple.fr/a?fbclid=1&amp;b=2#c") == "https://exemple.fr/a?b=2#c"


def test_all_ways_to_write_an_address_have_one_key() -> None:
    ways = (
        "https://exemple.fr/a",
        "http://www.exemple.fr/a/",
        "HTTPS://EXEMPLE.FR:443/%61",
        "https://exemple.fr./a",
        "https://exemple.fr/a?utm_source=x#xtor=1",
    )
    assert len({tracking.key(way) for way in ways}) == 1
    assert len({tracking.key(other) for other in ("https://exemple.fr/a", "https://exemple.fr/b", "https://exemple.fr/a?b=1", "https://exemple.fr/a#b")}) == 4
