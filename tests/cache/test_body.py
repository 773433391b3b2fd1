"""Addresses in a cached text: where they lead is decided when a page shows it."""

from __future__ import annotations

import pytest
from plancher.cache import slots
from plancher.cache.body import LinkReplacement, filled
from plancher.markdown.safety import Cleaner

TARGETS = {"{static}/a.png": "a.png", "{filename}un.md?a=1&amp;b#c": "2024/05/un/?a=1&amp;b#c", "|tag|à b": "tag/a b/"}
DEAD = LinkReplacement("https://mort.fr/?a=1&b='", "https://archive.org/mort", "2024-05-02", "(archivé)", "(source archivée)")
LOST = LinkReplacement("https://perdu.fr/", "", "", "(page disparue)", "(source à retrouver)")


def shown(html: str, base: str = "", targets: dict[str, str] = TARGETS, replacements: tuple[LinkReplacement, ...] = ()) -> str:
    return filled(Cleaner().clean(html).marked, base, targets, replacements)


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ('<img src="{static}/a.png" alt="">', '<img src="https://nom.example/blog/a.png" alt="">'),
        ('<a href="{filename}un.md?a=1&amp;b#c">x</a>', '<a href="https://nom.example/blog/2024/05/un/?a=1&amp;b#c">x</a>'),
        ('<a href="{filename}absent.md">x</a>', '<a href="{filename}absent.md">x</a>'),
        ("<q cite='/tags/'>x</q>", '<q cite="https://nom.example/blog/tags/">x</q>'),
        ('<a href="/blog/tags/">x</a>', '<a href="https://nom.example/blog/tags/">x</a>'),
        ('<a href="//exemple.fr/">x</a>', '<a href="//exemple.fr/">x</a>'),
        ('<code>&lt;a href="{static}/a.png"&gt;</code>', '<code>&lt;a href="{static}/a.png"&gt;</code>'),
        ('<p title="href=\'{static}/a.png\'" data-href="/a">x</p>', '<p title="href=\'{static}/a.png\'" data-href="/a">x</p>'),
    ],
)
def test_an_address_of_the_site_leads_to_its_place(typed: str, there: str) -> None:
    assert shown(typed, "https://nom.example/blog") == there


def test_a_space_in_a_target_is_escaped() -> None:
    assert shown('<a href="|tag|à b">x</a>', "/blog", {"|tag|à%20b": "tag/a b/"}) == '<a href="|tag|à b">x</a>'.replace("|tag|à b", "/blog/tag/a%20b/")


def test_a_dead_link_leads_to_its_copy_and_says_so() -> None:
    typed = '<p><a class="u-url" href="https://mort.fr/?a=1&amp;b=\'" lang="en">un <b>mot</b></a>, <a href="https://vif.fr/">x</a> et <a href="https://perdu.fr/">y</a></p>'
    assert shown(typed, replacements=(DEAD, LOST)) == (
        '<p><a class="u-url" href="https://archive.org/mort" data-originalurl="https://mort.fr/?a=1&amp;b=&#x27;" data-versionurl="https://archive.org/mort"'
        ' data-versiondate="2024-05-02" lang="en">un <b>mot</b></a> (archivé), <a href="https://vif.fr/">x</a>'
        ' et <a href="https://perdu.fr/" data-originalurl="https://perdu.fr/">y</a> (page disparue)</p>'
    )


def test_a_dead_link_with_a_picture_is_told_after_the_link() -> None:
    typed = '<a href="https://perdu.fr/"><img src="{static}/a.png" alt="a"></a>.'
    assert shown(typed, replacements=(LOST,)).endswith('<img src="/a.png" alt="a"></a> (page disparue).')


def test_the_source_of_a_claim_is_told_in_its_own_words() -> None:
    link = '<a href="https://perdu.fr/">x</a>'
    typed = f"{link}<ul><li>{slots.SOURCE}Source : {link}{slots.SOURCE_END}</li><li>{link}</li></ul>"
    told = shown(typed, replacements=(LOST,))
    assert [told.index(note) for note in (" (page disparue)", " (source à retrouver)")] == sorted(
        told.index(n) for n in (" (page disparue)", " (source à retrouver)")
    )
    assert told.count("(page disparue)") == 2
    assert told.count("(source à retrouver)") == 1
    assert slots.SOURCE not in told


@pytest.mark.parametrize("forged", ["&#xFDD4;", "\ufdd4", "&#64980;{static}/a.png&#xfdd4;"])
def test_a_mark_that_somebody_typed_is_no_mark(forged: str) -> None:
    typed = f'<p>{forged}</p><a href="{forged}javascript:x">x</a><a href="/a">y</a>'
    made = shown(typed, "/blog")
    assert made.endswith('<a href="/blog/a">y</a>')
    assert slots.MARK not in made


def test_what_a_reader_of_pelican_gets_is_what_was_typed() -> None:
    assert Cleaner().clean('<a href="{static}/a.png">x</a> <a href="/b/c.pdf?x">y</a>').html == '<a href="{static}/a.png">x</a> <a href="/b/c.pdf?x">y</a>'


def test_ids_and_files_are_known_in_their_order() -> None:
    clean = Cleaner().clean('<h2 id="b">x</h2><p><a id="a&amp;c" href="/b/c%20d.pdf?x">y</a><img src="./e.png" alt=""></p>')
    assert clean.ids == ("b", "a&c")
    assert clean.file_names == ("c d.pdf", "e.png")
