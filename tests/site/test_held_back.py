"""A text that is held back leaves no trace in what is published: neither a word, nor a host, nor a file."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from plancher.site import held_back

from tests.build.small import Small, files, picture
from tests.build.warm import Warm

DRAFT = """Title: zqtitre
Date: {day}
Category: zqrubrique
Tags: zqmot, partagé
Summary: zqresume
Author: zqauteur
Slug: zqadresse
Image: {{static}}/images/zqentete.png
{status}

zqtexte, [zqlien](https://zqhote.example/zqchemin), [fichier]({{static}}/documents/zqtarif.csv), [autre]({{static}}zqvoisin.pdf).

## zqintertitre

![zqalt]({{static}}/images/zqimage.png "zqlegende")

![à deux]({{static}}/images/partagee.png)

![de loin]({{static}}/images/deloin.png)

> [!tangible] zqsujet
> promesse : zqpromesse
> preuve : zqpreuve
> source : [zqsource](https://zqsource.example/)

> [!video] zqfilm
> url : https://zqtube.example/w/9c9de5e8-0a1e-484a-b099-e80766180a6d
> orateur : zqorateur
> affiche : {{static}}/images/zqaffiche.png
>
> Dit.

> [!video] zqici
> url : {{static}}/videos/zqfilm.webm
> sous-titres : {{static}}/videos/zqmots.vtt

> [!liens] zqliste
> - [zqmort](https://exemple.fr/mort)
>   archive : https://web.archive.org/web/20200101000000/https://exemple.fr/zqcopie

[^1]: zqnote
Technorati Tags: zqancien
"""
PUBLIC = """Title: Public
Date: 2024-05-02
Category: Essais
Tags: partagé

Voir [ce qui est mort](https://exemple.fr/mort), <img src="/images/deloin.png" alt="de loin"> et ceci.

![à deux]({static}/images/partagee.png)
"""
HIDDEN = """Title: Sans annonce
Date: 2024-05-03
Category: Essais
Tags: cqmot
Status: hidden

cqtexte

![cqalt]({static}/images/cqimage.png)

> [!tangible] cqsujet
> promesse : cqpromesse
> preuve : cqpreuve
"""
REGISTRY = '["zqmot"]\naliases = ["zqalias"]\ndescription = "zqdescription"\nparent = "zqparent"\n'
STATE = {"version": 1, "links": {"https://exemple.fr/mort": {"state": "dead"}, "https://zqhote.example/zqchemin": {"state": "dead"}}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """A site with a post, one that no list names, and three texts that wait."""
    folder = tmp_path_factory.mktemp("retenu")
    warm = Warm()
    small = Small(folder, warm)
    small.set(PLANCHER_READING='ReadingSettings(mode="strict")')
    small.write("content/articles/public.md", PUBLIC)
    small.write("content/articles/cache.md", HIDDEN)
    small.write("content/articles/zqbrouillon.md", DRAFT.format(day="2024-05-04", status="Status: draft"))
    small.write("content/articles/zqfutur.md", DRAFT.format(day="2031-05-04", status="Id: tag:exemple.fr,2031:zqfutur").replace("zqadresse", "zqdemain"))
    small.write("content/pages/zqpage.md", "Title: zqpage\nStatus: draft\n\nzqtexte ![a]({static}/images/zqpage.png)\n")
    for name in (
        "images/zqimage.png",
        "images/zqaffiche.png",
        "images/zqentete.png",
        "images/zqpage.png",
        "images/partagee.png",
        "images/deloin.png",
        "images/cqimage.png",
    ):
        small.write(f"content/{name}", picture(3))
    small.write("content/images/libre.png", picture(3))
    small.write("content/documents/zqtarif.csv", "a,b\n")
    small.write("content/articles/zqvoisin.pdf", "%PDF-1.4\n")
    small.write("content/videos/zqfilm.webm", "film")
    small.write("content/videos/zqmots.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nzqparole\n")
    small.write("content/tags.toml", REGISTRY)
    small.write("content/links/state.json", json.dumps(STATE))
    ran = small.build()
    assert ran.code == 0, ran.said
    yield small
    warm.close()


def with_word(found: dict[str, bytes], word: str) -> list[str]:
    """Where a word stands, in the name of a file or in its bytes, however it is written."""
    forms = {word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    said = {path: b"" if path.endswith("/carte.png") else raw.lower() for path, raw in found.items()}  # compressed: letters stand there by chance
    return [path for path, raw in said.items() if word in path.lower() or any(form in raw for form in forms)]


def test_a_draft_a_post_of_the_future_and_a_draft_page_leave_no_trace(site: Small) -> None:
    assert site.output.is_dir()
    assert with_word(site.files, "zq") == []


def test_what_a_published_text_shows_as_well_stays_and_so_does_what_nobody_names(site: Small) -> None:
    assert {"images/partagee.png", "images/deloin.png", "images/libre.png", "images/cqimage.png"} <= site.files.keys()


def test_a_hidden_post_has_its_page_and_is_named_nowhere_else(site: Small) -> None:
    assert set(with_word(site.files, "cqtexte")) == {"2024/05/cache/index.html"}
    for word in ("cqmot", "cqsujet", "cqpromesse", "cqpreuve"):
        assert set(with_word(site.files, word)) <= {"2024/05/cache/index.html"}, word


def test_a_file_follows_the_texts_that_name_it(site: Small) -> None:
    """A published text that comes to show a draft's picture, and no longer does: as a build that knows nothing makes it."""
    path = site.folder / "content/articles/public.md"
    before = path.read_text(encoding="utf-8")
    try:
        for words in ('<img src="/images/zqimage.png" alt="a">', "![a]({static}/images/zqimage.png)", "[a](/images/zqimage.png)"):
            site.write("content/articles/public.md", before + f"\n{words}\n")
            assert site.build().code == 0
            assert "images/zqimage.png" in site.files, words
            site.write("content/articles/public.md", before)
            assert site.build().code == 0
            assert "images/zqimage.png" not in site.files, words
    finally:
        path.write_text(before, encoding="utf-8")
        site.build()


def test_a_template_may_show_a_picture_that_a_draft_shows_too(site: Small) -> None:
    base = site.folder / "theme/templates/base.html"
    before = base.read_text(encoding="utf-8")
    try:
        base.write_text(before + "{# images/zqimage.png #}", encoding="utf-8")
        assert site.build().code == 0
        assert "images/zqimage.png" in site.files
    finally:
        base.write_text(before, encoding="utf-8")
        site.build()


def test_a_preview_shows_the_pictures_of_drafts(site: Small, tmp_path: Path) -> None:
    shown = {"DRAFT_SAVE_AS": "brouillons/{slug}/index.html", "DRAFT_URL": "brouillons/{slug}/", "PLANCHER_READING": {"mode": "preview"}}
    assert site.build(tmp_path / "vu", task=False, extra=shown).code == 0
    found = files(tmp_path / "vu")
    assert {"images/zqimage.png", "videos/zqfilm.webm", "brouillons/zqadresse/index.html"} <= found.keys()
    assert b"zqtube.example" in found["_headers"]
    assert list(itertools.islice(with_word(found, "zqtexte"), 1))


def test_a_pipe_among_the_templates_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.html")
    (tmp_path / "entete.html").write_text('<img src="/images/montree.png">')
    assert set(held_back._in_templates({"images/montree.png", "images/gardee.png"}, tmp_path)) == {"images/montree.png"}
