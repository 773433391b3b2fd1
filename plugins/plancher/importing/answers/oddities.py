"""What looks like an advertisement in an answer, and why; it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.base.french import fold

_LINKS = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)
_MANY_LINKS = 3
_SELLS = re.compile(
    r"\b(?:seo|backlinks?|casino|crypto|bitcoin|viagra|cialis|referencement garanti|article sponsorise|guest post|sponsored post|pret entre particuliers|"
    r"credit rapide|gagnez de l'argent|cliquez ici|click here)\b"
)
_SHORTENED = re.compile(r"https?://(?:bit\.ly|tinyurl\.com|t\.ly|is\.gd|cutt\.ly|goo\.gl|ow\.ly|rb\.gy)/", re.IGNORECASE)
_OTHER_LETTERS = re.compile("[\u0400-\u04ff\u0590-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHOUTED = re.compile(r"[A-ZÀ-Þ]")
_MANY_LETTERS = 40


def of(words: str, name: str = "") -> Iterator[str]:
    """Each sign, in French."""
    links = len(_LINKS.findall(words))
    if links >= _MANY_LINKS:
        yield f"ressemble à une publicité : {links} liens"
    found = _SELLS.search(fold(words))
    if found:
        yield f"ressemble à une publicité : « {found[0]} »"
    if _SHORTENED.search(words):
        yield "ressemble à une publicité : un lien raccourci, qui cache où il mène"
    if _LINKS.search(name):
        yield "ressemble à une publicité : une adresse du web à la place d'un nom"
    letters = [sign for sign in words if sign.isalpha()]
    if len(letters) >= _MANY_LETTERS and len(_OTHER_LETTERS.findall(words)) > len(letters) // 2:
        yield "écrite dans un autre alphabet que le blog"
    if len(letters) >= _MANY_LETTERS and len(_SHOUTED.findall(words)) > 0.7 * len(letters):
        yield "presque tout en capitales"
