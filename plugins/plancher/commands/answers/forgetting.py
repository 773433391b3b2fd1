"""« invoke answers.forget »: shows what is held on somebody, asks which, removes it, and says what is out of reach."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plancher.base import terminal
from plancher.base.french import plural
from plancher.commands.answers import erasing, holdings, out_of_reach
from plancher.commands.answers.holdings import Holding, HoldingError
from plancher.commands.answers.queue import Queue
from plancher.commands.answers.tombstones import Tombstones
from plancher.commands.history import History
from plancher.components.answers.settings import AnswerSettings

Tell = Callable[[str], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was typed."""

    who: str
    only: Sequence[str] = ()
    is_agreeing: bool = False


@dataclasses.dataclass(slots=True, kw_only=True)
class Forgetting:
    """One run of the command on one blog."""

    blog: Path
    queue: Queue
    settings: AnswerSettings
    ask: Callable[[str], str]
    tell: Tell
    held: list[Holding] = dataclasses.field(default_factory=list)
    """What was chosen."""
    pages: tuple[str, ...] = ()
    """Addresses where they could be read."""
    left: list[Path] = dataclasses.field(default_factory=list)
    """Files of the owner's that hold it still."""

    def run(self, wishes: Wishes) -> bool:
        """Remove what is chosen from this machine; whether anything was, or is still to be taken from the web.

        :raises HoldingError: a choice is needed, or a file cannot be read.
        :raises QueueError: another command has the queue.
        :raises HistoryError: another command changes the texts.
        """
        with History(self.blog, self.tell).locked(), self.queue.opened():
            if Tombstones(self.queue).unfinished:
                self.left += erasing.finish(self.blog, self.queue)
                self.tell("Un oubli qui avait été interrompu est terminé ici.")
            self.held = self._chosen(wishes)
            if self.held:
                posts = {one.published.post for one in self.held if one.published}
                self.pages = tuple(sorted({one.url for one in self.queue.remember({}).values() if one.post in posts}))
                erasing.begin(self.queue, self.held)
                self.left += erasing.finish(self.blog, self.queue)
                self.tell(f"{plural(len(self.held), 'réponse oubliée', 'réponses oubliées')} : il n'en reste ici qu'une date, sans nom.")
            return bool(self.held) or Tombstones(self.queue).is_online

    def _chosen(self, wishes: Wishes) -> list[Holding]:
        found = holdings.find(self.queue, self.blog / "content", wishes.who)
        if not found:
            days = self.settings.refused_days
            self.tell(f"Rien n'est gardé qui porte « {wishes.who} ».")
            self.tell(f"D'une réponse publiée il y a plus de {days} jours, l'adresse n'est plus gardée : cherchez le nom affiché, ou quelques-uns de ses mots.")
            return []
        for line in holdings.told(found):
            self.tell(terminal.printable(line))
        if wishes.only:
            return holdings.chosen(found, wishes.only)
        if wishes.is_agreeing:
            if len({one.person for one in found}) > 1:
                raise HoldingError(
                    "plusieurs personnes peuvent porter ce nom : dites lesquelles avec --only=… (les noms de ces réponses, séparés par des virgules)."
                )
            return found
        typed = self.ask("Lesquelles oublier ? (leurs numéros, « toutes », ou rien) > ").replace(",", " ").split()
        if typed in ([], ["q"]):
            self.tell("Rien n'a changé : personne n'est oublié.")
            return []
        return found if typed == ["toutes"] else holdings.chosen(found, typed)

    def without_target(self) -> None:
        """The owner brings the site online by other means."""
        with self.queue.opened():
            Tombstones(self.queue).left_the_web()
        self.tell("Votre site n'est pas mis en ligne d'ici : envoyez-y output/, et effacez chez l'hébergeur ce qui n'y est plus, anciennes versions comprises.")

    def out_of_reach(self) -> Iterator[str]:
        """What no command can erase from here."""
        published = [one.published for one in self.held if one.published]
        ways = [one.row.received.way for one in self.held if one.row and one.row.received]
        yield from out_of_reach.told(self.blog, self.settings, (one.path for one in published), ways, self.pages)
        if self.left:
            yield "Ces fichiers, qui sont à vous, contiennent encore ses mots ou son adresse. Relisez-les :"
            yield from (f"  {path.relative_to(self.blog).as_posix()}" for path in self.left)
