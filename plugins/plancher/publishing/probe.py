"""Whether a target can exchange a link in one step: tried in a scratch folder, before anything depends on it.

One SFTP server in wide use follows a link that it should replace, and moves the
new link into the release that the old one names.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
import secrets

from plancher.publishing import lease, leasing, transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.place import Place
from plancher.publishing.store import Kind, RenamingStore, SwitchingStore

_SCRATCH = re.compile(r"probe-(?P<machine>[0-9a-f]+)-(?P<process>\d+)-[0-9a-f]{8}")
"""Whose folder it is stands in its name: another machine may be trying things at this very moment."""


async def remove_leftovers(store: RenamingStore, place: Place) -> None:
    """Remove the scratch folders of processes of this machine that were killed."""
    for entry in await store.entries(place.state) or ():
        if entry.kind is Kind.FOLDER and _is_orphan(entry.name):
            await transfer.remove_tree(store, f"{place.state}/{entry.name}")


async def can_switch(store: SwitchingStore, place: Place) -> bool:
    """Switch a link of no importance twice, and look at what became of both folders.

    :raises PublishingError: it did so before, and fails now: the line is cut, or the disk is full.
    """
    scratch = _scratch(place)
    try:
        for folder in (scratch, f"{scratch}/one", f"{scratch}/two"):
            await store.make_folder(folder)
        await store.switch(f"{scratch}/link", "one")
        await store.switch(f"{scratch}/link", "two")
        leads = await store.link_target(f"{scratch}/link")
        inside = [await store.entries(f"{scratch}/{name}") for name in ("one", "two")]
    except PublishingError:
        if place.linked(await store.link_target(place.folder)) is not None:
            raise  # what readers see is a release: it is never changed file by file
        return False
    else:
        return leads == "two" and inside == [[], []]
    finally:
        with contextlib.suppress(PublishingError):
            await transfer.remove_tree(store, scratch)


async def can_rename_over(store: RenamingStore, place: Place) -> bool:
    """Whether a file takes the name of another one in one step: tried on two files of no importance.

    :raises PublishingError: nobody knows: the line is cut, or the disk is full.
    """
    scratch = _scratch(place)
    try:
        await store.make_folder(scratch)
        await store.write(f"{scratch}/one", b"one")
        await store.write(f"{scratch}/two", b"two")
        is_done = await store.rename_over(f"{scratch}/two", f"{scratch}/one")
        return is_done and await store.read(f"{scratch}/one") == b"two" and len(await store.entries(scratch) or ()) == 1
    finally:
        with contextlib.suppress(PublishingError):
            await transfer.remove_tree(store, scratch)


async def can_copy(store: RenamingStore, place: Place) -> bool:
    """Whether the target makes a second file of one that it has.

    :raises PublishingError: nobody knows; a « no » would let former releases go.
    """
    scratch = _scratch(place)
    try:
        await store.make_folder(scratch)
        await store.write(f"{scratch}/one", b"one")
        return await store.copy(f"{scratch}/one", f"{scratch}/two") and await store.read(f"{scratch}/two") == b"one"
    finally:
        with contextlib.suppress(PublishingError):
            await transfer.remove_tree(store, scratch)


def _scratch(place: Place) -> str:
    mine = lease.taken(leasing.now())
    return f"{place.state}/probe-{mine.machine}-{mine.process}-{secrets.token_hex(4)}"


def _is_orphan(name: str) -> bool:
    found = _SCRATCH.fullmatch(name)
    if found is None:
        return False
    return dataclasses.replace(lease.taken(leasing.now()), machine=found["machine"], process=int(found["process"])).is_orphan()
