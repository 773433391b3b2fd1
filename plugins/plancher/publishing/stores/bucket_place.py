"""Where a site stands in a bucket, and our own objects beside it."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import functools
import posixpath
import secrets

import obstore
from obstore.store import S3Store

from plancher.publishing.place import Place
from plancher.publishing.stores.bucket_session import BucketSession

STATE = ".plancher-"
"""How the name of our own objects begins."""
SETTLED = 2.0
"""Seconds after which two who began at once see what the other has made."""
_BEGUN = "begun"
"""The object that makes a name, and says when."""
PRIVATE = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}
"""What our own objects are sent with."""


async def place_of(session: BucketSession, *, is_first_made: bool) -> Place:
    """Where the site stands, and our own objects: under a name that nobody can guess, since readers may ask for all of a bucket.

    :param is_first_made: whether to make that name where there is none yet.
    """
    parent, name = posixpath.split(session.target.prefix)
    begin = posixpath.join(parent, f"{STATE}{name}-" if name else STATE)
    states = await _states(session, parent, begin)
    if is_first_made and not any(state.is_used for state in states):  # others may be choosing a name as well
        if not states:
            made = f"{begin}{secrets.token_hex(16)}"
            await session.run(made, lambda: obstore.put(session.store, f"{made}/{_BEGUN}", b"", attributes=PRIVATE))
        await asyncio.sleep(SETTLED)
        states = await _states(session, parent, begin)
    return Place(session.target.prefix, apart=states[0].folder if states else f"{begin}none")


@dataclasses.dataclass(frozen=True, order=True)
class _State:
    """A name that somebody has made. Of several, all take the oldest."""

    begun: dt.datetime
    folder: str
    is_used: bool
    """Whether anything stands there already, which nobody puts there before all have seen every name."""


async def _states(session: BucketSession, parent: str, begin: str) -> list[_State]:
    """The oldest first."""
    level = await session.run(parent, lambda: obstore.list_with_delimiter(session.store, parent or None))
    folders = [folder for folder in level["common_prefixes"] if _is_state(folder, begin)]
    states = [await session.run(folder, functools.partial(_looked_at, session.store, folder)) for folder in folders]
    return sorted(state for state in states if state is not None)


def _looked_at(store: S3Store, folder: str) -> _State | None:
    """None: it is no longer there."""
    level = obstore.list_with_delimiter(store, folder)
    for known in level["objects"]:
        if posixpath.basename(known["path"]) == _BEGUN:
            return _State(known["last_modified"], folder, len(level["objects"]) + len(level["common_prefixes"]) > 1)
    return None


def _is_state(folder: str, begin: str) -> bool:
    rest = folder.removeprefix(begin)
    return folder.startswith(begin) and len(rest) == 32 and not rest.strip("0123456789abcdef")  # noqa: PLR2004 - of token_hex(16)
