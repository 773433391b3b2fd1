"""Why a publication stops, in French."""

from __future__ import annotations

import unicodedata


class PublishingError(Exception):
    """A publication cannot go on; the message is one French sentence with its remedy."""

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


def printable(text: str) -> str:
    """A text of a host, without what would give orders to a terminal."""
    return "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
