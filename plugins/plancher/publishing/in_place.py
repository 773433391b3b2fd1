"""A site that is changed file by file, where no link can be switched: what a page needs goes up before the page."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Mapping

from plancher.base import files
from plancher.publishing import lease, leasing, manifest, pending, releases, room, transfer
from plancher.publishing.checkpoint import Checkpoint
from plancher.publishing.errors import PublishingError
from plancher.publishing.manifest import FileState, Manifest, ManifestError
from plancher.publishing.place import Place, unfinished
from plancher.publishing.plan import Plan, compare
from plancher.publishing.store import UNFINISHED, Kind, Reader, Store
from plancher.publishing.work import Outcome, Status, Work

_SHOWN = 5
"""Files that a sentence names."""


async def look(reader: Reader, place: Place, new: Manifest, *, adopted: bool = False) -> Plan:
    """What a publication would do. The reader has no way to do it."""
    online = await _online(reader, place)
    return compare(new, online, await _found(reader, place, new, online), adopted=adopted)


async def status(reader: Reader, place: Place) -> Status:
    """What is online."""
    online = await _online(reader, place)
    raw, now = await reader.read(place.lock), leasing.now()
    held = lease.from_bytes(raw, now) if raw else None
    return Status(
        identifier=online.identifier if online else "",
        files=len(online.files) if online else 0,
        size=online.size if online else 0,
        releases=(),
        holder=held.told(now) if held and not held.is_over(now) else "",
    )


async def publish(store: Store, place: Place, work: Work) -> Outcome:
    """Send what changed, in the order of the plan; take away what the publication before retired.

    :raises PublishingError: it stopped; the same command goes on.
    """
    await transfer.make_folder_and_parents(store, place.state)
    async with leasing.locked(store, place.lock, work.patience) as lock:
        work = dataclasses.replace(work, on_progress=lock.timed(work.on_progress))
        plan = await look(store, place, work.new, adopted=work.is_adopting)
        if plan.conflicts:
            raise PublishingError(_conflict(plan))
        if plan.is_empty and not work.is_forgetting:
            return Outcome(plan=plan, is_switched=False)
        if work.is_forgetting:
            plan = plan.alone()
        work.confirm(plan)
        await room.require(store, place.state, plan)
        await store.write(place.owned, b"")
        with contextlib.closing(Checkpoint(work.checkpoint)) as notes:
            cut = await pending.read(store, place.pending)
            attempt = pending.begin(cut, notes, plan, place.folder)
            await store.write(place.pending, attempt.to_bytes())  # they are ours, whatever happens now
            await transfer.make_folder_and_parents(store, place.folder)
            await transfer.make_folders(store, place.folder, plan.sent)
            await _send(store, place, plan, work, notes)
        await lock.check()
        await transfer.each(cut.paths, lambda path: store.remove(unfinished(f"{place.folder}/{path}")))
        await transfer.each(plan.removed, lambda path: store.remove(f"{place.folder}/{path}"))
        await _remove_empty(store, place, plan)
        await store.write(place.manifest, plan.new.to_bytes())
        await store.remove(place.pending)
        work.checkpoint.unlink(missing_ok=True)
        if work.is_forgetting:
            await _remove_unfinished(store, place)
            await releases.remove_all_but(store, place, "")  # the site was one of releases once
        return Outcome(plan=plan, is_switched=False, is_alone=work.is_forgetting and not plan.foreign)  # without a manifest, these may be ours


async def _remove_unfinished(store: Store, place: Place) -> None:
    """Remove what uploads that were cut left half written."""
    inside = await transfer.listing(store, place.folder, place.apart_inside)
    await transfer.each([path for path in inside.files if path.endswith(UNFINISHED)], lambda path: store.remove(f"{place.folder}/{path}"))


async def _send(store: Store, place: Place, plan: Plan, work: Work, notes: Checkpoint) -> None:
    there = {path for path in plan.sent if notes.files.get(path) == plan.new.files[path]}
    done, total, route = len(there), len(plan.sent), transfer.Route(work.site, place.folder, is_seen=True)

    def note(path: str) -> None:
        nonlocal done
        notes.note(path, plan.new.files[path])
        done += 1
        work.on_progress(done, total)

    for stage in plan.stages:
        await transfer.send(store, route, [path for path in stage if path not in there], note)


async def _remove_empty(store: Store, place: Place, plan: Plan) -> None:
    kept = {folder for path in (*plan.new.files, *plan.new.retiring) for folder in files.parents(path)}
    await transfer.remove_folders(store, place.folder, {folder for path in plan.removed for folder in files.parents(path)} - kept)


async def _online(reader: Reader, place: Place) -> Manifest | None:
    """What we put there, and what a publication that was cut may have; nothing where the manifest is lost, or never was."""
    known, cut = None, await pending.read(reader, place.pending)
    with contextlib.suppress(ManifestError):
        if raw := await reader.read(place.manifest):
            known = manifest.from_bytes(raw)
    return pending.with_unknown(known, cut)


async def _found(reader: Reader, place: Place, new: Manifest, online: Manifest | None) -> Mapping[str, FileState]:
    """What stands in the site's folder beside what we know to be ours.

    Without a manifest, everything is looked at. With one, only folders where a new file is to come are looked at:
    each look is a round trip.
    """
    ours = {*(await pending.read(reader, place.pending)).paths}
    if online is None or not online.identifier:
        inside = await transfer.listing(reader, place.folder, place.apart_inside)
        if await reader.read(place.owned) is not None:
            ours |= {*new.files}
        return {path: state for path, state in inside.files.items() if path not in ours}
    fresh = [path for path in new.files if path not in online.files and path not in online.retiring and path not in ours]
    found: dict[str, FileState] = {}
    wanted = set(fresh)

    async def look_into(folder: str) -> None:
        for entry in await reader.entries(f"{place.folder}/{folder}".rstrip("/")) or ():
            path = f"{folder}/{entry.name}" if folder else entry.name
            if path in wanted and entry.kind is not Kind.FOLDER:
                found[path] = FileState("", entry.size)

    await transfer.each(sorted({path.rpartition("/")[0] for path in fresh}), look_into)
    return found


def _conflict(plan: Plan) -> str:
    names = ", ".join(plan.conflicts[:_SHOWN])
    more = f" (et {len(plan.conflicts) - _SHOWN} autres)" if len(plan.conflicts) > _SHOWN else ""
    return (
        f"Là où le site doit aller se trouvent des fichiers qui ne sont pas à lui : {names}{more}. Rien n'a changé. "
        "Mettez-les ailleurs, ou, si c'est bien l'ancien site, ajoutez --adopt : ils seront remplacés."
    )
