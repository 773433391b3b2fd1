"""Asking whoever an answer seems to come from whether he wrote it: the owner sends a mail, and its answer comes in with a fetch."""

from __future__ import annotations

import dataclasses
import hmac

from plancher.commands.answers import terminal
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.queue import Queue, Row
from plancher.importing.answers import confirmation
from plancher.importing.answers.model import Confirmation, Way

_DENIED = "qui lit cette adresse dit ne pas l'avoir écrite"


def letter(queue: Queue, row: Row) -> str:
    """The mail to send, as text to copy and as an address that a mail program opens.

    :raises DecisionError: there is nobody to ask.
    """
    received = row.received
    if received is None or received.way is not Way.MAIL:
        raise DecisionError("seule une réponse venue par courriel peut être confirmée par courriel.")
    if received.is_verified:
        raise DecisionError("l'identité de son expéditeur est déjà vérifiée.")
    subject = confirmation.subject(received.token, row.id, _code(queue, row.id, received.sender))
    body = confirmation.body(row.question, received.words)
    head = f"Envoyez ce courriel depuis l'adresse que « invoke answers.fetch » relève :\n\nÀ : {received.sender}\nObjet : {subject}\n\n{body}"
    return terminal.printable(f"{head}\nOu ouvrez-le dans votre logiciel de courriel :\n{confirmation.link(received.sender, subject, body)}")


def confirmed(queue: Queue, one: Confirmation) -> Row | str:
    """The answer, as it is from now on; a reason why it stays what it is."""
    row = queue.row(one.identifier)
    received = row.received if row else None
    if row is None or received is None or received.sender != one.sender or not hmac.compare_digest(_code(queue, row.id, one.sender), one.code):
        return "confirmation d'une réponse inconnue, d'un autre expéditeur ou d'un autre code"
    notes = tuple(note for note in received.notes if note != _DENIED)
    notes = notes if one.is_author else (*notes, _DENIED)
    return dataclasses.replace(row, received=dataclasses.replace(received, is_verified=one.is_author, notes=notes))


def _code(queue: Queue, identifier: str, sender: str) -> str:
    """What only whoever reads this address was told, for this answer alone."""
    return queue.digest(f"confirmation\n{identifier}\n{sender}")
