"""Where our own files stand at a target: beside the site; or inside it, where a host lets nothing else be written, under a name that nobody can guess."""

from __future__ import annotations

import asyncio
import dataclasses
import posixpath
import re
import secrets

from plancher.publishing import transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import Place
from plancher.publishing.store import Kind, Reader, Store

_NAME = re.compile(r"\.plancher-[0-9a-f]{32}")
_SETTLED = 2.0
"""Seconds after which two first publications see what the other has made."""


async def found(reader: Reader, place: Place) -> Place:
    """Where they stand; beside the site, where there are none."""
    if await reader.entries(place.state) is not None:
        return place
    names = await _inside(reader, place)
    return _at(place, names[0]) if names else place


async def made(store: Store, place: Place) -> Place:
    """The same, and the folder is there.

    :raises PublishingError: nothing can be written there.
    """
    place = await found(store, place)
    try:
        await transfer.make_folder_and_parents(store, place.state)
    except PublishingError:
        inside = None if place.apart or await store.entries(place.folder) is None else await _made_inside(store, place)
        if inside is None:
            raise
        return inside
    return place


async def _made_inside(store: Store, place: Place) -> Place | None:
    """None: the host does not list what begins with a dot, and nobody would find it again."""
    mine = f".plancher-{secrets.token_hex(16)}"
    await store.make_folder(f"{place.folder}/{mine}")
    await asyncio.sleep(_SETTLED)
    names = await _inside(store, place)
    if names[:1] != [mine]:
        await store.remove_folder(f"{place.folder}/{mine}")
    return _at(place, names[0]) if names else None


async def _inside(reader: Reader, place: Place) -> list[str]:
    entries = await reader.entries(place.folder) or ()
    return sorted(entry.name for entry in entries if entry.kind is Kind.FOLDER and _NAME.fullmatch(entry.name))


def _at(place: Place, name: str) -> Place:
    return dataclasses.replace(place, apart=posixpath.join(place.folder, name))
