"""Texts in several languages at once, as qTranslate keeps them: « [:fr]Bonjour[:en]Hello[:] », « <!--:fr-->…<!--:--> », « {:fr}…{:} »."""

from __future__ import annotations

import re

_MARK = re.compile(r"<!--:(?P<comment>[a-z]{2})?-->|\[:(?P<bracket>[a-z]{2})?\]|\{:(?P<brace>[a-z]{2})?\}")


def parted(text: str) -> dict[str, str]:
    """The text in each of its languages, in the order of the first words of each; what has no language is in all. Empty: it has no such marks."""
    pieces = _pieces(text)
    named = list(dict.fromkeys(language for language, _ in pieces if language))
    return {name: "".join(words for language, words in pieces if language in {"", name}) for name in named}


def _pieces(text: str) -> list[tuple[str, str]]:
    pieces, language, place = [], "", 0
    for mark in _MARK.finditer(text):
        pieces.append((language, text[place : mark.start()]))
        language = mark["comment"] or mark["bracket"] or mark["brace"] or ""
        place = mark.end()
    return [*pieces, (language, text[place:])]


def main_of(names: list[str], blog: str) -> str:
    """The language whose text keeps the address: that of the blog, else French, else the first."""
    wanted = blog.lower()[:2]
    return next((name for name in (wanted, "fr") if name in names), names[0])
