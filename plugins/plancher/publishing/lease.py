"""Who publishes now: a lock with an owner and an end, so that nobody waits for a machine that was switched off."""

from __future__ import annotations

import dataclasses
import datetime as dt
import getpass
import json
import os
import secrets
import socket
import uuid
from collections.abc import Callable
from pathlib import Path

from plancher.base import data, digest
from plancher.base.french import NBSP

LIFE = dt.timedelta(minutes=5)
"""From one renewal to the end: many renewals may fail before."""
CLOCKS = dt.timedelta(minutes=2)
"""By how much the clocks of two machines may differ."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to change a target, until a moment."""

    owner: str
    """A person and a machine, as whoever waits is told."""
    token: str
    """Of this one publication: two of one owner differ."""
    expires_at: dt.datetime
    machine: str = ""
    """Which one, since when it runs."""
    process: int = 0

    def is_orphan(self) -> bool:
        """Whether the process of this machine that held it is no more: it was killed."""
        return bool(self.machine) and self.machine == _this_machine() and not _is_alive(self.process)

    def is_over(self, now: dt.datetime) -> bool:
        """Whether nobody holds it any more, whichever clock is wrong."""
        return now > self.expires_at + CLOCKS

    def renewed(self, now: dt.datetime) -> Lease:
        """The same with more time."""
        return dataclasses.replace(self, expires_at=now + LIFE)

    def to_bytes(self) -> bytes:
        """As it is stored at the target."""
        value = {"owner": self.owner, "token": self.token, "expires_at": self.expires_at.isoformat(), "machine": self.machine, "process": self.process}
        return json.dumps(value, ensure_ascii=False).encode()

    def told(self, now: dt.datetime) -> str:
        """For whoever finds it."""
        minutes = max(1, round((self.expires_at + CLOCKS - now).total_seconds() / 60))
        return f"{self.owner} publie en ce moment. Attendez la fin, ou, si sa machine s'est arrêtée, {minutes}{NBSP}min au plus, puis recommencez."


def taken(now: dt.datetime, owner: str = "") -> Lease:
    """A new one."""
    return Lease(owner=owner or this_owner(), token=secrets.token_hex(8), expires_at=now + LIFE, machine=_this_machine(), process=os.getpid())


def this_owner() -> str:
    """Who runs this, on which machine."""
    return f"{_or_unknown(getpass.getuser)} sur {_or_unknown(socket.gethostname)}"


def _or_unknown(ask: Callable[[], str]) -> str:
    try:
        return ask() or "?"
    except (OSError, KeyError):  # a container where the user has no name
        return "?"


def _this_machine() -> str:
    """Its name, network card, start, and who numbers its processes: two containers differ in one of them; a digest, since whoever publishes there reads it."""
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        numbering = str(Path("/proc/self/ns/pid").readlink())
    except OSError:  # not Linux
        started = numbering = ""
    return digest.of_text(_or_unknown(socket.gethostname), str(uuid.getnode()), started, numbering)


def _is_alive(process: int) -> bool:
    """Whether a process of this machine runs; where that cannot be asked (Windows), it does."""
    if os.name != "posix" or process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def from_bytes(raw: bytes, now: dt.datetime) -> Lease:
    """A stored one. What cannot be read is somebody's that is being written: it lasts as long as any."""
    try:
        value = data.from_json(raw.decode())
        expires_at = dt.datetime.fromisoformat(value["expires_at"]).astimezone(dt.UTC)
        return Lease(
            owner=str(value["owner"]),
            token=str(value["token"]),
            expires_at=min(expires_at, now + LIFE),
            machine=str(value["machine"]),
            process=int(value["process"]),
        )
    except (ValueError, KeyError, TypeError):
        return Lease(owner="Quelqu'un", token="", expires_at=now + LIFE)
