"""French words around values: accents forgiven, plurals, lists, near misses."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

NBSP = "\u00a0"
"""No-break space: before the colon and inside guillemets."""
NNBSP = "\u202f"
"""Narrow no-break space: before ; ! ? and between thousands."""

_LATIN_MARKS = re.compile("[\u0300-\u036f]")
"""Accents; the marks of other scripts make other letters."""
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


@functools.lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text without case, accents or ligatures, for comparisons only."""
    if text.isascii():
        return text.lower().strip()
    lowered = text.casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", decomposed)).strip()


_JOINTS = re.compile(r"(?<=[^\W_])[\s'\u2018\u02bc\u2010-\u2013-]+(?=[^\W_])")


def fold_words(text: str) -> str:
    """``fold``, with one space for whatever joins or parts two words: « Réseaux-sociaux » and « réseaux sociaux », « l'été » and « l été »."""
    return _JOINTS.sub(" ", fold(text))


def nearest(word: str, candidates: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The candidate an author most likely meant, or None when none is close."""
    by_fold = {fold(candidate): candidate for candidate in sorted(candidates)}
    found = difflib.get_close_matches(fold(word), by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, candidates: Sequence[str]) -> str:
    """The remedy at the end of a message: the nearest valid name, or all of them."""
    found = nearest(word, candidates)
    if found is not None:
        return f"Vouliez-vous dire « {found} » ?"
    return f"Choix possibles : {', '.join(candidates)}."


def plural(count: int, one: str, many: str) -> str:
    """« 0 billet », « 1 billet », « 2 billets »: French plurals start at two."""
    shown = f"{count:,}".replace(",", NNBSP)
    return f"{shown}{NBSP}{one if abs(count) < 2 else many}"  # noqa: PLR2004 - the rule itself


def join(words: Sequence[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def clip(text: str, width: int) -> str:
    """At most ``width`` characters, cut at a word and ended by « … »."""
    flat = re.sub(r"[ \t\r\n]+", " ", text).strip()  # no-break spaces stay
    if len(flat) <= width:
        return flat
    return flat[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@functools.cache
def language_name(tag: str) -> str:
    """« anglais » for ``en``; the tag itself when nobody names it."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - takes as long to load as a thousand posts; few pages need it

    try:
        return Locale.parse(tag, sep="-").get_language_name("fr") or tag
    except (ValueError, UnknownLocaleError):
        return tag
