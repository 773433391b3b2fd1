"""Asking whoever an answer seems to come from whether he wrote it: the owner sends a mail, and its answer comes in with a fetch."""

from __future__ import annotations

import dataclasses
import hmac

from plancher.base import terminal
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.queue import Queue, Row
from plancher.importing.answers import confirmation
from plancher.importing.answers.model import Confirmation, Way

_DENIED = "qui lit cette adresse dit ne pas l'avoir écrite"


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """The mail that asks it."""

    address: str
    subject: str
    body: str

    @property
    def link(self) -> str:
        """What a mail program opens."""
        return confirmation.link(self.address, self.subject, self.body)


def obstacle(row: Row) -> str:
    """Why nobody can be asked; empty: whoever sent it can."""
    received = row.received
    if received is None or received.way is not Way.MAIL:
        return "seule une réponse venue par courriel peut être confirmée par courriel."
    return "l'identité de son expéditeur est déjà vérifiée." if received.is_verified else ""


def question(queue: Queue, row: Row) -> Question:
    """The mail to send, whose subject bears the code.

    :raises DecisionError: there is nobody to ask.
    """
    why, received = obstacle(row), row.received
    if why or received is None:
        raise DecisionError(why)
    subject = confirmation.subject(received.token, row.id, _code(queue, row.id, received.sender))
    return Question(received.sender, subject, confirmation.body(row.question, received.words))


def letter(queue: Queue, row: Row) -> str:
    """The same, as text to copy and as an address that a mail program opens.

    :raises DecisionError: there is nobody to ask.
    """
    mail = question(queue, row)
    head = f"Envoyez ce courriel depuis l'adresse que « invoke answers.fetch » relève :\n\nÀ : {mail.address}\nObjet : {mail.subject}\n\n{mail.body}"
    return terminal.printable(f"{head}\nOu ouvrez-le dans votre logiciel de courriel :\n{mail.link}")


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
