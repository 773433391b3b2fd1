"""What nine peers do with the same texts, in « confreres.toml », beside what we do: it stays true, and says why."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.typographer import Typographer

PEERS = ("typogrify", "smartypants", "JoliTypo", "Grammalecte", "WordPress", "SPIP", "Lexique", "Pandoc", "LanguageTool")
TEXTS = tomllib.loads(Path(__file__).with_name("confreres.toml").read_text(encoding="utf-8"))["texte"]
FR = Typographer(TypographySettings())


@pytest.mark.parametrize("text", TEXTS, ids=[text["entree"] for text in TEXTS])
def test_what_the_table_says_of_us_is_what_we_do(text: dict[str, str]) -> None:
    assert FR.text(text["entree"]).replace("\u00a0", "~").replace("\u202f", "_") == text["nous"]


@pytest.mark.parametrize("text", TEXTS, ids=[text["entree"] for text in TEXTS])
def test_each_peer_has_its_word_and_whoever_does_as_we_do_is_named(text: dict[str, str]) -> None:
    assert set(text) == {"entree", "nous", "juste", "pourquoi", *PEERS}
    same = {peer for peer in PEERS if {"rien": text["entree"]}.get(text[peer], text[peer]) == text["nous"]}
    changed = text["nous"] != text["entree"]
    assert same == set(text["juste"]) if changed else set(text["juste"]) <= same | {"LanguageTool"}
    assert text["pourquoi"].endswith(".")
