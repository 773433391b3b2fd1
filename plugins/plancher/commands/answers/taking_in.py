"""From what came in to the queue: each answer once, within bounds, and nothing is lost in silence."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from plancher.base import clock
from plancher.base.french import plural
from plancher.commands.answers.queue import Queue, Row, State
from plancher.commands.answers.tombstones import Tombstones
from plancher.components.answers.asked import Asked
from plancher.importing.answers.model import Left, Received


@dataclasses.dataclass(slots=True)
class Tally:
    """What one fetch did."""

    new: int = 0
    changed: int = 0
    """Public answers that were edited, and wait again."""
    known: int = 0
    left: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    is_full: bool = False
    """Whether the bound was reached: the next fetch goes on."""

    def told(self) -> Iterator[str]:
        """The account, in French."""
        yield f"{plural(self.new, 'réponse nouvelle', 'réponses nouvelles')}, {plural(self.known, 'déjà connue', 'déjà connues')}."
        if self.changed:
            yield f"{plural(self.changed, 'réponse publique a changé', 'réponses publiques ont changé')} depuis : à relire."
        for why, count in sorted(self.left.items()):
            yield f"  {count} laissé : {why}." if count == 1 else f"  {count} laissés : {why}."
        if self.is_full:
            yield "La limite d'une relève est atteinte : relancez « invoke answers.fetch » pour la suite."
        if self.new or self.changed:
            yield "Pour les lire et décider : invoke answers.review"


class TakingIn:
    """One fetch."""

    def __init__(self, queue: Queue, asked: Mapping[str, Asked], most: int) -> None:
        """:param most: new answers that it takes, at most."""
        self._queue, self._asked, self._most = queue, asked, most
        self._tombstones = Tombstones(queue)
        self.tally = Tally()

    def take_all(self, received: Iterable[Received | Left]) -> None:
        """Take in what comes until the bound is reached."""
        for one in received:
            if not self.take(one):
                return

    def take(self, one: Received | Left) -> bool:
        """Take in one answer; False: there is no room for it in this fetch."""
        if isinstance(one, Left):
            self.tally.left[one.why] += 1
            return True
        if self._tombstones.forbid(one):
            self.tally.left["son auteur a demandé à être oublié"] += 1
            return True
        asked = self._asked.get(one.token)
        if asked is None:
            self.tally.left["il répond à un appel inconnu de ce blog"] += 1
            return True
        identifier = self._queue.digest(one.source)
        former = self._queue.row(identifier)
        if former is not None and not _is_news(former, one):
            self.tally.known += 1
            return True
        if self.tally.new >= self._most:
            self.tally.is_full = True
            return False
        self._put(identifier, one, asked, is_change=former is not None)
        return True

    def holds(self, one: Received) -> bool:
        """Whether the queue has it, or its author asked to be forgotten: whoever keeps it elsewhere may erase it."""
        return self._tombstones.forbid(one) or self._queue.row(self._queue.digest(one.source)) is not None

    def settle(self) -> None:
        """What was taken in is on the disk."""
        self._queue.settle()

    def _put(self, identifier: str, one: Received, asked: Asked, *, is_change: bool) -> None:
        notes = one.notes if asked.is_open else (*one.notes, "arrivée après la clôture de l'appel")
        row = Row(
            id=identifier,
            state=State.WAITING,
            since=clock.now(),
            received=dataclasses.replace(one, notes=notes),
            post=asked.post,
            call=asked.call,
            question=asked.question,
        )
        self._queue.put(row)
        self.tally.changed += is_change
        self.tally.new += not is_change


def _is_news(former: Row, one: Received) -> bool:
    """Whether a public answer that waits says something else than before; what was decided stays decided."""
    return former.state is State.WAITING and former.received is not None and former.received.words != one.words
