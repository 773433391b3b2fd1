"""Sentences that run across tags, and what no rule may touch."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.typographer import Typographer

FR = Typographer(TypographySettings())


def set_html(html: str) -> str:
    root = ET.fromstring(f"<div>{html}</div>")
    FR.tree(root, [])
    inside = ET.tostring(root, encoding="unicode")[5:-6]
    return inside.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("<p>un <a>lien</a> !</p>", "<p>un <a>lien</a>_!</p>"),
        ('<p>"<em>tout</em> est dit" ?</p>', "<p>«~<em>tout</em> est dit~»_?</p>"),
        ('<p>il dit "<em>mot" puis</em> rien</p>', "<p>il dit «~<em>mot~» puis</em> rien</p>"),
        ('<p><em>"dedans</em> dehors"</p>', "<p><em>«~dedans</em> dehors~»</p>"),
        ('<p>"<strong>Citation forte !</strong>".</p>', "<p>«~<strong>Citation forte_!</strong>~».</p>"),
        ('<p>Il dit <em>"bonjour"</em> !</p>', "<p>Il dit <em>«~bonjour~»</em>_!</p>"),
        ('<p>Le <em>"Monde"</em>, <em>"Figaro"</em></p>', "<p>Le <em>«~Monde~»</em>, <em>«~Figaro~»</em></p>"),
        ("<p><em>«a»</em> <b>«c»</b></p>", "<p><em>«~a~»</em> <b>«~c~»</b></p>"),
        ('<p>"<em>b</em>", <a>"d"</a></p>', "<p>«~<em>b</em>~», <a>«~d~»</a></p>"),
        ("<p><a>fin...</a> -- suite</p>", "<p><a>fin…</a> – suite</p>"),
        ("<p><a>fin...</a> ! <a>etc...</a> ; suite</p>", "<p><a>fin…</a>_! <a>etc.</a>_; suite</p>"),
        ("<p>a ... <em>... b</em></p>", "<p>a … <em>… b</em></p>"),
        ("<p>l'<em>été</em></p>", "<p>l’<em>été</em></p>"),
        ("<p>12 <b>kg</b></p>", "<p>12~<b>kg</b></p>"),
        ("<p>a <code>x ? \"y\" : 'z'</code> ?</p>", "<p>a <code>x ? \"y\" : 'z'</code>_?</p>"),
        ('<p><kbd>"</kbd> et <samp>...</samp></p>', '<p><kbd>"</kbd> et <samp>...</samp></p>'),
        ("<pre>l'a ?</pre><p>l'a ?</p>", "<pre>l'a ?</pre><p>l’a_?</p>"),
        ('<p>dit <span lang="en">"it\'s"</span> ?</p>', '<p>dit <span lang="en">"it\'s"</span>_?</p>'),
        ('<blockquote lang="en"><p>it\'s "so"</p></blockquote>', '<blockquote lang="en"><p>it\'s "so"</p></blockquote>'),
        ("<ul><li>l'un</li><li>- l'autre</li></ul>", "<ul><li>l’un</li><li>–~l’autre</li></ul>"),
        ('<p>"un<br/>-- deux"</p>', '<p>"un<br />—~deux"</p>'),
        ('<p title="l\'a ?">b</p>', '<p title="l\'a ?">b</p>'),
        ("<p>la 2ème et le 1er mars</p>", "<p>la 2<sup>e</sup> et le 1<sup>er</sup>~mars</p>"),
        ("<p>le XXIe siècle, Le IIe</p>", "<p>le XXI<sup>e</sup>~siècle, Le II<sup>e</sup></p>"),
        ("<p>Le 12e jour</p>", "<p>Le 12<sup>e</sup> jour</p>"),
    ],
)
def test_a_rule_sees_the_sentence_and_moves_no_tag(typed: str, expected: str) -> None:
    assert set_html(typed) == expected


def test_code_typed_as_html_is_left_alone() -> None:
    root = ET.fromstring("<p>a \x02wzxhzdk:0\x03l'x ?\x02wzxhzdk:1\x03</p>".replace("\x02", "§").replace("\x03", "¤"))
    root.text = root.text.replace("§", "\x02").replace("¤", "\x03")
    before = root.text
    FR.tree(root, ["<code>", "</code>"])
    assert root.text == before


PIECES = st.lists(st.tuples(st.sampled_from(["em", "code", "a", "b", "br", ""]), st.text(alphabet="ab1 \"'!?:;«».-", max_size=12)), min_size=1, max_size=6)


@given(PIECES)
def test_protected_text_never_changes_and_no_tag_is_lost(pieces: list[tuple[str, str]]) -> None:
    root = ET.Element("p")
    for tag, text in pieces:
        if not tag:
            if len(root):
                root[-1].tail = (root[-1].tail or "") + text
            else:
                root.text = (root.text or "") + text
        else:
            ET.SubElement(root, tag).text = text if tag != "br" else None
    tags = [element.tag for element in root.iter()]
    codes = [element.text for element in root.iter("code")]
    FR.tree(root, [])
    assert [element.tag for element in root.iter() if element.tag != "sup"] == tags
    assert [element.text for element in root.iter("code")] == codes


@given(PIECES)
def test_setting_a_tree_twice_is_setting_it_once(pieces: list[tuple[str, str]]) -> None:
    root = ET.Element("p")
    for tag, text in pieces:
        ET.SubElement(root, tag or "i").text = text if tag != "br" else None
    FR.tree(root, [])
    once = ET.tostring(root)
    FR.tree(root, [])
    assert ET.tostring(root) == once
