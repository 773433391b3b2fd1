"""A question to readers at the end of a text: nothing is changed, its author is told where an appeal could stand."""

from __future__ import annotations

import itertools
import re

from plancher.base.french import fold
from plancher.importing.blogs.habits import chunks, people
from plancher.importing.blogs.habits.habit import Settling

NAME = "appel"
PURPOSE = "signaler la question posée aux lecteurs à la fin du texte, pour en faire un appel à témoignages"
_ASKS = re.compile(
    r"\b(?:je (?:lirais?|serais? (?:heureu\w+|curieu\w+|ravie?|preneu\w+)|suis (?:preneu|curieu)\w+|attends)"
    r"|j'(?:attends|aimerais (?:lire|savoir|connaitre|avoir))"
    r"|dites(?:-| )(?:moi|nous)|racontez|partagez|donnez(?:-| )(?:moi|nous)|n'hesitez pas|faites(?:-| )(?:moi|nous)|et vous\b"
    r"|vos (?:avis|retours|temoignages|experiences|exemples|commentaires|idees)"
    r"|qu'en pensez|connaissez-vous|avez-vous)"
)
_ANSWERS = re.compile(r"\b(?:commentaires?|exemples?|avis|retours?|temoignages?|reponses?|experiences?|cas|idees?|pensez|suggestions?|remarques?|vous)\b")
_LAST = 6
"""Paragraphs at the end of a text in which such a question stands."""


def settle(settling: Settling) -> None:
    """Tell of the last sentence that asks something of readers."""
    rows = (row for chunk in reversed(settling.chunks) for row in reversed(chunks.rows(chunk)))
    for row in itertools.islice(rows, _LAST):
        for sentence in reversed(re.split(r"(?<=[.!?…])\s+", people.plain(row))):
            words = fold(sentence.replace("’", "'"))
            if _ASKS.search(words) and _ANSWERS.search(words):
                settling.say(NAME, "une question aux lecteurs est restée telle quelle : elle peut devenir un appel à témoignages.", sentence)
                return
