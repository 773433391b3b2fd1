"""An answer that came by the form of a call, as the owner's receiver gives it: in its database, or over the web."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plancher.base import data
from plancher.base.data import DataError
from plancher.components.answers import form, questions
from plancher.importing.answers import oddities
from plancher.importing.answers.json_values import Json, text
from plancher.importing.answers.model import Left, Received, Way, cleaned, one_line


@dataclass(frozen=True, slots=True)
class Posted:
    """One of them."""

    number: int
    """Later ones have greater numbers."""
    id: str
    """Its reference, which its writer was told."""
    received_at: int
    """Seconds since 1970."""
    content: str
    """What was written and agreed to, as JSON."""

    @property
    def source(self) -> str:
        """What makes it the same the next time, for the queue."""
        return f"{Way.FORM}\n{self.id}"


def as_json(row: Posted) -> Mapping[str, object]:
    """The same, to be sent."""
    return {"number": row.number, "id": row.id, "received_at": row.received_at, "content": row.content}


def read(answer: str) -> Iterator[Posted]:
    """A page that a receiver sent.

    :raises DataError: it says something else.
    """
    content = data.from_json(answer)
    rows = content.get("answers") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise DataError("« answers » y manque")
    for row in rows:
        number, moment = (row.get(name) if isinstance(row, dict) else None for name in ("number", "received_at"))
        if not isinstance(number, int) or not isinstance(moment, int) or not text(row, "id").isalnum():
            raise DataError("une réponse y est sans numéro, sans nom ou sans date")
        yield Posted(number, text(row, "id"), moment, text(row, "content"))


def received(row: Posted) -> Received | Left:
    """What the queue takes in. Nobody knows who wrote it: its reference stands for its sender."""
    try:
        content = data.from_json(row.content)
        date = dt.datetime.fromtimestamp(row.received_at, dt.UTC)
    except (DataError, ValueError, OverflowError, OSError):
        return Left("réponse du formulaire illisible")
    if not isinstance(content, dict) or not text(content, questions.ANSWER):
        return Left("réponse du formulaire illisible")
    words, changes = cleaned(text(content, questions.ANSWER))
    name = one_line(text(content, questions.NAME))
    return Received(
        way=Way.FORM,
        source=row.source,
        token=text(content, "token"),
        sender=f"référence {row.id}",
        date=date,
        words=words,
        name=name,
        before=one_line(text(content, questions.BEFORE)),
        after=one_line(text(content, questions.AFTER)),
        may_be_published=_agreed(content, questions.PUBLISH),
        may_be_counted=_agreed(content, questions.COUNT),
        is_old_enough=_agreed(content, questions.AGE),
        notes=(*changes, *oddities.of(words, name)),
    )


def _agreed(content: Json, box: str) -> bool | None:
    """A box that is not ticked is no consent, and no refusal either."""
    return True if text(content, box) == form.YES else None
