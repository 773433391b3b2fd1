"""Who speaks, and where, in the words around a quotation or a film; nothing is guessed that a sentence does not say."""

from __future__ import annotations

import re

_PARTICLE = r"(?:d[eu]|des|la|le|van|von|der|di|da|dos|el|al|ben)"
_CAPITAL = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ]"
_WORD = rf"{_CAPITAL}[\w.'’-]{{0,40}}\w\b"
NAME = rf"(?<!\w){_WORD}(?: (?:{_CAPITAL}\. )?(?:{_PARTICLE} ){{0,2}}(?:d['’])?{_WORD}){{1,3}}"
"""A first name and a family name at least."""
_SPEECH = (
    r"(?:démonstration|intervention|conférence|présentation|discours|exposé|keynote|interview|entretien|allocution|vidéo|témoignage|cours|leçon|table ronde)"
)
_SPEAKER = re.compile(rf"\b{_SPEECH}s?\b(?:(?! que )[^.!?…]){{0,60}}?(?: que| qu[’']a| de| d[’']| par| avec| donnée par)[ \u00a0]?(?P<name>{NAME})")
_GIVEN = re.compile(rf"(?P<name>{NAME})[^.!?…]{{0,60}}? (?:a (?:donné|fait|présenté|prononcé|tenu)|intervenait|est intervenue?|parlait|parle)\b")
_EVENT = re.compile(
    r"\b(?:lors|à l[’']occasion) (?:du|de la|de l[’']|des|d[’']une?) ?"
    r"(?:(?:tout )?(?:derni[eè]re?|premi[eè]re?|prochaine?|récente?)s? )?(?P<event>[^.,;:!?()\n…]{3,60})"
)
_EVENT_NAME = re.compile(rf"(?P<event>[\w’'-]*(?: (?:{_CAPITAL}|\d)[\w’'.-]*| (?:de|du|des|la|le|les|sur|en)(?= ))*)")
_MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|[*_\\]|<[^<>]*>")
_TEXTS = "article|billet|post|livre|ouvrage|texte|note|chronique|étude|commentaire|propos|phrase|mots|citation"
_SAYS = (
    r"écri[tv]\w*|di[ts]\w*|expliqu\w+|not(?:e|ait)|affirm\w+|soulign\w+|rappel\w+|déplor\w+|conclut|ajout(?:e|ait)|résum\w+|précis(?:e|ait)"
    r"|observ(?:e|ait)|estim(?:e|ait)|constat(?:e|ait)"
)
_ASIDE = r"(?:,[^,.:]{0,80},| \([^()]{0,200}\))?"
_WROTE = (
    re.compile(rf"\b(?:{_TEXTS}) (?:(?!que )[\w’'-]+ ){{0,2}}?(?:de |d[’']|par )(?P<name>{NAME})"),
    re.compile(rf"\b(?:[Ss]elon|[Dd][’']après|[Pp]our) (?P<name>{NAME})(?=[ ,:])"),
    re.compile(rf"(?P<name>{NAME}){_ASIDE} (?:l[’'])?(?:{_SAYS})\b"),
    re.compile(rf"\b(?:{_SAYS}) (?P<name>{NAME})"),
    re.compile(rf"\b(?P<name>rapport {_WORD}(?: {_WORD})?)"),
)
_NOT_NAMES = re.compile(
    r"^(?:Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Il|Elle|On|Nous|Je|Mais|Et|Si|Dans|Pour|Quand|Comme|Voici|En|Au|Aux|Du|De|A|À|Mon|Son|Notre|Bonjour|Web) "
)


def plain(markdown: str) -> str:
    """Words without their marks, enough to find names in them."""
    return _MARKUP.sub(lambda mark: mark[1] or "", markdown).replace("\u00a0", " ")


def author(markdown: str) -> str:
    """The last one whom these words quote; empty when they name nobody."""
    words = plain(markdown)
    found = [(match.start(), match["name"]) for pattern in _WROTE for match in pattern.finditer(words)]
    names = [name for _, name in sorted(found) if not _NOT_NAMES.match(name)]
    return _bare(names[-1]) if names else ""


def speaker(markdown: str) -> str:
    """The one whose talk these words tell of."""
    words = plain(markdown)
    found = _SPEAKER.search(words) or (_GIVEN.search(words) if re.search(_SPEECH, words) else None)
    return _bare(found["name"]) if found and not _NOT_NAMES.match(found["name"]) else ""


def event(markdown: str) -> str:
    """Where a talk was given."""
    for found in _EVENT.finditer(plain(markdown)):
        name = _EVENT_NAME.match(found["event"])
        if name and re.search(rf"{_CAPITAL}|\d", name["event"]):
            return re.sub(r" (?:de|du|des|la|le|les|sur|en)$", "", name["event"].strip())
    return ""


def _bare(name: str) -> str:
    return re.sub(r"[.'’]$", "", name).strip()
