"""The spaces that French asks for before ; ! ? and the colon, where their author typed none.

Added only when the site asks for it (``spaces="insert"``); ``invoke check``
shows them otherwise. Addresses, times, ratios, emoticons, code and drives of
Windows are no such places: what follows the sign there is no space.
"""

from __future__ import annotations

import re

from plancher.base.french import NBSP, NNBSP
from plancher.markdown.typography.rules import MASK

HIGH = re.compile(rf"(?<![!?;&])(?:(?<=[^\W_])|(?<=[)\]»”’%€°…]))(?:[!?]+|;)(?=[\s{MASK}»”\"]|\Z|(?<=[!?])[)\].,…’])")
"""Where a space is missing before ; ! ?."""
COLON = re.compile(r"(?:(?<=[^\W_]{2})|(?<=\d)|(?<=[)\]»”’%€°…])|(?<=\b[àôyÀÔY])):(?=\s|\Z)")
"""Where one is missing before a colon; « C: » is a drive."""
_NAMES = re.compile(r"(?:Yahoo|Joomla|Jeopardy)\Z|&#?\w{1,10}\Z")
"""Names that hold their sign, and entities."""
_BEFORE = 12


def is_missing(text: str, place: int) -> bool:
    """Whether the sign that was found there is a sign of the sentence, not of a name."""
    return not _NAMES.search(text[max(0, place - _BEFORE) : place])


def spaces(text: str) -> str:
    """A thin no-break space before ; ! ?, a no-break one before the colon (Lexique, « Ponctuation »)."""
    return spaces_before_colons(_inserted(HIGH, NNBSP, text))


def spaces_thin(text: str) -> str:
    """Thin ones everywhere in Switzerland (*Guide du typographe*, Lausanne)."""
    return _inserted(COLON, NNBSP, _inserted(HIGH, NNBSP, text))


def spaces_before_colons(text: str) -> str:
    """Canada has one before the colon only (*Le guide du rédacteur*, Bureau de la traduction)."""
    return _inserted(COLON, NBSP, text)


def _inserted(sign: re.Pattern[str], space: str, text: str) -> str:
    return sign.sub(lambda match: f"{space}{match[0]}" if is_missing(text, match.start()) else match[0], text)
