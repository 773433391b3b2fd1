"""Letters that a wrong encoding has broken: « dÃ©jÃ  » was « déjà », « Loà¯c » was « Loïc ».

What ftfy is sure of is mended. It misses letters whose first half was made an « à » later on; these are mended inside a word,
and asked about where the « à » may be one: « voilà© », « voilà» ».
"""

from __future__ import annotations

import re

import ftfy
from ftfy.badness import is_bad

from plancher.base.french import fold
from plancher.importing.blogs.habits.chunks import Chunk, Shape
from plancher.importing.blogs.habits.habit import Settling

NAME = "accents"
PURPOSE = "réparer les lettres accentuées qu'un ancien hébergeur a abîmées (« Ã© » redevient « é »)"
_SPACE_LOST = re.compile(r"(?<=\w)Ã\xa0(?=\w)")
"""« dÃ©jÃ vu »: the second half of the letter is a space, and the space after it is gone."""
_HALF = re.compile(r"à(?P<sign>[¯©¨ª®´§¢¹¼¶¤±³º²¦¸¿¡°­‰€‡Š»«])(?=(?P<rest>[^\W\d_]{0,40}))")
_MAY_BE_BAD = re.compile(r"[^\x00-\x7f‘’“”«»…–—\xa0\u202f][^\x00-\x7f]|[ÂÃâ](?![a-zA-Z])")
"""What every letter that was cut in two holds: ftfy looks at each line for ten times as long."""
_BEFORE = re.compile(r"[^\W\d_]*$")
_LONGEST = 40
"""Letters of a word on each side of a broken one; more are no word."""
_SURE = frozenset("¯©¨ª®´§¢")
"""Signs that French never puts inside a word."""
_OTHER_SCRIPTS = re.compile(r"[^\W_\x00-\u024f\ufb00-\ufb06]")
_A_WORD = 3
"""Letters of another script: fewer are no word, and their repair is a mistake."""
_QUOTES = frozenset("»«")
_BYTES = str.maketrans({"‰": "\x89", "€": "\x80", "‡": "\x87", "Š": "\x8a"})
_FIRST = b"\xc3"
"""The first byte of an accented letter in UTF-8, which was shown as « Ã », then became « à »."""
_ENDS_IN_A = frozenset("a la ca voila deja dela cela hola jusqu'a".split())
_WITH_A_QUOTE = re.compile(
    r"(?:no[ëe]l|gaël|joël|israël|raphaël|michaël|mickaël|samuël|canoë|citroën|ambiguë|goût|dégoût|ragoût|août|coût|sûre?|dû|mûre?|bûche|brûl|flût|affût|embûche|piqûre)\w*",
    re.IGNORECASE,
)


def settle(settling: Settling) -> None:
    """Mend the title, the summary and the words of the text."""
    settling.title = _mended(settling.title, settling)
    settling.summary = _mended(settling.summary, settling)
    settling.chunks = [
        chunk if chunk.shape is Shape.CODE else Chunk(chunk.shape, tuple(_mended(line, settling) for line in chunk.lines)) for chunk in settling.chunks
    ]


def mended(text: str) -> str:
    """Words with all the letters that can be mended for sure."""
    return "\n".join(_line(line, is_french=True)[0] for line in text.split("\n"))


def _mended(line: str, settling: Settling) -> str:
    if line.isascii():
        return line
    words, doubtful = _line(line, is_french=settling.may_be_french)
    if words != line:
        settling.say(NAME, f"lettres abîmées réparées : « {_differing(line, words)} ».", _differing(words, line))
    for typed, meant in doubtful:
        settling.say(NAME, f"« {typed} » est peut-être « {meant} » : rien n'est changé, dites ce qu'il faut lire.", typed)
    for lost in (word for word in (words.split() if "\ufffd" in words else ()) if "\ufffd" in word):
        settling.say(NAME, f"une lettre est perdue dans « {lost} » : retapez-la.", lost)
    return words


def _line(line: str, *, is_french: bool) -> tuple[str, list[tuple[str, str]]]:
    """The line, mended, and its doubtful words with what they may be."""
    words = ftfy.fix_encoding(_SPACE_LOST.sub("Ã\xa0 ", line)) if _MAY_BE_BAD.search(line) and is_bad(line) else line
    if is_french and words != line and 0 < len(_OTHER_SCRIPTS.findall(words)) - len(_OTHER_SCRIPTS.findall(line)) < _A_WORD:
        words = line
    return _halves(words) if is_french else (words, [])


def _halves(words: str) -> tuple[str, list[tuple[str, str]]]:
    """The words, their letters that have lost a half made whole, and the doubtful ones."""
    pieces: list[str] = []
    doubtful: list[tuple[str, str]] = []
    end, near = 0, ""
    for found in _HALF.finditer(words):
        near = (near + words[end : found.start()])[-_LONGEST:]
        before = "".join(_BEFORE.findall(near))
        letter = (_FIRST + found["sign"].translate(_BYTES).encode("latin-1")).decode()
        word = f"{before}{letter}{found['rest']}"
        is_sure = _is_sure(before, found, word)
        if not is_sure and _is_doubtful(before, found):
            doubtful.append((f"{before}{found[0]}{found['rest']}", word))
        made = letter if is_sure else found[0]
        pieces += [words[end : found.start()], made]
        end, near = found.end(), near + made
    return "".join([*pieces, words[end:]]), doubtful


def _is_sure(before: str, found: re.Match[str], word: str) -> bool:
    if found["sign"] in _QUOTES:
        return _WITH_A_QUOTE.fullmatch(word) is not None
    return found["sign"] in _SURE and (bool(found["rest"]) or (bool(before) and not _ends_in_a(before)))


def _is_doubtful(before: str, found: re.Match[str]) -> bool:
    """Whether a letter may be broken there: inside a word, where no French word ends in « à »."""
    if not before:
        return False
    if found["sign"] in _QUOTES:
        return bool(found["rest"]) and not _ends_in_a(before)
    return bool(found["rest"]) or found["sign"] in _SURE


def _ends_in_a(before: str) -> bool:
    return fold(f"{before}a") in _ENDS_IN_A


def _differing(former: str, words: str) -> str:
    """The words of one line that are not in another."""
    others = set(former.split())
    return ", ".join(dict.fromkeys(word for word in words.split() if word not in others)) or words
