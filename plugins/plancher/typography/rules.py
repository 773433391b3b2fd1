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

from plancher.core.french import NBSP, NNBSP

MASK = "\ufdd2"
"""Stands for whatever is protected; a noncharacter, so no author's text holds it."""
_SPACE = f"[ \\n{NBSP}{NNBSP}]"
_LETTER = r"[^\W\d_]"

Rule = Callable[[str], str]
_DIGITS = frozenset("0123456789")


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
_PRODUCT = re.compile(rf"(?<!\w)(?!0x){_NUMBER}(?:{_SPACE}?[x×]{_SPACE}?{_NUMBER})+")
_TIMES = re.compile(rf"({_SPACE}?)[x×]({_SPACE}?)")


def multiplication(text: str) -> str:
    """4×4, not 4x4; spaces around the sign do not break (Lexique, « Signes mathématiques »)."""
    return _PRODUCT.sub(lambda product: _TIMES.sub(lambda m: f"{NBSP if m[1] else ''}×{NBSP if m[2] else ''}", product[0]), text)


_DOTS = re.compile(r"\.{3,}")
_ETC = re.compile(r"\b(etc)(?:\.{2,}|\.?…)")


def ellipsis(text: str) -> str:
    """Three dots are one sign; « etc. » never takes them (Lexique, « Points de suspension »)."""
    if "..." in text:
        text = _DOTS.sub("…", text)
    return _ETC.sub(r"\1.", text) if "etc" in text else text


_DIALOGUE = re.compile(rf"^(?:--|—){_SPACE}*(?=\S)")
_LISTED = re.compile(rf"^[–-]{_SPACE}+(?=\S)")
_BETWEEN = re.compile(rf"(?<=\S)(?:{_SPACE}+-{{1,2}}{_SPACE}+|(?<=\w)--{_SPACE}?(?=\w))(?=\S)")
_YEARS = re.compile(r"([12](?<![\d-].)\d{3})-([12]\d{3})(?![\d-])")


def dashes(text: str) -> str:
    """Spaced dashes between words, a longer one for dialogue (Lexique, « Tiret »); 1964–2009."""
    if text[:1] in "-–—":
        text = _LISTED.sub(f"–{NBSP}", _DIALOGUE.sub(f"—{NBSP}", text))
    if "--" in text or " -" in text or "\n-" in text or f"{NBSP}-" in text or f"{NNBSP}-" in text:
        text = _BETWEEN.sub(" – ", text)
    return _YEARS.sub(_years, text) if "-" in text and not _DIGITS.isdisjoint(text) else text


def _years(found: re.Match[str]) -> str:
    """1964–2009 runs from a year to a later one; a reference number does not."""
    is_span = int(found[1]) < int(found[2]) <= _LAST_YEAR and not _NUMBERED.search(found.string, 0, found.start())
    return f"{found[1]}–{found[2]}" if is_span else found[0]


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


_BEFORE_COMMA = re.compile(rf"(?<=\S){_SPACE}+,(?=\s|{_LETTER})")
_AFTER_COMMA = re.compile(rf",(?={_LETTER})(?<=[\w»)”],)")


def commas(text: str) -> str:
    """No space before a comma, one after it (Lexique, « Virgule »); 1,7 is a number."""
    if " ," in text or "\n," in text or f"{NBSP}," in text or f"{NNBSP}," in text:
        text = _BEFORE_COMMA.sub(",", text)
    return _AFTER_COMMA.sub(", ", text)


_AFTER_OPENING = re.compile(rf"«{_SPACE}*(?=\S)")
_SPACES = f" \n{NBSP}{NNBSP}"


def guillemet_spaces(text: str) -> str:
    """No-break spaces inside guillemets, added once (Lexique, « Guillemets »)."""
    return _inside_guillemets(text, NBSP)


def guillemet_spaces_thin(text: str) -> str:
    """Thin ones in Switzerland (*Guide du typographe*, Lausanne)."""
    return _inside_guillemets(text, NNBSP)


def _inside_guillemets(text: str, space: str) -> str:
    *inside, after = _AFTER_OPENING.sub(f"«{space}", text).split("»")
    closed = [part.rstrip(_SPACES) or part for part in inside]
    return "".join(f"{part}{space if part.strip(_SPACES) else ''}»" for part in closed) + after


_HIGH = re.compile(rf"{_SPACE}(?<=[^\s(\[«{NBSP}{NNBSP}].){_SPACE}*(?=[;!?]+(?:\s|[…»”’\"')\].,{NBSP}{NNBSP}{MASK}]|$))", re.DOTALL)


def high_punctuation(text: str) -> str:
    """A thin no-break space before ; ! ? (Lexique, « Ponctuation »)."""
    return _HIGH.sub(NNBSP, text)


def high_punctuation_tight(text: str) -> str:
    """No space before ; ! ? in Canada (*Le guide du rédacteur*, Bureau de la traduction)."""
    return _HIGH.sub("", text)


_COLON = re.compile(rf"{_SPACE}(?<=[^\s:{NBSP}{NNBSP}].){_SPACE}*(?=:(?!:))", re.DOTALL)


def colon(text: str) -> str:
    """A no-break space before the colon (Lexique, « Deux-points »)."""
    return _COLON.sub(NBSP, text)


def colon_thin(text: str) -> str:
    """A thin one in Switzerland (*Guide du typographe*, Lausanne)."""
    return _COLON.sub(NNBSP, text)


_UNIT = r"(?:€|%|‰|\$|£|euros?|m|cm|mm|km|m²|m³|ha|g|kg|t|l|cl|ml|h|min|s|ms|ko|Mo|Go|To|W|kW|kWh|°C|personnes|visites|habitants|clients|francs)"
_GROUPED = re.compile(rf"[1-9](?<![\w.,/:-]\d)(?<!\d{_SPACE}\d)\d{{0,2}}(?:[ {NBSP}{NNBSP}]\d{{3}})+(?![\w/:-]|{_SPACE}\d)")
_UNGROUPED = re.compile(rf"[1-9](?<![\w.,/:-]\d)\d{{3,14}}(?={_SPACE}?{_UNIT}(?![\w'’]))")
_NOT_DIGIT = re.compile(r"\D")


def thousands(text: str) -> str:
    """10 000 in thin no-break spaces; « 10000 » only where a unit follows, so that no year or code is cut (Lexique, « Nombres »)."""
    text = _GROUPED.sub(lambda m: _NOT_DIGIT.sub(NNBSP, m[0]), text)
    return _UNGROUPED.sub(lambda m: f"{int(m[0]):,}".replace(",", NNBSP), text)


_LITTLE = "et|ou|à|au|aux|de|des|du|en|par|pour|sur|dans|ni|mais|que|qui|le|la|les"
_SIGNS = frozenset("$£¥฿Ω°º")
_PERCENT = re.compile(rf"(\d){_SPACE}*(?=[%‰€](?!\w))")
_SIGN = re.compile(rf"(\d){_SPACE}+(?=[$£¥฿Ω°º])|(?<=\d)(º){_SPACE}+(?=\d)")
_COUNTED = re.compile(rf"(\d(?<![\w.,:/-]\d)(?!(?<=1)\d{{3}}{_SPACE}|(?<=2)0\d\d{_SPACE})\d*(?:[.,]\d+)?)[ \n](?={_LETTER})(?!(?:{_LITTLE})\b)")


def units(text: str) -> str:
    """A number is never parted from what it counts, % and € included (Lexique, « Nombres »)."""
    if "%" in text or "€" in text or "‰" in text:
        text = _PERCENT.sub(rf"\1{NBSP}", text)
    if not _SIGNS.isdisjoint(text):
        text = _SIGN.sub(lambda m: f"{m[1] or m[2]}{NBSP}", text)
    return _COUNTED.sub(rf"\1{NBSP}", text)


_REFERENCE = re.compile(rf"\b(n[°º]s?|pp?\.|art\.|fig\.|vol\.|chap\.|t\.){_SPACE}+(?=[\dIVXLC])")
_REFERRED = re.compile(rf"[npafvct](?<!\w.)(?:[°º]s?|p?\.|rt\.|ig\.|ol\.|hap\.){_SPACE}")
"""A quick look for ``_REFERENCE``: one class of letters comes first, which is what ``re`` searches fastest."""
_COPYRIGHT = re.compile(rf"©{_SPACE}+(?=\d)")
_TITLED = re.compile(rf"[MDP](?:M?\.|mes?|lles?|gr|rs?|es?){_SPACE}")
"""A quick look for ``_TITLE``."""
_TITLE = re.compile(rf"\b(M\.|MM\.|Mmes?|Mlles?|Mgr|Drs?|Prs?|Mes?){_SPACE}+(?=[A-ZÀ-Þ])")
_DATED = "siècles?|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_ORDINAL = re.compile(rf"\b([IVXLC]+e|1er|1re|\d+e){_SPACE}+(?=(?:{_DATED})\b)")
_DATED_NEXT = re.compile(rf"[\dIVXLC](?:er?|re){_SPACE}+(?:{_DATED})")
"""A quick look for ``_ORDINAL``."""


def abbreviations(text: str) -> str:
    """n° 5, p. 12, M. Dupont, XXIe siècle, 1er mars stay together (Abrégé, « Abréviations »)."""
    if not _DIGITS.isdisjoint(text):
        if _REFERRED.search(text):
            text = _REFERENCE.sub(rf"\1{NBSP}", text)
        if "©" in text:
            text = _COPYRIGHT.sub(f"©{NBSP}", text)
    if _TITLED.search(text):
        text = _TITLE.sub(rf"\1{NBSP}", text)
    if ("e " in text or "e\n" in text or "1er" in text) and _DATED_NEXT.search(text):
        text = _ORDINAL.sub(rf"\1{NBSP}", text)
    return text
