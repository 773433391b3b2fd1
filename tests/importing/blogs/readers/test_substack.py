"""Substack's archive: what is not for everybody is held back; tables of readers are never opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from plancher.importing.blogs.model import LeftOut, Place
from plancher.importing.blogs.readers import READERS
from plancher.importing.blogs.readers.substack_body import picture_address, to_html
from plancher.importing.blogs.source import Source

from tests.importing.blogs.readers.exports import archive, items, texts

COLUMNS = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"


def row(audience: str = "everyone", published: str = "true", podcast: str = "") -> str:
    return f'12.un-titre,2022-01-02T03:04:05.000Z,{published},,,newsletter,{audience},"Un, titre",Sous-titre,{podcast}\n'


def one(place: Path, typed: str, body: str | None = "<p>Bonjour.</p>") -> object:
    files = {"posts.csv": COLUMNS + typed} | ({"posts/12.un-titre.html": body} if body is not None else {})
    (text,) = texts(archive(place, files), "Substack")
    return text


def body_of(html: str) -> str:
    return to_html(html, Place(file="x"))[0]


def test_a_post_comes_with_its_facts(tmp_path: Path) -> None:
    text = one(tmp_path, row())
    assert (text.title, text.summary, text.slug, text.body, text.held_back, text.addresses) == (
        "Un, titre",
        "Sous-titre",
        "un-titre",
        "<p>Bonjour.</p>",
        "",
        ("/p/un-titre",),
    )
    assert text.published.isoformat() == "2022-01-02T03:04:05+00:00"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (row("only_paid"), "payants"),
        (row("founding"), "fondateurs"),
        (row("only_free"), "abonnés"),
        (row("autre"), "inconnu"),
        (row(""), "inconnu"),
        (row(published="false"), "brouillon"),
        (row(published=""), "brouillon"),
    ],
)
def test_what_is_not_for_everybody_is_held_back(tmp_path: Path, typed: str, reason: str) -> None:
    assert reason in one(tmp_path, typed).held_back


def test_a_part_for_those_who_pay_holds_the_whole_back(tmp_path: Path) -> None:
    assert "payants" in one(tmp_path, row(), '<p>a</p><div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>b</p>').held_back


def test_a_text_without_body_is_told_and_a_body_without_row_is_counted(tmp_path: Path) -> None:
    text = one(tmp_path, row(), None)
    assert text.held_back
    assert "pas dans l'export" in text.notes[0].message
    (tmp_path / "a").mkdir()
    found = items(archive(tmp_path / "a", {"posts.csv": COLUMNS, "posts/13.seul.html": "<p>x</p>"}), "Substack")
    assert [item.what for item in found if isinstance(item, LeftOut)] == ["texte sans fiche"]


def test_tables_of_readers_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = dict.fromkeys(
        ("posts/12.un-titre.delivers.csv", "posts/12.un-titre.opens.csv", "email_list.exemple.csv", "12.delivers.csv"), "lecteur@exemple.fr"
    )
    source = archive(tmp_path, {"posts.csv": COLUMNS + row(), "posts/12.un-titre.html": "<p>x</p>", **private})
    opened, open_part = set(), Source.open
    monkeypatch.setattr(Source, "open", lambda self, name: (opened.add(name), open_part(self, name))[1])
    reader = next(reader for reader in READERS if reader.recognises(source))
    list(reader.read(source))
    assert opened == {"posts.csv", "posts/12.un-titre.html"}


@pytest.mark.parametrize(
    ("html", "made"),
    [
        (
            (
                '<div class="captioned-image-container"><figure><a class="image-link" href="x"><picture><source srcset="y"><img src="https://substackcdn.com/image/fetch/w_1456/https%3A%2F%2Fs3.exemple.fr%2Fa.png" alt="vue">'
                '</picture></a><figcaption class="image-caption">Légende</figcaption></figure></div>'
            ),
            '<figure><img alt="vue" src="https://s3.exemple.fr/a.png"/><figcaption>Légende</figcaption></figure>',
        ),
        (
            '<div class="image-gallery-embed" data-attrs=\'{"gallery":{"images":[{"src":"https://exemple.fr/a.png"},{"src":"https://exemple.fr/b.png"}],"caption":"Deux"}}\'></div>',
            '<figure><img alt="" src="https://exemple.fr/a.png"/></figure><figure><img alt="" src="https://exemple.fr/b.png"/></figure><p>Deux</p>',
        ),
        (
            '<div class="youtube-wrap" data-attrs=\'{"videoId":"abcDEF12345"}\'></div>',
            '<p><a class="embed" href="https://www.youtube.com/watch?v=abcDEF12345">https://www.youtube.com/watch?v=abcDEF12345</a></p>',
        ),
        (
            '<div class="tweet" data-attrs=\'{"url":"https://t.exemple.fr/1","full_text":"Dit & fait","name":"Luc"}\'></div>',
            '<blockquote><p>Dit &amp; fait</p><p>— Luc</p></blockquote><p><a class="embed" href="https://t.exemple.fr/1">https://t.exemple.fr/1</a></p>',
        ),
        (
            '<div class="highlighted_code_block" data-attrs=\'{"language":"php"}\'><pre>a &lt; b</pre></div>',
            '<pre><code class="language-php">a &lt; b</code></pre>',
        ),
        (
            '<p class="button-wrapper" data-attrs=\'{"url":"https://exemple.fr/b"}\'><a class="button" href="https://exemple.fr/b">Aller</a></p>',
            '<p><a href="https://exemple.fr/b">Aller</a></p>',
        ),
        (
            '<div class="embedded-post-wrap" data-attrs=\'{"url":"https://exemple.fr/p","title":"Titre"}\'>x</div>',
            '<p><a href="https://exemple.fr/p">Titre</a></p>',
        ),
        (
            '<p>a<a class="footnote-anchor" href="#footnote-1">1</a></p><div class="footnote"><a id="footnote-1" class="footnote-number">1</a><div class="footnote-content"><p>n</p></div></div>',
            '<p>a<sup><a class="footnote" href="#fn-1">1</a></sup></p><ol class="footnotes"><li id="fn-1"><p>n</p></li></ol>',
        ),
        ('<div class="youtube-wrap" data-attrs="{cassé">mots</div>', "mots"),
    ],
)
def test_each_widget_becomes_what_it_shows(html: str, made: str) -> None:
    assert body_of(html) == made


@pytest.mark.parametrize(
    "html", ['<p class="button-wrapper"><a href="%%checkout_url%%">S\'abonner</a></p>', '<div class="subscription-widget-wrap"><form>x</form></div>']
)
def test_buttons_to_subscribe_are_left_out_and_told(html: str) -> None:
    body, notes, _ = to_html(html, Place(file="x"))
    assert body == ""
    assert "abonnement" in notes[0].message


def test_pictures_have_their_true_address() -> None:
    assert (
        picture_address("https://substackcdn.com/image/fetch/$s_!x!,w_1456,c_limit/https%3A%2F%2Fs3.exemple.fr%2Fa%20b.png") == "https://s3.exemple.fr/a b.png"
    )
    assert picture_address("https://exemple.fr/a.png") == "https://exemple.fr/a.png"


def test_a_podcast_begins_with_its_sound(tmp_path: Path) -> None:
    assert one(tmp_path, row(podcast="https://exemple.fr/a.mp3")).body.startswith('<p><a class="embed" href="https://exemple.fr/a.mp3">')
