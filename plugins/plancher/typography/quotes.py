"""Which quotes go together: the one rule that needs more than a pattern."""

from __future__ import annotations

import re

from plancher.core.french import NBSP, NNBSP

_QUOTE = re.compile('[«»"“”„]')
_OPENERS = f"([{{«“—–-/’'{NBSP}{NNBSP}"
_CLOSERS = f".,;:!?…)]}}»”—–-/{NBSP}{NNBSP}"


def guillemets(text: str) -> str:
    """« French quotes », “ ” inside them (Lexique, « Guillemets »).

    Straight quotes, English ones and the mistyped “…“ are paired from left to
    right with a stack; guillemets already there set the depth, and what cannot
    be paired is left as typed.
    """
    letters = list(text)
    waiting: list[int] = []  # positions of openers; guillemets of the author count too
    for found in _QUOTE.finditer(text):
        index, letter = found.start(), found[0]
        if letter == "«":
            waiting.append(index)
        elif letter == "»":
            _drop_to_guillemet(waiting, text)
        elif waiting and text[waiting[-1]] != "«" and waiting[-1] < index - 1 and letter != "„" and _may_close(text, index):
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
    return (not before or before.isspace() or before in _OPENERS) and bool(after) and not after.isspace() and after not in '.,;:!?)"“”„'


def _may_close(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before) and not before.isspace() and (not after or after.isspace() or after in _CLOSERS or after in '"“”')
