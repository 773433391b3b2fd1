"""One text, one page or one template that fails stops nothing else: it is named, a page says so in its place, and nothing is published."""

from __future__ import annotations

import pytest

from tests.build.small import Small, difference

FAULTY = "{% if article.title == 'Un' %}{{ jamais.dit }}{% endif %}"
"""What a template does wrong for one post."""


def change(small: Small, name: str, scrap: str) -> None:
    """Add something at the head of the main part of a template."""
    path = small.folder / "theme/templates" / name
    text = path.read_text(encoding="utf-8")
    start, end = text.split("{% block content %}", 1) if "{% block content %}" in text else ("", text)
    path.write_text(f"{start}{'{% block content %}' if start else ''}{scrap}{end}", encoding="utf-8")


def strict(small: Small) -> str:
    small.set(PLANCHER_READING='ReadingSettings(mode="strict")')
    before = small.files
    ran = small.build()
    assert ran.code == 1, ran.said
    assert "Rien n'a été publié" in ran.said
    assert small.files == before
    return ran.said


def same_as_clean(small: Small) -> None:
    code, clean, _ = small.clean()
    assert (code, difference(small.files, clean)) == (0, "")


def test_a_template_that_fails_on_one_post_names_it_and_the_others_are_made(small: Small) -> None:
    change(small, "article.html", FAULTY)
    ran = small.build()
    assert ran.code == 0, ran.said
    assert (
        "content/articles/2024/un.md:1: PDV062 la page de ce texte ne peut pas être rendue : « jamais » n'est pas défini (theme/templates/article.html:"
        in ran.said
    )
    page = small.files["2024/05/un/index.html"].decode()
    assert "Cette page ne peut pas être rendue" in page
    assert "« jamais » n'est pas défini" in page
    assert "theme/templates/article.html, ligne " in page
    assert b"Du texte." in small.files["2024/05/deux/index.html"]
    same_as_clean(small)
    assert "PDV062" in small.build().said, "chaque construction le dit, jusqu'à ce que ce soit corrigé"
    small.post("deux", words="Autre chose.")
    assert "PDV062" in small.build().said
    same_as_clean(small)
    strict(small)
    small.set(PLANCHER_READING="")
    small.post("un", title="Guéri")
    assert "PDV062" not in small.build().said
    same_as_clean(small)


@pytest.mark.parametrize("scrap", ["{{ jamais.dit }}", "{% if %}", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{{ 'x'|inconnu }}"])
def test_a_template_that_is_wrong_for_every_post_is_told_once_and_the_other_pages_are_made(small: Small, scrap: str) -> None:
    change(small, "article.html", scrap)
    ran = small.build()
    assert ran.code == 0, ran.said
    assert ran.said.count("PDV063") == 1
    assert "theme/templates/article.html:" in ran.said
    assert "et 2\u00a0autres fichiers" in ran.said
    assert "Cette page ne peut pas être rendue" in small.files["2024/05/un/index.html"].decode()
    assert b"Deux" in small.files["index.html"]
    same_as_clean(small)


def test_a_list_is_made_without_the_post_it_fails_on(small: Small) -> None:
    small.set(JINJA_FILTERS='{"inverse": lambda card: 1 / (card.title != "Un")}')
    path = small.folder / "theme/templates/index.html"
    text = path.read_text(encoding="utf-8")
    assert text.count("articles_page.object_list") >= 1
    path.write_text(
        text.replace("{% block content %}", "{% block content %}{% for card in articles_page.object_list %}{{ card|inverse }}{% endfor %}"), encoding="utf-8"
    )
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "content/articles/2024/un.md:1: PDV062 ce texte manque dans « / » : division par zéro." in ran.said
    assert b"Deux" in small.files["index.html"]
    assert b"2024/05/un/" not in small.files["index.html"].split(b"<main")[1].split(b"</main")[0]
    same_as_clean(small)


BOMB = """
import plancher.outputs.feeds.content as content

_whole = content.whole

def whole(entry):
    if entry.title == "Un":
        raise ValueError("boum")
    return _whole(entry)

content.whole = whole

def register():
    pass
"""


def test_a_feed_is_made_without_the_entry_that_fails(small: Small) -> None:
    small.write("plugins/bombe.py", BOMB)
    small.set(PLUGINS='[*PLUGINS, "bombe"]')
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "content/articles/2024/un.md:1: PDV062 ce texte manque dans « /feeds/atom.xml » et" in ran.said
    assert ran.said.count("PDV062") == 1
    for path in ("feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json"):
        assert b"Deux" in small.files[path]
        assert b"Du texte" in small.files[path]
        assert b">Un<" not in small.files[path]
        assert b'"Un"' not in small.files[path]
    strict(small)


def test_beside_a_plugin_of_somebody_else_one_page_that_fails_stops_no_other(small: Small) -> None:
    small.write("plugins/ailleurs.py", "def register():\n    pass\n")
    small.set(PLUGINS='[*PLUGINS, "ailleurs"]')
    change(small, "article.html", FAULTY)
    ran = small.build()
    assert ran.code == 0, ran.said
    assert "content/articles/2024/un.md:1: PDV062" in ran.said
    assert "PDV060" not in ran.said
    assert "Cette page ne peut pas être rendue" in small.files["2024/05/un/index.html"].decode()
    assert b"Du texte." in small.files["2024/05/deux/index.html"]


FRAGILE = """
from typing import NamedTuple
from plancher.site.component import Component
from plancher.text.html import add, el
from plancher.text.grammar import BlockKind, Read

class Entry(NamedTuple):
    words: str

def deep(title):
    return deep(title) + 1

def read(block):
    return Read(deep(block.title) if block.title == "lire" else block.title)

def render(model, markdown):
    box = el("p")
    add(box, "b").text = {"mot": "Bien rendu."}[model] if model != "rassembler" else "x"
    return box

def gather(model, inline):
    return [1 / (model != "rassembler")] and []

def suggest(document):
    raise ValueError("conseil")

class House(Component):
    def blocks(self):
        return (BlockKind(name="maison", purpose="Fragile.", read=read, render=render, index=Entry, index_entries=gather),)

    def text_advice(self):
        return (suggest,)


COMPONENT = House

def register():
    pass
"""


def test_a_block_that_a_plugin_fails_on_is_named_by_its_line_and_the_rest_of_the_text_is_there(small: Small) -> None:
    small.write("plugins/maison.py", FRAGILE)
    small.set(PLUGINS='[*PLUGINS, "maison"]')
    small.post("un", words="Avant.\n\n> [!maison] mot\n\n> [!maison] lire\n> a : b\n\n> [!maison] rendre\n\n> [!maison] rassembler\n\nAprès.")
    ran = small.build()
    assert ran.code == 0, ran.said
    start = "content/articles/2024/un.md:{}: PDV036 le bloc « maison » ne peut pas être rendu : {}. Simplifiez-le ; le reste du texte est lu."
    assert start.format(10, "quelque chose s'appelle lui-même sans fin") in ran.said
    assert start.format(13, "KeyError : 'rendre'") in ran.said
    assert start.format(15, "division par zéro") in ran.said
    assert ran.said.count("PDV036") == 3
    page = small.files["2024/05/un/index.html"].decode()
    assert all(words in page for words in ("Avant.", "Bien rendu.", "[!maison] lire", "[!maison] rendre", "Après."))
    assert b"Du texte." in small.files["2024/05/deux/index.html"]
    ran = small.build(task=False, extra={"PLANCHER_READING": {"mode": "check"}})
    assert start.format(13, "KeyError : 'rendre'") in ran.said


def test_workers_tell_the_same(small: Small) -> None:
    change(small, "article.html", FAULTY)
    small.post("trois", words="> [!tangibl] x\n> y : z")
    ran = small.build(share=True)
    assert (ran.code, ran.said.count("PDV062"), ran.said.count("PDV002")) == (0, 1, 1), ran.said
    same_as_clean(small)


def test_what_is_wrong_with_the_texts_is_said_even_when_the_build_stops(small: Small) -> None:
    small.write(
        "plugins/bombe.py",
        "from pelican import signals\n\ndef stop(generators):\n    raise RuntimeError('boum')\n\ndef register():\n    signals.article_writer_finalized.connect(lambda *_, **__: stop(None), weak=False)\n",
    )
    small.set(PLUGINS='[*PLUGINS, "bombe"]')
    small.post("un", words="> [!tangibl] x\n> y : z")
    ran = small.build()
    assert ran.code != 0
    assert "content/articles/2024/un.md:6: PDV002" in ran.said
