"""HTML of former blogs becomes the Markdown that an author of ours would have typed; nothing that is words comes alive, nothing is lost."""

from __future__ import annotations

import html
import time

import pytest
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.html import typed_code
from plancher.importing.blogs.model import Markup

from tests.importing.blogs.reading import convert, read, words_of

EXACT = {
    "stress": ("<p>Un <b>mot</b> et <i>deux</i></p>", "Un **mot** et *deux*"),
    "stress within stress": ("<p><b>a <i>b</i></b></p>", "<strong>a <em>b</em></strong>"),
    "spaces inside stress stand outside": ("<p>un<b> mot\u00a0</b>fin</p>", "un **mot**\u00a0fin"),
    "stress around paragraphs": ("<b><p>un</p><p>deux</p></b>", "**un**\n\n**deux**"),
    "words beside blocks": ("<div>un<p>deux</p>trois</div>", "un\n\ndeux\n\ntrois"),
    "two line breaks part paragraphs": ("un<br><br />deux<br>trois", "un\n\ndeux\\\ntrois"),
    "line breaks at the ends": ("<p><br>un<br></p>", "un"),
    "unclosed paragraphs and items": ("<p>un<p>deux<ul><li>a<li>b</ul>", "un\n\ndeux\n\n- a\n- b"),
    "lists in lists": ("<ul><li>a<ol><li>b<li>c</ol></ul>", "- a\n  1. b\n  2. c"),
    "a list beside items": ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
    "items of several paragraphs": ("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "- a\n\n  b\n- c"),
    "a list that begins at four": ("<ol start=4><li>d<li>e</ol>", "4. d\n5. e"),
    "items without a list": ("<li>a</li><li>b</li>", "- a\n- b"),
    "quotations": ("<blockquote>un<blockquote><p>deux</p></blockquote></blockquote>", "> un\n>\n> > deux"),
    "code with a fence inside": ("<pre><code class='language-php'>a\n```\nb\n</code></pre>", "````php\na\n```\nb\n````"),
    "code line by line": ("<pre><div>un</div><div>deux</div></pre>", "```\nun\ndeux\n```"),
    "code keeps its empty lines": ("<pre>a\n\n\n\nb</pre>", "```\na\n\n\n\nb\n```"),
    "code that shows entities": ("<pre>&amp;lt;b&amp;gt; &amp;amp; &lt;i&gt;</pre>", "```\n&lt;b&gt; &amp; <i>\n```"),
    "code in a line that shows entities": ("<p><code>&amp;lt; &lt; &amp;copy;</code></p>", "`&lt; < &copy;`"),
    "code in a line whose signs were typed as they are": ("<p><code>x<T></code> et <code>&lt;b></code></p>", "`x<T>` et `<b>`"),
    "code that nothing closes": ("<p>un</p><pre>a <T>b", "un\n\n```\na b\n```"),
    "code in a line": ("<p><code>a`b</code></p>", "``a`b``"),
    "a table": ("<table><tr><th>a<th>b<tr><td>1|2<td align=right>3</table>", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |"),
    "a table without head": ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "|  |  |\n| --- | --- |\n| a | b |\n| c | d |"),
    "columns on one side": ("<table><tr><th align=right>a<th>b<tr><td style='text-align:right'>1<td>2</table>", "| a | b |\n| ---: | --- |\n| 1 | 2 |"),
    "cells with line breaks": ("<table><tr><th>a<th>b<tr><td><p>1</p><p>2</p><td>3</table>", "| a | b |\n| --- | --- |\n| 1<br>2 | 3 |"),
    "cells that span": (
        "<table><tr><td colspan=2 onclick=x>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
        '<table>\n<tr><td colspan="2">a</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</table>',
    ),
    "a table that lays out a page": ("<table><tr><td><p>un</p></td></tr><tr><td>deux</td></tr></table>", "un\n\ndeux"),
    "headings begin at two and skip none": ("<h1>a</h1><h4>b</h4><h2>c</h2>", "## a\n\n### b\n\n### c"),
    "a heading in an item": ("<ul><li><h2>a</h2>b</li></ul>", "- **a**\n\n  b"),
    "terms and what they mean": ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\n:   b\n\nc\n:   d"),
    "what opens at a click": ("<details><summary>S &amp; T</summary>mot</details>", "<details>\n<summary>S &amp; T</summary>\n\nmot\n\n</details>"),
    "elements without a sign": (
        "<p><abbr title='Un Deux'>UD</abbr> H<sub>2</sub>O 2<sup>e</sup> <cite>x</cite> <q>y</q> <ins>z</ins> <mark>t</mark></p>",
        '<abbr title="Un Deux">UD</abbr> H<sub>2</sub>O 2<sup>e</sup> <cite>x</cite> <q>y</q> <ins>z</ins> <mark>t</mark>',
    ),
    "words struck out": ("<p><strike>a</strike> <del>b</del></p>", "<del>a</del> <del>b</del>"),
    "a link and its title": (
        '<p><a href="http://ex.example/a b(c)" title="Un &quot;titre&quot;">mot</a></p>',
        '[mot](<http://ex.example/a%20b(c)> "Un &quot;titre&quot;")',
    ),
    "a link around blocks": ('<a href="/x"><div>un</div><div>deux</div></a>', "[un](/x)\n\n[deux](/x)"),
    "a link that shows its address": ('<p><a href="http://ex.example/">http://ex.example/</a></p>', "<http://ex.example/>"),
    "no-break spaces": ("<p>un&nbsp;: 10\u202f000</p>", "un\u00a0: 10\u202f000"),
    "footnotes": (
        '<p>Mot<sup><a href="#fn-a" class="footnote">1</a></sup>.</p><ol class="footnotes"><li id="fn-a">Note. <a href="#r">↩</a></li></ol>',
        "Mot[^1].\n\n[^1]: Note.",
    ),
    "footnotes that lead back": ('<p>Mot<a href="#n1" id="r1"><sup>1</sup></a>.</p><p id="n1"><a href="#r1">1</a> Note.</p>', "Mot[^1].\n\n[^1]: Note."),
    "a picture and its caption": (
        '<figure><img src="/a/vitrine.jpg" alt="v"><figcaption>Le "jour"</figcaption></figure>',
        '![v]({static}/images/vitrine.jpg "Le &quot;jour&quot;")',
    ),
    "a picture without words": ('<p><img src="/a/vitrine-d_hiver-300x200.jpg"></p>', "![vitrine d hiver]({static}/images/vitrine-d_hiver-300x200.jpg)"),
    "a picture that is still elsewhere": ('<p><img src="https://ailleurs.example/a.png" alt="un plan"></p>', "[un plan](https://ailleurs.example/a.png)"),
    "a lazy picture": ('<p><img src="data:image/gif;base64,R0" data-src="/a/b.png" alt="b"></p>', "![b]({static}/images/b.png)"),
    "a film": ('<iframe src="//www.youtube.com/embed/dQw4w9WgXcQ" width="1"></iframe>', "<https://www.youtube.com/embed/dQw4w9WgXcQ>"),
    "a film of Flash": (
        '<object><param name="movie" value="http://www.dailymotion.com/swf/x1abc2" /><embed src="http://www.dailymotion.com/swf/x1abc2"></embed></object>',
        "<http://www.dailymotion.com/swf/x1abc2>",
    ),
    "a film with a title": (
        '<iframe title="Un &amp; deux" src="https://player.vimeo.com/video/12345"></iframe>',
        "![Un & deux](https://player.vimeo.com/video/12345)",
    ),
    "a frame that is no film": ('<iframe src="https://plan.example/x" title="Le plan"></iframe>', "[Le plan](https://plan.example/x)"),
    "a gist": ('<script src="https://gist.github.com/ada/12ab.js"></script>', "<https://gist.github.com/ada/12ab>"),
    "another language": ('<p><span lang="en">cloud</span> <span style="color:red">mot</span></p>', '<span lang="en">cloud</span> mot'),
    "blocks in another language": (
        '<blockquote lang="en"><p>Un <b>mot</b></p></blockquote><p lang="en">deux</p><div lang="fr"><p>trois</p></div>',
        '> <span lang="en">Un **mot**</span>\n\n<span lang="en">deux</span>\n\ntrois',
    ),
    "places that the text leads to": (
        '<p><a href="#s">voir</a> <a href="#t">là</a></p><a name="s"></a><h2>S</h2><p id="t">mot</p><p id="u">fin</p>',
        '[voir](#s) [là](#t)\n\n## S {#s}\n\n<span id="t"></span>mot\n\nfin',
    ),
    "two numbered lists in a row": ("<ol><li>a</li></ol><ol><li>b</li></ol>", "1. a\n\n<!-- -->\n\n1. b"),
    "signs of Windows": ("<p>l\x92été \x85</p>", "l’été …"),
    "emptiness": ("<p>&nbsp;</p><div><br></div><b></b>", ""),
}
ALIVE = [
    "<script>alert(1)</script>",
    "1. dit-il",
    "1) dit-il",
    "- tiret",
    "-\u00a0tiret",
    "+ plus",
    "* étoile",
    "# dièse",
    "##collé",
    "> cité",
    "[x] fait",
    "[^1]",
    "[^1]: note",
    "[a](b)",
    "[a]: http://ex.example",
    "[a][b]",
    "[TOC]",
    "[[lien]]",
    "[!note] mot",
    "![a](b)",
    "*a* _b_ __c__ **d**",
    "a_b_c et 5 * 3",
    "`code`",
    "```",
    "~~~",
    "~~a~~",
    "---",
    "===",
    "a | b",
    "&lt; et &amp;eacute;",
    "{#a} {: .b}",
    "{% a %} {{ b }}",
    "{{< a >}}",
    "$$a$$ $b_c$",
    "==a== ++b++ ^c^ %%d%% :sourire:",
    "!!! note",
    "??? question",
    "::: bloc",
    "\\ \\* \\newpage",
    "import a from 'b'",
    "export default a",
    "Status: draft",
    "Statut : brouillon",
    "Brouillon",
    "Title: un",
    ": sens",
    "*[HTML]: mot",
    "http://ex.example/a_b_c?x=1&copy=2",
    "<b>mot</b> </p> <!-- mot -->",
    "C# et C++ et R&D",
    "[à compléter : mot]",
]


@pytest.mark.parametrize("name", EXACT)
def test_an_element_becomes(name):
    html, markdown = EXACT[name]
    converted = convert(html).markdown.rstrip("\n")
    assert converted == markdown
    page = read(converted)
    assert not page.blocking
    assert not lost_words(html, Markup.HTML, converted)


@pytest.mark.parametrize("html", ["<code>Status: draft</code>", "<p><code>Statut : brouillon</code></p>", "<b><code>Brouillon</code></b>"])
def test_code_that_opens_a_text_is_no_field_of_its_header_and_is_shown_as_it_is(html):
    page = read(convert(html).markdown)
    assert not page.problems
    assert page.words == words_of(html)


def test_code_whose_signs_were_typed_as_they_are_is_whole_and_swallows_nothing():
    typed = "#include <stdio.h>\nvector<int> v; if (a<b) return; a <b && c> d;"
    for source in (f"<pre>{typed} <b>e</b></pre><p>Après.</p>", f"<PRE class='x'><code>{typed} <span style='a'>e</span></code></PRE><p>Après.</p>"):
        assert convert(source).markdown == f"```\n{typed} e\n```\n\nAprès.\n"


@pytest.mark.parametrize("html", ["<pre>" * 50_000, f"<pre>{'<a ' * 50_000}</pre>", "<code></pre>" * 50_000, f"<pre><a {'b ' * 50_000}</pre>"])
def test_code_that_nothing_closes_is_looked_for_once(html):
    start = time.perf_counter()
    typed_code.kept(html)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("words", ALIVE)
@pytest.mark.parametrize(
    "around", ["<p>{}</p>", "<ul><li>{}</li><li>fin</li></ul>", "<p>début<br>{}</p>", "<blockquote>{}</blockquote>", "<p>avant {} après</p>"]
)
def test_words_stay_words(words, around):
    page = read(convert(around.format(html.escape(words, quote=False))).markdown)
    shown = html.unescape(page.html)
    for sign in words.split():
        assert sign in shown or "'" in sign or not sign.strip("-"), page.html  # typography makes « ’ » and « – »
    for tag in ("<script", "<del>", "<em>", "<strong>", "<code", "<h2", "<table", "<dl", "<sup", "<hr", "<img", "checkbox", 'class="toc"', "<abbr"):
        assert tag not in page.html
    assert not [problem for problem in page.problems if not problem.startswith("PDV107")]
    assert page.reading.document.front.status != "draft"


def test_what_runs_goes_and_is_told():
    converted = convert(
        '<p onclick="a()">mot<script>alert(1)</script><style>p{}</style><a href="javascript:b()">lien</a></p><form><input name="q">Chercher</form>'
    )
    assert converted.markdown == "motlien\n\nChercher\n"
    told = " ".join(note.message for note in converted.notes)
    for word in ("script", "feuille de style", "exécuterait du code", "formulaire"):
        assert word in told
    assert any("alert(1)" in note.former for note in converted.notes)


def test_spies_go_and_are_told():
    converted = convert('<p>mot<img src="https://ex.example/x.gif" width="1" height="1"><img src="http://feeds.feedburner.com/~r/blog/~4/1" alt=""></p>')
    assert converted.markdown == "mot\n"
    assert [note.message for note in converted.notes] == ["une image invisible, qui comptait les lecteurs, ne vient pas."] * 2


def test_a_player_that_says_nothing_is_told_and_its_words_stay():
    converted = convert("<object><p>Installez le lecteur.</p></object><iframe></iframe>")
    assert converted.markdown == "Installez le lecteur.\n"
    assert len(converted.notes) == 2


def test_controls_and_reversed_text_go_without_a_problem():
    page = read(convert("<p>un\x00\x08 mot\u202e retourné\ufeff &#x202e; \ud83d</p>").markdown)
    assert not [problem for problem in page.problems if problem.startswith("PDV03") and not problem.startswith("PDV033")]


def test_a_frameset_hides_nothing():
    assert convert("<frameset><frame src=x></frameset><p>mot</p>").markdown == "mot\n"


@pytest.mark.parametrize(
    "hostile",
    ["<div>" * 6000 + "x", "<ul><li>" * 3000 + "x", "<blockquote>" * 3000 + "x", "<b><p>x" * 800, "<table><tr><td>" * 1500 + "x", "<a href=x>" * 3000 + "x"],
    ids=["boxes", "lists", "quotations", "stress", "tables", "links"],
)
def test_a_nesting_without_end_is_flattened(hostile):
    converted = convert(hostile)
    assert "x" in converted.markdown
    assert not lost_words(hostile, Markup.HTML, converted.markdown)


@pytest.mark.parametrize(
    "piece",
    ["<!--", "&", "<", "*", "[", "[a](", "_a", "`", "<br>", "<li>x", "<p>x", "<td>x", "“a", "<img src=a.png>", "Anne ", "x\u00a0 "],
)
def test_time_follows_the_size(piece):
    def seconds(count):
        start = time.process_time()
        convert(piece * count)
        return time.process_time() - start

    seconds(100)
    small = max(seconds(1000), 0.005)
    assert any(seconds(4000) < small * 14 for _ in range(3))  # a collection of what other tests left costs more than the text
