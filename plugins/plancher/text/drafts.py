"""The first lines of a new post, every field explained; and what is left of them when the post is published."""

from __future__ import annotations

import datetime as dt
import functools
import re
import string
from collections.abc import Iterator, Sequence
from importlib.resources import files

from plancher.base.french import fold
from plancher.base.problems import Problem, Problems
from plancher.base.slugs import slug
from plancher.text import header
from plancher.text.source import FORBIDDEN

__all__ = ["clean", "left_over", "slug", "text"]


def clean(title: str) -> str:
    """A title as somebody typed it at a terminal, on one line, without what no text may hold."""
    return " ".join(FORBIDDEN.sub("", " ".join(title.split())).encode("utf-8", "ignore").decode().split())


def text(title: str, name: str, today: dt.datetime, authority: str) -> str:
    """A whole draft, ready to be saved.

    The id holds the day, so that two posts of one name in two years differ.
    """
    return string.Template(_model()).substitute(
        title=header.line("Title", title), date=f"{today:%Y-%m-%d %H:%M}", id=f"tag:{authority},{today:%Y-%m-%d}:{name}"
    )


def left_over(lines: Sequence[str], start: int) -> Problems:
    """The explanations in a draft are not published, even with a few words changed.

    :param start: the index of the first line of the body.
    """
    text = "\n".join(lines)
    signs = [sign for sign in _SIGNS if sign in text]  # few texts have many of these words, and few lines any
    if not signs:
        return
    numbers = [number for number, line in enumerate(lines, 1) if any(sign in line for sign in signs) and _is_explanation(line, is_header=number <= start)]
    if numbers:
        shown = ", ".join(map(str, numbers))
        where = f"ligne {shown}" if len(numbers) == 1 else f"lignes {shown}"
        yield Problem(numbers[0], "PDV102", f"les explications du brouillon sont encore là ({where}). Effacez-les, ou remettez « Status: draft ».")


@functools.cache
def _model() -> str:
    return files("plancher.text").joinpath("draft.md").read_text(encoding="utf-8")


_FORMER = """\
« Id » identifie le billet chez les abonnés : ne le changez plus jamais, même si le titre change.
« Modified: 2024-06-30 » dit une mise à jour ; « Author: Prénom Nom » signe autrement que la rédaction.
« Modified: 2024-06-30 » signale une mise à jour ; « Author: Prénom Nom » signe autrement que la rédaction.
À écrire : en deux phrases, pourquoi ces liens cette semaine.
"""
"""Sentences of other drafts: those of a former model, and those of a roundup."""
_SIGNS = (
    "garde ce|hors du site|retirez la ligne|dans le futur|paraîtra ce|première publication|une seule catégorie|ajoutez « Tags|ajoutez `Tags|mots séparés|"
    "identifie le|ne le changez|même si le titre|nom de ce fichier|en choisit une|signale une mise|dit une mise|signe autrement|dit qui signe|Le texte, en|"
    "ce qui était|était annoncé|a changé sur|sur le terrain|on le tient|faut en retenir|ces explications|ou deux phrases|donnent envie|"
    "les moteurs montrent|en deux phrases|pourquoi ces liens|preuve s'écrit"
).split("|")
"""Rare words of each sentence: a text without them is not examined further."""
_RUN = 4
"""Length of a run of words that only an explanation has."""
_FEW_WORDS = 6


@functools.cache
def _runs() -> frozenset[tuple[str, ...]]:
    body = _model().split("\n\n", 1)[1] + _FORMER
    sentences = [line for line in body.splitlines() if not line.startswith(("#", "> [!"))]
    summary = next(line for line in _model().splitlines() if line.startswith("Summary: "))
    return frozenset(run for line in (*sentences, summary.removeprefix("Summary: ")) for run in _in_a_row(line))


def _in_a_row(line: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", fold(line))
    yield from zip(*(words[first:] for first in range(_RUN)), strict=False)


def _is_explanation(line: str, *, is_header: bool) -> bool:
    """Whether half of a line, or three runs of its words, are those of an explanation."""
    if is_header and not line.lower().startswith("summary"):
        return False
    mine = list(_in_a_row(line))
    known = sum(run in _runs() for run in mine)
    return known > 0 and known * 2 >= min(len(mine), _FEW_WORDS)
