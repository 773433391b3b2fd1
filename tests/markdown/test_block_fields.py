"""Pages of the whole site show the words of a block as its own page does."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest
from plancher.components.tangible.entries import ProofEntry
from plancher.markdown.convert import Converter
from plancher.markdown.place import Place
from plancher.text.front import FrontRules

from tests.grammar import grammar_of

PLUGINS = ("plancher.components.typography", "plancher.components.tangible", "plancher.components.links")
RULES = FrontRules(is_page=True, templates=("page",), timezone=zoneinfo.ZoneInfo("Europe/Paris"))


def proof(tmp_path: Path, answer: str, source: str = "", below: str = "") -> ProofEntry:
    text = f"Title: Un\n\n> [!tangible] T\n> promesse : a\n> preuve : {answer}\n> avant : 10\n> après : 20\n> source : {source or 'Bilan'}\n\n{below}\n"
    reading = Converter(tmp_path, grammar_of(PLUGINS)).read_bytes(text.encode(), RULES, Place(tmp_path, tmp_path))
    entry = reading.entries["ProofEntry"][0]
    assert isinstance(entry, ProofEntry)
    return entry


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("un *mot* et `a<b>`", "un mot et a<b>"),
        ("le 1er, *vite*", "le 1er, vite"),
        ("AT&T &eacute; &amp;lt; \\*", "AT&T é &lt; *"),
        ("un <b>mot</b> ![vu](a.png)", "un mot vu"),
        ("trois contrats[^1]", "trois contrats"),
        ("[un lien][bilan] et [deux](https://exemple.fr/)", "un lien et deux"),
        ("HTML *et* CSS", "HTML et CSS"),
    ],
)
def test_the_words_of_a_field_are_those_of_its_page(tmp_path: Path, typed: str, words: str) -> None:
    below = "[^1]: Sa note.\n\n[bilan]: https://exemple.fr/bilan\n\n*[HTML]: Langage"
    assert proof(tmp_path, typed, below=below).proof == words


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("[Bilan](https://exemple.fr/?a=1&b=2)", "https://exemple.fr/?a=1&b=2"),
        ("le [Bilan][b]", "https://exemple.fr/bilan"),
        ("<a href='https://exemple.fr/c'>Bilan</a>", "https://exemple.fr/c"),
        ("<https://exemple.fr/d>", "https://exemple.fr/d"),
        ("Bilan[^1]", ""),
        ("[x](javascript:alert)", ""),
    ],
)
def test_the_source_leads_where_its_page_does(tmp_path: Path, typed: str, address: str) -> None:
    assert proof(tmp_path, "b", typed, "[b]: https://exemple.fr/bilan\n\n[^1]: Sa note.").source_address == address
