"""Tags that differ by a hyphen, a space, an apostrophe or case are one, as accents already are; the registry tells apart those that are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.commands.tags import registry_file, upkeep
from plancher.commands.tags.tag_line import renamed
from plancher.components.tags import lookalikes
from plancher.components.tags.lookalikes import TypedTag
from plancher.components.tags.names import Keys, canonical_names, former_spellings, key, normalise
from plancher.components.tags.vocabulary import Vocabulary
from plancher.components.tags.vocabulary_reader import parse

PARTED = '["marché"]\ndistinct = ["marche"]\n'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("réseaux-sociaux", "Réseaux sociaux"),
        ("reseaux sociaux", "RÉSEAUX-SOCIAUX"),
        ("mot-clé", "mot clé"),
        ("l'essentiel", "l’essentiel"),
        ("l'essentiel", "l essentiel"),
        ("prêt\u2011à\u2011porter", "prêt à porter"),
        ("aujourd'hui", "Aujourd’hui"),
        ("web-2.0", "web 2.0"),
    ],
)
def test_spellings_of_one_tag_share_their_key(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert normalise([one, other], canonical_names([one, other])) == [min(canonical_names([one, other]).values())]


@pytest.mark.parametrize(
    ("one", "other"),
    [("open data", "opendata"), ("e-mail", "email"), ("C", "C-"), ("C++", "C"), ("-15", "15"), ("a_b", "a b"), ("web 2.0", "web 3.0"), ("5 %", "5")],
)
def test_what_differs_by_more_is_two_tags(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.lists(st.sampled_from(["réseaux-sociaux", "Réseaux sociaux", "reseaux sociaux", "l'été", "l’été", "marche", "Marché"]), max_size=12), st.randoms())
def test_the_shown_name_does_not_depend_on_the_order(names: list[str], random) -> None:
    shuffled = random.sample(names, len(names))
    assert canonical_names(names) == canonical_names(shuffled)
    assert former_spellings(names, canonical_names(names)) == former_spellings(shuffled, canonical_names(names))


def test_spellings_that_had_a_page_of_their_own_are_known() -> None:
    used = ["Réseaux sociaux", "Réseaux sociaux", "réseaux-sociaux", "reseaux sociaux", "PMEs", "PME", "PME"]
    assert former_spellings(used, canonical_names(used)) == {"Réseaux sociaux": ["réseaux-sociaux"]}


@pytest.mark.parametrize(
    ("registry", "names", "tags"),
    [
        (PARTED, ["Marché", "MARCHÉ", "marche", "Marche", "marché"], ["marché", "marche"]),
        ('["Orange"]\ndistinct = ["orange"]\n', ["orange", "Orange", "ORANGE"], ["orange", "Orange"]),
        ('["lieu-dit"]\ndistinct = ["lieu dit"]\n', ["lieu dit", "Lieu-dit", "Lieu dit"], ["lieu dit", "lieu-dit"]),
        ('["marché couvert"]\ndistinct = ["marche couvert"]\n', ["marche-couvert", "Marché-couvert"], ["marche couvert", "marché couvert"]),
        ('["côte"]\ndistinct = ["cote", "côté"]\n', ["COTE", "Côté", "côte", "coté"], ["cote", "côté", "côte"]),
        ('["marche"]\n' + PARTED, ["marche", "Marché"], ["marche", "marché"]),
        (PARTED + '["marche"]\naliases = ["marche à pied"]\ndistinct = ["marché"]\n', ["marche-à-pied", "Marchés"], ["marche", "Marchés"]),
    ],
)
def test_the_registry_tells_apart_what_is_not_one(registry: str, names: list[str], tags: list[str]) -> None:
    found, problems = parse(registry)
    assert problems == []
    every = {**canonical_names(names, found.preferred_names, found.key), **found.preferred_names}
    assert normalise(names, every, found.key) == tags


def test_a_name_told_apart_has_its_own_table_and_its_own_parents() -> None:
    found, problems = parse(PARTED + 'parent = "commerce"\n["marche"]\nparent = "sport"\nrelated = ["marché"]\n')
    assert problems == []
    assert [entry.parent if (entry := found.get(name)) else None for name in ("Marché", "marche", "MARCHE")] == ["commerce", "sport", "sport"]
    assert found.key("marche") != found.key("marché") == key("marché")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('["marché"]\ndistinct = ["marché"]\n', 2, "ne peut pas être distinct de lui-même"),
        ('["marché"]\naliases = ["marche"]\ndistinct = ["marche"]\n', 3, "à la fois dans « aliases » et dans « distinct »"),
        ('["marché"]\n["marche"]\n', 2, 'S\'ils sont deux, écrivez « distinct = ["marche"] » dans celle de « marché »'),
        ('["réseaux sociaux"]\n["réseaux-sociaux"]\n', 2, "sont le même mot-clé"),
        ('["marché"]\ndistinct = "marche"\n', 2, "attend une liste"),
        (PARTED + '["a"]\naliases = ["Marche"]\n["marche"]\n', 3, "déjà un nom de « marche »"),
    ],
)
def test_what_contradicts_itself_is_said(text: str, line: int, message: str) -> None:
    problems = parse(text)[1]
    assert [(problem.line, problem.code) for problem in problems] == [(line, "PDV080")]
    assert message in problems[0].message


def test_changes_of_the_registry_and_of_texts_follow_what_it_tells_apart() -> None:
    text = PARTED + '\n["marche"]\nparent = "sport"\n\n["halle"]\nrelated = ["marché", "marche"]\n'
    keys = parse(text)[0].key
    there = registry_file.rename(text, "marche", "randonnée", ["marche"], keys)
    assert '["marché"]\n' in there
    assert '["randonnée"]\nparent = "sport"\naliases = ["marche"]\n' in there
    assert 'related = ["marché", "randonnée"]' in there
    assert renamed("Tags: marche, Marché\n\n".encode(), {keys("marche"): "randonnée"}, keys).decode() == "Tags: randonnée, Marché\n\n"
    assert '\n["marche"]\n' not in registry_file.remove(text, ["marche"], keys)
    assert '["marché"]\n' in registry_file.remove(text, ["marche"], keys)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda text, keys: registry_file.rename(text, "marche", "randonnée", ["marche"], keys), {"marche": "randonnée", "Marché": "marché"}),
        (lambda text, keys: registry_file.rename(text, "marché", "halles", ["marché"], keys), {"marche": "marche", "Marché": "halles"}),
        (lambda text, keys: registry_file.merge(text, ["marche"], "marché", keys), {"marche": "marché", "MARCHE": "marché"}),
    ],
)
def test_a_registry_that_was_changed_still_tells_apart_what_it_did(change, names: dict[str, str]) -> None:
    text = PARTED + '\n["marche"]\nparent = "sport"\n'
    there, problems = parse(change(text, parse(text)[0].key))
    assert problems == []
    assert {name: there.name(name) for name in names} == names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for name, line in {"un": "réseaux sociaux, marche", "deux": "réseaux sociaux, Marché", "trois": "Réseaux-sociaux, MARCHE"}.items():
        (tmp_path / "articles" / f"{name}.md").write_text(f"Title: {name}\nDate: 2024-05-02\nTags: {line}\n\nTexte.\n", encoding="utf-8")
    (tmp_path / "tags.toml").write_text(PARTED, encoding="utf-8")
    return tmp_path


def texts(change: upkeep.TagChange) -> dict[str, str]:
    return {path.name: next(line for line in raw.decode().splitlines() if line.startswith(("Tags", "["))) for path, raw in change.files.items()}


def test_commands_know_each_tag_by_all_its_spellings(folder: Path) -> None:
    library = upkeep.load(folder)
    assert library.counts == {"réseaux sociaux": 3, "marche": 2, "marché": 1}
    assert texts(upkeep.rename(library, "reseaux-sociaux", "réseaux")) == {
        "tags.toml": '["marché"]',
        "un.md": "Tags: réseaux, marche",
        "deux.md": "Tags: réseaux, Marché",
        "trois.md": "Tags: réseaux, MARCHE",
    }
    only = upkeep.rename(library, "marche", "randonnée")
    assert {name: line for name, line in texts(only).items() if name.endswith(".md")} == {
        "un.md": "Tags: réseaux sociaux, randonnée",
        "trois.md": "Tags: Réseaux-sociaux, randonnée",
    }
    assert set(texts(upkeep.merge(library, ["marche"], "Marché"))) == {"tags.toml", "un.md", "deux.md", "trois.md"}


def test_uniting_two_spellings_says_how_to_keep_one(folder: Path) -> None:
    library = upkeep.load(folder)
    with pytest.raises(upkeep.UpkeepError, match=r'invoke tags\.rename "Réseaux-sociaux" "réseaux sociaux"'):
        upkeep.merge(library, ["Réseaux-sociaux"], "réseaux sociaux")
    one = upkeep.rename(library, "Réseaux-sociaux", "réseaux sociaux")
    assert texts(one)["trois.md"] == "Tags: réseaux sociaux, MARCHE"
    assert b'aliases = ["R\xc3\xa9seaux-sociaux"]' in one.files[folder / "tags.toml"]


def advice(names: list[str], vocabulary: Vocabulary) -> list[str]:
    canonical = canonical_names(names, vocabulary.preferred_names, vocabulary.key)
    tags = [TypedTag(name, f"articles/{number}.md", 4) for number, name in enumerate(names)]
    return [problem.message for _, problem in lookalikes.problems(tags, canonical, vocabulary)]


def test_check_says_what_is_united_and_how_to_part_it() -> None:
    (message,) = advice(["réseaux sociaux", "réseaux sociaux", "Réseaux-sociaux"], Vocabulary())
    assert message.startswith("« Réseaux-sociaux » est réuni avec « réseaux sociaux » (trait d'union, espace ou apostrophe).")
    assert 'aliases = ["Réseaux-sociaux"]' in message
    assert 'distinct = ["Réseaux-sociaux"]' in message


def test_words_joined_or_not_are_told_and_stay_two() -> None:
    (message,) = advice(["open data", "open data", "opendata"], Vocabulary())
    assert "ressemble à « open data » (en un mot ou en plusieurs)" in message


def test_what_the_registry_tells_apart_is_not_asked_again() -> None:
    assert advice(["marché", "marche", "marché"], parse(PARTED)[0]) == []


def test_a_key_without_a_registry_is_the_plain_one() -> None:
    assert Keys()("Réseaux-Sociaux") == "reseaux sociaux"


POST = "-- articles/{0}.md --\nTitle: {0}\nDate: 2024-05-0{1}\nCategory: Essais\nTags: {2}\n\n{3}\n\n"


def test_every_address_that_a_spelling_had_leads_to_the_tag(site) -> None:
    made = site(
        "-- tags.toml --\n"
        + PARTED
        + "\n"
        + POST.format("un", 1, "réseaux sociaux, Marché, l’été", "Voir [eux]({tag}reseaux-sociaux) et [lui]({tag}marche).")
        + POST.format("deux", 2, "réseaux sociaux, marche, l'été", "Deux.")
        + POST.format("trois", 3, "Réseaux-sociaux, l été, MARCHE", "Trois.\n\nTechnorati Tags: l-été")
    )
    assert made.code == 0, made.said
    tags = {path.split("/")[1] for path in made.files if path.startswith("tag/") and path.count("/") == 2 and b"http-equiv" not in made.files[path]}
    assert tags == {"réseaux sociaux", "marché", "marche", "l’été"}
    assert 'url=/tag/r%C3%A9seaux%20sociaux/"' in made.text("tag/Réseaux-sociaux/index.html")
    assert "/tag/l%20%C3%A9t%C3%A9/ /tag/l%E2%80%99%C3%A9t%C3%A9/ 301\n" in made.text("_redirects")
    assert made.has("feeds/tag/Réseaux-sociaux.atom.xml")
    assert "Réseaux-sociaux" not in made.text("tags/index.html") + made.text("feeds.opml")
    assert made.text("tag/réseaux sociaux/index.html").count('class="card-title') == 3
    page = made.text("2024/05/un/index.html")
    assert 'href="/tag/r%C3%A9seaux%20sociaux/">eux</a>' in page
    assert 'href="/tag/marche/">lui</a>' in page
