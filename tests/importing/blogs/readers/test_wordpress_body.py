"""Bodies of WordPress: paragraphs of its former editor, blocks of the new one, shortcodes of plugins."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.importing.blogs.model import Place
from plancher.importing.blogs.readers.html_paragraphs import paragraphs
from plancher.importing.blogs.readers.html_tokens import tokens, words
from plancher.importing.blogs.readers.wordpress.body import BodyWriter
from plancher.importing.blogs.readers.wordpress.library import Attachment, Library

LIBRARY = Library(
    attachments={"5": Attachment("https://a.example/5.jpg", "Cinq", "Le <b>cinq</b>", 2), "6": Attachment("https://a.example/6.jpg", "Six", "", 1)},
    children={"1": ["5", "6"]},
    blocks={"40": "<!-- wp:paragraph --><p>Signé : nous.</p><!-- /wp:paragraph -->", "41": '<!-- wp:block {"ref":41} /-->'},
)
NOTES = '[{"id":"a-1","content":"Une <em>note</em>."}]'


def body(typed: str, footnotes: str = "") -> str:
    return BodyWriter(LIBRARY, "1", Place(file="x.xml", line=3), footnotes).written(typed)


def notes(typed: str) -> list[tuple[str, str]]:
    writer = BodyWriter(LIBRARY, "1", Place(file="x.xml", line=3))
    writer.written(typed)
    return [(note.message, note.former) for note in writer.notes]


def flat(html: str) -> str:
    return html.replace("\n", "")


def embed(address: str) -> str:
    safe = address.replace("&", "&amp;")
    return f'<p><a class="embed" href="{safe}">{safe}</a></p>'


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Un.\n\nDeux.", "<p>Un.</p><p>Deux.</p>"),
        ("Un.\r\n\r\nDeux.", "<p>Un.</p><p>Deux.</p>"),
        ("Un.\nDeux.", "<p>Un.<br />Deux.</p>"),
        ("Un.<br>\nDeux.", "<p>Un.<br />Deux.</p>"),
        ("Un.<br /><br />Deux.", "<p>Un.</p><p>Deux.</p>"),
        ("<h2>Titre</h2>\nTexte", "<h2>Titre</h2><p>Texte</p>"),
        ("<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\nTexte", "<ul><li>un</li><li>deux</li></ul><p>Texte</p>"),
        ("<blockquote>Cité.\n\nEncore.</blockquote>", "<blockquote><p>Cité.</p><p>Encore.</p></blockquote>"),
        ("<p>Déjà.</p>\n\n<p>Là.</p>", "<p>Déjà.</p><p>Là.</p>"),
        ("<div>\ntexte\n</div>", "<div>texte</div>"),
        ("<table>\n<tr>\n<td>a</td>\n</tr>\n</table>", "<table><tr><td>a</td></tr></table>"),
        ("Début <a href='x\ny'>lien</a>", "<p>Début <a href='xy'>lien</a></p>"),
        ("a\u00a0\n\n\u00a0b", "<p>a\u00a0</p><p>\u00a0b</p>"),
        ("2 < 3\n\n4 > 1", "<p>2 < 3</p><p>4 > 1</p>"),
        ("", ""),
    ],
)
def test_paragraphs_of_the_classic_editor(typed: str, expected: str) -> None:
    assert flat(body(typed)) == expected


@pytest.mark.parametrize("tag", ["pre", "script", "style", "textarea"])
def test_nothing_changes_inside_of_code(tag: str) -> None:
    typed = f"<{tag}>a\n\nb [gallery]\nhttps://x.example/\n  c</{tag}>"
    assert body(f"Avant\n\n{typed}\n\nAprès") == f"<p>Avant</p>\n{typed}\n<p>Après</p>"


def test_words_that_no_block_holds_stand_among_blocks() -> None:
    typed = "<!-- wp:paragraph -->\n<p>Un.</p>\n<!-- /wp:paragraph -->\n\nDeux.\n\nTrois.\n\n<!-- wp:freeform -->\nQuatre.\n\nCinq.\n<!-- /wp:freeform -->"
    assert flat(body(typed)) == "<p>Un.</p><p>Deux.</p><p>Trois.</p><p>Quatre.</p><p>Cinq.</p>"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('<!-- wp:block {"ref":40} /-->', "<p>Signé : nous.</p>"),
        (
            '<!-- wp:embed {"url":"https://v.example/?a=1\\u0026b=2","type":"video"} -->\n<figure><div>\nhttps://v.example/?a=1&amp;b=2\n</div><figcaption>Un <b>film</b></figcaption></figure>\n<!-- /wp:embed -->',
            embed("https://v.example/?a=1&b=2") + "<p>Un <b>film</b></p>",
        ),
        ("<!-- wp:core-embed/youtube --><figure><div>\nhttps://v.example/9\n</div></figure><!-- /wp:core-embed/youtube -->", embed("https://v.example/9")),
        (
            '<!-- wp:video {"id":3} --><figure><video controls src="https://a.example/f.mp4"></video><figcaption>Vu</figcaption></figure><!-- /wp:video -->',
            embed("https://a.example/f.mp4") + "<p>Vu</p>",
        ),
        (
            '<!-- wp:code --><pre class="wp-block-code"><code>if (a &lt; b) [gallery]</code></pre><!-- /wp:code -->',
            "<pre><code>if (a &lt; b) [gallery]</code></pre>",
        ),
        (
            '<!-- wp:syntaxhighlighter/code {"language":"php"} --><pre class="wp-block-syntaxhighlighter-code">&lt;?php</pre><!-- /wp:syntaxhighlighter/code -->',
            '<pre><code class="language-php">&lt;?php</code></pre>',
        ),
        ('<!-- wp:verse --><pre class="wp-block-verse">Un vers\nun <em>autre</em></pre><!-- /wp:verse -->', "<p>Un vers<br />un <em>autre</em></p>"),
        (
            '<!-- wp:pullquote --><figure class="wp-block-pullquote"><blockquote><p>Dit.</p><cite>Elle</cite></blockquote></figure><!-- /wp:pullquote -->',
            "<blockquote><p>Dit.</p><cite>Elle</cite></blockquote>",
        ),
        (
            '<!-- wp:file {"id":8} --><div class="wp-block-file"><a href="https://a.example/x.pdf">Le plan</a><a href="https://a.example/x.pdf" class="wp-block-file__button" download>Télécharger</a></div><!-- /wp:file -->',
            '<div class="wp-block-file"><a href="https://a.example/x.pdf">Le plan</a></div>',
        ),
        (
            '<!-- wp:columns --><div class="c"><!-- wp:column --><div><!-- wp:paragraph --><p>Gauche.</p><!-- /wp:paragraph --></div><!-- /wp:column --></div><!-- /wp:columns -->',
            '<div class="c"><div><p>Gauche.</p></div></div>',
        ),
        (
            "<!-- wp:more --><!--more--><!-- /wp:more --><!-- wp:nextpage --><!--nextpage--><!-- /wp:nextpage --><!-- wp:spacer --><div></div><!-- /wp:spacer -->",
            "",
        ),
        (
            '<!-- wp:image {"id":5} --><figure class="wp-block-image"><img src="x.jpg" alt="X"/></figure><!-- /wp:image -->',
            '<figure class="wp-block-image"><img src="x.jpg" alt="X"/></figure>',
        ),
        ('<!-- wp:image {"id":5} /-->', '<figure><img src="https://a.example/5.jpg" alt="Cinq"><figcaption>Le <b>cinq</b></figcaption></figure>'),
        (
            '<!-- wp:gallery {"ids":[6,5]} /-->',
            '<figure><img src="https://a.example/6.jpg" alt="Six"></figure><figure><img src="https://a.example/5.jpg" alt="Cinq"><figcaption>Le <b>cinq</b></figcaption></figure>',
        ),
        ('<!-- wp:shortcode -->\n[youtube id="abc"]\n<!-- /wp:shortcode -->', embed("https://www.youtube.com/watch?v=abc")),
        (
            "<!-- wp:list --><ul><!-- wp:list-item --><li>un<!-- wp:list --><ul><!-- wp:list-item --><li>deux</li><!-- /wp:list-item --></ul><!-- /wp:list --></li><!-- /wp:list-item --></ul><!-- /wp:list -->",
            "<ul><li>un<ul><li>deux</li></ul></li></ul>",
        ),
        ('<!-- wp:paragraph {"style":{"x":"a\\u002d\\u002db"}} --><p>Vu.</p><!-- /wp:paragraph -->', "<p>Vu.</p>"),
        ("<!-- wp:paragraph {cassé} --><p>Vu.</p><!-- /wp:paragraph -->", "<p>Vu.</p>"),
        ("<!-- wp:paragraph --><p>Jamais fermé.</p>", "<p>Jamais fermé.</p>"),
        ("<!-- wp:paragraph --><p>Vu.</p><!-- /wp:heading --><!-- /wp:paragraph -->", "<p>Vu.</p>"),
        ("<!-- wp:paragraph --><p>https://v.example/9</p><!-- /wp:paragraph -->", "<p>" + embed("https://v.example/9") + "</p>"),
        (
            '<!-- wp:cover {"url":"https://a.example/c.jpg","alt":"Ciel"} --><div><p>Dessus</p></div><!-- /wp:cover -->',
            '<figure><img src="https://a.example/c.jpg" alt="Ciel"></figure><div><p>Dessus</p></div>',
        ),
    ],
)
def test_blocks(typed: str, expected: str) -> None:
    assert flat(body(typed)) == expected


def test_a_gallery_is_its_pictures_one_after_another() -> None:
    typed = """<!-- wp:gallery --><figure class="wp-block-gallery"><ul><li><figure><a href="a-full.jpg"><img src="a.jpg" alt="A"/></a><figcaption>Le <b>a</b></figcaption></figure></li>
<li><figure><img src="b.jpg" alt="B" data-full-url="b-full.jpg"/></figure></li></ul><figcaption class="blocks-gallery-caption">Les deux</figcaption></figure><!-- /wp:gallery -->"""
    assert body(typed).split("\n") == [
        '<figure><a href="a-full.jpg"><img src="a.jpg" alt="A"></a><figcaption>Le <b>a</b></figcaption></figure>',
        '<figure><a href="b-full.jpg"><img src="b.jpg" alt="B"></a></figure>',
        "<p>Les deux</p>",
    ]


def test_footnotes_of_the_block_editor_come_from_beside_the_text() -> None:
    typed = '<!-- wp:paragraph --><p>Dit<sup data-fn="a-1" class="fn"><a href="#a-1" id="a-1-link">1</a></sup>.</p><!-- /wp:paragraph --><!-- wp:footnotes /-->'
    assert (
        flat(body(typed, NOTES))
        == '<p>Dit<sup><a href="#fn-a-1" class="footnote">1</a></sup>.</p><ol class="footnotes"><li id="fn-a-1">Une <em>note</em>.</li></ol>'
    )


@pytest.mark.parametrize("typed", ["", "[", "{}", "[3]", "[" * 5000, '"x"'])
def test_damaged_footnotes_are_told(typed: str) -> None:
    writer = BodyWriter(LIBRARY, "1", Place(file="x.xml"), typed)
    writer.written("<!-- wp:footnotes /-->")
    assert [note.message for note in writer.notes] == ["notes de bas de page : elles ne sont pas dans l'export."]


@pytest.mark.parametrize("number", ["99", "41"])
def test_a_reusable_block_that_is_missing_or_holds_itself_is_told(number: str) -> None:
    assert any("bloc réutilisable" in message for message, _ in notes(f'<!-- wp:block {{"ref":{number}}} /-->'))


def test_blocks_that_wordpress_fills_itself_are_named() -> None:
    assert [former for _, former in notes("<!-- wp:latest-posts /--><!-- wp:search /--><!-- wp:latest-posts /-->")] == ["latest-posts, search"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            '[caption id="a_1" align="left" width="300"]<a href="x-full.jpg"><img src="x.jpg" alt="" /></a> La <b>légende</b>[/caption]',
            '<figure><a href="x-full.jpg"><img src="x.jpg" alt="" /></a><figcaption>La <b>légende</b></figcaption></figure>',
        ),
        ('[caption width="3" caption="L\'ancienne"]<img src="x.jpg">[/caption]', '<figure><img src="x.jpg"><figcaption>L\'ancienne</figcaption></figure>'),
        ('[wp_caption id="x"]<img src="x.jpg">Mot[/wp_caption]', '<figure><img src="x.jpg"><figcaption>Mot</figcaption></figure>'),
        ('[gallery ids="6" link="file"]', '<figure><a href="https://a.example/6.jpg"><img src="https://a.example/6.jpg" alt="Six"></a></figure>'),
        ("[gallery ids=”6″]", '<figure><img src="https://a.example/6.jpg" alt="Six"></figure>'),
        ('[embed width="3"]https://v.example/1?a=1&amp;b=2[/embed]', embed("https://v.example/1?a=1&b=2")),
        ('[audio mp3="https://a.example/s.mp3"][/audio]', embed("https://a.example/s.mp3")),
        ("[dewplayer:https://a.example/s.mp3]", embed("https://a.example/s.mp3")),
        ("[source:https://a.example/]", "<p>[source:https://a.example/]</p>"),
        ("[audio https://a.example/s.mp3]", embed("https://a.example/s.mp3")),
        ('[video width="640" mp4="https://a.example/f.mp4"][/video]', embed("https://a.example/f.mp4")),
        ("[youtube=https://www.youtube.com/watch?v=abc]", embed("https://www.youtube.com/watch?v=abc")),
        ("[youtube abc]", embed("https://www.youtube.com/watch?v=abc")),
        ("[youtube]abc[/youtube]", embed("https://www.youtube.com/watch?v=abc")),
        ("[vimeo 123]", embed("https://vimeo.com/123")),
        ("[dailymotion id=x8oma9]", embed("https://www.dailymotion.com/video/x8oma9")),
        ('[code lang="php"]if (a < b && c > d) { [x] }[/code]', '<pre><code class="language-php">if (a &lt; b &amp;&amp; c &gt; d) { [x] }</code></pre>'),
        ("[sourcecode language='css']a &gt; b {}\n\n.c {}[/sourcecode]", '<pre><code class="language-css">a &gt; b {}\n\n.c {}</code></pre>'),
        ("[php]<?php echo '[/b]'; ?>[/php]", "<pre><code class=\"language-php\">&lt;?php echo '[/b]'; ?&gt;</code></pre>"),
        ("[ccnLe_php]if ($a &lt; 1) {}[/ccnLe_php]", '<pre><code class="language-php">if ($a &lt; 1) {}</code></pre>'),
        ('[cce lang="diff"]- <b>\n+ <i>[/cce]', '<pre><code class="language-diff">- &lt;b&gt;\n+ &lt;i&gt;</code></pre>'),
        ('<pre lang="php" line="1"><?php echo $a[0]; ?></pre>', '<pre><code class="language-php">&lt;?php echo $a[0]; ?&gt;</code></pre>'),
        ('<pre class="brush: python; title: ;">a &lt; b</pre>', '<pre><code class="language-python">a &lt; b</code></pre>'),
        ("[[gallery]]", "<p>[gallery]</p>"),
        ("[[code]x[/code]]", "<p>[code]x[/code]</p>"),
        ("Un [sic] et [celui-ci] et a[0] et [1] et […] et [note de l'auteur].", "<p>Un [sic] et [celui-ci] et a[0] et [1] et […] et [note de l'auteur].</p>"),
        ('Avant [boite couleur="bleu"]dedans[/boite] après.', "<p>Avant dedans après.</p>"),
        ('[contact-form-7 id="3" title="x"]', ""),
        ("[woocommerce_cart]\n\nTexte.", "<p>Texte.</p>"),
        ("[col]\n\nUn.\n\n[/col]\n\n[col]Deux.[/col]", "<p>Un.</p><p>Deux.</p>"),
        ("Voir\n\nhttps://v.example/9\n\nici https://v.example/8", f"<p>Voir</p>{embed('https://v.example/9')}<p>ici https://v.example/8</p>"),
        ('<a href="u">\nhttps://v.example/9\n</a>', '<p><a href="u"><br />https://v.example/9<br /></a></p>'),
        ('<a title="[gallery]" href="u">l</a>', '<p><a title="[gallery]" href="u">l</a></p>'),
        ("<code>[gallery]</code>", "<p><code>[gallery]</code></p>"),
        ("<!-- [gallery] -->", "<p><!-- [gallery] --></p>"),
    ],
)
def test_shortcodes(typed: str, expected: str) -> None:
    shown = body(typed)
    assert (shown if "<pre" in shown else flat(shown)) == expected


def test_a_gallery_without_numbers_shows_the_pictures_sent_with_the_text() -> None:
    assert [piece.partition('"')[0] for piece in body("[gallery]").split('src="')[1:]] == ["https://a.example/6.jpg", "https://a.example/5.jpg"]


@pytest.mark.parametrize("typed", ['[gallery ids="99"]', "[gallery id=7]", "[playlist ids=99]"])
def test_a_gallery_whose_pictures_are_not_in_the_export_is_told(typed: str) -> None:
    assert body(typed) == ""
    assert [(message[:32], former) for message, former in notes(typed)] == [("galerie : ses images ne sont pas", typed)]


def test_unknown_shortcodes_are_named_and_their_links_stay() -> None:
    typed = '[bouton lien="https://exemple.fr/x"]Cliquez[/bouton]'
    assert flat(body(typed)) == '<p><a href="https://exemple.fr/x">https://exemple.fr/x</a></p><p>Cliquez</p>'
    assert notes(typed) == [("code court « [bouton] » d'une extension : il est ôté, ce qu'il entourait reste.", '[bouton lien="https://exemple.fr/x"]')]


@given(st.text(alphabet=st.sampled_from(list("<>/[]\"'= \n!-apbré{}:wp&;")), max_size=200))
def test_no_body_stops_the_reader(typed: str) -> None:
    assert "".join(token.text for token in tokens(typed)) == typed
    body(typed)
    body(f"<!-- wp:paragraph -->{typed}<!-- /wp:paragraph -->")


@given(st.text(alphabet=st.sampled_from(list("abcé .,;\n\u00a0<>&")), max_size=120))
def test_paragraphs_keep_every_word(typed: str) -> None:
    def letters(text: str) -> str:
        return "".join(words(text).split())

    assert letters(paragraphs(typed)) == letters(typed)


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a ",
        "<a '",
        '<a "',
        "[",
        "[a",
        "[a '",
        "[code]",
        "[b x=y]",
        "<pre>",
        "<p>",
        "<!-- wp:a -->",
        "<!-- wp:a {",
        '<sup data-fn="a">',
        "<br>",
        "\n",
        " ",
        "\n\n<b>",
        "[[",
        "<blockquote>",
        "https://a",
        "\nhttps://a\n",
        "<!-- wp:gallery --><figcaption>",
        "<?",
        "[/b]",
        "[caption]",
        "<p>https://a.example/</p>",
    ],
)
def test_time_is_linear_whatever_is_repeated(piece: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        body(piece * count)
        body("<!-- wp:paragraph -->" + piece * count)
        return time.process_time() - start

    seconds(100)
    assert seconds(40_000 // len(piece)) < 3
