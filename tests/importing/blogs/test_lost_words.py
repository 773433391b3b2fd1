"""The words of a source that its text has lost are named, and no others."""

from __future__ import annotations

import pytest
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.model import Markup

from tests.importing.blogs.reading import convert


@pytest.mark.parametrize(
    ("former", "text", "lost"),
    [
        ("<p>un deux trois</p>", "un trois", ("deux",)),
        ("<p>un un</p>", "un", ("un",)),
        ("<p>dé<b>but</b> fin</p>", "dé**but** fin", ()),
        ("<table><tr><td>un</td><td>deux</td></table>", "| un | deux |", ()),
        ("<p>un</p><script>deux</script><!-- trois -->", "un", ()),
        ("<p>mot</p>", "[x](http://ex.example/mot)", ("mot",)),
        ("<p>http://ex.example/mot</p>", "<http://ex.example/mot>", ()),
        ("<img src=x alt='une vue'>", "![une](x)", ("vue",)),
        ("<p>Loà¯c dÃ©jÃ\xa0</p>", "Loïc déjà", ()),
        ("<p>Loà¯c</p>", "Loà¯c", ()),
        ("<p>&amp;lt; a_b</p>", "&amp;lt; a\\_b", ()),
        ("<p>mot<sup><a href='#fn-9'>9</a></sup></p>", "mot[^1]", ()),
        ("<p>Technorati Tags: pain</p>", "Tags: pain", ()),
        ("<abbr title='x'>UD</abbr>", '<abbr title="x">UD</abbr>', ()),
    ],
)
def test_lost_words_of_html(former, text, lost):
    assert lost_words(former, Markup.HTML, text) == lost


def test_lost_words_of_markdown():
    assert lost_words("# Un\n\n*deux* [trois](quatre)", Markup.MARKDOWN, "## Un\n\ndeux") == ("trois",)


@pytest.mark.parametrize(
    "former",
    [
        "<pre><code>&lt;blockquote&gt;mot&lt;/blockquote&gt;</code></pre>",
        "<p><code>&lt;blockquote&gt;</code> et <code>&lt;?php echo $x; ?&gt;</code></p>",
        "<pre>&lt;?php if (a &lt; b) { echo '&lt;p class=\"x\"&gt;mot&lt;/p&gt;'; } ?&gt;</pre>",
        "<ul><li><pre>&lt;b&gt;x&lt;/b&gt;\n\ny</pre></li></ul>",
        "<blockquote><pre>&lt;i&gt;x&lt;/i&gt;</pre></blockquote>",
        "<pre>[a](b c)\n[ref]: http://x\n&lt;!-- un mot --&gt;\n```\nx</pre>",
        "<p>x <a href='http://a.example/Panic_(film)'>Panic</a>est là</p>",
        "<p>a<a href='http://a.example/x' title='t'>b</a>c</p>",
        "<p><b>Panic</b>est <a href='u'><b>x</b></a>y</p>",
        "<p>[x](y) [ref]: z, a[b]c</p>",
        "<p>un<img src='a.png' alt='deux'>trois <a href='u'><img src='a.png' alt='x'></a>y</p>",
    ],
)
def test_code_and_words_that_a_link_joins_are_not_lost(former):
    assert lost_words(former, Markup.HTML, convert(former).markdown) == ()


@pytest.mark.parametrize(
    ("former", "text", "lost"),
    [
        ("<pre>&lt;blockquote&gt;mot</pre>", "```\nmot\n```", ("blockquote",)),
        ("<pre>&lt;p class=x&gt;</pre><p>p</p>", "```\n<p>\n```\n\np", ("class", "x")),
        ("<p><a href='u'>Panic</a>est</p>", "[Panic](u)", ("Panicest",)),
        ("<p><a href='u'>mot</a> dit</p>", "[dit](mot)", ("mot",)),
        ("<p>mot</p>", '<p class="mot">x</p>', ("mot",)),
        ("<p>fin</p>", "```\nx\n\nfin", ()),
        ("<p>mot</p>", "[un](u (mot", ()),
    ],
)
def test_what_is_lost_in_code_and_around_links_is_told(former, text, lost):
    assert lost_words(former, Markup.HTML, text) == lost


def test_words_are_compared_in_linear_time():
    hostile = "".join((sign * 20_000) for sign in ("[", "](", "`", "](a ", "```\n", "![x](", "\\", "<", "[a](b "))
    lost_words(hostile, Markup.MARKDOWN, hostile)
