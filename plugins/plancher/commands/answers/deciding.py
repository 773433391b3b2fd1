"""What the owner decides of an answer: accept it, refuse it, take the decision back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from plancher.base import clock, reasons
from plancher.base.atomic import write
from plancher.commands.answers import erasing
from plancher.commands.answers.holdings import HoldingError
from plancher.commands.answers.queue import Queue, Row, State
from plancher.importing.answers.model import Received, one_line
from plancher.site import testimonies
from plancher.site.testimonies import Testimony


class DecisionError(Exception):
    """This cannot be decided; the message says why, in French."""


def obstacles(received: Received) -> Sequence[str]:
    """Why an answer may not be published: consents that are lacking."""
    if received.is_only_linked:
        return ()
    found = []
    if received.may_be_published is not True:
        found.append("son auteur n'a pas dit oui à la publication" if received.may_be_published is None else "son auteur refuse la publication")
    if received.is_old_enough is not True:
        found.append("son auteur n'a pas dit avoir 15 ans, ni l'accord de ses parents")
    return found


def accept(queue: Queue, content: Path, row: Row) -> Row:
    """Publish an answer: only what its author agreed to enters the content folder.

    :raises DecisionError: a consent lacks, or the file cannot be written.
    """
    if row.state is not State.WAITING or row.received is None:
        raise DecisionError(f"cette réponse est déjà {row.state}. « invoke answers.review --undo={row.id} » la remet en attente.")
    lacking = obstacles(row.received)
    if lacking:
        raise DecisionError(f"cette réponse ne peut pas être publiée : {' ; '.join(lacking)}.")
    today = clock.now().date()
    name = f"{testimonies.FOLDER}/{today.year}/{row.id}.toml"
    if (content / name).exists():
        raise DecisionError(f"content/{name} existe déjà. Retirez-le, puis recommencez.")
    try:
        write(content / name, testimonies.text_of(_testimony(row, row.received, name), today).encode())
    except OSError as error:
        raise DecisionError(f"content/{name} ne peut pas être écrit ({reasons.of_a_disk(error)}).") from error
    return _moved(queue, dataclasses.replace(row, consent=_proof(row.received)), State.ACCEPTED, name)


def refuse(queue: Queue, content: Path, row: Row) -> Row:
    """Refuse an answer, which is erased some weeks later; a command that was killed while it accepted it may have left it on the site.

    :raises DecisionError: it is decided already.
    """
    if row.state is not State.WAITING:
        raise DecisionError(f"cette réponse est déjà {row.state}. « invoke answers.review --undo={row.id} » la remet en attente.")
    _take_off(content, row)
    return _moved(queue, row, State.REFUSED, "")


def undo(queue: Queue, content: Path, row: Row) -> Row:
    """An answer waits again, and is off the site.

    :raises DecisionError: it was not decided, or nothing is kept of it.
    """
    if row.state is State.ACCEPTED and row.received is None:
        raise DecisionError(f"il n'en reste que ce qui est publié. « invoke answers.review --remove={row.id} » la retire du site.")
    if row.state not in {State.ACCEPTED, State.REFUSED} or row.received is None:
        raise DecisionError("il n'y a rien à défaire : cette réponse attend, ou n'est plus gardée.")
    _take_off(content, row)
    return _moved(queue, row, State.WAITING, "")


def remove(queue: Queue, content: Path, row: Row) -> Row:
    """Take an answer off the site for good: its author took its page away, or asks for it.

    :raises DecisionError: it is not on the site.
    """
    if row.state is not State.ACCEPTED:
        raise DecisionError("cette réponse n'est pas sur le site.")
    _take_off(content, row)
    return _moved(queue, dataclasses.replace(row, received=None), State.ERASED, "")


def agree(queue: Queue, row: Row, how: str) -> Row:
    """Note that the author of a public page said yes to being quoted: from then on it is a testimony.

    :param how: how and when he said it.
    :raises DecisionError: it is none of these, or nobody says how.
    """
    received, typed = row.received, one_line(how)
    if received is None or not received.way.is_public or row.state is not State.WAITING:
        raise DecisionError("seule une réponse publique en attente reçoit l'accord de son auteur.")
    if not typed:
        raise DecisionError("dites comment et quand son auteur a dit oui (--how), par exemple « message du 3 janvier 2026, https://… ».")
    noted = f"{typed} (noté le {clock.now().date().isoformat()})"
    agreed = dataclasses.replace(row, received=dataclasses.replace(received, consent=noted, may_be_published=True, is_old_enough=True))
    queue.put(agreed)
    return agreed


def _proof(received: Received) -> str:
    """How its author said yes to being quoted; empty: it is only linked."""
    if received.way.is_public:
        return received.consent
    return f"{received.way} du {received.date.date().isoformat()}" if received.date else f"{received.way} sans date"


def _take_off(content: Path, row: Row) -> None:
    """Off the site, wherever its author moved it; other answers of the same file stay.

    :raises DecisionError: a file cannot be read, or written.
    """
    loaded = testimonies.load(content)
    try:
        for path, problem in loaded.problems:
            raise DecisionError(f"content/{path}:{problem.line} : {problem.message}")
        for path in {one.path for one in loaded.rows if one.id == row.id}:
            erasing.remove_published(content, path, {row.id})
    except HoldingError as error:
        raise DecisionError(str(error)) from error
    except OSError as error:
        raise DecisionError(f"{error.filename} ne peut pas être retiré ({reasons.of_a_disk(error)}).") from error


def _moved(queue: Queue, row: Row, state: State, path: str) -> Row:
    moved = dataclasses.replace(row, state=state, since=clock.now(), path=path)
    queue.put(moved)
    return moved


def _testimony(row: Row, received: Received, name: str) -> Testimony:
    """What is shown. A public page is only linked: that it is public is no consent to quote it."""
    is_link = received.is_only_linked
    has_fact = bool(received.before or received.after)
    return Testimony(
        path=name,
        line=1,
        id=row.id,
        post=row.post,
        call=row.call,
        kind=testimonies.LINK if is_link else testimonies.ANSWER,
        author=received.name,
        address=received.address,
        date=_day(received.date),
        words="Réponse publique" if is_link else received.words,
        is_counted=received.may_be_counted is True and has_fact and not is_link,
        promise=row.question,
        before=received.before,
        after=received.after,
    )


def _day(moment: dt.datetime | None) -> dt.datetime | None:
    """The hour of a mail is nobody's business; a day to come is a clock that was wrong."""
    now = clock.now()
    known = min(moment or now, now)
    return dt.datetime.combine(known.date(), dt.time(), dt.UTC)
