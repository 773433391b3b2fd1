"""Whose blog it is: each field is checked, and what follows from it is right."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from plancher.base import identity, settings
from plancher.base.identity import Colours, Identity, Words
from plancher.base.settings import SettingsError


def load(value: Any) -> Identity:
    return settings.load({identity.KEY: value}, identity.KEY, Identity)


def test_what_is_given_comes_back_the_same_from_python_and_from_a_command_line() -> None:
    mine = Identity(name="L’Œuf & la poule", menu=(("Nos œufs", "/oeufs/"),), words=Words(promise="On dit"), colours=Colours(ink="#000000"))
    as_json = dataclasses.asdict(mine) | {"menu": [["Nos œufs", "/oeufs/"]]}
    assert load(mine) == load(dataclasses.asdict(mine)) == load(as_json) == mine


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"nom": "A"}, "réglage IDENTITY : nom inconnu « nom »"),
        ({"name": ""}, "« name » vaut «  », alors qu'il faut un nom, sur une ligne"),
        ({"name": "a\nb"}, "un nom, sur une ligne"),
        ({"email": "personne"}, "une adresse électronique, comme « nom@exemple.fr »"),
        ({"country": "France"}, "« FR », « BE », « CA », « CH » ou « LU »"),
        ({"menu": ("Services", "/services/")}, "une liste de paires"),
        ({"menu": "Services"}, "une liste de paires"),
        ({"colours": {"ink": "noir"}}, "réglage IDENTITY.colours : « ink » vaut « noir », alors qu'il faut une couleur"),
        ({"colours": {"encre": "#000000"}}, "réglage IDENTITY.colours : nom inconnu « encre »"),
        ({"words": "Dans le vent"}, "réglage IDENTITY.words : reçu « Dans le vent », attendu Words(…)"),
    ],
)
def test_a_wrong_field_is_refused_with_its_name_and_what_is_expected(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(given)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    ("name", "address", "agent"),
    [
        ("L’Écho du comptoir", "https://exemple.fr/blog", "l-echo-du-comptoir/1.0 (+https://exemple.fr/blog/)"),
        ("Œufs", "", "ufs/1.0"),
        ("東京", "https://exemple.fr", "blog/1.0 (+https://exemple.fr/)"),
    ],
)
def test_a_command_that_asks_the_web_says_whose_blog_it_works_for(name: str, address: str, agent: str) -> None:
    assert Identity(name=name, address=address).agent == agent


def test_a_licence_of_creative_commons_leads_to_its_text_and_other_words_stay() -> None:
    shared = Identity(licence="CC BY-NC-ND 4.0")
    assert (shared.licence_name, shared.licence_address) == (
        "Creative Commons BY-NC-ND 4.0",
        "https://creativecommons.org/licenses/by-nc-nd/4.0/deed.fr",
    )
    assert (Identity(licence="© Moi").licence_name, Identity(licence="© Moi").licence_address) == ("© Moi", "")


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://exemple.fr/sous/dossier", "exemple.fr"), ("http://127.0.0.1:8000", "127.0.0.1"), ("https://exemple.fr", "exemple.fr"), ("", "")],
)
def test_the_machine_of_an_address_is_known(address: str, host: str) -> None:
    assert Identity(address=address).host == host
