"""What looks like an advertisement is told with its reason, and what an honest reader writes is not."""

from __future__ import annotations

import pytest
from plancher.importing.answers import oddities


@pytest.mark.parametrize(
    ("words", "name", "sign"),
    [
        ("Voir https://a.example https://b.example www.c.example", "", "3 liens"),
        ("[url=x]a[/url] [url=y]b[/url] [URL=z]c[/url]", "", "3 liens"),
        ("Du référencement garanti", "", "« referencement garanti »"),
        ("Gagnez de l'argent chez vous", "", "« gagnez de l'argent »"),
        ("Voir https://bit.ly/x", "", "lien raccourci"),
        ("Vu", "https://pas-un-nom.example", "à la place d'un nom"),
        ("Купите сейчас наше предложение, лучшее в мире, сегодня и завтра", "", "autre alphabet"),
        ("ACHETEZ MAINTENANT AVANT QU'IL NE SOIT TROP TARD, CHERS AMIS", "", "capitales"),
    ],
)
def test_a_sign_is_told_with_its_reason(words: str, name: str, sign: str) -> None:
    found = list(oddities.of(words, name))
    assert len(found) == 1
    assert sign in found[0]


@pytest.mark.parametrize(
    "words",
    [
        "Trois heures par semaine, depuis que le planning est partagé.",
        "Vu sur https://exemple.fr/un et https://exemple.fr/deux.",
        "DEUX HEURES !",
        "Le mot « план » (plan, en russe) est resté sur notre tableau, et personne ne l'a retiré depuis.",
        "Notre museologue dit : pas de cryptographie ici.",
        "",
    ],
)
def test_what_a_reader_writes_is_none(words: str) -> None:
    assert list(oddities.of(words, "Anne")) == []
