"""Who asked to be forgotten: keyed digests that let nothing come back, and a dated record that names nobody.

A digest stands for where an answer came from, for its words, for the public
page that says it, for its sender; without the key of the queue it tells nobody
what it is.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from plancher.base import clock, data
from plancher.base.french import fold
from plancher.commands.answers.queue import Queue, QueueError
from plancher.importing.answers.model import Received

_FILE = "oublis.json"
_LONG = 24
"""Letters: shorter words may be anybody's, and count with a name alone."""


class Unfinished(NamedTuple):
    """What is being forgotten now: identifiers, which name nobody."""

    rows: tuple[str, ...]
    """Of answers in the queue."""
    published: tuple[tuple[str, str], ...]
    """File, from the content folder, and identifier in it."""


class Record(NamedTuple):
    """That somebody was forgotten."""

    day: str
    """ISO 8601."""
    answers: int
    is_online: bool
    """Whether a former site may still show them where the blog is published."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """What the file says."""

    marks: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Since when each digest stands."""
    records: tuple[Record, ...] = ()
    work: Unfinished | None = None

    def to_bytes(self) -> bytes:
        content = {
            "marques": self.marks,
            "oublis": [{"le": one.day, "reponses": one.answers, "en_ligne": one.is_online} for one in self.records],
            "en_cours": self.work and {"file": self.work.rows, "publiees": self.work.published},
        }
        return json.dumps(content, ensure_ascii=False, indent=1).encode()


class Tombstones:
    """Those of one queue."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    @functools.cached_property
    def _known(self) -> Mapping[str, str]:
        """The digests, and since when each stands: read once for a whole fetch."""
        return self._stored().marks

    def forbid(self, one: Received) -> bool:
        """Whether its author asked to be forgotten; what he sends after that day is an answer like any other."""
        if not self._known:
            return False
        if self._are_known((*_of_words(one.words, one.name), *_of_place(one.address), _of_row(self._queue.digest(one.source)))):
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
        marks = {mark for one in received for mark in (*_of_words(one.words, one.name), *_of_place(one.address))}
        marks |= {_of_sender(one.sender) for one in received if one.sender}
        marks |= {mark for words, name, address in published for mark in (*_of_words(words, name), *_of_place(address))}
        marks |= {_of_row(identifier) for identifier in work.rows}
        moment, former = clock.now(), self._stored()
        count = len(work.rows) + sum(identifier not in work.rows for _, identifier in work.published)
        self._put(
            _Stored(
                marks={**former.marks, **{self._queue.digest(mark): moment.isoformat() for mark in sorted(marks)}},
                records=(*former.records, Record(moment.date().isoformat(), count, is_online=True)),
                work=work,
            )
        )

    @property
    def unfinished(self) -> Unfinished | None:
        """What a command that was cut short had begun."""
        return self._stored().work

    def finish(self) -> None:
        """All is gone from this machine."""
        self._put(dataclasses.replace(self._stored(), work=None))

    @property
    def is_online(self) -> bool:
        """Whether what was forgotten here may still stand where the site is published."""
        return any(record.is_online for record in self._stored().records)

    def left_the_web(self) -> None:
        """A publication left nothing of a former site."""
        former = self._stored()
        if former.records:
            self._put(dataclasses.replace(former, records=tuple(record._replace(is_online=False) for record in former.records)))

    def _put(self, content: _Stored) -> None:
        self._queue.store(_FILE, content.to_bytes())

    def _stored(self) -> _Stored:
        """:raises QueueError: somebody changed the file: who was forgotten must not be guessed."""
        raw = self._queue.stored(_FILE)
        if not raw:
            return _Stored()
        try:
            content = data.from_json(raw.decode())
            work = content["en_cours"]
            return _Stored(
                marks={str(mark): str(since) for mark, since in content["marques"].items()},
                records=tuple(Record(str(one["le"]), int(one["reponses"]), bool(one["en_ligne"])) for one in content["oublis"]),
                work=Unfinished(tuple(work["file"]), tuple((path, name) for path, name in work["publiees"])) if work else None,
            )
        except (data.DataError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise QueueError(f"{self._queue.folder}/{_FILE} ne se lit pas. Rendez-lui sa dernière version : il dit qui ne doit pas revenir.") from error


def _of_words(words: str, name: str) -> Iterator[str]:
    bare = fold(" ".join(words.split()))
    if len(bare) >= _LONG:
        yield f"words\n{bare}"
    elif bare and name:
        yield f"words\n{bare}\n{fold(name)}"


def _of_place(address: str) -> Iterator[str]:
    if address:
        yield f"address\n{address.partition('#')[0].rstrip('/')}"


def _of_row(identifier: str) -> str:
    """The digest of where an answer came from, which stays when nothing else is kept of it; it was public, and is not kept as it is."""
    return f"row\n{identifier}"


def _of_sender(sender: str) -> str:
    return f"sender\n{fold(sender)}"
