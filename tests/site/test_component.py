"""A component that a stranger writes works without a change anywhere else: the example of CONTRIBUTING, as it stands there."""

from __future__ import annotations

import re

import feedparser
import pytest

from tests.build.small import Small, difference
from tests.build.warm import ROOT

GUIDE = ROOT / ".github" / "CONTRIBUTING.md"
MOST_LINES = 60


def example(language: str) -> str:
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return max(blocks, key=len)


@pytest.fixture
def ideas(small: Small) -> Small:
    small.write("plugins/idees.py", example("python"))
    small.write("plugins/templates/idees.html", example("jinja"))
    small.set(PLUGINS="[*PLUGINS, 'idees']", PLANCHER_IDEAS="{'most': 5}")
    small.post("un", words="> [!idee] Appeler **dix** clients\n>\n> Une heure suffit.")
    return small


def page(small: Small, path: str) -> str:
    return (small.output / path).read_text(encoding="utf-8")


def test_the_example_is_short() -> None:
    assert len([line for line in example("python").splitlines() if line.strip()]) <= MOST_LINES


def test_a_block_an_index_a_page_a_feed_and_a_menu_entry_of_a_stranger_are_of_the_site(ideas: Small) -> None:
    ran = ideas.build()
    assert (ran.code, "[bloque" in ran.said) == (0, False), ran.said
    post = page(ideas, "2024/05/un/index.html")
    anchor = re.search(r'<div[^>]* id="(idee-\d+)"', post)
    assert anchor is not None
    assert "Une heure suffit." in post
    assert f'href="/2024/05/un/#{anchor[1]}">Appeler dix clients</a>' in page(ideas, "idees/index.html")
    assert '<a href="/idees/">Idées</a>' in page(ideas, "index.html")
    feed = feedparser.parse(page(ideas, "feeds/idees.atom.xml"))
    assert [entry.title for entry in feed.entries] == ["Appeler dix clients"]
    assert "/idees/</loc>" in page(ideas, "sitemap.xml")
    assert "idées" in page(ideas, "feeds.opml")


def test_what_changed_is_made_again_and_equals_a_full_build(ideas: Small) -> None:
    ideas.build()
    ideas.post("deux", title="Deux", words="> [!idee] Fermer à midi\n>\n> Une fois.")
    ideas.build()
    assert "Fermer à midi" in page(ideas, "idees/index.html")
    ideas.post("deux", words="> [!idee] Ouvrir à midi\n>\n> Une fois.")
    ideas.build()
    code, expected, _ = ideas.clean()
    assert code == 0
    assert difference(ideas.files, expected) == ""


def test_a_setting_out_of_bounds_is_told_as_ours_are(ideas: Small) -> None:
    ideas.set(PLANCHER_IDEAS="{'most': 0}")
    ran = ideas.build()
    assert ran.code == 1
    assert "réglage PLANCHER_IDEAS : « most »" in ran.said
