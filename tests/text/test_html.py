"""A tree of plain words as HTML."""

from __future__ import annotations

import html

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from plancher.text.html import add_plain, as_typed, el, say, to_html_string

WORDS = st.text(st.sampled_from("&;#x<>\"'amplt12 é"), max_size=30)


@given(WORDS, WORDS, WORDS)
def test_each_sign_of_words_is_shown_as_it_stands(words: str, tail: str, value: str) -> None:
    box = el("p", title=value)
    add_plain(box, "b", words)
    say(box, tail)
    made = as_typed(box)
    shown = BeautifulSoup(made, "html.parser")
    assert (shown.b.get_text(), shown.p.get_text(), shown.p["title"]) == (words, words + tail, value)  # type: ignore[union-attr,index] # they are there
    assert (box[0].text, box[0].tail, box.get("title")) == (words, tail, value), "the tree itself is left alone"
    if "&" not in html.unescape(f"{words}{tail}{value}"):
        assert made == to_html_string(box)
