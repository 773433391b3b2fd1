"""The words of a source that its text has lost are named, and no others."""

from __future__ import annotations

import pytest
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.model import Markup


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
