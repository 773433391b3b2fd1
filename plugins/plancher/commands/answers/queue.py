"""The queue of answers: a folder outside ``content/`` that git does not see, which nobody but the owner may read.

One file of JSON for each answer, so that what is forgotten leaves no byte
behind, as rows of a database would. An answer is known by a keyed digest of
where it came from: the same one never comes in twice.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import enum
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plancher.base import atomic, clock, data, files, reasons
from plancher.base.file_lock import try_to_lock
from plancher.components.answers.asked import Asked
from plancher.importing.answers.model import Received, Way

_KEY, _CURSORS, _ASKED, _LOCK = "cle", "reprise.json", "appels.json", "verrou"
_ANSWERS = "reponses"
_SHORT = 16
"""Hexadecimal digits of an identifier."""


class QueueError(Exception):
    """The queue cannot be used; the message says why, in French."""


class State(enum.StrEnum):
    """What became of an answer."""

    WAITING = "en attente"
    ACCEPTED = "acceptée"
    REFUSED = "refusée"
    ERASED = "effacée"
    """Only its identifier is left, so that it does not come in again: it was refused long ago, or taken off the site."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An answer in the queue."""

    id: str
    state: State
    since: dt.datetime
    """When it came into this state."""
    received: Received | None
    """None: nothing is kept of it."""
    post: str = ""
    call: str = ""
    question: str = ""
    path: str = ""
    """Its file, from the content folder, once it is accepted."""
    consent: str = ""
    """How and when its author said yes to being quoted: kept as long as it is on the site, when nothing else of him is."""


class Queue:
    """The folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """One command at a time; the folder is made when there is none.

        :raises QueueError: another command has it, or it cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            self._write(self.folder / ".gitignore", b"*\n")
            if not self._read(_KEY):
                self._write(self.folder / _KEY, secrets.token_hex(32).encode())
            lock = (self.folder / _LOCK).open("w", encoding="utf-8")
        except OSError as error:
            raise QueueError(f"{self.folder} ne peut pas être écrit ({reasons.of_a_disk(error)}).") from error
        with lock:
            if not try_to_lock(lock.fileno()):
                raise QueueError("une autre commande lit ou change les réponses ; attendez qu'elle finisse.")
            yield

    def digest(self, text: str) -> str:
        """What stands for a text, and tells nobody what it is without the key of this folder."""
        return hmac.new(self._read(_KEY), text.encode("utf-8", "ignore"), hashlib.sha256).hexdigest()[:_SHORT]

    def row(self, identifier: str) -> Row | None:
        """One answer; None: it never came, or its file says nothing."""
        raw = self._read(f"{_ANSWERS}/{identifier}.json")
        try:
            return _row(identifier, raw.decode()) if raw else None
        except (data.DataError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
            raise QueueError(f"{self.folder}/{_ANSWERS}/{identifier}.json ne se lit pas. Retirez-le, ou rendez-lui sa dernière version.") from error

    def rows(self, *states: State) -> list[Row]:
        """Those in these states, the oldest first."""
        names = sorted(path.stem for path in (self.folder / _ANSWERS).glob("*.json"))
        found = [row for name in names if (row := self.row(name)) and row.state in states]
        return sorted(found, key=lambda row: (row.since, row.id))

    def put(self, row: Row) -> None:
        """Write one answer, in one step."""
        received = None if row.received is None else dataclasses.asdict(row.received)
        if row.received and row.received.date and received:
            received["date"] = row.received.date.isoformat()
        content = {"state": row.state, "since": row.since.isoformat(), "received": received}
        content |= {name: getattr(row, name) for name in ("post", "call", "question", "path")}
        content |= {"consent": row.consent if row.state is State.ACCEPTED else ""}
        self._write(self.folder / _ANSWERS / f"{row.id}.json", json.dumps(content, ensure_ascii=False, indent=1).encode())

    def settle(self) -> None:
        """Have the disk keep the names of the files, too: what is then erased elsewhere is still here after a power cut."""
        folder = self.folder / _ANSWERS
        if os.name == "posix" and folder.is_dir():  # Windows does it by itself
            place = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(place)
            finally:
                os.close(place)

    def purge(self, days: int) -> int:
        """Erase what was refused, and reduce what was published, so many days ago: identifiers stay."""
        limit = clock.now() - dt.timedelta(days=days)
        old = [row for row in self.rows(State.REFUSED, State.ACCEPTED) if row.since < limit and row.received]
        for row in old:
            self.put(dataclasses.replace(row, received=None, state=State.ERASED if row.state is State.REFUSED else row.state))
        return sum(row.state is State.REFUSED for row in old)

    def cursors(self) -> dict[str, str]:
        """How far each source was read."""
        return {str(source): str(place) for source, place in self._json(_CURSORS).items()}

    def save_cursor(self, source: str, place: str) -> None:
        """The next fetch begins there."""
        self._write(self.folder / _CURSORS, json.dumps(self.cursors() | {source: place}, indent=1).encode())

    def asked(self) -> dict[str, Asked]:
        """What the fetches so far knew to be asked, by token."""
        return {token: Asked(**one) for token, one in self._json(_ASKED).items()}

    def remember(self, asked: Mapping[str, Asked]) -> dict[str, Asked]:
        """All that was ever asked, by token: a mail may answer a question whose words were corrected since."""
        known = self.asked() | dict(asked)
        self._write(self.folder / _ASKED, json.dumps({token: dataclasses.asdict(one) for token, one in known.items()}, ensure_ascii=False).encode())
        return known

    def stored(self, name: str) -> bytes:
        """What stands in one of the other files of the folder; empty: there is none."""
        return self._read(name)

    def store(self, name: str, content: bytes) -> None:
        """Replace one of the other files, in one step."""
        self._write(self.folder / name, content)

    def remove(self, identifier: str) -> None:
        """Nothing is left of an answer, of how far it was read, nor of a file that a command wrote when it was killed."""
        cursors = self.cursors()
        left = {source: place for source, place in cursors.items() if not source.endswith(f":{identifier}")}
        if left != cursors:
            self._write(self.folder / _CURSORS, json.dumps(left, indent=1).encode())
        (self.folder / _ANSWERS / f"{identifier}.json").unlink(missing_ok=True)
        for path in self.folder.rglob(".*.tmp"):
            path.unlink(missing_ok=True)

    def _json(self, name: str) -> dict[str, Any]:  # Any: what this class wrote
        """:raises QueueError: somebody changed it."""
        try:
            return dict(data.from_json(self._read(name).decode() or "{}"))
        except (data.DataError, UnicodeDecodeError, TypeError, ValueError) as error:
            raise QueueError(f"{self.folder}/{name} ne se lit pas. Retirez-le : la prochaine relève le refait.") from error

    def _read(self, name: str) -> bytes:
        path = self.folder / name
        return files.read(path) if path.is_file() else b""

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        """Only its owner may read it, from the first byte on."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        atomic.write(path, content)


def _row(identifier: str, text: str) -> Row:
    content = data.from_json(text)
    raw = content["received"]
    received = None
    if raw is not None:
        moment = dt.datetime.fromisoformat(raw["date"]) if raw["date"] else None
        received = Received(**raw | {"way": Way(raw["way"]), "date": moment, "notes": tuple(raw["notes"])})
    return Row(
        id=identifier,
        state=State(content["state"]),
        since=dt.datetime.fromisoformat(content["since"]),
        received=received,
        post=str(content["post"]),
        call=str(content["call"]),
        question=str(content["question"]),
        path=str(content["path"]),
        consent=str(content.get("consent", "")),
    )
