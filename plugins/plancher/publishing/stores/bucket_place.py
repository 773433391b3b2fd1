"""Where a site stands in a bucket, and our own objects beside it."""

from __future__ import annotations

import asyncio
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
PRIVATE = {"Content-Type": "application/octet-stream", "Cache-Control": "no-store"}
"""What our own objects are sent with."""


async def place_of(session: BucketSession, *, is_first_made: bool) -> Place:
    """Where the site stands, and our own objects: under a name that nobody can guess, since readers may ask for all of a bucket.

    :param is_first_made: whether to make that name where there is none yet.
    """
    parent, name = posixpath.split(session.target.prefix)
    begin = posixpath.join(parent, f"{STATE}{name}-" if name else STATE)
    states = await _states(session, parent, begin)
    if not states and is_first_made:
        made = f"{begin}{secrets.token_hex(16)}"
        await session.run(made, lambda: obstore.put(session.store, f"{made}/begun", b"", attributes=PRIVATE))
        await asyncio.sleep(SETTLED)
        states = await _states(session, parent, begin)
    return Place(session.target.prefix, apart=states[0] if states else f"{begin}none")


async def _states(session: BucketSession, parent: str, begin: str) -> list[str]:
    """The oldest first: of two that were made at once, both machines take the same."""
    level = await session.run(parent, lambda: obstore.list_with_delimiter(session.store, parent or None))
    made: list[tuple[dt.datetime, str]] = []
    for folder in (one for one in level["common_prefixes"] if _is_state(one, begin)):
        begun = await session.run(folder, functools.partial(_moment, session.store, f"{folder}/begun"))
        if begun is not None:
            made.append((begun, folder))
    return [folder for _, folder in sorted(made)]


def _moment(store: S3Store, path: str) -> dt.datetime | None:
    """When an object was made; None: there is none."""
    try:
        return obstore.head(store, path)["last_modified"]
    except FileNotFoundError:
        return None


def _is_state(folder: str, begin: str) -> bool:
    rest = folder.removeprefix(begin)
    return folder.startswith(begin) and len(rest) == 32 and not rest.strip("0123456789abcdef")  # noqa: PLR2004 - of token_hex(16)
