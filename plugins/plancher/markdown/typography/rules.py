"""French typography, one rule a function.

Two authorities: *Lexique des règles typographiques en usage à l'Imprimerie
nationale* (« Lexique » below) and Yves Perrousseaux's and Louis Guéry's
*Abrégé du code typographique à l'usage de la presse* (« Abrégé »). Where
typesetters set a thin space, Unicode has U+202F.

A rule never changes a word: only spaces, quotes, dashes, dots, ordinal
endings, × and the signs ©, ® and ™. What must not be read (code, addresses,
times) arrives as ``MASK``, which no rule touches. A line break of the source
is a space like another.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from plancher.base.french import NBSP, NNBSP

MASK = "\ufdd2"
"""Stands for whatever is protected; a noncharacter, so no author's text holds it."""
SPACE = f"[ \\n{NBSP}{NNBSP}]"
_LETTER = r"[^\W\d_]"

Rule = Callable[[str], str]
_DIGITS = frozenset("0123456789")
_DASHES = frozenset("-–—")
_SPACES = f" \n{NBSP}{NNBSP}"


_SYMBOL = re.compile(r"\((?<!\d\()(c|r|tm)\)(?!\w)", re.IGNORECASE)
_LISTED_LETTERS = re.compile(r"\([ab]\)", re.IGNORECASE)


def symbols(text: str) -> str:
    """(c), (r) and (tm) are ©, ® and ™; « 12(c) » and the list « (a), (b), (c) » are left alone."""
    if _LISTED_LETTERS.search(text):
        return text
    return _SYMBOL.sub(lambda m: {"c": "©", "r": "®", "tm": "™"}[m[1].lower()], text)


_FIRST = re.compile(r"1(?<!\w1)(?:ère|ere|ière)(s?)\b")
_LATER = re.compile(r"([\dIVXLC])i?[èe]me(s?)\b")


def ordinals(text: str) -> str:
    """1er, 1re, 2e, XXIe: never « 1ère » nor « 2ème » (Lexique, « Adjectifs numéraux ordinaux »)."""
    if "ère" in text or "ere" in text:
        text = _FIRST.sub(r"1re\1", text)
    return _LATER.sub(r"\1e\2", text) if "ème" in text or "eme" in text else text


_NUMBER = r"\d+(?:[.,]\d+)?[\"″′']?"
_PRODUCT = re.compile(rf"(?<!\w)(?!0x){_NUMBER}(?:{SPACE}?[x×]{SPACE}?{_NUMBER})+")
_TIMES = re.compile(rf"({SPACE}?)[x×]({SPACE}?)")


def multiplication(text: str) -> str:
    """4×4, not 4x4; spaces around the sign do not break (Lexique, « Signes mathématiques »)."""
    return _PRODUCT.sub(lambda product: _TIMES.sub(lambda m: f"{NBSP if m[1] else ''}×{NBSP if m[2] else ''}", product[0]), text)


_DOTS = re.compile(r"\.{3,}")
_ETC = re.compile(r"\b(etc)(?:\.{2,}|\.?…)")
_ADRIFT = re.compile(rf"(?<=\w){SPACE}+…(?=\Z|{SPACE}*[»”)\]])")


def ellipsis(text: str) -> str:
    """Three dots are one sign, and end a sentence without a space; « etc. » never takes them (Lexique, « Points de suspension »)."""
    if "..." in text:
        text = _DOTS.sub("…", text)
    if "…" in text:
        text = _ADRIFT.sub("…", text)
    return _ETC.sub(r"\1.", text) if "etc" in text else text


_DIALOGUE = re.compile(rf"^(\s*)(?:-{{2,3}}|—){SPACE}*(?=[^\s-])")
_LISTED = re.compile(rf"^(\s*)[–-]{SPACE}+(?=\S)")
_REPLY = re.compile(rf"(?<=[.!?…»][ \n])—{SPACE}+(?=\S)")
_BETWEEN = re.compile(rf"(?<=\S){SPACE}+-{{1,2}}{SPACE}+(?=\S)|(?<=\w)--{SPACE}?(?=\w)")
_LONG_BETWEEN = re.compile(rf"(?<=\S){SPACE}+---{SPACE}+(?=\S)|(?<=\w)---{SPACE}?(?=\w)")
_YEARS = re.compile(r"([12](?<![\d-].)\d{3})-([12]\d{3})(?![\d-])")


def dashes(text: str) -> str:
    """Spaced dashes between words, a longer one for dialogue (Lexique, « Tiret »); 1964–2009.

    Whoever types three hyphens asks for the long one.
    """
    if text.lstrip(_SPACES)[:1] in _DASHES:
        text = _LISTED.sub(rf"\1–{NBSP}", _DIALOGUE.sub(rf"\1—{NBSP}", text))
    if "—" in text:
        text = _REPLY.sub(f"—{NBSP}", text)
    if "--" in text or " -" in text or "\n-" in text or f"{NBSP}-" in text or f"{NNBSP}-" in text:
        text = _BETWEEN.sub(" – ", _LONG_BETWEEN.sub(" — ", text))
    return _YEARS.sub(_years, text) if "-" in text and not _DIGITS.isdisjoint(text) else text


_PAIR_OF_DASHES = re.compile(rf"(?<=[^\s–—])(?:[ \n]([–—]){SPACE}+)((?:(?![.!?]\s)[^–—]){{1,300}}?){SPACE}+\1(?=[ \n,;])")


def asides(text: str) -> str:
    """An aside stays with its two dashes: no line ends after the first or begins with the second (Lexique, « Tiret »)."""
    if text.count("–") < _PAIR and text.count("—") < _PAIR:
        return text
    return _PAIR_OF_DASHES.sub(rf" \1{NBSP}\2{NBSP}\1", text)


_PAIR = 2


def _years(match: re.Match[str]) -> str:
    """1964–2009 runs from a year to a later one; a reference number does not."""
    is_span = int(match[1]) < int(match[2]) <= _LAST_YEAR and not _NUMBERED.search(match.string, 0, match.start())
    return f"{match[1]}–{match[2]}" if is_span else match[0]


_LAST_YEAR = 2100
_NUMBERED = re.compile(r"(?:n[°º]|réf\.?|ISO|tél\.?|RAL|facture|devis)\s*\Z", re.IGNORECASE)


_SINGLE_QUOTED = re.compile(r"(?<!\w)'\S(?:[^']*\S)?'(?!\w)")
_NOT_AFTER_LETTER = re.compile(rf"'(?<!{_LETTER}')")


def apostrophes(text: str) -> str:
    """The apostrophe is curly (Abrégé); feet, minutes and single quotes are not apostrophes."""
    if not _NOT_AFTER_LETTER.search(text):
        return text.replace("'", "’")
    quoted = {end for match in _SINGLE_QUOTED.finditer(text) for end in (match.start(), match.end() - 1)}
    return "".join("’" if letter == "'" and at and text[at - 1].isalpha() and at not in quoted else letter for at, letter in enumerate(text))


_BEFORE_COMMA = re.compile(rf"(?<=\S){SPACE}+,(?=\s|{_LETTER})")
_AFTER_COMMA = re.compile(rf",(?={_LETTER})(?<=[\w»)”],)")
_ODD_COMMA = re.compile(rf",(?:(?<={SPACE},)|(?={_LETTER}))")
"""A quick test for both."""


def commas(text: str) -> str:
    """No space before a comma, one after it (Lexique, « Virgule »); 1,7 is a number."""
    if not _ODD_COMMA.search(text):
        return text
    text = _BEFORE_COMMA.sub(",", text)
    return _AFTER_COMMA.sub(", ", text)


_AFTER_OPENING = re.compile(rf"«{SPACE}*(?=\S)")


def guillemet_spaces(text: str) -> str:
    """No-break spaces inside guillemets, added once (Lexique, « Guillemets »)."""
    return _inside_guillemets(text, NBSP)


def guillemet_spaces_thin(text: str) -> str:
    """Thin ones in Switzerland (*Guide du typographe*, Lausanne)."""
    return _inside_guillemets(text, NNBSP)


def _inside_guillemets(text: str, space: str) -> str:
    *inside, after = _AFTER_OPENING.sub(f"«{space}", text).split("»")
    closed = [part.rstrip(_SPACES) or part for part in inside]
    return "".join(_closing(part, space, is_first=not index) for index, part in enumerate(closed)) + after


def _closing(part: str, space: str, *, is_first: bool) -> str:
    """What stands before a closing guillemet, and that guillemet; a text may begin with one, and one may follow another."""
    if part.strip(_SPACES):
        return f"{part}{space}»"
    return "»" if is_first else f"{space}»"


_HIGH = re.compile(rf"{SPACE}(?<=[^\s(\[«{NBSP}{NNBSP}].){SPACE}*(?=[;!?]+(?:\s|[…»”’\"')\].,{NBSP}{NNBSP}{MASK}]|$))", re.DOTALL)


def high_punctuation(text: str) -> str:
    """A thin no-break space before ; ! ? (Lexique, « Ponctuation »)."""
    return _HIGH.sub(NNBSP, text)


def high_punctuation_tight(text: str) -> str:
    """No space before ; ! ? in Canada (*Le guide du rédacteur*, Bureau de la traduction)."""
    return _HIGH.sub("", text)


_COLON = re.compile(rf"{SPACE}(?<=[^\s:{NBSP}{NNBSP}].){SPACE}*(?=:(?!:))", re.DOTALL)


def colon(text: str) -> str:
    """A no-break space before the colon (Lexique, « Deux-points »)."""
    return _COLON.sub(NBSP, text) if _has_spaced_colon(text) else text


def colon_thin(text: str) -> str:
    """A thin one in Switzerland (*Guide du typographe*, Lausanne)."""
    return _COLON.sub(NNBSP, text) if _has_spaced_colon(text) else text


def _has_spaced_colon(text: str) -> bool:
    return " :" in text or "\n:" in text or f"{NBSP}:" in text or f"{NNBSP}:" in text


_UNIT = r"(?:€|%|‰|\$|£|euros?|m|cm|mm|km|m²|m³|ha|g|kg|t|l|cl|ml|h|min|s|ms|ko|Mo|Go|To|W|kW|kWh|°C|personnes|visites|habitants|clients|francs)"
_GROUPED = re.compile(rf"[1-9](?<![\w.,/:-]\d)(?<!\d{SPACE}\d)\d{{0,2}}(?:[ {NBSP}{NNBSP}]\d{{3}})+(?![\w/:-]|{SPACE}\d)")
_UNGROUPED = re.compile(rf"[1-9](?<![\w.,/:-]\d)\d{{3,14}}(?={SPACE}?{_UNIT}(?![\w'’]))")
_NOT_DIGIT = re.compile(r"\D")


def thousands(text: str) -> str:
    """10 000 in thin no-break spaces; « 10000 » only where a unit follows, so that no year or code is cut (Lexique, « Nombres »)."""
    text = _GROUPED.sub(lambda m: _NOT_DIGIT.sub(NNBSP, m[0]), text)
    return _UNGROUPED.sub(lambda m: f"{int(m[0]):,}".replace(",", NNBSP), text)


_LITTLE = "et|ou|à|au|aux|de|des|du|en|par|pour|sur|dans|ni|mais|que|qui|le|la|les"
_SIGNS = frozenset("$£¥฿Ω°º")
_PERCENT = re.compile(rf"(\d){SPACE}*(?=[%‰€](?!\w))")
_SIGN = re.compile(rf"(\d){SPACE}+(?=[$£¥฿Ω°º])|(?<=\d)(º){SPACE}+(?=\d)")
_COUNTED = re.compile(rf"(\d(?<![\w.,:/-]\d)(?!(?<=1)\d{{3}}{SPACE}|(?<=2)0\d\d{SPACE})\d*(?:[.,]\d+)?)[ \n](?={_LETTER})(?!(?:{_LITTLE})\b)")


def units(text: str) -> str:
    """A number is never parted from what it counts, % and € included (Lexique, « Nombres »)."""
    if "%" in text or "€" in text or "‰" in text:
        text = _PERCENT.sub(rf"\1{NBSP}", text)
    if not _SIGNS.isdisjoint(text):
        text = _SIGN.sub(lambda m: f"{m[1] or m[2]}{NBSP}", text)
    return _COUNTED.sub(rf"\1{NBSP}", text)
