"""Each of our plugins can be taken out: what it made is gone, and nothing leads there; or one sentence says why it must stay."""

from __future__ import annotations

import re
import urllib.parse

import pytest

from tests.build.small import Small, difference
from tests.settings import identity

GONE = {
    "components.callouts": (),
    "components.typography": (),
    "components.tangible": ("preuves/", "preuves.json", "feeds/preuves.atom.xml"),
    "components.tags": ("tags/2024/", "tags.json"),
    "components.links": ("liens/", "liens.json", "liens.html", "feeds/liens.atom.xml"),
    "components.talks": ("videos/", "videos.json", "feeds/videos.rss.xml"),
    "components.series": ("serie/", "feeds/serie/"),
    "components.authors": ("auteur/", "feeds/auteur/"),
    "components.related": (),
    "components.answers": ("temoignages/", "feeds/temoignages.atom.xml"),
    "components.guide": ("guide/",),
    "components.search": ("recherche/",),
    "outputs.feeds": ("feeds/", "feeds.opml", "abonnement/"),
    "outputs.discovery": ("robots.txt", "sitemap.xml", "_headers"),
    "outputs.announcing": (),
}
"""What each plugin that may be absent makes."""
NEEDED = {"pelican_adapter": "cette extension lit les textes et écrit le site", "outputs.theme": "les gabarits du thème"}


def addresses(text: str) -> set[str]:
    """The pages and files of the site that a page or a feed links to."""
    found = re.findall(rf'(?:href|src|xmlUrl|htmlUrl)=(?:"|&quot;)(?:{identity.SITEURL})?(/[^"#?&]*)', text)
    return {urllib.parse.unquote(address) for address in found if not address.startswith("//")}


def without(small: Small, *names: str) -> None:
    small.set(PLUGINS=f"[name for name in PLUGINS if name not in {[f'plancher.{name}' for name in names]}]")


def test_every_plugin_of_ours_is_in_one_of_the_two_lists() -> None:
    assert {name.removeprefix("plancher.") for name in identity.PLUGINS} == GONE.keys() | NEEDED.keys()


@pytest.mark.parametrize("name", GONE)
def test_a_site_without_one_of_our_plugins_has_nothing_of_it_and_no_dead_link(small: Small, name: str) -> None:
    small.post("deux", series="En ordre", author="Anne Un")
    small.post("un", series="En ordre", words="Voir https://exemple.fr/a, et [un mot]({tag}pme).", tags=("PME", "C#"))
    without(small, name)
    ran = small.build()
    assert ran.code == 0, ran.said
    found = small.files
    assert not [path for path in found for start in GONE[name] if path.startswith(start)]
    known = {f"/{path.removesuffix('index.html')}" for path in found} | {f"/{path}" for path in found}
    for path, raw in found.items():
        if path.endswith((".html", ".opml", ".xml")) and path != "liens.html":
            dead = {address for address in addresses(raw.decode()) if address not in known and not address.startswith("/theme/")}
            assert dead == set(), path
    code, clean, said = small.clean()
    assert code == 0, said
    assert found == clean, difference(found, clean)


def test_a_site_without_any_plugin_that_may_be_absent_builds(small: Small) -> None:
    without(small, *GONE)
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "Du texte." in small.files["2024/05/un/index.html"].decode()


@pytest.mark.parametrize("name", NEEDED)
def test_a_plugin_that_cannot_be_taken_out_says_why_and_the_site_stays(small: Small, name: str) -> None:
    before = small.files
    without(small, name)
    ran = small.build()
    assert ran.code == 1
    assert f"« plancher.{name} » manque dans PLUGINS" in ran.said
    assert NEEDED[name] in ran.said
    assert "Traceback" not in ran.said
    assert small.files == before
