"""A question to readers at the end of a text: one that asks for facts becomes an ``[!appel]`` in its own words; of any other, its author is told."""

from __future__ import annotations

import itertools
import re

from plancher.base.french import fold
from plancher.importing.blogs.habits import chunks, people
from plancher.importing.blogs.habits.chunks import Chunk
from plancher.importing.blogs.habits.habit import Settling

NAME = "appel"
PURPOSE = "faire un bloc [!appel] de la question qui demande un exemple aux lecteurs à la fin du texte, et signaler les autres"
_ASKS = re.compile(
    r"\b(?:je (?:lirais?|serais? (?:heureu\w+|curieu\w+|ravie?|preneu\w+)|suis (?:preneu|curieu)\w+|attends)"
    r"|j'(?:attends|aimerais (?:lire|savoir|connaitre|avoir))"
    r"|dites(?:-| )(?:moi|nous)|racontez|partagez|donnez(?:-| )(?:moi|nous)|n'hesitez pas|faites(?:-| )(?:moi|nous)|et vous\b"
    r"|vos (?:avis|retours|temoignages|experiences|exemples|commentaires|idees)"
    r"|qu'en pensez|connaissez-vous|avez-vous)"
)
_ANSWERS = re.compile(r"\b(?:commentaires?|exemples?|avis|retours?|temoignages?|reponses?|experiences?|cas|idees?|pensez|suggestions?|remarques?|vous)\b")
_FACTS = re.compile(r"\b(?:exemples?|temoignages?|retours? d'experiences?|realisations?|cas (?:concrets?|vecus?|reels?)|en une phrase)\b")
"""What a call asks for; « qu'en pensez-vous ? » asks for an opinion."""
_EXPECTED = re.compile(r"\ben (?:une|deux|trois|quelques) (?:phrases?|lignes?|mots?)(?: courtes?)?\b")
_LAST = 6
"""Paragraphs at the end of a text in which such a question stands."""


def settle(settling: Settling) -> None:
    """Make a call of the last sentence that asks readers for facts; tell of one that asks for anything else."""
    rows = ((place, row) for place, chunk in reversed(list(enumerate(settling.chunks))) for row in reversed(chunks.rows(chunk)))
    for place, row in itertools.islice(rows, _LAST):
        for sentence in reversed(re.split(r"(?<=[.!?…])\s+", people.plain(row))):
            words = fold(sentence.replace("’", "'"))
            if _ASKS.search(words) and _ANSWERS.search(words):
                made = _parted(settling.chunks[place], row, sentence) if _FACTS.search(words) else []
                settling.chunks[place : place + 1] = made or [settling.chunks[place]]
                settling.say(NAME, _MADE if made else _LEFT, sentence)
                return


_MADE = "une question aux lecteurs devient un bloc [!appel], encore ouvert : donnez-lui un dernier jour (« jusqu'au : … »), ou rendez-lui sa forme de phrase."
_LEFT = "une question aux lecteurs est restée telle quelle : elle peut devenir un appel à témoignages."


def _parted(chunk: Chunk, row: str, sentence: str) -> list[Chunk]:
    """The paragraph before the sentence, the call, the paragraph after; nothing when the sentence holds links or other marks, which a title would lose."""
    if row.count(sentence) != 1 or chunk.text.count(row) != 1:
        return []
    before, _, after = chunk.text.partition(row)
    first, _, last = row.partition(sentence)
    expected = _EXPECTED.search(sentence)
    call = chunks.block("appel", sentence, [("attendu", expected[0])] if expected else [], [])
    around = [words.strip().removesuffix("\\").strip().removeprefix("\\\n").strip() for words in (before + first, last + after)]
    made = [chunks.text(*words.split("\n")) if words else None for words in around]
    return [one for one in (made[0], call, made[1]) if one is not None]
