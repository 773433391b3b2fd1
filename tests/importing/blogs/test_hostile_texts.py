"""Texts written to hurt, or only long, come home in a time that follows their size, all words kept."""

from __future__ import annotations

import time

import pytest
from plancher.importing.blogs.habits.accents import mended
from plancher.importing.blogs.habits.settle import settle
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.html import bare
from plancher.importing.blogs.html.convert import to_markdown
from plancher.importing.blogs.model import FormerText, Markup, Place

PLACE = Place(file="export.xml")
QUOTED = "mot " * 20
SHAPES = {
    "images in a paragraph": ("<p>", "<img src=a.png>", "</p>"),
    "cells in a row": ("<table><tr>", "<td>x</td>", "</tr></table>"),
    "rows": ("<table><tr><td>a<td>b</tr>", "<tr><td>x<td>y</tr>", "</table>"),
    "broken letters": ("<p>", "Ã©", "</p>"),
    "half letters": ("<p>", "à©", "</p>"),
    "elements within elements": ("", "<div><b><i>x ", ""),
    "links": ("<p>", "<a href='http://ex.example/a'>mot</a> ", "</p>"),
    "quotations": ("<p>", f"Il dit : « {QUOTED}». ", "</p>"),
    "quotations side by side": ("<p>Un mot.</p><p>", f"« {QUOTED}» ", "</p>"),
    "promises": ("<p>", "- un mot 2.0, mais au final deux<br>", "</p>"),
    "items apart": ("<ul>", "<li><p>un</p><p>deux</p></li>", "</ul>"),
    "line breaks": ("<p>", "x<br><br>", "</p>"),
    "stress around paragraphs": ("<b>", "x<br><br>", "</b>"),
    "blocks in a heading": ("<h2>", "<div>x</div>", "</h2>"),
    "captions": ("", "<div class=wp-caption><img src=a.png><p class=wp-caption-text>mot</p></div>", ""),
    "pictures without script": ("", "<img src=b.png><noscript><img src=a.png></noscript>", ""),
    "introductions": ("", "<p>Quelques liens :</p><p>Un titre</p>", ""),
    "films": ("", "<p>https://youtu.be/abcdefghijk</p>", ""),
    "names": ("<p>", "Anne", "</p>"),
}


class Links:
    def link(self, address):
        return address

    def picture(self, address):
        return f"/images/{address}"


def come_home(html):
    settled = settle(to_markdown(html, PLACE, Links()).markdown, FormerText(identifier="x", place=PLACE), frozenset())
    return settled, lost_words(html, Markup.HTML, settled.markdown)


def seconds(function, *typed):
    best = 1000.0
    for _ in range(2):
        start = time.process_time()
        function(*typed)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", SHAPES)
def test_time_follows_the_size(name):
    before, piece, after = SHAPES[name]
    small = seconds(come_home, before + piece * 500 + after)
    assert seconds(come_home, before + piece * 2000 + after) < max(small, 0.02) * 10


def notes(count):
    calls = "".join(f"<p>mot<sup><a id=r{number} href=#f{number}>{number % 900}</a></sup></p>" for number in range(count))
    texts = "".join(f"<li id=f{number}>note <a href=#r{number}>↩</a></li>" for number in range(count))
    return f"{calls}<ol class=footnotes>{texts}</ol>"


def test_time_follows_the_number_of_notes():
    assert seconds(come_home, notes(800)) < max(seconds(come_home, notes(200)), 0.02) * 10


@pytest.mark.parametrize("piece", ["`", "` x", "[a](", "“a", "Anne ", '<abbr title="a"', '](a "', "*", "à©", "“mot: "])
def test_the_time_of_former_markdown_follows_its_size(piece):
    def words(typed):
        settle(typed, FormerText(identifier="x", place=PLACE), frozenset())
        lost_words(typed, Markup.MARKDOWN, typed)

    assert seconds(words, piece * 8000) < max(seconds(words, piece * 2000), 0.02) * 12


def test_every_broken_letter_of_a_word_is_mended():
    assert mended("rà©pà©tà©e, dà©goà»t, voilà »") == "répétée, dégoût, voilà »"


def test_a_text_of_too_many_elements_keeps_its_words_links_and_pictures_and_says_so(monkeypatch):
    monkeypatch.setattr(bare, "MANY", 10)
    html = "<h2>un</h2><p>- deux <b>trois</b> <a href='https://ex.example/a'>quatre</a> &lt;b&gt;</p><script>x</script><img src=a.png alt=cinq>" + "<br>" * 10
    converted = to_markdown(html, PLACE, Links())
    assert converted.markdown == "un\n\n\\- deux trois quatre [lien](https://ex.example/a) &lt;b>\n\n![cinq](/images/a.png)\n"
    assert "remettez-le en forme" in converted.notes[0].message
    assert not lost_words(html, Markup.HTML, converted.markdown)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<pre>&amp;lt; &lt;</pre>", "```\n&lt; <\n```"),
        ("<p>&amp;amp&amp;copy</p>", "&amp;amp&amp;copy"),
        ("<p>[a](mot [b](mot</p>", "\\[a\\](mot \\[b\\](mot"),
    ],
)
def test_signs_that_look_like_others_lose_no_word(html, markdown):
    assert lost_words(html, Markup.HTML, markdown) == ()
