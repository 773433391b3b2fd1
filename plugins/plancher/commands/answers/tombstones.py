"""Who asked to be forgotten: keyed digests that let nothing come back, and a dated record that names nobody.

A digest stands for where an answer came from, for its words, for the public
page that says it, for its sender; without the key of the queue it tells nobody
what it is.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from plancher.base import clock
from plancher.base.french import fold
from plancher.commands.answers.queue import Queue
from plancher.importing.answers.model import Received

_FILE = "oublis.json"
_MARKS, _RECORDS, _WORK = "marques", "oublis", "en_cours"
_DAY, _COUNT, _IS_ONLINE = "le", "reponses", "en_ligne"
_LONG = 24
"""Letters: shorter words may be anybody's, and count with a name alone."""


class Unfinished(NamedTuple):
    """What is being forgotten now: identifiers, which name nobody."""

    rows: tuple[str, ...]
    """Of answers in the queue."""
    published: tuple[tuple[str, str], ...]
    """File, from the content folder, and identifier in it."""


class Tombstones:
    """Those of one queue."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    @functools.cached_property
    def _known(self) -> Mapping[str, str]:
        """The digests, and since when each stands: read once for a whole fetch."""
        return self._marks()

    def forbid(self, one: Received) -> bool:
        """Whether its author asked to be forgotten; what he sends after that day is an answer like any other."""
        if not self._known:
            return False
        if self._are_known((*_of_words(one.words, one.name), *_of_place(one.source, one.address))):
            return True
        since = self._known.get(self._queue.digest(_of_sender(one.sender))) if one.sender else None
        return since is not None and (one.date is None or one.date <= dt.datetime.fromisoformat(since))

    def forbid_words(self, words: str, name: str) -> bool:
        """The same of a comment that an import brings, of which nothing else is known."""
        return bool(self._known) and self._are_known(_of_words(words, name))

    def _are_known(self, marks: Iterable[str]) -> bool:
        return any(self._queue.digest(mark) in self._known for mark in marks)

    def begin(self, work: Unfinished, received: Iterable[Received], published: Iterable[tuple[str, str, str]]) -> None:
        """Write in one step what is to be forgotten, its digests and the record.

        :param published: words, name and public address of each that was published.
        """
        marks = {mark for one in received for mark in (*_of_words(one.words, one.name), *_of_place(one.source, one.address))}
        marks |= {_of_sender(one.sender) for one in received if one.sender}
        marks |= {mark for words, name, address in published for mark in (*_of_words(words, name), *_of_place("", address))}
        moment = clock.now()
        content = self._content()
        content[_MARKS] = {**self._marks(), **{self._queue.digest(mark): moment.isoformat() for mark in sorted(marks)}}
        count = len({*work.rows, *(f"{path}#{identifier}" for path, identifier in work.published if identifier not in work.rows)})
        content[_RECORDS] = [*content.get(_RECORDS, []), {_DAY: moment.date().isoformat(), _COUNT: count, _IS_ONLINE: True}]
        content[_WORK] = {"rows": work.rows, "published": work.published}
        self._queue.store(_FILE, content)

    @property
    def unfinished(self) -> Unfinished | None:
        """What a command that was cut short had begun."""
        work = self._content().get(_WORK)
        return Unfinished(tuple(work["rows"]), tuple((path, name) for path, name in work["published"])) if work else None

    def finish(self) -> None:
        """All is gone from this machine."""
        self._queue.store(_FILE, {name: value for name, value in self._content().items() if name != _WORK})

    @property
    def is_online(self) -> bool:
        """Whether what was forgotten here may still stand where the site is published."""
        return any(record[_IS_ONLINE] for record in self._content().get(_RECORDS, []))

    def left_the_web(self) -> None:
        """A publication left nothing of a former site."""
        content = self._content()
        if content:
            self._queue.store(_FILE, content | {_RECORDS: [record | {_IS_ONLINE: False} for record in content[_RECORDS]]})

    def _content(self) -> dict[str, Any]:  # Any: what ``begin`` wrote
        return self._queue.stored(_FILE)

    def _marks(self) -> Mapping[str, str]:
        return dict(self._content().get(_MARKS, {}))


def _of_words(words: str, name: str) -> Iterator[str]:
    bare = fold(" ".join(words.split()))
    if len(bare) >= _LONG:
        yield f"words\n{bare}"
    elif bare and name:
        yield f"words\n{bare}\n{fold(name)}"


def _of_place(source: str, address: str) -> Iterator[str]:
    if source:
        yield f"source\n{source}"
    if address:
        yield f"address\n{address.partition('#')[0].rstrip('/')}"


def _of_sender(sender: str) -> str:
    return f"sender\n{fold(sender)}"
