"""Medium's archive: responses are no posts, drafts stay drafts, titles stand once, private folders are never opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from plancher.importing.blogs.model import LeftOut
from plancher.importing.blogs.readers.medium import Medium
from plancher.importing.blogs.source import Source

from tests.importing.blogs.readers.exports import archive, items, texts

FOOTER = (
    '<footer><p>By <a href="https://medium.com/@anne" class="p-author h-card">Anne</a> on <a href="https://medium.com/p/1234567890ab">'
    '<time class="dt-published" datetime="2017-01-02T10:00:00.000Z">January 2, 2017</time></a>.</p>'
    '<p><a href="https://medium.com/@anne/un-titre-1234567890ab" class="p-canonical">Canonical link</a></p><p>Exported from Medium on May 1.</p></footer>'
)
POST, DRAFT = "posts/2017-01-02_Un-titre-1234567890ab.html", "posts/draft_Essai-1234567890ac.html"


def page(body: str, title: str = "Un titre", subtitle: str = "", footer: str = FOOTER) -> str:
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry"><header><h1 class="p-name">{title}</h1></header>'
        f'<section data-field="subtitle" class="p-summary">{subtitle}</section><section data-field="body" class="e-content">'
        f'<section class="section section--body"><div class="section-divider"><hr class="section-divider"></div><div class="section-content">{body}</div></section></section>'
        f"{footer}</article></body></html>"
    )


def one(place: Path, body: str, **words: str) -> object:
    (text,) = texts(archive(place, {POST: page(body, **words)}), "Medium")
    return text


def test_a_post_comes_with_its_facts_and_its_title_once(tmp_path: Path) -> None:
    body = '<h3 class="graf graf--h3 graf--title">Un titre</h3><h4 class="graf graf--h4 graf--subtitle">Sous-titre</h4><p class="graf graf--p">Bonjour.</p>'
    text = one(tmp_path, body, subtitle="Sous-titre")
    assert (text.title, text.summary, text.authors, text.slug, text.held_back) == ("Un titre", "Sous-titre", ("Anne",), "un-titre", "")
    assert text.published == dt.datetime(2017, 1, 2, 10, tzinfo=dt.UTC)
    assert text.body == "<section><div><p>Bonjour.</p></div></section>"
    assert text.addresses == ("https://medium.com/@anne/un-titre-1234567890ab", "https://medium.com/p/1234567890ab")
    assert text.feed_id == "https://medium.com/p/1234567890ab"


def test_a_draft_is_held_back_and_has_no_address(tmp_path: Path) -> None:
    (text,) = texts(archive(tmp_path, {DRAFT: page('<h3 class="graf--title">Essai</h3><p>x</p>', footer="")}), "Medium")
    assert (text.held_back, text.addresses, text.feed_id) == ("brouillon", (), "")


def test_a_response_is_no_post_and_is_counted(tmp_path: Path) -> None:
    (left,) = items(archive(tmp_path, {POST: page('<p class="graf">Bravo pour ce texte, vraiment.</p>', title="Bravo pour ce…")}), "Medium")
    assert isinstance(left, LeftOut)
    assert left.what == "réponse"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Bravo pour ce texte " + "mot " * 200 + "</p>",
        "<h3>Bravo</h3><p>Bravo pour ce texte</p>",
        "<p>Bravo pour ce texte</p><figure><img src=a.png></figure>",
    ],
)
def test_a_post_without_title_is_no_response(tmp_path: Path, body: str) -> None:
    assert one(tmp_path, body, title="Bravo pour ce…").held_back == ""


def test_code_pictures_gists_frames_and_cards_become_what_they_mean(tmp_path: Path) -> None:
    body = (
        '<h3 class="graf--title">Un titre</h3><h3 class="graf graf--h3">Partie</h3><pre class="graf graf--pre">a &lt; b<br>c</pre><pre class="graf graf--pre">d</pre>'
        '<figure class="graf graf--figure"><div><img class="graf-image" src="https://images.exemple.fr/a.png"></div><figcaption class="imageCaption">Lég<em>ende</em></figcaption></figure>'
        '<figure class="graf graf--iframe"><script src="https://gist.github.com/anne/0123.js"></script></figure>'
        '<figure class="graf graf--iframe"><iframe src="https://v.exemple.fr/1"></iframe></figure>'
        '<div class="graf graf--mixtapeEmbed"><a href="https://exemple.fr/x"><strong>Titre</strong><br><em>Mots</em>exemple.fr</a></div>'
    )
    assert one(tmp_path, body).body == (
        '<section><div><h2>Partie</h2><pre><code>a &lt; b\nc\n\nd</code></pre><figure><img alt="" src="https://images.exemple.fr/a.png"/><figcaption>Lég<em>ende</em></figcaption></figure>'
        '<p><a class="embed" href="https://gist.github.com/anne/0123">https://gist.github.com/anne/0123</a></p><p><a class="embed" href="https://v.exemple.fr/1">https://v.exemple.fr/1</a></p>'
        '<p><a href="https://exemple.fr/x">Titre</a></p><p>Mots</p></div></section>'
    )


def test_private_folders_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = {f"{name}/{name}-1.html": "<p>203.0.113.9" for name in ("ips", "sessions", "bookmarks", "profile", "interests", "blocks")}
    source = archive(tmp_path, {POST: page("<h3>a</h3><p>x</p>"), "README.html": "<p>x", **private})
    opened, open_part = [], Source.open
    monkeypatch.setattr(Source, "open", lambda self, name: (opened.append(name), open_part(self, name))[1])
    assert Medium().recognises(source)
    list(Medium().read(source))
    assert set(opened) == {POST}


def test_a_link_through_medium_leads_straight_to_its_page(tmp_path: Path) -> None:
    body = '<h3 class="graf--title">Un titre</h3><p><a href="https://medium.com/r/?url=https%3A%2F%2Fexemple.fr%2Fa%3Fb%3D1">là</a></p>'
    assert 'href="https://exemple.fr/a?b=1"' in one(tmp_path, body).body
