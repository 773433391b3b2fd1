"""The index: how words are folded and grouped, and that a change of one text gives what the whole would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.components.search import shards, words
from plancher.text.grammar import Passage

from tests.build.small import Small, difference

INDEX = "recherche/mots/"
RARE = ("vache", "vaches", "plancher", "préau", "préaux", "œuf", "œufs", "cœur", "l'été", "porte-clés", "№", "été", "étés", "ма", "x" * 50, "2024")
NUMBERS = st.integers(-3, 40)
BODIES = st.lists(st.sampled_from(RARE), max_size=8).map(" ".join)


def kept(body: str, proof: str = "", moment: str = "") -> str:
    passages = [Passage(body), *([Passage(proof, "preuve", "#preuve-1", "Preuve")] if proof else ())]
    return words.keep([*passages, *([Passage(moment, "moment", "?t=3#video-1", "À 0:03")] if moment else ())])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’intranet, d'abord", ["intranet", "abord"]),
        ("le Cœur de l’œuvre", ["coeur", "oeuvre"]),
        ("un e-mail", ["mail", "email"]),
        ("rendez\u2011vous", ["rendez", "rendezvous"]),
        ("N’est-ce pas ÉTÉ ?", ["estce", "ete"]),
        ("a b 7 12 000", ["12", "000"]),
        ("straße, ﬁn, ½", ["strasse", "fin"]),
    ],
)
def test_words_are_folded_elisions_split_and_compounds_found_in_both_ways(text: str, expected: list[str]) -> None:
    assert [word for word in words.tokens(text) if word != "vous"] == expected


@pytest.mark.parametrize(
    "forms",
    [
        "facture factures facturer facturation",
        "cheval chevaux",
        "créé créés créée créées",
        "musée musées",
        "preuve preuves",
        "local locale locales locaux",
    ],
)
def test_the_forms_of_a_word_stand_on_one_line_of_the_index(forms: str) -> None:
    made = shards.whole([(0, shards.entries("", (), kept(forms)))])
    lines = {line for name, text in made.items() if name not in words.ALWAYS for line in text.split("\n")}
    assert len(lines) < len(forms.split()), lines


def test_a_shard_is_named_after_first_letters_and_never_after_those_of_another_script() -> None:
    assert {form: words.shard_of(form) for form in ("boulanger", "con", "aux", "ouest", "май", "9a")} == {
        "boulanger": "bo",
        "con": "con",
        "aux": "au",
        "ouest": "ou",
        "май": "",
        "9a": "9a",
    }


def test_a_word_of_the_title_weighs_more_and_the_proof_that_holds_it_is_named() -> None:
    made = shards.entries("Facture", ["mot=Devis_signés"], kept("facture trois facture", proof="trois", moment="trois facture"))
    assert made == {"facture": "++++!1", "trois": "+.0!1", "mot=Devis_signés": ""}


@given(st.dictionaries(NUMBERS, BODIES, max_size=8), NUMBERS, BODIES, BODIES)
def test_a_shard_that_is_brought_up_to_date_is_the_one_that_is_made_whole(texts: Mapping[int, str], number: int, before: str, after: str) -> None:
    def index(body: str | None) -> dict[str, str]:
        all_texts = {**texts, number: body} if body is not None else {one: text for one, text in texts.items() if one != number}
        return shards.whole((one, entries(text)) for one, text in all_texts.items())

    def entries(text: str) -> shards.Entries:
        return shards.entries(text[:4], [f"mot={text[:1]}"], kept(text, proof=text[3:]))

    made = index(before)
    made |= shards.patched([(number, entries(before), entries(after))], lambda name: made.get(name, ""))
    assert {name: text for name, text in made.items() if text or name in words.ALWAYS} == index(after)


def test_a_shard_that_is_not_of_the_text_as_it_was_is_refused() -> None:
    with pytest.raises(LookupError):
        shards.patched([(2, {"vache": ""}, {})], lambda _: "vache 1")


def incremental_is_clean(small: Small) -> None:
    code, clean, said = small.clean()
    assert code == 0, said
    assert small.files == clean, difference(small.files, clean)


def words_of(small: Small) -> set[str]:
    return {cell.split(" ")[0] for path, raw in small.files.items() if path.startswith(INDEX) for line in raw.decode().split("\n") for cell in line.split("\t")}


@pytest.mark.parametrize(
    "edit",
    [
        {"words": "Du texte et des vaches."},
        {"words": "Du texte, du texte, du texte."},
        {"title": "Une autre chose"},
        {"tags": ("PME", "vaches")},
        {"day": "2023-01-01"},
        {"status": "draft"},
        {"film": True, "words": "Un film."},
        {"nature": "temps", "proof": "deux heures"},
    ],
    ids=str,
)
def test_after_an_edit_the_index_is_that_of_a_clean_build(small: Small, edit: dict[str, object]) -> None:
    small.write("content/videos/a.webm", b"film")
    small.write("content/videos/a.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\nUne charrette passe.\n")
    small.post("deux", words="Du texte et une charrette, des charrettes.")
    assert small.build().code == 0
    small.post("deux", **edit)
    ran = small.build()
    assert ran.code == 0, ran.said
    incremental_is_clean(small)
    small.post("deux", words="Du texte et une charrette, des charrettes.")
    assert small.build().code == 0
    incremental_is_clean(small)


def test_texts_that_come_and_go_leave_the_index_of_a_clean_build(small: Small) -> None:
    small.post("quatre", day="2026-01-01", words="Une brouette.")
    assert small.build().code == 0
    assert "brouette" in words_of(small)
    incremental_is_clean(small)
    small.delete("quatre")
    assert small.build().code == 0
    assert "brouette" not in words_of(small)
    incremental_is_clean(small)


def test_one_edited_sentence_changes_the_shards_of_its_words_and_no_other(small: Small) -> None:
    small.post("deux", words="Du texte, des vaches et un plancher.")
    small.post("trois", words="Une vache et un parquet.")
    assert small.build().code == 0
    before = small.files
    small.post("deux", words="Du texte, des vaches et un parquet.")
    assert small.build().code == 0
    changed = {path for path, raw in small.files.items() if path.startswith("recherche/") and before.get(path) != raw}
    assert changed <= {f"{INDEX}m-par.txt", f"{INDEX}m-pl.txt", f"{INDEX}m-{words.ending_of('plancher')}.txt", "recherche/index.html"}
    incremental_is_clean(small)


def test_an_index_of_the_cache_that_is_damaged_is_made_again(small: Small) -> None:
    (memory,) = small.cache.glob("recherche*.index")
    for damage in (b"", b"rien", memory.read_bytes()[:-1] + b"!"):
        memory.write_bytes(damage)
        small.post("deux", title=f"Autre titre {len(damage)}")
        assert small.build().code == 0
        incremental_is_clean(small)


def test_the_same_texts_make_the_same_bytes_wherever_they_stand(small: Small, tmp_path: Path) -> None:
    other = tmp_path / "ailleurs"
    assert small.build(other).code == 0
    made = {path: raw for path, raw in small.files.items() if path.startswith("recherche/")}
    assert made == {path: (other / path).read_bytes() for path in made}


def test_a_draft_is_not_to_be_found(small: Small) -> None:
    small.post("secret", status="draft", words="Un mot que personne ne lit : ornithorynque.")
    assert small.build().code == 0
    assert "ornithorynque" not in words_of(small)
    assert "Secret" not in small.files["recherche/index.html"].decode()


def test_a_browser_learns_how_to_ask(small: Small) -> None:
    described = small.files["recherche/opensearch.xml"].decode()
    assert "/recherche/?q={searchTerms}" in described
    assert 'rel="search"' in small.files["index.html"].decode()
