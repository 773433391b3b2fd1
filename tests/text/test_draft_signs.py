"""A draft is never published, however its author says it; nor is a text of which one cannot tell."""

from __future__ import annotations

import datetime as dt

import pytest
from plancher.text import drafts

from tests.text.reading import read, said

HEAD = "Title: Un\nDate: 2024-05-02\n"
TODAY = dt.datetime(2024, 5, 2, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "line",
    [
        "Status: draft",
        "Status: Draft ",
        "status: DRAFT",
        "Status:draft",
        "  Status: draft",
        "- Status: draft",
        "Status: draft # à relire",
        "Statut : brouillon",
        "État : brouillon",
        "Statut : Brouilon",
        "Statut: en chantier",
        "draft: true",
        "Draft: yes",
        "draft: 1",
        "draft:",
        "draft: peut-être",
        "Brouillon : oui",
        "Draf: true",
        "published: false",
        "publish: no",
        "Publié : non",
        "pubished: false",
        "public: false",
        "private: true",
        "visibility: private",
        "Visibilité : privée",
        "hidden: true",
        "wip: true",
        "password: secret",
        "permalink: false",
        "eleventyExcludeFromCollections: true",
        "unlisted: true",
        "stage: brouillon",
        "Tags: draft",
        "publishDate: 2999-01-01",
        "embargo: un de ces jours",
        "expiryDate: 2020-01-01",
        "Status = draft",
        "**Statut :** brouillon",
    ],
)
def test_a_line_of_the_header_holds_a_text_back(line: str) -> None:
    for text in (f"{HEAD}{line}\n\nTexte.", f"---\n{HEAD.lower()}{line}\n---\n\nTexte."):
        assert read(text).front.status == "draft"


@pytest.mark.parametrize(
    "line",
    [
        "Status: published",
        "Statut : publié",
        "draft: false",
        "draft: no",
        "Brouillon : non",
        "published: true",
        "published: 2024-05-02",
        "private: false",
        "visibility: public",
        "publishDate: 2024-05-01",
        "expiryDate: 2999-01-01",
        "live: https://exemple.fr",
        "publication: Le journal des artisans",
        "audience: débutants",
    ],
)
def test_what_says_nothing_of_the_kind_holds_nothing_back(line: str) -> None:
    assert read(f"---\n{HEAD.lower()}{line}\n---\n\nTexte.").front.status == "published"


@pytest.mark.parametrize(
    "head",
    [
        '+++\ntitle = "Un"\ndate = 2024-05-02\ndraft = true\n+++\n',
        '+++\ntitle = "Un"\ndate = 2024-05-02\n[extra]\nprivate = true\n+++\n',
        '{"title": "Un", "date": "2024-05-02",\n"draft": true}\n',
        "---\ntitle: Un\ndate: 2024-05-02\nparams:\n  draft: true\n---\n",
        "---\ntitle: Un\ndate: 2024-05-02\nbuild:\n  render: never\n---\n",
        "<!--\n.. title: Un\n.. date: 2024-05-02\n.. status: draft\n-->\n",
        ".. title: Un\n.. date: 2024-05-02\n.. tags: essai, draft\n",
        # What no parser accepts still says draft.
        '---\ntitle: "Un\ndate: 2024-05-02\ndraft: true\n---\n',
        "---\ntitle: Un\ndate: 2024-05-02\ndraft: true\n",
        "+++\ntitle = Un\ndate = 2024-05-02\ndraft = true\n+++\n",
        '{"title": "Un", "date": "2024-05-02", "draft": true,}\n',
        "---js\n{ title: 'Un', draft: true }\n---\n",
        "---\ntitle: Un\ndate: 2024-05-02\n* draft\n---\n",
        "Title: [Brouillon] Un\nDate: 2024-05-02\n",
        "Title: WIP - Un\nDate: 2024-05-02\n",
    ],
)
def test_any_shape_of_header_holds_a_text_back(head: str) -> None:
    assert read(f"{head}\nTexte.").front.status == "draft"


@pytest.mark.parametrize("opening", ["Status: draft", "**Statut :** brouillon", "draft: true", "BROUILLON", "Tags: un, deux", "Title: Autre"])
def test_a_line_of_the_header_that_opens_the_body_holds_the_text_back_and_is_said(opening: str) -> None:
    text = f"{HEAD}\n\n{opening}\n\nTexte."
    assert read(text).front.status == "draft"
    assert said(text) == [(5, "PDV101")]


@pytest.mark.parametrize(
    "opening", ["Auteur : celui que l’on croit.", "Un brouillon : voilà ce que c’est.", "Résumé : rien.", "Publics : tous.", "Draft beer."]
)
def test_prose_that_opens_the_body_is_prose(opening: str) -> None:
    assert read(f"{HEAD}\n{opening}").front.status == "published"


@pytest.mark.parametrize(
    "path", ["_drafts/un.md", "brouillons/un.md", "2024/_un.md", "2024/un.draft.md", "2024/un (brouillon).md", "_index.md", "Drafts/2024/un.md"]
)
def test_a_name_or_a_folder_holds_a_text_back(path: str) -> None:
    assert read(f"{HEAD}\nTexte.", path).front.status == "draft"
    assert said(f"{HEAD}\nTexte.", path) == [(1, "PDV100")]


@pytest.mark.parametrize("path", ["2024/brouillon-de-loi.md", "2024/un_deux.md", "2024/draft-beer.md"])
def test_a_name_that_only_speaks_of_drafts_does_not(path: str) -> None:
    assert read(f"{HEAD}\nTexte.", path).front.status == "published"


def test_what_holds_a_text_back_is_said_with_its_line_and_what_to_write() -> None:
    (problem,) = read(f"{HEAD}Tags: un\nDraft: yes\n\nTexte.").problems
    assert (problem.line, problem.code) == (4, "PDV100")
    assert "« Draft: yes »" in problem.message
    assert "« Status: draft »" in problem.message


def test_a_status_nobody_understands_is_told_the_nearest_one() -> None:
    (problem,) = read(f"{HEAD}Statut : brouilon\n\nTexte.").problems
    assert "Vouliez-vous dire « draft » ?" in problem.message


def draft() -> str:
    return drafts.text("Un", "un", TODAY, "exemple.fr")


def test_a_new_draft_says_nothing_until_it_is_published() -> None:
    assert "PDV102" not in dict(said(draft())).values()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Status: draft\n", ""),
        lambda text: text.replace("Status: draft", "Status: published"),
        lambda text: text.replace("Status: draft", "Status: hidden"),
        lambda text: text.replace("Status: draft\n", "").replace("mots séparés par des virgules", "termes").replace("ne le changez plus jamais", "gardez-le"),
        lambda text: text.replace("Status: draft\n", "").split("\n## ")[0],
        lambda text: "Title: Un\nDate: 2024-05-02\n\n" + text[text.index("> [!tangible]") :],
        lambda text: text[: text.index("\n\n")].replace("Status: draft\n", "") + "\n\nMon texte à moi.",
    ],
)
def test_explanations_that_are_left_in_a_published_draft_are_an_error(change) -> None:
    assert "PDV102" in dict.fromkeys(code for _, code in said(change(draft())))


def test_only_the_lines_that_are_left_are_named() -> None:
    text = f"{HEAD}\nMon texte parle d’un fichier, d’une catégorie et d’un brouillon.\n\nLe nom de ce fichier fait l’adresse ; « Slug: autre-nom » en choisit une.\n"
    (problem,) = read(text).problems
    assert (problem.line, problem.code) == (6, "PDV102")
    assert "(ligne 6)" in problem.message
