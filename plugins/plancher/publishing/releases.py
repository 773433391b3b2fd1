"""Whole releases side by side, and a link or a file that names the one online: readers get the old site or the new one, whole."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Mapping, Sequence

from plancher.publishing import lease, leasing, lifetimes, manifest, room, transfer, twins
from plancher.publishing.building import Building
from plancher.publishing.errors import PublishingError
from plancher.publishing.manifest import FileState, Manifest, ManifestError
from plancher.publishing.place import Place
from plancher.publishing.plan import Plan, compare, is_page
from plancher.publishing.pointer import Pointer, Shown
from plancher.publishing.store import Kind, Reader, RenamingStore, Store
from plancher.publishing.work import Outcome, Status, Work

KEPT = 5
"""Releases to which one can return, the one online included."""


async def look(reader: Reader, place: Place, new: Manifest, shown: Shown) -> Plan:
    """What a publication would do. The reader has no way to do it."""
    plan = compare(new, await _online(reader, place, shown))
    return plan.untouched() if plan.has_same_site else plan


async def status(reader: Reader, place: Place, shown: Shown) -> Status:
    """What is online, and to what one can return."""
    current = await shown.current()
    online = await _manifest(reader, place, current) if current else None
    raw, now = await reader.read(place.lock), leasing.now()
    held = lease.from_bytes(raw, now) if raw else None
    return Status(
        identifier=current or "",
        files=len(online.files) if online else 0,
        size=online.size if online else 0,
        releases=tuple(await _identifiers(reader, place))[:KEPT],
        holder=held.told(now) if held and not held.is_over(now) else "",
    )


async def publish(store: RenamingStore, place: Place, work: Work, pointer: Pointer) -> Outcome:
    """Send what is new, and switch to it.

    :raises PublishingError: the site online is the one of before.
    """
    for folder in (place.releases, place.manifests):
        await transfer.make_folder_and_parents(store, folder)
    async with leasing.locked(store, place.lock, work.patience) as lock:
        work = dataclasses.replace(work, on_progress=lock.timed(work.on_progress))
        current = await pointer.current()
        online = await _online(store, place, pointer)
        plan = compare(work.new, online)
        if current and online and plan.has_same_site and not (work.is_forgetting and online.retiring):
            if work.is_forgetting:
                await remove_all_but(store, place, current)
            return Outcome(plan=plan.untouched(), is_switched=True, is_alone=work.is_forgetting)
        work.confirm(plan)
        await room.require(store, place.state, plan)
        identifier = await _free_identifier(store, place, work.new.identifier)
        spare = await _spare(store, place, online.identifier if online else "")
        with contextlib.closing(Building(store, place, work)) as building:
            await building.begin(spare)
            made = await building.fill(with_assets_of(work.new, None if work.is_forgetting else online, identifier), online)
            await lock.check()
            await building.become(made)
        await pointer.lead_to(identifier)
        if await pointer.current() != identifier:
            raise PublishingError("Le serveur dit avoir basculé, mais montre encore le site d'avant. Recommencez, ou demandez à votre hébergeur.")
        if work.is_forgetting:
            await remove_all_but(store, place, identifier)
        await _prune(store, place, identifier)
        return Outcome(plan=plan, is_switched=True, is_alone=work.is_forgetting)


async def rollback(store: RenamingStore, place: Place, pointer: Pointer, wanted: str = "", patience: float = 0.0) -> str:
    """Return to a release; its identifier.

    :param wanted: which one; empty: the one before the one online.
    :raises PublishingError: there is no such release.
    """
    async with leasing.locked(store, place.lock, patience) as lock:
        kept = (await _identifiers(store, place))[:KEPT]
        current = await pointer.current()
        older = [identifier for identifier in kept if current is None or identifier < current]
        target = wanted or (older[0] if older else "")
        if target not in kept:
            listed = ", ".join(kept) or "aucune"
            raise PublishingError(f"Il n'y a pas de version {f'« {target} »' if target else 'plus ancienne'} en réserve. Celles qui y sont : {listed}.")
        await lock.check()
        await pointer.lead_to(target)
        return target


def with_assets_of(new: Manifest, online: Manifest | None, identifier: str) -> Manifest:
    """The new site, with what pages of the one before load: a reader's cache, or an open page, may still ask for it.

    What lies beside a page that is gone goes with it: its author may have taken it back.
    """
    former = online.files if online else {}
    gone = former.keys() - new.files.keys()
    carried = {path: former[path] for path in sorted(gone) if _stays(path, former, new) and _page_beside(path) not in gone}
    return Manifest(identifier=identifier, files=new.files, retiring={**lifetimes.still_asked_for(online, new), **carried})


def _stays(path: str, former: Mapping[str, FileState], new: Manifest) -> bool:
    return bool(former[path].digest) and not is_page(path) and not twins.is_stale(path, new.files)


def _page_beside(path: str) -> str:
    return f"{path.rpartition('/')[0]}/index.html".lstrip("/")


async def _online(reader: Reader, place: Place, shown: Shown) -> Manifest | None:
    current = await shown.current()
    return await _manifest(reader, place, current) if current else None


async def _manifest(reader: Reader, place: Place, identifier: str) -> Manifest | None:
    """The manifest of a release; one that is lost is made again from a listing, which knows no digest."""
    with contextlib.suppress(ManifestError):
        if raw := await reader.read(place.manifest_of(identifier)):
            return manifest.from_bytes(raw)
    inside = await transfer.listing(reader, place.release(identifier))
    return Manifest(identifier=identifier, files=inside.files) if inside.files else None


async def _identifiers(reader: Reader, place: Place) -> Sequence[str]:
    """The newest first; what bears another kind of name is somebody else's."""
    entries = await reader.entries(place.releases) or []
    return sorted((entry.name for entry in entries if entry.kind is Kind.FOLDER and manifest.moment_of(entry.name)), reverse=True)


async def _spare(store: RenamingStore, place: Place, current: str) -> tuple[str, Manifest] | None:
    """The oldest release, once there are more than are kept: the next one is made of it, and only differences move."""
    older = [identifier for identifier in (await _identifiers(store, place))[place.kept_apart :] if identifier != current]
    for identifier in older[-1:]:
        with contextlib.suppress(ManifestError):
            if raw := await store.read(place.manifest_of(identifier)):
                return identifier, manifest.from_bytes(raw)
    return None


async def _free_identifier(store: RenamingStore, place: Place, identifier: str) -> str:
    """One that is newer than all."""
    return manifest.newer(identifier, next(iter(await _identifiers(store, place)), ""))


async def _prune(store: RenamingStore, place: Place, current: str) -> None:
    """Keep what one can return to, and one more for the next publication."""
    for identifier in (await _identifiers(store, place))[place.kept_apart + 1 :]:
        if identifier != current:
            await transfer.remove_tree(store, place.release(identifier))
            await store.remove(place.manifest_of(identifier))


async def remove_all_but(store: Store, place: Place, current: str) -> None:
    """Remove every other release, and one that was on its way: somebody who is to be forgotten stands in them.

    :param current: the release online; empty: none is, the site is changed file by file.
    """
    elsewhere = dataclasses.replace(place, is_inside=not place.is_inside)  # a link led to them once, or the settings of Apache did
    for one in (place, elsewhere):
        for identifier in await _identifiers(store, one):
            if identifier != current or one is elsewhere:
                await transfer.remove_tree(store, one.release(identifier))
    for entry in await store.entries(place.manifests) or ():
        if entry.name != f"{current}.json":
            await store.remove(f"{place.manifests}/{entry.name}")
    await store.remove(place.token)
    await transfer.remove_tree(store, place.building)
