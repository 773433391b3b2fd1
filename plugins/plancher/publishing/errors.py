"""Why a publication stops, in French."""

from __future__ import annotations

from plancher.base import terminal

NO_ROOM = "le disque de l'hébergeur est plein, ou votre part du disque. Faites de la place, puis recommencez : ce qui est envoyé ne l'est pas deux fois."
"""The same remedy whichever of both it is: few hosts say."""


class PublishingError(Exception):
    """A publication cannot go on; the message is one French sentence with its remedy."""

    def __init__(self, sentence: str) -> None:
        super().__init__(terminal.on_one_line(sentence))
