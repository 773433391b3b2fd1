"""Whatever HTML comes: every word of it is on the page that our engine makes, none comes alive, and nothing blocks the publication."""

from __future__ import annotations

import collections
import html
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from plancher.importing.blogs.habits.settle import settle
from plancher.importing.blogs.habits.words import lost_words
from plancher.importing.blogs.html.parse import shown_words
from plancher.importing.blogs.model import FormerText, Markup

from tests.importing.blogs.reading import PLACE, convert, read

INLINE = "b i em strong span code del sup sub cite q u small font mark ins s big tt".split()
BLOCKS = "p div ul ol blockquote h1 h2 h3 h4 pre dl center section article".split()
_SIGNS = (
    "mot|1. dit|- tiret|# dièse|##x|> cité|[x] fait|[^1]|[a](b)|[a]: http://b|*é*|_x_|a_b|---|===|`c`|```|~~~|~~t~~|<script>a()</script>|&amp;|&lt;|{#a}|{: .b}"
    "|{% x %}|{{ y }}|[[z]]|$a_b$|==m==|++i++|^s^|:smile:|%%c%%|!!! note|??? q|::: x|import a from 'b'|Status: draft|Brouillon|clé : valeur|\\|\\*|+ plus|* étoile"
    "|10) dix|![i](u)|[!note] x|<!-- c -->|http://ex.example/a_b?x=1|\u00a0|fin.|« mots »|l'été|C#|*[HTML]: x|: déf|[TOC]|a*b*c|a**b|</p>|x<y>z|1.|a]b[c|](x)|- - -"
)
SIGNS = [*_SIGNS.split("|"), "|", "a | b"]
WORDS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=8), min_size=1, max_size=4).map(lambda pieces: html.escape(" ".join(pieces), quote=False))
LINKS = WORDS.map(lambda words: f'<a href="http://l.example/x(1)">{words}</a>')
PICTURES = st.sampled_from(["<br>", "<br><br>", "<hr>", '<img src="/a.jpg" alt="une vue">'])


def _element(name: str, inside: str) -> str:
    if name in {"ul", "ol"}:
        return f"<{name}><li>{inside}</li><li>{inside}</li></{name}>"
    if name == "dl":
        return f"<dl><dt>{inside}</dt><dd>{inside}</dd></dl>"
    return f"<{name}>{inside}</{name}>"


def _table(cells: list[str]) -> str:
    return f"<table><tr><th>{cells[0]}</th><th>{cells[1]}</th></tr><tr><td>{cells[2]}</td><td>{cells[3]}</td></tr></table>"


HTML = st.recursive(
    WORDS | LINKS | PICTURES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(INLINE + BLOCKS), inner).map(lambda made: _element(*made)),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=4, max_size=4).map(_table),
    ),
    max_leaves=8,
)


def words(text: str) -> collections.Counter[str]:
    return collections.Counter(re.findall(r"[^\W_]+", text.casefold()))


@settings(max_examples=150, deadline=None)
@given(HTML)
def test_every_word_of_html_is_on_the_page(source):
    page = read(convert(source).markdown)
    if "@" in source or re.search(r"&amp;#?\w+;", source):
        return  # code shows entities as signs, and e-mail addresses are hidden from robots
    assert not words(shown_words(source)) - words(" ".join(page.words)), page.html
    assert not page.blocking
    assert not re.search(r"<(?:script|iframe|object|embed|form|style)|\son\w+=", page.html)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/abpiul =\"'&;!-[]()*_#`\n1.|~\\\u00a0éÃ", max_size=80))
def test_no_soup_of_tags_fails_or_comes_alive(source):
    page = read(convert(source).markdown)
    assert not [told for told in page.blocking if told.startswith("PDV05")]


@settings(max_examples=100, deadline=None)
@given(HTML)
def test_settling_loses_no_word(source):
    markdown = convert(source).markdown
    settled = settle(markdown, FormerText(identifier="x", place=PLACE), frozenset())
    assert lost_words(markdown, Markup.MARKDOWN, f"Tags: {', '.join(settled.tags)}\n\n{settled.markdown}") == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Quelques liens…",
                "À lire",
                "- un",
                "– vente 2.0, mais au final rien",
                "“" + "mot " * 20 + "”",
                "selon Anne Un :",
                "Technorati Tags: a, b",
                "```",
                "> cité",
                "> — Anne Un",
                "<div>",
                "## T",
                "http://vimeo.com/1234",
                "Live Broadcasting by Ustream",
                "Loà¯c",
                "",
            ]
        ),
        max_size=9,
    ).map(lambda lines: list(dict.fromkeys(lines)))  # each once, without asking Hypothesis to draw again
)
def test_settling_any_markdown_gives_nothing_that_blocks(lines):
    source = "\n".join(lines)
    before = set(read(source).blocking)
    settled = settle(source, FormerText(identifier="x", place=PLACE), frozenset())
    assert len(read(settled.markdown).blocking) <= len(before)
    assert lost_words(source, Markup.MARKDOWN, f"{settled.tags}\n\n{settled.markdown}") == ()
