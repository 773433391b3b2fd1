"""Which quotes form a pair: the one rule that needs more than a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plancher.base.french import NBSP, NNBSP
from plancher.markdown.typography.rules import MASK

_QUOTE = re.compile('[«»"“”„]')
_OPENERS = f"{MASK}([{{«“—–-/’'{NBSP}{NNBSP}"
_NEAR = 4
"""Characters before a quote that are looked at."""
_CLOSERS = f"{MASK}.,;:!?…)]}}»”—–-/{NBSP}{NNBSP}"


def guillemets(text: str) -> str:
    """« French quotes », “ ” inside them (Lexique, « Guillemets »).

    Straight quotes, English ones and the mistyped “…“ are paired from left to
    right with a stack; guillemets already there set the depth, and what cannot
    be paired is left as typed.
    """
    letters = list(text)
    openers: list[int] = []  # their positions; guillemets of the author count too
    for match in _QUOTE.finditer(text):
        index, letter = match.start(), match[0]
        if letter == "«":
            openers.append(index)
        elif letter == "»":
            _drop_to_guillemet(openers, text)
        elif openers and text[openers[-1]] != "«" and openers[-1] < index - 1 and letter != "„" and _closes(text, index):
            _set_pair(letters, openers, index)
        elif _may_open(text, index) or (letter == "“" and _opens_with_a_space(text, index)):
            openers.append(index)
    return "".join(letters)


def _drop_to_guillemet(openers: list[int], text: str) -> None:
    while openers:
        if text[openers.pop()] == "«":
            return


def _set_pair(letters: list[str], openers: list[int], end: int) -> None:
    start = openers.pop()
    inner = bool(openers)
    letters[start], letters[end] = ("“", "”") if inner else ("«", "»")
    if inner:  # “ ” take no space inside; those of « » have a rule of their own
        for place in (*_spaces(letters, start + 1, 1), *_spaces(letters, end - 1, -1)):
            letters[place] = ""


def _spaces(letters: list[str], place: int, step: int) -> Iterator[int]:
    """The places of the spaces that follow one another, from here on."""
    while letters[place].isspace():
        yield place
        place += step


def _closes(text: str, index: int) -> bool:
    """As typed against a word; or after a space, where French has one before the sign (« Quoi ? ») or the quote is a closing one."""
    if _may_close(text, index):
        return True
    typed, after = text[max(0, index - _NEAR) : index], text[index + 1 : index + 2]
    before = typed.rstrip()
    is_apart = len(before) < len(typed) and (not after or after.isspace() or after in _CLOSERS)
    return is_apart and bool(before) and (text[index] == "”" or before[-1] in "!?;:»…")


def _opens_with_a_space(text: str, index: int) -> bool:
    """« “ Ah ” » is typed with spaces too, when a closing quote follows."""
    before = text[index - 1 : index]
    return (not before or before.isspace() or before in _OPENERS) and text[index + 1 : index + 2].isspace() and "”" in text[index:]


def _may_open(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return (not before or before.isspace() or before in _OPENERS) and bool(after) and not after.isspace() and after not in '.,;:!?)"“”„'


def _may_close(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and (not after or after.isspace() or after in _CLOSERS or after in '"“”')
