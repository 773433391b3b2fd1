"""Who sent an answer, asked by mail: a code goes to his address in the subject of a mail, and comes back with a yes or a no."""

from __future__ import annotations

import re
import urllib.parse

from plancher.components.answers import letter
from plancher.components.answers.letter import MARK
from plancher.importing.answers.model import Confirmation

_NAME = "confirmer-"
_MARK = re.compile(rf"(?<![\w-]){_NAME}([0-9a-f]{{16}})-([0-9a-f]{{16}})(?![\w-])", re.IGNORECASE)
_FORMER = re.compile(r"\s*(?:-{3,}|_{3,}|(?:de|from|objet|subject|date|le|on)\b.{0,200}:)", re.IGNORECASE)
"""Where the mail that is answered begins, in programs that do not quote it."""
_MOST_LINES, _LONGEST = 3, 80
_SHOWN = 300
"""Letters of the answer that the question repeats."""


def subject(token: str, identifier: str, code: str) -> str:
    """It bears the token of the call, too: the mailbox is searched for it."""
    return f"Est-ce bien vous ? [{MARK}{token}] [{_NAME}{identifier}-{code}]"


def body(question: str, words: str) -> str:
    """What is asked."""
    quoted = "\n".join(f"    {line}" for line in words[:_SHOWN].split("\n"))
    return (
        f"Bonjour,\n\nUne réponse à « {question} » est arrivée de votre adresse :\n\n{quoted}\n\n"
        "L'avez-vous écrite ? Répondez à ce courriel par « oui » ou par « non », sur la première ligne, sans changer son objet.\n"
        "Si vous ne répondez pas, personne ne dira que cette réponse est de vous.\n"
    )


def link(address: str, subject: str, body: str) -> str:
    """``mailto:`` (RFC 6068)."""
    quoted = [urllib.parse.quote(text.replace("\n", "\r\n"), safe="") for text in (subject, body)]
    return f"mailto:{urllib.parse.quote(address, safe='@')}?subject={quoted[0]}&body={quoted[1]}"


def read(subject: str, sender: str, text: str) -> Confirmation | str | None:
    """What a mail confirms; a reason why it confirms nothing; None: it is no such mail.

    :param text: without the lines that it quotes.
    """
    found = _MARK.search(subject)
    if not found:
        return None
    said = _said(text)
    if said is None:
        return "confirmation sans « oui » ni « non » sur sa première ligne"
    return Confirmation(sender=sender, identifier=found[1].lower(), code=found[2].lower(), is_author=said)


def _said(text: str) -> bool | None:
    lines = [line for line in text.split("\n") if line.strip()]
    for line in lines[:_MOST_LINES]:
        if _FORMER.match(line) or len(line) > _LONGEST:
            return None
        if (said := letter.consent(line)) is not None:
            return said
    return None
