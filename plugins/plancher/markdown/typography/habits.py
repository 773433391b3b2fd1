"""Habits of an author, reported once for the file: spaces that are missing, « oe » for « œ »."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from plancher.base.problems import Problem, Problems
from plancher.markdown.typography import missing, sentences
from plancher.markdown.typography.rules import MASK
from plancher.markdown.typography.settings import TypographySettings
from plancher.markdown.typography.shelter import is_foreign
from plancher.text.document import Document

Found = tuple[int, str, str]
"""A line, what stands there, and what to write."""

_NOT_WORDS = re.compile(
    r"(`+).+?\1"  # code
    r"|^\s*\[[^\]]+\]:.*"  # where a reference leads, a note
    r"|\]\([^)]*\)|\{:?[^}]*\}|<[^>]*>"
)
_FOREIGN = re.compile(r"\blang\s*=")
_FIELD = re.compile(r"^\s*(?:[-*+]\s+)?[^\W\d_][^:]{0,30}:")
_LAST_WORD = re.compile(r"\S+\Z")


def advice(settings: TypographySettings) -> tuple[Callable[[Document], Problems], ...]:
    """The rules that apply to this site: none about spaces where it inserts them, or where its country has none."""
    signs = [] if settings.spaces == "insert" else [missing.COLON] if settings.locale == "fr_CA" else [missing.HIGH, missing.COLON]
    return (functools.partial(spaces, signs), ligatures) if signs else (ligatures,)


def spaces(signs: list[re.Pattern[str]], document: Document) -> Problems:
    """A space before ; ! ? and the colon (Lexique, « Ponctuation »): « Bonjour ! », not « Bonjour! »."""
    faults = list(_unspaced(signs, document))
    if faults:
        line, typed, right = faults[0]
        where = _lines(faults)
        others = ' Ou réglez TypographySettings(spaces="insert") : le site ajoutera ces espaces.' if where else ""
        sign = typed[len(right.rpartition(" ")[0]) :]
        yield Problem(line, "PDV078", f"pas d'espace avant « {sign} »{where} : « {typed} ». Écrivez « {right} ».{others}")


def ligatures(document: Document) -> Problems:
    """« cœur », « œil », « vœu »: o and e are one letter there (Lexique, « Ligatures »)."""
    faults = [(number, word[0], _tied(word[0])) for number, text, _ in _sentences(document) for word in _UNTIED.finditer(text)]
    if faults:
        line, typed, right = faults[0]
        yield Problem(line, "PDV079", f"« oe » non lié{_lines(faults)} : « {typed} ». Écrivez « {right} ».")


_UNTIED = re.compile(
    r"\b(?:(?:ch|c|s|ranc|contrec|crèvec)oeurs?|(?:man|désoe|chef-d[’'])?oeuvr\w*|oeils?(?:lade|lère|let|ton)?s?|oeufs?|boeufs?|noeuds?|moeurs|voeux?|foet\w+"
    r"|oe(?:cumén|dèm|dip|nolog|sophag|strog)\w*)\b",
    re.IGNORECASE,
)


def _tied(word: str) -> str:
    return word.replace("oe", "œ").replace("Oe", "Œ").replace("OE", "Œ")


def _lines(faults: list[Found]) -> str:
    numbers = sorted({number for number, *_ in faults})
    return f" (lignes {', '.join(map(str, numbers))})" if len(numbers) > 1 else ""


def _sentences(document: Document) -> Iterator[tuple[int, str, bool]]:
    """Each line of French with ``MASK`` for what is no word of it, and whether it stands in a block."""
    if is_foreign(document.front.lang or None):
        return
    inside = {line.number for block in document.scan.blocks for line in block.lines}
    for line in document.scan.every_line:
        if not line.raw and not _FOREIGN.search(line.text):
            yield line.number, sentences.hide(_NOT_WORDS.sub(MASK, line.text), []), line.number in inside


def _unspaced(signs: list[re.Pattern[str]], document: Document) -> Iterator[Found]:
    for number, text, is_in_block in _sentences(document):
        start = field.end() if is_in_block and (field := _FIELD.match(text)) else 0
        for sign in signs:
            for place in sign.finditer(text, start):
                word = _LAST_WORD.search(text, 0, place.start())
                if word and MASK not in word[0] and missing.is_missing(text, place.start()):
                    yield number, f"{word[0]}{place[0]}", f"{word[0]} {place[0]}"
