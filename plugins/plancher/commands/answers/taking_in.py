"""From what came in to the queue: each answer once, within bounds, and nothing is lost in silence."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from plancher.base import clock
from plancher.base.french import plural
from plancher.commands.answers import confirming, revising
from plancher.commands.answers.queue import Queue, Row, State
from plancher.commands.answers.tombstones import Tombstones
from plancher.components.answers.asked import Asked
from plancher.importing.answers.model import Arrived, Confirmation, Left, Received


@dataclasses.dataclass(slots=True)
class Tally:
    """What one fetch did."""

    new: int = 0
    changed: int = 0
    """Answers that wait and say something else than before."""
    known: int = 0
    verified: int = 0
    """Answers whose sender confirmed them."""
    gone: int = 0
    """Public answers that their authors took away before anybody decided."""
    alerts: list[str] = dataclasses.field(default_factory=list)
    """What the owner has to know, each a French sentence."""
    left: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    is_full: bool = False
    """Whether the bound was reached: the next fetch goes on."""

    def told(self) -> Iterator[str]:
        """The account, in French."""
        yield f"{plural(self.new, 'réponse nouvelle', 'réponses nouvelles')}, {plural(self.known, 'déjà connue', 'déjà connues')}."
        if self.changed:
            yield f"{plural(self.changed, 'réponse a changé', 'réponses ont changé')} depuis : à relire."
        if self.verified:
            yield f"{plural(self.verified, 'expéditeur a répondu', 'expéditeurs ont répondu')} à une demande de confirmation."
        if self.gone:
            gone = plural(self.gone, "réponse publique a été retirée par son auteur", "réponses publiques ont été retirées par leurs auteurs")
            yield f"{gone} : il n'en reste rien."
        for why, count in sorted(self.left.items()):
            yield f"  {count} laissé : {why}." if count == 1 else f"  {count} laissés : {why}."
        yield from self.alerts
        if self.is_full:
            yield "La limite d'une relève est atteinte : relancez « invoke answers.fetch » pour la suite."
        if self.new or self.changed or self.verified:
            yield "Pour les lire et décider : invoke answers.review"


class TakingIn:
    """One fetch."""

    def __init__(self, queue: Queue, asked: Mapping[str, Asked], most: int) -> None:
        """:param most: new answers that it takes, at most."""
        self._queue, self._asked, self._most = queue, asked, most
        self._tombstones = Tombstones(queue)
        self.tally = Tally()

    @property
    def calls(self) -> list[str]:
        """The tokens of all calls that the blog ever made, in a fixed order."""
        return sorted(token for token, one in self._asked.items() if one.call)

    def take_all(self, received: Iterable[Arrived]) -> None:
        """Take in what comes until the bound is reached."""
        for one in received:
            if not self.take(one):
                return

    def take(self, one: Arrived) -> bool:
        """Take in one answer; False: there is no room for it in this fetch."""
        if isinstance(one, Left):
            self.tally.left[one.why] += 1
        elif isinstance(one, Confirmation):
            self._confirm(one)
        elif self._tombstones.forbid(one):
            self.tally.left["son auteur a demandé à être oublié"] += 1
        elif one.token not in self._asked:
            self.tally.left["il répond à un appel inconnu de ce blog"] += 1
        else:
            return self._take(one, self._asked[one.token])
        return True

    def holds(self, one: Received) -> bool:
        """Whether the queue has it, or its author asked to be forgotten: whoever keeps it elsewhere may erase it."""
        return self._tombstones.forbid(one) or self._queue.row(self._queue.digest(one.source)) is not None

    def settle(self) -> None:
        """What was taken in is on the disk."""
        self._queue.settle()

    def _take(self, one: Received, asked: Asked) -> bool:
        if not asked.is_open:
            one = dataclasses.replace(one, notes=(*one.notes, "arrivée après la clôture de l'appel"))
        identifier = self._queue.digest(one.source)
        former = self._queue.row(identifier)
        if former is not None:
            self._revise(former, one)
        elif self.tally.new < self._most:
            self._queue.put(Row(id=identifier, state=State.WAITING, since=clock.now(), received=one, post=asked.post, call=asked.call, question=asked.question))
            self.tally.new += 1
        else:
            self.tally.is_full = True
            return False
        return True

    def _confirm(self, one: Confirmation) -> None:
        found = confirming.confirmed(self._queue, one)
        if isinstance(found, str):
            self.tally.left[found] += 1
        elif found == self._queue.row(found.id):
            self.tally.known += 1
        else:
            self._queue.put(found)
            self.tally.verified += 1

    def _revise(self, former: Row, one: Received) -> None:
        alert, row = revising.withdrawal(former, one), revising.revised(former, one)
        if alert:
            self.tally.alerts.append(alert)
        if row is not None:
            self._queue.put(row)
        is_change = row is not None and row.state is State.WAITING
        self.tally.changed += is_change
        self.tally.known += not is_change
