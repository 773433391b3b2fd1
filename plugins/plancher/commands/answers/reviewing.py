"""« invoke answers.review »: each answer that waits, beside its call, with its consents and what looks odd."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from plancher.base import dates, terminal
from plancher.base.french import plural
from plancher.commands.answers import confirming, deciding, rechecking
from plancher.commands.answers.deciding import DecisionError
from plancher.commands.answers.queue import Queue, Row, State
from plancher.importing.answers.model import Received, Way

Tell = Callable[[str], None]
YES_NO: Mapping[bool | None, str] = {True: "oui", False: "non", None: "pas de réponse"}
"""What an author answered to a question, in words."""


def shown(row: Row) -> Iterator[str]:
    """An answer, line by line; the words of its sender are quoted, each line after « | »."""
    received = row.received
    if received is None:
        yield f"{row.id} : {row.state}"
        return
    date = f", {dates.day(received.date)}" if received.date else ""
    yield f"{row.id}  {received.way}{date}, de {received.sender} ({identity(received)})"
    yield f"À : {row.question} ({row.post}{f'#{row.call}' if row.call else ''})"
    yield from (f"  | {line}" for line in received.words.split("\n"))
    for name, value in (("Avant", received.before), ("Après", received.after), ("Nom demandé", received.name or "aucun"), ("Page", received.address)):
        if value:
            yield f"{name} : {value}"
    yield from _consents(received, row.id)
    yield from (f"Attention : {note}." for note in received.notes)
    lacking = deciding.obstacles(received)
    if lacking:
        yield f"Ne peut pas être publiée : {' ; '.join(lacking)}."


def identity(received: Received) -> str:
    """Whether it is known who wrote an answer, in words."""
    if received.way is Way.MAIL:
        return "identité vérifiée" if received.is_verified else "identité non vérifiée"
    return "page publique de son auteur" if received.way.is_public else "identité inconnue"


def _consents(received: Received, identifier: str) -> Iterator[str]:
    if received.way.is_public:
        yield f"Son auteur a dit oui : {received.consent}." if received.consent else _PUBLIC.format(id=identifier)
        return
    publish, count, age = (YES_NO[one] for one in (received.may_be_published, received.may_be_counted, received.is_old_enough))
    yield f"Publier : {publish}. Compter au registre : {count}. 15 ans ou accord des parents : {age}."


_PUBLIC = (
    "Réponse publique : acceptée, elle n'est que liée. Pour la citer, demandez à son auteur s'il le veut bien, et s'il a 15 ans ou l'accord de ses parents ; "
    'puis : invoke answers.review --consent={id} --how="où et quand il a dit oui"'
)


def summary(queue: Queue) -> str:
    """How many answers there are in each state."""
    counts = {state: len(queue.rows(state)) for state in (State.WAITING, State.ACCEPTED, State.REFUSED)}
    names = {State.WAITING: ("en attente", "en attente"), State.ACCEPTED: ("acceptée", "acceptées"), State.REFUSED: ("refusée", "refusées")}
    return f"Réponses : {', '.join(plural(count, *names[state]) for state, count in counts.items())}."


def decide(queue: Queue, content: Path, identifier: str, decision: str, how: str = "") -> str:
    """Do what was typed; what was done, in French.

    :param decision: « accept », « refuse », « undo », « remove », « confirm » or « consent ».
    :param how: how and when an author consented.
    :raises DecisionError: it cannot be done.
    """
    row = queue.row(identifier) if identifier.isalnum() else None
    if row is None:
        raise DecisionError(f"aucune réponse ne s'appelle « {identifier} ». « invoke answers.review » les montre.")
    if decision in _OTHERS:
        return _OTHERS[decision](queue, content, row, how)
    if decision == "accept":
        row = deciding.accept(queue, content, row)
        return f"Acceptée : content/{row.path}. Elle paraîtra à la prochaine construction."
    if decision == "refuse":
        deciding.refuse(queue, content, row)
        return f"Refusée : {identifier}."
    deciding.undo(queue, content, row)
    return f"De nouveau en attente : {identifier}."


def _remove(queue: Queue, content: Path, row: Row, _how: str) -> str:
    deciding.remove(queue, content, row)
    return f"Retirée : {row.id}. Elle quittera le site à la prochaine publication."


def _confirm(queue: Queue, _content: Path, row: Row, _how: str) -> str:
    return confirming.letter(queue, row)


def _consent(queue: Queue, _content: Path, row: Row, how: str) -> str:
    deciding.agree(queue, row, how)
    return f"Accord noté : {row.id}. « invoke answers.review --accept={row.id} » publie ses mots."


_OTHERS = {"remove": _remove, "confirm": _confirm, "consent": _consent}
_KEYS = {"a": "accept", "r": "refuse", "c": "confirm"}


def review(queue: Queue, content: Path, ask: Callable[[str], str], tell: Tell) -> None:
    """Show each answer that waits, and ask what to do with it; an empty answer leaves it where it is."""
    waiting = queue.rows(State.WAITING)
    for place, row in enumerate(waiting, 1):
        tell(f"\n[{place}/{len(waiting)}]")
        for line in shown(row):
            tell(terminal.printable(line))
        typed = ask("a : accepter, r : refuser, c : demander confirmation à son expéditeur, p : passer, q : quitter > ").strip().lower()[:1]
        if typed == "q":
            break
        _do(queue, content, row.id, _KEYS.get(typed, ""), tell)
    else:
        _review_gone(queue, content, ask, tell)
    tell(summary(queue))


def gone(queue: Queue) -> list[Row]:
    """Answers that are on the site, and whose page is no more."""
    cursors = queue.cursors()
    return [row for row in queue.rows(State.ACCEPTED) if cursors.get(rechecking.cursor(row.id)) == rechecking.GONE]


def _review_gone(queue: Queue, content: Path, ask: Callable[[str], str], tell: Tell) -> None:
    """Offer to remove them."""
    for row in gone(queue):
        tell(f"\n{row.id} : la page de cette réponse publiée n'existe plus, ou ne mène plus ici (content/{row.path}).")
        if ask("s : la retirer du site, p : passer > ").strip().lower()[:1] == "s":
            _do(queue, content, row.id, "remove", tell)


def _do(queue: Queue, content: Path, identifier: str, decision: str, tell: Tell) -> None:
    if decision:
        try:
            tell(terminal.printable(decide(queue, content, identifier, decision)))
        except DecisionError as error:
            tell(f"Rien n'a changé : {error}")
