"""What must stay on one line: a number and what it numbers, a title and a name, the groups of a telephone number.

The authorities are those of ``rules``.
"""

from __future__ import annotations

import re

from plancher.base.french import NBSP, NNBSP
from plancher.markdown.typography.rules import SPACE

MAYBE = re.compile(
    r"[0-9A-ZÀ-Þ§](?:(?<=[0-9§])|\.|(?<=M)(?:M\.|me|lle|gr|es?\s)|(?<=[DP])rs?\s|(?<=[IVXLCDM])(?<!\w.)(?:(?<=[IVX])|(?=[IVXLCDM]))[IVXLCDM]*(?:er?|re)?(?!\w))"
)
"""A quick test for ``abbreviations``, ``reigns`` and ``initials``: a figure, §, a capital with its full stop, a title, a Roman numeral."""
_REFERENCE = re.compile(
    rf"(?<!\w)([Nn][°º]s?|§§?|[Pp]p?\.|[Aa]rt\.|[Ff]ig\.|[Vv]ol\.|[Cc]h(?:ap)?\.|[Tt](?:abl)?\.|[Cc]ol\.|[Ll]iv\.|[Ss]ect\.|[Aa]l\.|[Ff][°º]|[LRD]\.)"
    rf"{SPACE}+(?=[0-9]|(?:[IVX]|[LCDM](?=[IVXLCDM]))[IVXLCDM]*(?:er|re)?(?!\w)|[LRD]\.{SPACE}?\d)"
)
_REFERRED = re.compile(rf"[0-9IVXLCDMR](?<=[.°ºs§ \n{NBSP}{NNBSP}]{SPACE}.)(?:(?<=[0-9])|[IVXLCDM]*(?:er|re)?(?!\w))")
"""A quick test for ``_REFERENCE``: what is rare in a text comes first, which is what ``re`` searches fastest."""
_COPYRIGHT = re.compile(rf"©{SPACE}+(?=\d)")
_TITLED = re.compile(rf"[MDP](?:(?<=M)(?:M?\.|mes?|lles?|gr|es?)|rs?){SPACE}")
"""A quick test for ``_TITLE`` and ``_OFFICE``."""
_TITLE = re.compile(rf"\b(M\.|MM\.|Mmes?|Mlles?|Mgr|Drs?|Prs?|Mes?){SPACE}+(?=[A-ZÀ-Þ])")
_OFFICE = re.compile(rf"\b(M\.|MM\.|Mmes?|Mlles?|Mgr){SPACE}+(?=(?:l[ea]s?|l['’]|de|du)(?<=['’a-z])(?:{SPACE}|\w))")
_DATED = (
    "siècles?|millénaires?|République|Empire|Reich|arrondissements?|dynastie"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_ORDINAL = re.compile(rf"\b([IVXLC]+e|[1I]er|[1I]re|\d+e){SPACE}+(?=(?:{_DATED})\b)")
_DATED_NEXT = re.compile(rf"[0-9IVXLC](?:er?|re){SPACE}+(?:{_DATED})")
"""A quick test for ``_ORDINAL``."""
_CHRIST = re.compile(rf"\b(av|apr|ap)\.{SPACE}+(?=J\.-C\.)")


def abbreviations(text: str) -> str:
    """n° 5, t. II, § 3, M. Dupont, M. le maire, XXIe siècle, 1er mars, av. J.-C. stay together (Abrégé, « Abréviations »)."""
    if _REFERRED.search(text):
        text = _REFERENCE.sub(rf"\1{NBSP}", text)
    if "©" in text:
        text = _COPYRIGHT.sub(f"©{NBSP}", text)
    if _TITLED.search(text):
        text = _OFFICE.sub(rf"\1{NBSP}", _TITLE.sub(rf"\1{NBSP}", text))
    if ("e " in text or "e\n" in text or "1er" in text or "Ier" in text) and _DATED_NEXT.search(text):
        text = _ORDINAL.sub(rf"\1{NBSP}", text)
    return _CHRIST.sub(rf"\1.{NBSP}", text) if "J.-C." in text else text


_TIME_OF_DAY = re.compile(rf"(\d){SPACE}?(h|min){SPACE}(?=\d\d?(?!\w|{SPACE}\d{{3}}))")


def hours(text: str) -> str:
    """14 h 30 is one time of day: neither of its spaces breaks (Lexique, « Heure »)."""
    return _TIME_OF_DAY.sub(rf"\1{NBSP}\2{NBSP}", text)


_TELEPHONE = re.compile(
    rf"[0+](?<![\w.,/:+-].)(?:(?<=\+)\d{{1,3}}{SPACE}(?:\(0\){SPACE}?)?\d{{1,3}}(?:{SPACE}\d{{2,4}}){{2,5}}"
    rf"|(?<=0)(?:\d(?:{SPACE}\d\d){{4}}|\d{{1,3}}(?:{SPACE}\d{{2,3}}){{3}}|{SPACE}8\d\d(?:{SPACE}\d{{3}}){{2}}))(?!\w|[.,]\d|{SPACE}\d)"
)
_GAP = re.compile(SPACE)


def telephones(text: str) -> str:
    """The groups of a telephone number stay on one line (Lexique, « Numéros » ; UIT, recommandation E.123)."""
    return _TELEPHONE.sub(lambda number: _GAP.sub(NBSP, number[0]), text)


_REIGN = re.compile(r"[ \n](?<=[a-zà-ÿ].)(?=[IVX])(?=(?:I(?:er|re)|(?!I(?!\w))[IVXL]+)(?![\w’'-]))", re.DOTALL)
_NAMED = re.compile(r"(?:\A|\W)[A-ZÀ-Þ][\w’'-]*\Z")
_LONGEST_NAME = 40


def reigns(text: str) -> str:
    """Louis XIV, François Ier, tome II: a name and its numeral (Lexique, « Nombres en chiffres romains »)."""

    def bound(gap: re.Match[str]) -> str:
        name = text[max(0, gap.start() - _LONGEST_NAME) : gap.start()]
        return NBSP if _NAMED.search(name) else gap[0]

    return _REIGN.sub(bound, text)


_INITIAL = re.compile(rf"([A-ZÀ-Þ]\.(?<!\w..)){SPACE}+(?=[A-ZÀ-Þ](?:\.|[\w’'-])|(?:de|du|des|d['’]|van|von)[^\w.])")
_INITIALED = re.compile(rf"\.(?<=[A-ZÀ-Þ]\.){SPACE}")
"""A quick test for ``_INITIAL``."""
_LETTERED = re.compile(
    r"(?:annexe|article|cas|catégorie|classe|groupe|hépatite|langage|lettre|niveau|note|option|partie|plan|point|série|type|vitamine)s?\W+\Z", re.IGNORECASE
)
_OPENING_WORD = re.compile(
    r"(?:Alors|Après|Au|Aux|Avec|Ce|Ces|Cet|Cette|Dans|De|Des|Donc|Du|Elles?|En|Ensuite|Et|Ils?|Je|La|Le|Les|Mais|Nous|On|Or|Ou|Où|Par|Pour|Puis|Qui|Si|Sur|Tu|Une?|Voici|Voilà|Vous)\b"
)


def initials(text: str) -> str:
    """J. Dupont, J.-P. Martin, A. de Gaulle: a first name of one letter is not left at the end of a line (Abrégé, « Abréviations »).

    « Plan B. Voici » is the end of a sentence.
    """

    def bound(initial: re.Match[str]) -> str:
        is_an_end = _OPENING_WORD.match(text, initial.end()) or _LETTERED.search(text[max(0, initial.start() - _LONGEST_NAME) : initial.start()])
        return initial[0] if is_an_end else f"{initial[1]}{NBSP}"

    return _INITIAL.sub(bound, text) if _INITIALED.search(text) else text


_GLUED = re.compile(
    r"[0-9](?<![\w.,/:-].)\d*(?:[.,]\d+)?(?=(?:km/h|km[²³]?|[cm]m[²³]?|[kmµ]g|[cm]l|kWh?|[kKMGT]o|°[CF]|[kM]€|Md€)(?![\w/²³]))",
)


def glued_units(text: str) -> str:
    """36,1 °C and 2 km, where they were typed in one word (Bureau international des poids et mesures, *Le Système international d'unités*, 5.4.3)."""
    return _GLUED.sub(rf"\g<0>{NBSP}", text)
