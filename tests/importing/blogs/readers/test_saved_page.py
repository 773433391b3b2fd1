"""A page saved from a browser: its post is found by what it says, else by where most words are."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from plancher.importing.blogs.model import FormerFile, LeftOut

from tests.importing.blogs.readers.exports import folder, items, single, texts

WORDS = "<p>Un texte assez long pour que l'on voie que c'en est un.</p>"


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Mon titre - Un blog</title>{head}</head><body><nav>menu</nav>{body}<footer>pied</footer></body></html>'


def one(place: Path, body: str, head: str = "") -> object:
    (text,) = texts(single(place, "page.html", page(body, head)), "Page enregistrée")
    return text


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="h-entry"><h1 class="p-name">Mon titre</h1><div class="e-content">{WORDS}</div><div class="comments">non</div></div>',
        f'<article><h1>Mon titre</h1><div itemprop="articleBody">{WORDS}</div></article>',
        f'<div class="post"><h2 class="post-title">Mon titre</h2><p class="post-info">Par Anne</p><div class="post-content">{WORDS}</div></div>',
        f'<div id="content"><div class="blogbody"><h3>Mon titre</h3><div class="articlebody">{WORDS}</div><div class="itemfooter">Posté par Anne</div></div></div>',
        f'<div class="posttext"><h3 id="p1">Mon titre</h3><div class="postbody">{WORDS}</div></div>',
        f'<h1>Mon titre</h1><table><tr><td><a href="/">accueil</a></td><td>{WORDS}</td></tr></table>',
        f"<main><h1>Mon titre</h1>{WORDS}<script>x()</script><form>y</form></main>",
    ],
)
def test_the_article_is_found_without_what_surrounds_it(tmp_path: Path, body: str) -> None:
    text = one(tmp_path, body)
    assert text.title == "Mon titre"
    assert text.body == WORDS


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("", '<script type="application/ld+json">{"@graph":[{"@type":"BlogPosting","datePublished":"2008-10-01T10:00:00+02:00"}]}</script>'),
        ("", '<meta property="article:published_time" content="2008-10-01T10:00:00+02:00">'),
        ('<div class="h-entry"><time class="dt-published" datetime="2008-10-01T10:00:00+02:00">hier</time></div>', ""),
        ('<meta itemprop="dateCreated" content="2008-10-01T10:00">', ""),
        ('<div class="dateheader">mercredi 1er octobre 2008</div>', ""),
        ('<p class="post-info">Par Anne le 01 octobre 2008, 10:00</p>', ""),
        ('<h2 class="date">01/10/2008</h2>', ""),
        ("", '<link rel="canonical" href="http://exemple.hautetfort.com/archive/2008/10/01/un-titre-6445559.html">'),
    ],
)
def test_the_date_is_found_where_the_page_has_it(tmp_path: Path, body: str, head: str) -> None:
    assert one(tmp_path, f"{body}<article>{WORDS}</article>", head).published.date() == dt.date(2008, 10, 1)


def test_facts_come_from_json_ld(tmp_path: Path) -> None:
    data = {
        "@type": "BlogPosting",
        "headline": "Titre & co",
        "author": [{"name": "Anne"}],
        "keywords": "web, pme",
        "articleSection": "Idées",
        "description": "Résumé",
    }
    text = one(tmp_path, f"<article>{WORDS}</article>", f'<script type="application/ld+json">{json.dumps(data)}</script>')
    assert (text.title, text.authors, text.tags, text.categories, text.summary) == ("Titre & co", ("Anne",), ("web", "pme"), ("Idées",), "Résumé")


def test_tags_address_language_and_picture_come_from_the_page(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="http://exemple.fr/2008/un-titre.html"><meta property="og:image" content="http://exemple.fr/a.png"><meta name="author" content="Anne">'
    text = one(tmp_path, f'<article>{WORDS}<p><a href="suite.html">s</a></p></article><a rel="tag" href="/t">web</a><a rel="tag" href="/u">pme</a>', head)
    assert (text.tags, text.addresses, text.slug, text.language, text.picture, text.authors) == (
        ("web", "pme"),
        ("http://exemple.fr/2008/un-titre.html",),
        "un-titre",
        "fr",
        "http://exemple.fr/a.png",
        ("Anne",),
    )
    assert 'href="http://exemple.fr/2008/suite.html"' in text.body


def test_a_page_of_several_posts_is_none(tmp_path: Path) -> None:
    (left,) = items(single(tmp_path, "accueil.html", page("".join(f"<article><h2>{number}</h2>{WORDS}</article>" for number in range(3)))), "Page enregistrée")
    assert isinstance(left, LeftOut)
    assert "chacun" in left.why


def test_comments_of_a_page_are_told_and_their_words_stay_out(tmp_path: Path) -> None:
    text = one(tmp_path, f'<article>{WORDS}<div class="comment">luc@exemple.fr dit oui</div></article>')
    assert "luc@exemple.fr" not in text.body
    assert "commentaires" in text.notes[0].message


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "utf-8", ""])
def test_encodings_are_those_that_are_true(tmp_path: Path, charset: str) -> None:
    html = f'<html><head><meta charset="{charset}"></head><body><h1>Été</h1><article>{WORDS}<p>L’été à Évian</p></article></body></html>'
    for number, encoding in enumerate(("cp1252", "utf-8")):
        (text,) = texts(single(tmp_path / str(number), "page.html", html.encode(encoding)), "Page enregistrée")
        assert (text.title, "L’été à Évian" in text.body) == ("Été", True)


def test_pictures_saved_beside_come_and_frames_are_no_pages(tmp_path: Path) -> None:
    files = {
        "un.html": page(f'<article>{WORDS}<img src="./un_files/a.png"></article>'),
        "un_files/a.png": b"x",
        "un_files/pub.html": "<html>pub</html>",
        "deux_fichiers/b c.jpg": b"y",
    }
    found = items(folder(tmp_path, files), "Page enregistrée")
    assert len([item for item in found if hasattr(item, "published")]) == 1
    assert {address for item in found if isinstance(item, FormerFile) for address in item.addresses} >= {
        "./un_files/a.png",
        "un_files/a.png",
        "deux_fichiers/b%20c.jpg",
    }


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<![", "<!", "</", "<p", "<div>", '<a b="', "<script>", "&", "<?", "<b></i>", "</p>"])
def test_a_page_written_to_hurt_takes_linear_time(tmp_path: Path, piece: str) -> None:
    start = time.process_time()
    items(single(tmp_path, "page.html", page(f"<article>{WORDS}</article>{piece * 20_000}")), "Page enregistrée")
    assert time.process_time() - start < 15


def test_an_empty_page_is_told(tmp_path: Path) -> None:
    (left,) = items(single(tmp_path, "page.html", "<html><body></body></html>"), "Page enregistrée")
    assert isinstance(left, LeftOut)
