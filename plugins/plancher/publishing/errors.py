"""Why a publication stops, in French."""

from __future__ import annotations

import unicodedata

NO_ROOM = "le disque de l'hébergeur est plein, ou votre part du disque. Faites de la place, puis recommencez : ce qui est envoyé ne l'est pas deux fois."
"""The same remedy whichever of both it is: few hosts say."""


class PublishingError(Exception):
    """A publication cannot go on; the message is one French sentence with its remedy."""

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


def printable(text: str) -> str:
    """A text of a host, without what would give orders to a terminal."""
    return "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in text)
