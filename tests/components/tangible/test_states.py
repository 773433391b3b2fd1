"""Three states of a promise, told apart wherever a pair is shown, counted or handed to a program."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable

import feedparser
import pytest
from bs4 import BeautifulSoup
from plancher.components.tangible.proof import Proof
from plancher.components.tangible.shares import share
from plancher.components.tangible.state import State, of

from tests.conftest import Built

HEAD = "Title: {name}\nDate: {date}\nCategory: Essais\nTags: temps\nId: tag:exemple.fr,2024:{name}\n\nTexte.\n\n"
OLD = """\
> [!tangible] Le devis
> promesse : répondre plus vite
> preuve : les devis partent dans la journée
> effectif : 1 204 devis
> par : Ada Exemple, comptable
> méthode : le cahier des *départs*
> niveau : mesuré
> réserve : l'été manque
> source : video:un@0:30

> [!video] Un film
> url : https://www.ted.com/talks/x
> orateur : Une voix
"""
NEW = """\
> [!bilan] Les autres
> - le nombre sans méthode → onze devis
> - le doute de l'auteur → douze devis
>   niveau : mesuré
>   source : video:un@0:20
>   état : à vérifier
> - la suite → les appels du printemps
>   état : en attente
>   source : video:un@0:10
> - le silence →

> [!tangible] Un exemple
> promesse : être moderne
> preuve : un écran neuf
> niveau : constaté
> fictif : oui
"""
SITE = f"-- articles/un.md --\n{HEAD.format(name='un', date='2024-05-02')}{OLD}-- articles/deux.md --\n{HEAD.format(name='deux', date='2025-01-10')}{NEW}"
STATES = {
    "le nombre sans méthode": "unverified",
    "le doute de l’auteur": "unverified",
    "la suite": "waiting",
    "le silence": "waiting",
    "être moderne": "proved",
    "répondre plus vite": "proved",
}
WORDS = {"proved": "preuve établie", "unverified": "à vérifier", "waiting": "en attente"}


@pytest.fixture
def states(site: Callable[..., Built]) -> Built:
    made = site(SITE, SOURCE_DATE_EPOCH="1767225600")
    assert made.code == 0, made.said
    return made


def page(made: Built, path: str) -> BeautifulSoup:
    return BeautifulSoup(made.text(f"{path}index.html"), "html.parser")


def listed(made: Built, path: str) -> list[str]:
    return [row.get_text() for row in page(made, path).select(".pair-promise dd")]


@pytest.mark.parametrize("typed", [None, "unverified", "waiting"])
def test_an_author_can_only_lower_what_a_proof_is_worth(typed: State | None) -> None:
    assert of(is_answered=False, says_how=True, typed=typed) == "waiting"
    assert of(is_answered=True, says_how=False, typed=typed) == (typed or "unverified")
    assert of(is_answered=True, says_how=True, typed=typed) == (typed or "proved")


def test_the_data_the_table_and_the_feed_tell_each_state(states: Built) -> None:
    assert {item["promise"]: item["state"] for item in json.loads(states.text("preuves.json"))["items"]} == STATES
    rows = csv.DictReader(io.StringIO(states.text("preuves.csv").removeprefix("\ufeff")), delimiter=";")
    assert {row["Promesse"]: row["État"] for row in rows} == {promise: WORDS[state] for promise, state in STATES.items()}
    for entry in feedparser.parse(states.text("feeds/preuves.atom.xml")).entries:
        assert f"<dt>État</dt><dd>{WORDS[STATES[entry.title]]}</dd>" in entry.content[0].value


def test_a_post_and_the_register_say_in_words_what_proves_nothing_yet(states: Built) -> None:
    for path in ("2025/01/deux/", "preuves/"):
        text = page(states, path).get_text()
        assert "onze devis (à\u00a0vérifier)" in text
        assert "douze devis (à\u00a0vérifier)" in text
        assert "les appels du printemps (en\u00a0attente)" in text
        assert text.count("Promesse en attente de preuve.") == 1
    assert "(" not in page(states, "2024/05/un/").select_one(".is-proved").get_text()  # type: ignore[union-attr]


def test_each_state_has_its_list_where_examples_are_not(states: Built) -> None:
    assert listed(states, "preuves/etablies/") == ["répondre plus vite"]
    assert listed(states, "preuves/a-verifier/") == ["le nombre sans méthode", "le doute de l’auteur"]
    assert listed(states, "preuves/en-attente/") == ["la suite", "le silence"]
    assert "être moderne" in listed(states, "preuves/niveau/constate/")


def test_counts_leave_out_examples_and_the_percentage_has_its_count(states: Built) -> None:
    text = page(states, "preuves/").get_text()
    assert "1 promesse sur 5 ramenée à sa preuve, soit 20\u00a0%\u00a0; 2 à vérifier, 2 en attente. 1\u00a0exemple fictif n’est pas compté." in text
    filters = {link["href"]: link.parent.get_text(" ", strip=True) for link in page(states, "preuves/").select(".register-filters a")}
    assert filters["/preuves/niveau/constate/"] == "constaté (0)"
    assert filters["/preuves/a-verifier/"] == "à vérifier (2)"


def test_the_home_page_shows_the_newest_proof_that_is_one_and_none_when_there_is_none(site: Callable[..., Built], states: Built) -> None:
    latest = page(states, "").select_one(".latest-proof")
    assert latest is not None
    assert "répondre plus vite" in latest.get_text()
    none = site(SITE.replace("> niveau : mesuré\n> réserve", "> état : à vérifier\n> réserve"))
    assert page(none, "").select_one(".latest-proof") is None


def test_a_film_names_the_proofs_that_cite_it_and_what_they_lack(states: Built) -> None:
    cited = page(states, "2024/05/un/").select_one("nav[aria-label^=Preuves]")
    assert cited is not None
    assert [item.get_text() for item in cited.select("li > a:last-child")] == ["le doute de l’auteur (à\u00a0vérifier)", "répondre plus vite"]


def test_the_cloud_counts_proofs_alone(states: Built) -> None:
    assert next(item for item in json.loads(states.text("tags.json"))["items"] if item["name"] == "temps")["proofs"] == 1


def test_who_measured_how_on_how_many_and_with_what_doubt_is_shown_and_given(states: Built) -> None:
    item = next(item for item in json.loads(states.text("preuves.json"))["items"] if item["promise"] == "répondre plus vite")
    assert item["sample"] == {"text": "1\u202f204\u00a0devis", "value": 1204, "unit": "devis"}
    assert [item[name] for name in ("measured_by", "method", "caveat")] == ["Ada Exemple, comptable", "le cahier des départs", "l’été manque"]
    for path in ("2024/05/un/", "preuves/"):
        text = page(states, path).get_text(" ")
        for said in ("1\u202f204 devis", "Ada Exemple, comptable", "le cahier des", "l’été manque"):
            assert said in text.replace("\u00a0", " "), (path, said)
    facts = feedparser.parse(states.text("feeds/preuves.atom.xml")).entries[-1].content[0].value
    for term in ("Effectif", "Relevé par", "Méthode", "Réserve"):
        assert f"<dt>{term}</dt>" in facts


def proofs(proved: int, unverified: int, waiting: int, fictional: int) -> list[Proof]:
    wanted = [("proved", False)] * proved + [("unverified", False)] * unverified + [("waiting", False)] * waiting + [("proved", True)] * fictional
    blank: dict[str, object] = dict.fromkeys((field.name for field in dataclasses.fields(Proof)), "")
    return [Proof(**blank | {"state": state, "fictional": fictional}) for state, fictional in wanted]  # type: ignore[arg-type]


SENTENCES = (
    ((8, 12, 3, 0), "8 promesses sur 23 ramenées à leur preuve, soit 34\u00a0%\u00a0; 12 à vérifier, 3 en attente."),
    ((22, 0, 1, 2), "22 promesses sur 23 ramenées à leur preuve, soit 95\u00a0%\u00a0; 1 en attente. 2\u00a0exemples fictifs ne sont pas comptés."),
    ((199, 1, 0, 0), "199 promesses sur 200 ramenées à leur preuve, soit 99\u00a0%\u00a0; 1 à vérifier."),
    ((5, 0, 0, 0), "5 promesses sur 5 ramenées à leur preuve, soit 100\u00a0%."),
    ((4, 0, 0, 0), "4 promesses sur 4 ramenées à leur preuve."),
    ((1, 1, 2, 1), "1 promesse sur 4 ramenée à sa preuve\u00a0; 1 à vérifier, 2 en attente. 1\u00a0exemple fictif n’est pas compté."),
    ((0, 21, 2, 0), "Aucune promesse sur 23 ramenée à sa preuve\u00a0; 21 à vérifier, 2 en attente."),
    ((0, 0, 1, 0), "1\u00a0promesse, en attente."),
    ((1, 0, 0, 0), "1\u00a0promesse, preuve établie."),
    ((0, 0, 0, 1), "1\u00a0exemple fictif, et pas encore de promesse réelle."),
)


@pytest.mark.parametrize(("counts", "sentence"), SENTENCES)
def test_the_sentence_of_a_share_is_true_and_french(counts: tuple[int, int, int, int], sentence: str) -> None:
    assert share("tout", proofs(*counts)).sentence == sentence


def post(name: str, tags: str, pairs: str) -> str:
    return (
        f"-- articles/{name}.md --\nTitle: {name}\nDate: 2025-01-10\nCategory: Essais\nTags: {tags}\nId: tag:exemple.fr,2025:{name}\n\n> [!bilan]\n{pairs}\n\n"
    )


THREE = "> - {0} un → b\n> - {0} deux → b\n>   niveau : mesuré\n> - {0} trois →\n"
TAGGED = (
    '-- tags.toml --\n["chèque vacances"]\naliases = ["bon de congé"]\n\n'
    + post("un", "chèque vacances, PME, seul", THREE.format("a"))
    + post("deux", "PME, chèque vacances", THREE.format("b").replace("> - b trois →\n", ""))
    + post("trois", "inventé, rare", "> fictif : oui\n>\n" + THREE.format("c"))
    + post("quatre", "inventé, rare", "> - d → e")
)


def test_the_register_narrows_to_a_tag_of_which_two_posts_have_three_real_promises(site: Callable[..., Built]) -> None:
    made = site(TAGGED)
    assert made.code == 0, made.said
    assert {path.split("/")[2] for path in made.files if path.startswith("preuves/mot/")} == {"chèque vacances", "PME"}
    assert sorted(listed(made, "preuves/mot/chèque vacances/")) == ["a deux", "a trois", "a un", "b deux", "b un"]
    assert page(made, "preuves/mot/chèque vacances/").h1.get_text() == "Preuves au mot-clé «\u00a0chèque vacances\u00a0»"  # type: ignore[union-attr]
    assert "2 promesses sur 5 ramenées à leur preuve, soit 40\u00a0%\u00a0; 2 à vérifier, 1 en attente." in page(made, "preuves/mot/PME/").get_text()
    links = [link["href"] for link in page(made, "preuves/").select("tbody th a")]
    assert links == ["/preuves/mot/PME/", "/preuves/mot/ch%C3%A8que%20vacances/", "/tag/seul/", "/tag/invent%C3%A9/", "/tag/rare/"]
    assert "/preuves/mot/bon%20de%20cong%C3%A9/ /preuves/mot/ch%C3%A8que%20vacances/ 301" in made.text("_redirects")
