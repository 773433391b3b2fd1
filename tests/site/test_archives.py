"""The archives: each year leads to its months, each month has an address to copy."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from tests.build.small import Small


def soup(small: Small, path: str) -> Tag:
    return BeautifulSoup(small.files[path], "html.parser")


def test_each_month_has_its_address_and_the_archives_lead_there(small: Small) -> None:
    small.post("quatre", day="2024-11-01")
    small.post("cinq", day="2024-12-31 23:30")
    assert small.build().code == 0
    links = [(link.get_text(), link["href"]) for link in soup(small, "archives/index.html").select(".months a")]
    assert links == [("décembre", "/archives/2024/#mois-12"), ("novembre", "/archives/2024/#mois-11"), ("mai", "/archives/2024/#mois-05")]
    year = soup(small, "archives/2024/index.html")
    assert [heading["id"] for heading in year.select("main h2")] == ["mois-12", "mois-11", "mois-05"]
    assert year.select_one('a.self-link[href="#mois-05"]')["aria-label"] == "Adresse de ce mois\xa0: mai 2024"


def test_a_year_of_one_month_has_no_list_of_months(small: Small) -> None:
    assert not soup(small, "archives/2025/index.html").select(".months")
    assert soup(small, "archives/2025/index.html").select("#mois-06")
