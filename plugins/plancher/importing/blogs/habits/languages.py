"""The language of a text, told by its commonest words."""

from __future__ import annotations

import html
import re

_COMMON = {
    "fr": "le la les des du une est et dans que qui pour pas sur avec ce cette sont plus mais nous vous il elle au aux ont par ou où se son ses en"
    " à vos tout ils dont été fait comme bien sans",
    "en": "the of and to is that it for with was this are be have you not on as but they from or by we an your will can has at which",
    "de": "der die das und ist nicht ein eine mit den von zu auf sich dem auch es für wir sie werden im wie bei oder",
    "es": "el los las del que una por para con su es lo como más pero sus este está muy también ya y hay al",
    "it": "il di che è per una non sono con del della gli dei nel anche più come questo ma si alla ed ci",
    "pt": "o os do da dos das uma não para com por mais como mas foi ao ele são também já às pelo pela um em",
    "nl": "het een van is dat niet op te zijn voor met die aan ook er maar om naar dan bij ze wordt",
}
"""Few of them are words of two of these languages; those that are count for both."""
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SAID = re.compile(r"[^\W\d_]+")
_SILENT = re.compile(r"(?s:<(pre|code|script|style)\b.*?</\1\s*>)|<[^<>]{0,2000}>|(?:https?://|www\.)\S+|\{\w+\}\S*|`[^`\n]*`", re.IGNORECASE)
_LONGEST = 20_000
"""Letters that are looked at."""
_SHORTEST = 8
"""Words: fewer say nothing."""
_FEWEST = 3
"""Common words of one language."""


def of(text: str) -> str:
    """« fr », « en »…; empty when the text is short, when it says too little, or when two languages are as likely.

    :param text: HTML or Markdown.
    """
    said = _SAID.findall(html.unescape(_SILENT.sub(" ", text[:_LONGEST])).casefold())
    if len(said) < _SHORTEST:
        return ""
    counts = sorted(((sum(word in words for word in said), language) for language, words in _WORDS.items()), reverse=True)
    (best, language), (second, _) = counts[:2]
    return language if best >= _FEWEST and best * 2 >= second * 3 else ""


def is_french(language: str) -> bool:
    """« fr », « fr-CA »."""
    return re.match(r"fr(?:[-_]|$)", language.lower()) is not None
