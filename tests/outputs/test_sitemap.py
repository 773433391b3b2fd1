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


def text(name: str, url: str, modified: dt.datetime | None = None, *, is_page: bool = False, image: str = "") -> Post:
    card = Card(name, url, None if is_page else NOON, modified, "", None, "fr")
    return Post(path=f"{name}.md", card=card, save_as=f"{url}index.html", is_page=is_page, image=image)


UN, DEUX = text("un", "2024/05/un/", image="images/t%C3%AAte.png"), text("deux", "2024/05/deux/", LATER, image="https://ailleurs.example/a.png")


def term(kind: str, name: str, save_as: str = "index.html", posts: tuple[Post, ...] = ()) -> tuple[Term, tuple[Post, ...]]:
    return Term(name, name, f"{kind}/{name}/", save_as and f"{kind}/{name}/{save_as}"), posts


class Extra(Component[None, None]):
    """Pages of each sort."""

    def pages(self, site: Site, index: None) -> Iterable[PageRequest]:
        yield TemplatePage(address="liens/", template="liens", shows=frozenset({"2024/05/un/", "2024/05/discret/"}))
        yield TemplatePage(address="abonnement/", template="abonnement", precedes_posts=True)
        yield TemplatePage(address="ancien/", template="moved", in_sitemap=False)
        yield TextFile(path="liens.json", text="{}")


def assembled(*lacking: str) -> Assembly:
    site = Site(
        identity=Identity(name="Blog", address="https://exemple.fr/blog"),
        content=Path("content"),
        theme=Path("theme"),
        today=NOON.date(),
        posts=(DEUX, UN),
        hidden=(text("discret", "2024/05/discret/"),),
        pages=(text("a-propos", "a-propos/", is_page=True),),
        tags=(term("tag", "élus"), term("tag", "PME", posts=(UN, DEUX)), term("tag", "sans page", "")),
        categories=(term("categorie", "essais", posts=(UN,)),),
    )
    lists = [
        TemplatePage(address="", template="index", shows=frozenset({"2024/05/un/", "2024/05/deux/"})),
        TemplatePage(address="archives/", template="archives"),
    ]
    years = [TemplatePage(address="archives/2024/", template="period_archives")]
    return assemble(site, [Extra(None)], lambda name: name not in lacking, blog_pages=lists, year_pages=years)


def named(assembly: Assembly) -> list[str]:
    return [address.removeprefix("https://exemple.fr/blog/") for address in (page.address for page in sitemap.entries(assembly.site, assembly))]


def test_pages_on_the_blog_come_first_then_texts_then_what_is_made_of_texts() -> None:
    assert named(assembled()) == [
        *("", "archives/", "abonnement/"),
        *("2024/05/deux/", "2024/05/un/", "a-propos/"),
        *("archives/2024/", "liens/", "categorie/essais/", "tag/PME/", "tag/%C3%A9lus/"),
    ]


def test_a_page_for_which_a_theme_has_no_template_is_not_in_the_map() -> None:
    assert not {"archives/", "liens/", "tag/PME/"} & set(named(assembled("archives", "liens", "tag")))
    assert "2024/05/un/" in named(assembled("archives", "liens", "tag"))


def changes() -> dict[str, str]:
    root = ET.fromstring(sitemap.sitemap(sitemap.entries(assembled().site, assembled())))
    return {entry[0].text.removeprefix("https://exemple.fr/blog/"): entry.findtext(f"{{{sitemap.NAMESPACE}}}lastmod") for entry in root}


def test_a_text_says_when_its_author_last_changed_it() -> None:
    assert changes()["2024/05/deux/"] == "2024-06-03T08:00:00+00:00"
    assert changes()["2024/05/un/"] == "2024-05-02T12:00:00+00:00"


def test_a_list_is_as_old_as_the_youngest_text_it_shows() -> None:
    assert {name: changes()[name] for name in ("", "tag/PME/")} == dict.fromkeys(("", "tag/PME/"), "2024-06-03T08:00:00+00:00")
    assert {name: changes()[name] for name in ("liens/", "categorie/essais/")} == dict.fromkeys(("liens/", "categorie/essais/"), "2024-05-02T12:00:00+00:00")


def test_nothing_is_said_of_a_page_of_which_nobody_tells_when_it_changed() -> None:
    assert {name for name, changed in changes().items() if changed is None} == {"archives/", "abonnement/", "a-propos/", "archives/2024/", "tag/%C3%A9lus/"}


def test_the_picture_of_a_text_stands_with_it_and_one_of_another_site_does_not() -> None:
    root = ET.fromstring(sitemap.sitemap(sitemap.entries(assembled().site, assembled())))
    pictures = {entry[0].text: [loc.text for loc in entry.iter(f"{{{sitemap.IMAGES}}}loc")] for entry in root}
    assert {page: found for page, found in pictures.items() if found} == {
        "https://exemple.fr/blog/2024/05/un/": ["https://exemple.fr/blog/images/t%C3%AAte.png"]
    }


def test_every_list_of_the_blog_tells_when_its_posts_last_changed_and_no_build_does(built) -> None:
    root = ET.fromstring(built.files["sitemap.xml"])
    said = {entry[0].text.removeprefix(f"{built.address}/"): entry.findtext(f"{{{sitemap.NAMESPACE}}}lastmod") for entry in root}
    for lists in ("", "archives/", "tags/", "categories/", "preuves/", "liens/", "videos/"):
        assert said[lists], lists
    assert all(said[name] for name in said if name.startswith(("archives/", "tag/", "categorie/", "tags/", "preuves/mot/", "liens/mot-cle/")))
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert not any((moment or "").startswith(today) for moment in said.values())
