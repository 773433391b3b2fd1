"""The names of tags: what two spellings share, and which names can be addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from plancher.base.problems import Problem
from plancher.text.source import FORBIDDEN

MAX_NAME = 60
"""Characters of a tag or a category: each becomes a folder."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
"""Signs of no width (Unicode's Default_Ignorable_Code_Point, and the empty pattern of braille): two tags that look the same are the same."""
_UNUSABLE_TAG = re.compile(r"[/\\\"<>,;]|^\.+$")


def clean_tag(typed: str) -> str:
    """A tag as everything else knows it: letters composed, spaces plain and single, nothing hidden."""
    plain = typed if typed.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", typed))
    return " ".join(FORBIDDEN.sub("", plain).split())


def why_not_a_tag(tag: str) -> str:
    """Why a tag cannot be the last segment of an address; empty when it can."""
    if len(tag) > MAX_NAME:
        return f"mot-clé de {len(tag)} caractères. Restez sous {MAX_NAME}."
    if not tag or _UNUSABLE_TAG.search(tag):
        return f'mot-clé impossible « {tag} » : il devient une adresse. Retirez / \\ " < > , et ;.'
    return ""


def usable_tags(typed: Iterable[str], line: int) -> tuple[tuple[str, ...], list[Problem]]:
    """The tags that can be addresses, and why the others cannot."""
    tags, problems = [], []
    for tag in filter(None, dict.fromkeys(map(clean_tag, typed))):
        reason = why_not_a_tag(tag)
        if reason:
            problems.append(Problem(line, "PDV026", reason))
        else:
            tags.append(tag)
    return tuple(tags), problems
