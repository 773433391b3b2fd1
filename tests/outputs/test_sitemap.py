"""What a search engine learns of a site: each page once, and none that is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from plancher.outputs.discovery import sitemap
from plancher.site.assembly import Assembly, assemble
from plancher.site.component import Component
from plancher.site.model import Card, Identity, Post, Site, Term
from plancher.site.requests import PageRequest, TemplatePage, TextFile

NOON = dt.datetime(2024, 5, 2, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2024, 6, 3, 8, tzinfo=dt.UTC)


def text(name: str, url: str, modified: dt.datetime | None = None, *, is_page: bool = False) -> Post:
    card = Card(name, url, None if is_page else NOON, modified, "", None, "fr")
    return Post(path=f"{name}.md", card=card, save_as=f"{url}index.html", is_page=is_page)


def term(kind: str, name: str, save_as: str = "index.html") -> tuple[Term, tuple[Post, ...]]:
    return Term(name, name, f"{kind}/{name}/", save_as and f"{kind}/{name}/{save_as}"), ()


class Extra(Component[None, None]):
    """Pages of each sort."""

    def pages(self, site: Site, index: None) -> Iterable[PageRequest]:
        yield TemplatePage(address="liens/", template="liens")
        yield TemplatePage(address="abonnement/", template="abonnement", precedes_posts=True)
        yield TemplatePage(address="ancien/", template="moved", in_sitemap=False)
        yield TextFile(path="liens.json", text="{}")


def assembled(*lacking: str) -> Assembly:
    site = Site(
        identity=Identity(name="Blog", address="https://exemple.fr/blog"),
        content=Path("content"),
        theme=Path("theme"),
        today=NOON.date(),
        posts=(text("deux", "2024/05/deux/", LATER), text("un", "2024/05/un/")),
        hidden=(text("discret", "2024/05/discret/"),),
        pages=(text("a-propos", "a-propos/", is_page=True),),
        tags=(term("tag", "élus"), term("tag", "PME"), term("tag", "sans page", "")),
        categories=(term("categorie", "essais"),),
    )
    lists = [TemplatePage(address="", template="index"), TemplatePage(address="archives/", template="archives")]
    years = [TemplatePage(address="archives/2024/", template="period_archives")]
    return assemble(site, [Extra(None)], lambda name: name not in lacking, blog_pages=lists, year_pages=years)


def named(assembly: Assembly) -> list[str]:
    return [address.removeprefix("https://exemple.fr/blog/") for address, _ in sitemap.entries(assembly.site, assembly)]


def test_pages_on_the_blog_come_first_then_texts_then_what_is_made_of_texts() -> None:
    assert named(assembled()) == [
        *("", "archives/", "abonnement/"),
        *("2024/05/deux/", "2024/05/un/", "a-propos/"),
        *("archives/2024/", "liens/", "categorie/essais/", "tag/PME/", "tag/%C3%A9lus/"),
    ]


def test_a_page_for_which_a_theme_has_no_template_is_not_in_the_map() -> None:
    assert not {"archives/", "liens/", "tag/PME/"} & set(named(assembled("archives", "liens", "tag")))
    assert "2024/05/un/" in named(assembled("archives", "liens", "tag"))


def test_a_text_says_when_it_last_changed() -> None:
    root = ET.fromstring(sitemap.sitemap(sitemap.entries(assembled().site, assembled())))
    changed = {entry[0].text: entry[1].text for entry in root if len(entry) > 1}
    assert changed == {
        "https://exemple.fr/blog/2024/05/deux/": "2024-06-03T08:00:00+00:00",
        "https://exemple.fr/blog/2024/05/un/": "2024-05-02T12:00:00+00:00",
    }
