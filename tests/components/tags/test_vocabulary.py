"""The registry of tags, and what it says when it is wrong."""

from __future__ import annotations

import pytest
from plancher.components.tags.vocabulary import ancestors
from plancher.components.tags.vocabulary_reader import parse

GOOD = """
# Un commentaire.
["données ouvertes"]
aliases = ["open data", "opendata"]
description = "Ce que chacun peut
 réutiliser."
parent = "web"
wikidata = "Q309901"

[web]
related = ["flux"]
"""


def test_a_registry_is_read_whole() -> None:
    found, problems = parse(GOOD.replace("peut\n ", "peut "))
    assert problems == []
    entry = found.get("Données Ouvertes")
    assert (entry.name, entry.parent, entry.wikidata, entry.line) == ("données ouvertes", "web", "Q309901", 3)
    assert found.preferred_names["opendata"] == "données ouvertes"
    assert list(ancestors(found, "données ouvertes")) == ["web"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('["a"]\ndescription = "pas fermé\n', 2, "ne se lit pas"),
        ('["a"]\nalias = ["b"]\n', 2, "Vouliez-vous dire « aliases »"),
        ('["a"]\n\naliases = "b"\n', 3, "attend une liste"),
        ('["a"]\nparent = 3\n', 2, "attend un texte"),
        ('["a"]\nwikidata = "42"\n', 2, "« Q42 »"),
        ('["a/b"]\n', 1, "mot-clé impossible"),
        ('a = "b"\n', 1, "n'est pas une table"),
        ('["a"]\n["A"]\n', 2, "sont le même mot-clé"),
        ('["a"]\naliases = ["c"]\n["b"]\naliases = ["C"]\n', 3, "déjà un nom de « a »"),
        ('["a"]\nparent = "b"\n["b"]\nparent = "a"\n', 1, "son propre parent"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, line: int, message: str) -> None:
    found, problems = parse(text)
    assert [(problem.line, problem.code) for problem in problems][:1] == [(line, "PDV080")]
    assert message in problems[0].message
    assert list(ancestors(found, "a")) in ([], ["b"])  # and nothing turns for ever
