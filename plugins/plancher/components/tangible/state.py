"""The three states of a promise: how far its proof goes, and the French words for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plancher.base.french import NBSP

State = Literal["proved", "unverified", "waiting"]
"""Proved: its proof says how one knows, be it against the promise. Unverified: it does not, or its author doubts it. Waiting: there is none yet."""
NAMES: Mapping[State, str] = {"proved": "preuve établie", "unverified": "à vérifier", "waiting": "en attente"}
"""What readers see; of the proof, since a promise that failed has its proof too. An author may type all but the first."""
CLASSES: Mapping[State, str] = {"proved": "is-proved", "unverified": "is-unverified", "waiting": "is-waiting"}
"""What a style sheet may tell them apart by."""


def note(state: State, answer: str) -> str:
    """What stands after an answer that proves nothing yet: « (à vérifier) »; empty otherwise."""
    return f"({NAMES[state].replace(' ', NBSP)})" if answer and state != "proved" else ""


def of(*, is_answered: bool, says_how: bool, typed: State | None) -> State:
    """The state of a promise.

    :param says_how: whether its level or its source is given: how one knows.
    :param typed: what its author says of it, who can only lower it.
    """
    if not is_answered or typed == "waiting":
        return "waiting"
    return "proved" if says_how and typed != "unverified" else "unverified"
