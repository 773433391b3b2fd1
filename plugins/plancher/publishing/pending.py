"""What a publication in place has begun to write: should it be cut, nobody knows what stands there until the next one has ended."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import secrets

from plancher.base import data
from plancher.publishing.checkpoint import Checkpoint
from plancher.publishing.manifest import FileState, Manifest, is_safe
from plancher.publishing.plan import Plan
from plancher.publishing.store import Reader

_MAYBE = -1
"""The size of a file that may not be there at all."""


@dataclasses.dataclass(frozen=True, slots=True)
class Pending:
    """One attempt, and those before it that did not end."""

    token: str = ""
    """Of the machine that made the last one: what another one noted before is not true any more."""
    paths: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """As it is stored at the target."""
        return json.dumps({"token": self.token, "paths": self.paths}).encode()


async def read(reader: Reader, path: str) -> Pending:
    """What stands there; one that cannot be read says nothing."""
    raw = await reader.read(path)
    with contextlib.suppress(ValueError, TypeError, KeyError):
        value = data.from_json(raw.decode()) if raw else {"token": "", "paths": []}
        return Pending(str(value["token"]), tuple(path for path in value["paths"] if isinstance(path, str) and is_safe(path)))
    return Pending()


def begin(before: Pending, notes: Checkpoint, plan: Plan, folder: str) -> Pending:
    """A new attempt: it goes on with what this machine noted, if it was the last that tried."""
    token = before.token
    if token:
        notes.begin(f"{folder} {token}")
    if not notes.files:
        token = secrets.token_hex(8)
        notes.begin(f"{folder} {token}")
    return Pending(token, tuple(sorted({*before.paths, *plan.sent})))


def with_unknown(known: Manifest | None, cut: Pending) -> Manifest | None:
    """What is online, where a publication was cut: its files are sent again, or taken away."""
    if not cut.paths:
        return known
    former = known or Manifest(identifier="", files={})
    unknown = {path: FileState("", former.files[path].size if path in former.files else _MAYBE) for path in cut.paths}
    return dataclasses.replace(former, files={**former.files, **unknown})
