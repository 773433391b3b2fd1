"""Headers of other generators are read where their sense is plain, and told once where it is not."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.text.header import split

from tests.text.reading import PARIS, read, said

YAML = """\
---
title: 'L''audience : 3 leçons'
date: '2024-05-02'
lastmod: 2024-05-03T08:00:00+02:00
categories:
  - Mesure
  - Chiffres
tags: [PME, "temps, long"]
summary: >-
  Un résumé
  plié
authors:
  - name: Anne Un
    url: https://exemple.fr
  - Bo Deux
draft: false
---
Texte
"""


def test_yaml_quotes_lists_folded_text_and_groups_are_read() -> None:
    document = read(YAML.replace('"temps, long"', '"temps long"'))
    front = document.front
    assert document.problems == ()
    assert front.title == "L'audience : 3 leçons"
    assert front.date == dt.datetime(2024, 5, 2, tzinfo=PARIS)
    assert front.modified == dt.datetime(2024, 5, 3, 6, tzinfo=dt.UTC)
    assert (front.category, front.tags) == ("Mesure", ("PME", "temps long", "Chiffres"))
    assert front.summary == "Un résumé plié"
    assert front.authors == ("Anne Un", "Bo Deux")


def test_toml_says_the_same() -> None:
    text = """\
+++
title = "Un titre"
description = \"\"\"
Un résumé
plié\"\"\"
date = 2024-05-02T10:00:00+02:00
[taxonomies]
categories = ["Mesure"]
tags = ["PME", "temps"]
[extra]
author = "Anne Un"
toc = true
+++
Texte
"""
    front = read(text).front
    assert (front.title, front.summary, front.category, front.tags, front.authors) == ("Un titre", "Un résumé plié", "Mesure", ("PME", "temps"), ("Anne Un",))
    assert front.date == dt.datetime(2024, 5, 2, 8, tzinfo=dt.UTC)
    assert front.line("tags") == 9
    assert said(text) == [(12, "PDV104")]


def test_json_says_the_same_and_the_text_begins_after_it() -> None:
    document = read('{\n  "title": "Un {titre}",\n  "date": "2024-05-02",\n  "tags": ["PME"]\n}\n\nTexte')
    assert (document.front.title, document.front.tags, document.scan.text.strip()) == ("Un {titre}", ("PME",), "Texte")
    assert document.front.line("tags") == 4


def test_nikola_s_comment_says_the_same() -> None:
    document = read("<!--\n.. title: Un titre\n.. slug: un\n.. date: 2024-05-02 10:00:00 UTC+02:00\n.. tags: a, b\n.. description: Dit\n.. link:\n-->\n\nTexte")
    front = document.front
    assert (front.title, front.slug, front.tags, front.summary) == ("Un titre", "un", ("a", "b"), "Dit")
    assert document.scan.text.strip() == "Texte"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("title: Le web : mode d'emploi", "Le web : mode d'emploi"),
        ("title: '2024 : l''année'", "2024 : l'année"),
        ('title: "Dire \\"non\\""', 'Dire "non"'),
        ('title: "Oui" ou "non"', '"Oui" ou "non"'),
        ("title: [Vidéo] Le film", "[Vidéo] Le film"),
        ("title: no", "no"),
        ("title: 0123", "0123"),
        ("title: 10:00", "10:00"),
        ("title: 1_000", "1_000"),
        ("title: L'objectif #1", "L'objectif #1"),
        ("title: Un titre # pas encore sûr", "Un titre"),
        ("title: Un titre\n  sur deux lignes", "Un titre sur deux lignes"),
        ("title: |\n  Un titre", "Un titre"),
        ("title: @moi", "@moi"),
        ("title: 100 % utile", "100 % utile"),
        ('"title": Un titre', "Un titre"),
        ("Titre : Un titre", "Un titre"),
    ],
)
def test_a_title_is_what_its_author_typed(typed: str, title: str) -> None:
    document = read(f"---\n{typed}\ndate: 2024-05-02\n---\nTexte")
    assert document.front.title == title
    assert document.problems == ()


def test_what_yaml_refuses_in_one_key_costs_the_others_nothing() -> None:
    front = read('---\ntitle: "Sans fin\ntags: [a, b\ndate: 2024-05-02\nauthor: Anne Un\n---\nTexte').front
    assert (front.date, front.authors) == (dt.datetime(2024, 5, 2, tzinfo=PARIS), ("Anne Un",))


def test_keys_without_effect_are_told_once_for_the_file() -> None:
    quiet = "---\ntitle: Un\ndate: 2024-05-02\nlayout: post\ntoc: true\ncomments: true\nweight: 3\n---\nTexte"
    worded = quiet.replace("weight: 3", "subtitle: Des mots pour les lecteurs")
    assert said(quiet) == [(4, "PDV104")]
    assert said(worded) == [(7, "PDV103")]


def test_a_key_that_is_nearly_ours_is_no_key_of_another_generator() -> None:
    assert said("---\ntitle: Un\ndate: 2024-05-02\nsumary: Dit\n---\nTexte") == [(4, "PDV012")]


def test_a_header_that_is_never_closed_is_said_once_and_the_text_is_kept() -> None:
    text = "---\ntitle: Un\ndate: 2024-05-02\n\nUn texte.\n\nUn autre.\n\n---\n\nFin."
    assert said(text) == [(1, "PDV020")]
    assert "Un texte." in read(text).scan.text


def test_a_file_without_any_header_is_told_once_with_all_that_is_to_be_typed() -> None:
    (problem,) = read("# Une réunion de moins\n\nTexte.").problems[:1]
    assert (problem.line, problem.code) == (1, "PDV021")
    assert "« Title: Une réunion de moins »" in problem.message
    assert "« Date: " in problem.message


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("Titre : Autre\nDate : 2024-05-02", "title", "Autre"),
        ("Étiquettes : a ; b", "tags", ("a", "b")),
        ("Mots-clés : a, b", "tags", ("a", "b")),
        ("Mots clés : a, b", "tags", ("a", "b")),
        ("Auteur : Anne Un", "authors", ("Anne Un",)),
        ("Résumé : Dit", "summary", "Dit"),
        ("Catégorie : Mesure", "category", "Mesure"),
        ("Statut : caché", "status", "hidden"),
        ("Langue : en", "lang", "en"),
        ("Modifié : 3 mai 2024", "modified", dt.datetime(2024, 5, 3, tzinfo=PARIS)),
        ("Tags:\n- PME\n- temps", "tags", ("PME", "temps")),
        ("Tags: [PME, temps]", "tags", ("PME", "temps")),
        ("Tags: a\nMots-clés: b", "tags", ("a", "b")),
    ],
)
def test_french_keys_and_lists_are_simply_read_in_our_own_header(header: str, field: str, value: object) -> None:
    text = header if "Titre" in header else f"Title: Un\nDate: 2024-05-02\n{header}"
    document = read(f"{text}\n\nTexte.")
    assert getattr(document.front, field) == value
    assert document.problems == ()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Authors: Anne Un; Bo Deux", ("Anne Un", "Bo Deux")),
        ("Authors: Anne Un, Bo Deux", ("Anne Un", "Bo Deux")),
        ("Author: Anne Un et Bo Deux", ("Anne Un", "Bo Deux")),
        ("Auteurs : Anne Un, Bo Deux et Cy de Trois", ("Anne Un", "Bo Deux", "Cy de Trois")),
        ("Authors: Doyle, Conan; Un, Anne", ("Doyle, Conan", "Un, Anne")),
        ("Author: Martin et fils", ("Martin et fils",)),
        ("Author: Anne Un\nAuthors: Anne Un, Bo Deux", ("Anne Un", "Bo Deux")),
        ("Author: Jean-Éloi d’Été", ("Jean-Éloi d’Été",)),
    ],
)
def test_several_authors_are_several_people(typed: str, names: tuple[str, ...]) -> None:
    assert set(read(f"Title: Un\nDate: 2024-05-02\n{typed}\n\nTexte.").front.authors) == set(names)


@pytest.mark.parametrize("modified", ["5 juin 2024", "2024-06-05", "2024-06-05 09:00", "2024-06-05T09:00:00+02:00"])
def test_a_text_modified_on_the_day_it_appeared_is_not_older_than_itself(modified: str) -> None:
    document = read(f"Title: Un\nDate: 2024-06-05 10:00\nModified: {modified}\n\nTexte.")
    assert document.problems == ()
    assert document.front.modified == document.front.date


def test_a_text_modified_the_day_before_is_an_error() -> None:
    assert said("Title: Un\nDate: 2024-06-05 10:00\nModified: 2024-06-04\n\nTexte.") == [(3, "PDV023")]


def test_jekyll_s_files_say_their_day_in_their_names() -> None:
    assert read("---\ntitle: Un\n---\nTexte", "2024-05-02-un-titre.md").front.date == dt.datetime(2024, 5, 2, tzinfo=PARIS)


def test_aliases_of_aliases_stay_small() -> None:
    bombs = ["a: &a [x, x]", *(f"{new}: &{new} [*{old}, *{old}]" for old, new in zip("abcdefghij", "bcdefghijk", strict=True))]
    found = split(["---", *bombs, "---", ""])
    assert len(found.fields) <= 500


def test_a_header_of_very_many_keys_costs_little() -> None:
    assert 0 < len(split([json.dumps({f"cle{number}": number for number in range(30_000)}), ""]).fields) <= 500


@pytest.mark.parametrize(
    "text", ["---\n- a\n---\n", "---\n? a\n: b\n---", "+++\na=1", "{", '{"a":', "<!--", ".. a", "---\n!!python/object:os.system x\n---", "---\na: &b *b\n---"]
)
def test_odd_headers_raise_nothing(text: str) -> None:
    read(text)


@settings(deadline=None)  # the first one loads YAML
@given(st.sampled_from(["---", "+++", "{", "<!--", ";;;", "---json"]), st.text(alphabet="ab:-[]{}\"'#&*!|>=.,\n \té", max_size=80))
def test_no_header_makes_it_fail(fence: str, text: str) -> None:
    read(f"{fence}\n{text}\n{fence}\n")


@settings(deadline=None)  # the first one loads YAML
@given(st.text(alphabet="ab :-[]{}\"'&*!|>%@`,é", min_size=1, max_size=30).map(lambda words: f"Un {words}"))
def test_no_sign_of_a_title_is_lost(title: str) -> None:
    shown = read(f"---\ntitle: {title}\ndate: 2024-05-02\n---\n").front.title
    assert shown.split() == title.split()
