"""Raw HTML inside a sentence: code and other languages are left alone, a line break ends the sentence."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.shelter import is_foreign
from plancher.markdown.typography.typographer import Typographer

FR = Typographer(TypographySettings())


def set_raw(html: str) -> str:
    """As Markdown hands it over: each raw tag, between braces here, is a placeholder."""
    raw: list[str] = []

    def stash(tag: re.Match[str]) -> str:
        raw.append(f"<{tag[1]}>")
        return f"§wzxhzdk:{len(raw) - 1}¤"

    root = ET.fromstring(f"<div>{re.sub('{([^}]*)}', stash, html)}</div>")
    for element in root.iter():
        element.text = element.text and element.text.replace("§", "\x02").replace("¤", "\x03")
        element.tail = element.tail and element.tail.replace("§", "\x02").replace("¤", "\x03")
    FR.tree(root, raw)
    inside = ET.tostring(root, encoding="unicode")[5:-6]
    return re.sub("\x02wzxhzdk:(\\d+)\x03", lambda place: "{" + raw[int(place[1])][1:-1] + "}", inside).replace("\u00a0", "~").replace("\u202f", "_")


ENGLISH = '"it\'s so": "fine" ; isn\'t it ? the 2e'


@pytest.mark.parametrize(
    "opening",
    ['span lang="en"', "i lang=en", "q lang='de-AT'", 'cite class="x" lang="en-GB"', 'b xml:lang="en"', 'SPAN LANG="EN"', "code", "kbd", 'samp class="a > b"'],
)
def test_what_stands_in_a_raw_element_that_is_not_french_is_left_alone(opening: str) -> None:
    raw = f"{{{opening}}}{ENGLISH}{{/{opening.split(maxsplit=1)[0]}}}"
    assert set_raw(f'<p>Dit {raw} ! "Oui".</p>') == f"<p>Dit {raw}_! «~Oui~».</p>"


@pytest.mark.parametrize(
    "inside",
    [
        '"a {b}b !{/b} c" : d',
        '"a <em>b !</em> c" : d 1er',
        'a {br} "b" !',
        'a<br />"b" ! <b>"c"</b>',
        '{i lang="fr"}"c" : d{/i} "e"',
        '{q lang="de"}"c"{/q} "e" {img alt="x"} "f"',
        '{wbr} "e" {span/} "f" {/u} "g"',
    ],
)
def test_elements_inside_it_neither_open_nor_close_it(inside: str) -> None:
    raw = f'{{span lang="en"}}{inside}{{/span}}'
    assert set_raw(f'<p>{raw} et "oui" !</p>') == f"<p>{raw} et «~oui~»_!</p>"


def test_french_elements_are_set_and_one_left_open_ends_with_its_block() -> None:
    assert set_raw('<p>{img lang="en" alt="x"} "a" {span lang="en"/} "b"</p>') == '<p>{img lang="en" alt="x"} «~a~» {span lang="en"/} «~b~»</p>'
    assert set_raw('<p>{b}"mot" :{/b} {span lang="fr-CA"}"là" !{/span}</p>') == '<p>{b}«~mot~»~:{/b} {span lang="fr-CA"}«~là~»_!{/span}</p>'
    assert set_raw('<ul><li>{i lang="en"}"a" 1er</li><li>"b" 1er</li></ul>') == '<ul><li>{i lang="en"}"a" 1er</li><li>«~b~» 1<sup>er</sup></li></ul>'


@pytest.mark.parametrize("line_break", ["{br}", "{br/}", '{br class="x"}', "<br />", "<br />\n", "{br}\n"])
def test_each_line_of_a_dialogue_has_its_dash(line_break: str) -> None:
    assert set_raw(f"<p>— Un !{line_break}-- Deux{line_break}--- Trois{line_break}— Quatre</p>") == (
        f"<p>—~Un_!{line_break}—~Deux{line_break}—~Trois{line_break}—~Quatre</p>"
    )


@pytest.mark.parametrize(
    ("lang", "foreign"), [(None, False), ("fr", False), ("FR-ca", False), ("fra", False), ("en", True), ("frr", True), ("", True), ("x-fr", True)]
)
def test_a_language_is_french_or_not(lang: str | None, foreign: bool) -> None:
    assert is_foreign(lang) is foreign
