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


def symbols(text: str) -> str:
    """(c), (r) and (tm) are ©, ® and ™; a section « 12(c) » is left alone."""
    return re.sub(r"(?<!\d)\((c|r|tm)\)", lambda m: {"c": "©", "r": "®", "tm": "™"}[m[1].lower()], text, flags=re.IGNORECASE)


def ordinals(text: str) -> str:
    """1er, 1re, 2e, XXIe: never « 1ère » nor « 2ème » (Lexique, « Adjectifs numéraux ordinaux »)."""
    text = re.sub(r"\b1(?:ère|ere|ière)(s?)\b", r"1re\1", text)
    return re.sub(r"\b(\d+|[IVXLC]+)(?:i?[èe]me)(s?)\b", r"\1e\2", text)


def multiplication(text: str) -> str:
    """4×4, not 4x4; spaces around the sign do not break (Lexique, « Signes mathématiques »)."""
    return re.sub(
        rf"(?<=\d)([\"″′']?)({_SPACE}?)[x×]({_SPACE}?)(?=\d)",
        lambda m: f"{m[1]}{NBSP if m[2] else ''}×{NBSP if m[3] else ''}",
        text,
    )


def ellipsis(text: str) -> str:
    """Three dots are one sign; « etc. » never takes them (Lexique, « Points de suspension »)."""
    return re.sub(r"\b(etc)(?:\.{2,}|\.?…)", r"\1.", re.sub(r"\.{3,}", "…", text))


def dashes(text: str) -> str:
    """Spaced dashes between words, a longer one for dialogue (Lexique, « Tiret »); 1964–2009."""
    text = re.sub(rf"^(?:--|—){_SPACE}*(?=\S)", f"—{NBSP}", text)
    text = re.sub(rf"^[–-]{_SPACE}+(?=\S)", f"–{NBSP}", text)
    text = re.sub(rf"(?<=\S)(?:{_SPACE}+-{{1,2}}{_SPACE}+|(?<=\w)--{_SPACE}?(?=\w)|{_SPACE}--(?=\w))(?=\S)", " – ", text)
    return re.sub(r"(?<![\d-])((?:1\d|20)\d\d)-((?:1\d|20)\d\d)(?![\d-])", r"\1–\2", text)


def apostrophes(text: str) -> str:
    """The apostrophe is curly (Abrégé); feet, minutes and single quotes are not apostrophes."""
    quoted = [match.span() for match in re.finditer(r"(?<!\w)'\S(?:[^']*\S)?'(?!\w)", text)]
    inside = {position for start, end in quoted for position in (start, end - 1)}
    return re.sub(rf"(?<={_LETTER})'", lambda m: m[0] if m.start() in inside else "’", text)


def commas(text: str) -> str:
    """No space before a comma, one after it (Lexique, « Virgule »); 1,7 is a number."""
    return re.sub(rf"(?<=[\w»)”]),(?={_LETTER})", ", ", re.sub(rf"(?<=\S){_SPACE}+,(?=\s|{_LETTER})", ",", text))


def guillemets(text: str) -> str:
    """« French quotes », “ ” inside them (Lexique, « Guillemets »).

    Straight quotes, English ones and the mistyped “…“ are paired; what cannot
    be paired is left as typed.
    """
    return _pair_quotes(text)


def guillemet_spaces(text: str) -> str:
    """No-break spaces inside guillemets, added once (Lexique, « Guillemets »)."""
    return _inside_guillemets(text, NBSP)


def guillemet_spaces_thin(text: str) -> str:
    """Thin ones in Switzerland (*Guide du typographe*, Lausanne)."""
    return _inside_guillemets(text, NNBSP)


def _inside_guillemets(text: str, space: str) -> str:
    return re.sub(rf"(?<=\S){_SPACE}*»", f"{space}»", re.sub(rf"«{_SPACE}*(?=\S)", f"«{space}", text))


_AFTER_HIGH = rf"(?=[;!?]+(?:\s|[…»”’\"')\].,{NBSP}{NNBSP}{MASK}]|$))"


def high_punctuation(text: str) -> str:
    """A thin no-break space before ; ! ? (Lexique, « Ponctuation »)."""
    return re.sub(rf"(?<=[^\s(\[«{NBSP}{NNBSP}]){_SPACE}+{_AFTER_HIGH}", NNBSP, text)


def high_punctuation_tight(text: str) -> str:
    """No space before ; ! ? in Canada (*Le guide du rédacteur*, Bureau de la traduction)."""
    return re.sub(rf"(?<=[^\s(\[«{NBSP}{NNBSP}]){_SPACE}+{_AFTER_HIGH}", "", text)


def colon(text: str) -> str:
    """A no-break space before the colon (Lexique, « Deux-points »)."""
    return re.sub(rf"(?<=[^\s:{NBSP}{NNBSP}]){_SPACE}+(?=:(?!:))", NBSP, text)


def colon_thin(text: str) -> str:
    """A thin one in Switzerland (*Guide du typographe*, Lausanne)."""
    return re.sub(rf"(?<=[^\s:{NBSP}{NNBSP}]){_SPACE}+(?=:(?!:))", NNBSP, text)


_UNIT = r"(?:€|%|‰|\$|£|euros?|m|cm|mm|km|m²|m³|ha|g|kg|t|l|cl|ml|h|min|s|ms|ko|Mo|Go|To|W|kW|kWh|°C|personnes|visites|habitants|clients|francs)"


def thousands(text: str) -> str:
    """10 000 in thin no-break spaces; « 10000 » only where a unit follows, so that no year or code is cut (Lexique, « Nombres »)."""
    text = re.sub(rf"(?<![\w.,/:-])\d{{1,3}}(?:[ {NBSP}{NNBSP}]\d{{3}})+(?![\w/:-])", lambda m: re.sub(r"\D", NNBSP, m[0]), text)
    return re.sub(rf"(?<![\w.,/:-])\d{{4,15}}(?={_SPACE}?{_UNIT}(?!\w))", lambda m: f"{int(m[0]):,}".replace(",", NNBSP) if m[0][0] != "0" else m[0], text)


def units(text: str) -> str:
    """A number is never parted from what it counts, % and € included (Lexique, « Nombres »)."""
    text = re.sub(rf"(?<=\d){_SPACE}*(?=[%‰€](?!\w))", NBSP, text)
    text = re.sub(rf"(?<=\d){_SPACE}+(?=[$£¥฿Ω°º])|(?<=\dº){_SPACE}+(?=\d)", NBSP, text)
    counted = rf"(?<![\w.,:/-])((?!(?:1\d|20)\d\d{_SPACE})\d+(?:[.,]\d+)?)[ \n](?={_LETTER})"
    return re.sub(counted, rf"\1{NBSP}", text)


def abbreviations(text: str) -> str:
    """n° 5, p. 12, M. Dupont, XXIe siècle, 1er mars stay together (Abrégé, « Abréviations »)."""
    text = re.sub(rf"\b(n[°º]s?|pp?\.|art\.|fig\.|vol\.|chap\.|t\.){_SPACE}+(?=[\dIVXLC])", rf"\1{NBSP}", text)
    text = re.sub(rf"©{_SPACE}+(?=\d)", f"©{NBSP}", text)
    text = re.sub(rf"\b(M\.|MM\.|Mmes?|Mlles?|Mgr|Drs?|Prs?|Mes?){_SPACE}+(?=[A-ZÀ-Þ])", rf"\1{NBSP}", text)
    counted = "siècles?|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    return re.sub(rf"\b([IVXLC]+e|1er|1re|\d+e){_SPACE}+(?=(?:{counted})\b)", rf"\1{NBSP}", text)


_OPENERS = f"([{{«“—–-/’'{NBSP}{NNBSP}"
_CLOSERS = f".,;:!?…)]}}»”—–-/{NBSP}{NNBSP}"


def _pair_quotes(text: str) -> str:
    """Pair from left to right with a stack; guillemets already there set the depth."""
    if not re.search('["“”„]', text):
        return text
    letters = list(text)
    waiting: list[int] = []  # positions of openers; guillemets of the author count too
    for index, letter in enumerate(text):
        if letter == "«":
            waiting.append(index)
        elif letter == "»":
            _drop_to_guillemet(waiting, text)
        elif letter in '"“”„':
            mine = [position for position in waiting if text[position] != "«"]
            if waiting and mine and mine[-1] == waiting[-1] and letter != "„" and _may_close(text, index):
                _set_pair(letters, waiting, index)
            elif _may_open(text, index):
                waiting.append(index)
    return "".join(letters)


def _drop_to_guillemet(waiting: list[int], text: str) -> None:
    while waiting:
        if text[waiting.pop()] == "«":
            return


def _set_pair(letters: list[str], waiting: list[int], end: int) -> None:
    start = waiting.pop()
    inner = bool(waiting)
    letters[start], letters[end] = ("“", "”") if inner else ("«", "»")


def _may_open(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return (not before or before.isspace() or before in _OPENERS) and bool(after) and not after.isspace() and after not in ".,;:!?)"


def _may_close(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and (not after or after.isspace() or after in _CLOSERS or after in '"“”')


FRANCE: dict[str, Rule] = {
    "symbols": symbols,
    "ordinals": ordinals,
    "multiplication": multiplication,
    "ellipsis": ellipsis,
    "dashes": dashes,
    "commas": commas,
    "guillemets": guillemets,
    "apostrophes": apostrophes,
    "guillemet_spaces": guillemet_spaces,
    "high_punctuation": high_punctuation,
    "colon": colon,
    "thousands": thousands,
    "units": units,
    "abbreviations": abbreviations,
}
"""In the order they run: each may rely on those before it."""
LOCALES: dict[str, dict[str, Rule]] = {
    "fr_FR": FRANCE,
    "fr_BE": FRANCE,
    "fr_CA": FRANCE | {"high_punctuation": high_punctuation_tight},
    "fr_CH": FRANCE | {"guillemet_spaces": guillemet_spaces_thin, "colon": colon_thin},
}
