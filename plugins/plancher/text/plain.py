"""Between plain words and inline Markdown: its words without its marks, and words that Markdown reads as they are."""

from __future__ import annotations

import html
import re

_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CODE = re.compile(r"(`+)(.+?)\1")
_STRESS = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = re.compile("\ufdd2(\\d+)\ufdd3")
"""Stands for a sign that was escaped: noncharacters, which no text holds."""
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>]|\$(?=\$)|=(?==)|%(?=%)|\+(?=\+)|:(?=::)|!(?=!!)")
"""Signs of Markdown, and the doubled ones of other tools, which would be told."""
_START = re.compile(r"[#+-]|\d{1,9}(?P<point>\.)")
"""What begins a heading, a list or a line across the page."""
_BY_NUMBER = re.compile(rf"(?<![^\[])\^|~(?=~)|&(?={_ENTITY.pattern[1:]})")
"""What no backslash escapes: a call for a note, words struck out, an entity."""


def words(markdown: str) -> str:
    """« *Un* [mot](https://…) » is « Un mot »."""
    if not re.search(r"[*_`\[\\&]", markdown):
        return markdown
    markdown = _ESCAPED.sub(lambda sign: f"\ufdd2{ord(sign[1])}\ufdd3", markdown)
    for mark, replacement in ((_LINK, r"\1"), (_CODE, r"\2"), (_STRESS, r"\2"), (_STRESS, r"\2")):
        markdown = mark.sub(replacement, markdown)
    return _HIDDEN.sub(lambda sign: chr(int(sign[1])), _ENTITY.sub(lambda entity: html.unescape(entity[0]), markdown))


def escaped(text: str) -> str:
    """Words of somebody else on one line of Markdown, read as these very words."""
    numbered = _BY_NUMBER.sub(lambda sign: f"\ufdd2{ord(sign[0])}\ufdd3", text)
    made = _SIGNS.sub(r"\\\g<0>", numbered)
    start = _START.match(made)
    if start:
        place = start.start("point") if start["point"] else 0
        made = f"{made[:place]}\\{made[place:]}"
    return _HIDDEN.sub(lambda sign: f"&#{sign[1]};", made)


def unescaped(markdown: str) -> str:
    """What ``escaped`` was given."""
    signs = _ESCAPED.sub(lambda sign: f"\ufdd2{ord(sign[1])}\ufdd3", markdown)
    return _HIDDEN.sub(lambda sign: chr(int(sign[1])), _ENTITY.sub(lambda entity: html.unescape(entity[0]), signs))
