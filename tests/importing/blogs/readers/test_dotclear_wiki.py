"""Dotclear's wiki as HTML: each sign, what old versions did not know, and markup written to hurt."""

from __future__ import annotations

import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from plancher.importing.blogs.readers.dotclear.wiki import to_html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("!!!!Un", "<h2>Un</h2>"),
        ("!!!Un", "<h3>Un</h3>"),
        ("!Un", "<h5>Un</h5>"),
        ("un\ndeux\n\ntrois", "<p>un\ndeux</p>\n<p>trois</p>"),
        ("''a'' __b__ @@c@@", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("''a __b__ c''", "<p><em>a <strong>b</strong> c</em></p>"),
        ("--a-- ++b++", "<p><del>a</del> <ins>b</ins></p>"),
        ('""a"" x^2^ H,,2,,O ££i££', "<p><mark>a</mark> x<sup>2</sup> H<sub>2</sub>O <i>i</i></p>"),
        ("[un lien|http://exemple.fr/a_b?c=1&d=2]", '<p><a href="http://exemple.fr/a_b?c=1&amp;d=2">un lien</a></p>'),
        ("[http://exemple.fr]", '<p><a href="http://exemple.fr">http://exemple.fr</a></p>'),
        ("[''un'' lien|/a|en|Titre]", '<p><a href="/a" hreflang="en" title="Titre"><em>un</em> lien</a></p>'),
        ("[((/public/a.jpg|vue))|/b]", '<p><a href="/b"><img alt="vue" src="/public/a.jpg"/></a></p>'),
        ("[courriel|mailto:a@exemple.fr]", '<p><a href="mailto:a@exemple.fr">courriel</a></p>'),
        ("((/public/a.jpg|une vache|R|Titre))", '<p><img alt="une vache" src="/public/a.jpg" title="Titre"/></p>'),
        ("avant ((/a.jpg|x|C||Légende)) après", '<p>avant </p><figure><img alt="x" src="/a.jpg"/><figcaption>Légende</figcaption></figure><p> après</p>'),
        ("{{Dit-elle|fr|http://exemple.fr}}", '<p><q cite="http://exemple.fr" lang="fr">Dit-elle</q></p>'),
        ("??PME|petites et moyennes??", '<p><abbr title="petites et moyennes">PME</abbr></p>'),
        ("~ancre~", '<p><a id="ancre"></a></p>'),
        ("a%%%b", "<p>a<br/>b</p>"),
        ("\\__pas gras__ \\[ni lien]", "<p>__pas gras__ [ni lien]</p>"),
        ("``<b>brut</b>``", "<p><b>brut</b></p>"),
        ("<b>échappé</b> & co", "<p>&lt;b&gt;échappé&lt;/b&gt; &amp; co</p>"),
        ("* un\n** deux\n* trois", "<ul><li>un<ul><li>deux</li></ul></li><li>trois</li></ul>"),
        ("# un\n#* deux", "<ol><li>un<ul><li>deux</li></ul></li></ol>"),
        ("* un\n# deux", "<ul><li>un</li></ul><ol><li>deux</li></ol>"),
        ("> un\n>\n> deux", "<blockquote><p>un</p><p>deux</p></blockquote>"),
        (";:un", "<blockquote><p>un</p></blockquote>"),
        (" a <b>\n  c", "<pre>a &lt;b&gt;\n c</pre>"),
        ("= terme\n: sens", "<dl><dt>terme</dt><dd>sens</dd></dl>"),
        (") à part", "<aside><p>à part</p></aside>"),
        ("|résumé\ndedans\n|", "<p><strong>résumé</strong></p>\n<p>dedans</p>"),
        ("----", "<hr/>"),
        ("///html\n<p>brut\n///", "<p>brut</p>"),
        ("///[php]\nif ($a < 1) {}\n///", '<pre><code class="language-php">if ($a &lt; 1) {}</code></pre>'),
        ("///code python\n'' __x__\n///", "<pre><code class=\"language-python\">'' __x__</code></pre>"),
        ("///html\njamais fermé", "<p>///html\njamais fermé</p>"),
        ('Titre§§class="x"§§', "<p>Titre</p>"),
        ('__gras§class="x"§__', "<p><strong>gras</strong></p>"),
        ("un ''seul __signe", "<p>un ''seul __signe</p>"),
        ("[jamais fermé", "<p>[jamais fermé</p>"),
    ],
)
def test_each_sign_becomes_its_element(typed: str, html: str) -> None:
    assert to_html(typed, "1-") == html


def test_footnotes_are_called_and_listed_in_their_order() -> None:
    html = to_html("a$$première ''note''$$ b$$seconde$$", "7-")
    soup = BeautifulSoup(html, "html.parser")
    assert [anchor["href"] for anchor in soup.select("sup a.footnote")] == ["#fn-7-1", "#fn-7-2"]
    assert [(item["id"], item.decode_contents()) for item in soup.select("ol.footnotes li")] == [("fn-7-1", "première <em>note</em>"), ("fn-7-2", "seconde")]


@pytest.mark.parametrize("typed", ["content ^^ et --vite-- dit", 'un ""mot"" ^^', "a ++ b ++ c", "x ,, y ,, z", "a ;; b ;; c"])
def test_a_sign_that_the_engine_had_left_alone_stays_text(typed: str) -> None:
    assert BeautifulSoup(to_html(typed, "1-", "<p>déjà rendu</p>"), "html.parser").get_text() == typed


def test_a_link_that_would_run_something_keeps_its_words_alone() -> None:
    assert to_html("[cliquez|javascript:alert(1)] ((java\tscript:x|y))", "1-").count("script") == 1
    assert "<a" not in to_html("[cliquez| JaVaScript:alert(1)]", "1-")


HOSTILE = {
    "signs that never close": "__''" * 20_000,
    "links that never close": "[a|" * 20_000,
    "pictures that never close": "((" * 20_000,
    "one closing sign": "[a|" * 20_000 + "]",
    "macros that never close": "///x\n" * 20_000,
    "empty macros": "///\n" * 20_000,
    "backslashes": "\\" * 100_000,
    "attributes": "§" * 100_000,
    "notes in notes": "$$[" * 20_000,
    "unclosed comments": "``<!--``" * 5_000,
    "unclosed tags": "``<a ``" * 5_000,
    "quotes": "{{" * 10_000 + "|" * 10_000 + "}}" * 10_000,
    "one long line of stars": "*" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_written_to_hurt_takes_linear_time(name: str) -> None:
    start = time.process_time()
    to_html(HOSTILE[name], "1-")
    assert time.process_time() - start < 10


def test_a_hundred_levels_of_lists_keep_their_words_and_are_bounded() -> None:
    html = to_html("\n".join(f"{'*' * depth} mot{depth}" for depth in range(1, 101)), "1-")
    soup = BeautifulSoup(html, "html.parser")
    assert [item.contents[0] for item in soup.find_all("li")] == [f"mot{depth}" for depth in range(1, 101)]
    assert max(len(list(item.parents)) for item in soup.find_all("li")) < 60


@given(st.text(alphabet="_'*#!>@^-+,;:=%\\ \nab", max_size=200))
def test_no_letter_is_ever_lost_or_moved(typed: str) -> None:
    shown = BeautifulSoup(to_html(typed, "1-"), "html.parser").get_text()
    assert [letter for letter in shown if letter in "ab"] == [letter for letter in typed if letter in "ab"]
