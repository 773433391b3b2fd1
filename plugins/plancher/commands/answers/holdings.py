"""What a blog holds on somebody: in the queue, and in the files of accepted answers and of former comments."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from plancher.base import dates, french
from plancher.base.french import fold_words
from plancher.commands.answers.queue import Queue, Row, State
from plancher.site import testimonies
from plancher.site.testimonies import Testimony

_SHOWN = 100
"""Letters of an answer that a list shows."""


class HoldingError(Exception):
    """Nobody can say what is held; the message says why, in French."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One answer, wherever it lies."""

    key: str
    """What the owner types to choose it."""
    row: Row | None
    """In the queue."""
    published: Testimony | None
    """In the content folder."""

    @property
    def person(self) -> tuple[str, ...]:
        """Whose it is, as far as that is known; else an answer is somebody of its own, since many have one name."""
        if self.row and self.row.received and self.row.received.sender:
            return ("sender", self.row.received.sender.lower())
        if self.published and self.published.website:
            return ("website", self.published.website)
        return ("answer", self.key)

    def fields(self) -> Iterator[str]:
        """All that a name, an address or words may be looked for in."""
        yield self.key
        if self.row and (one := self.row.received):
            yield from (one.sender, one.name, one.address, one.words, one.before, one.after)
        if shown := self.published:
            yield from (shown.id, shown.author, shown.website, shown.address, shown.words, shown.before, shown.after)


def find(queue: Queue, content: Path, who: str) -> list[Holding]:
    """All that is held on whoever has this name, address or words, and what the same senders sent beside.

    :raises HoldingError: a file cannot be read, so that nobody knows.
    """
    held = everything(queue, content)
    wanted = re.compile(rf"(?<!\w){re.escape(fold_words(who))}(?!\w)")
    found = [one for one in held if any(wanted.search(fold_words(field)) for field in one.fields())]
    people = {one.person for one in found}
    return [one for one in held if one.person in people]


def everything(queue: Queue, content: Path) -> list[Holding]:
    """All answers: those of the queue first, the oldest first.

    :raises HoldingError: a file cannot be read.
    """
    loaded = testimonies.load(content, former=True)
    for path, problem in loaded.problems:
        raise HoldingError(f"content/{path}:{problem.line} : {problem.message}")
    by_id: dict[str, list[Testimony]] = {}
    for shown in reversed(loaded.rows):
        by_id.setdefault(shown.id, []).append(shown)
    found: list[Holding] = []
    for row in queue.rows(*State):
        shown_here = [one for one in by_id.get(row.id, ()) if one.path == row.path] or by_id.get(row.id, [])[:1]
        if row.received or shown_here:
            found.append(Holding(key=row.id, row=row, published=shown_here[0] if shown_here else None))
    taken = {id(one.published) for one in found}
    found += [Holding(key=_key(shown), row=None, published=shown) for rows in by_id.values() for shown in rows if id(shown) not in taken]
    return found


def _key(shown: Testimony) -> str:
    """An identifier of a former blog may stand in several files."""
    return f"{PurePosixPath(shown.path).relative_to(testimonies.FOLDER).with_suffix('')}#{shown.id}"


def told(held: Sequence[Holding]) -> Iterator[str]:
    """A list to choose from; the words of a sender are quoted."""
    for number, one in enumerate(held, 1):
        received, shown = one.row.received if one.row else None, one.published
        who = ", ".join(filter(None, (received.name if received else shown.author if shown else "", received.sender if received else "")))
        where = french.join(list(_places(one)))
        moment = (received.date if received else None) or (shown.date if shown else None)
        yield f"{number}. {one.key}  {who or 'sans nom'}{f', {dates.day(moment)}' if moment else ''} : {where}"
        words = received.words if received else shown.words if shown else ""
        yield f"   | {french.clip(' '.join(words.split()), _SHOWN)}"
        address = (received.address if received else "") or (shown.address or shown.website if shown else "")
        if address:
            yield f"   Page : {address}"


def _places(one: Holding) -> Iterator[str]:
    if one.row:
        yield f"dans la file ({one.row.state})"
    if one.published:
        yield f"dans content/{one.published.path}"


def chosen(held: Sequence[Holding], typed: Iterable[str]) -> list[Holding]:
    """Those that were typed, by number or by name.

    :raises HoldingError: one of them is none.
    """
    found: list[Holding] = []
    for word in typed:
        match = [one for number, one in enumerate(held, 1) if word in {str(number), one.key}]
        if not match:
            raise HoldingError(f"« {word} » n'est aucune des réponses trouvées. Celles qui le sont : {', '.join(one.key for one in held)}.")
        found += [one for one in match if one not in found]
    return found
