"""In which way a target can exchange a whole site, if in any."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

from plancher.base import files
from plancher.publishing import htaccess, manifest, probe, transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.htaccess import Htaccess, ShownHtaccess
from plancher.publishing.manifest import Manifest, ManifestError
from plancher.publishing.opening import Looking, Writing
from plancher.publishing.place import VERSIONS, Place
from plancher.publishing.plan import is_page
from plancher.publishing.pointer import Link, Pointer, Shown, ShownLink
from plancher.publishing.releases import KEPT
from plancher.publishing.store import Reader, RenamingStore
from plancher.publishing.work import Work

APACHE = "apache"
_SHOWN = 5
"""Files that a sentence names."""


class Seen(NamedTuple):
    """Where releases stand, and what says which one readers get."""

    place: Place
    shown: Shown


class Way(NamedTuple):
    """Where releases stand, and what leads to another one."""

    store: RenamingStore
    place: Place
    pointer: Pointer


async def seen(looking: Looking) -> Seen | None:
    """How the site online was exchanged; None: it is changed file by file."""
    if looking.has_links and await _has_releases(looking.reader, looking.place):
        return Seen(looking.place, ShownLink(looking.reader, looking.place))
    inside = dataclasses.replace(looking.place, is_inside=True)
    shown = ShownHtaccess(looking.reader, inside)
    return Seen(inside, shown) if await shown.current() is not None else None


async def way(writing: Writing, server: str, work: Work) -> Way | None:
    """How to exchange it, after a probe; None: file by file.

    :raises PublishingError: neither can be, as the site stands there now.
    """
    store, place = writing.switching, writing.place
    if writing.renaming:
        await probe.remove_leftovers(writing.renaming, place)
    if store and await _has_releases(store, place) and await probe.can_switch(store, place):
        if await store.link_target(place.folder) is None:
            await store.remove_folder(place.folder)  # an empty one, that a host made for us: a link takes its name
        return Way(store, place, Link(store, place))
    found = await _by_htaccess(writing, server, work)
    if found is None and writing.renaming and await ShownHtaccess(writing.store, place).current() is not None:
        raise PublishingError(
            "Le fichier .htaccess de ce dossier y montre une version entière, et ce site-ci ne peut pas y aller ainsi. Rien n'a changé. "
            'Mettez server="apache" dans PUBLISH ; s\'il y est, ou si votre hébergeur refuse ces réglages, ôtez du .htaccess, chez lui, les lignes '
            "« plancher » : le site ira fichier par fichier."
        )
    return found


async def _by_htaccess(writing: Writing, server: str, work: Work) -> Way | None:
    store = writing.renaming
    if store is None or server != APACHE or htaccess.is_refused(work.site, work.new.files) or not await probe.can_rename_over(store, writing.place):
        return None
    await transfer.make_folder_and_parents(store, writing.place.folder)
    # Where nothing can be copied each release is sent: two of them take turns.
    kept = KEPT if await probe.can_copy(store, writing.place) else 1
    place = dataclasses.replace(writing.place, is_inside=True, kept_apart=kept)
    return Way(store, place, Htaccess(store, place))


async def back(writing: Writing) -> Way | None:
    """How to return to a release; None: none is kept."""
    if writing.switching and writing.place.linked(await writing.switching.link_target(writing.place.folder)) is not None:
        return Way(writing.switching, writing.place, Link(writing.switching, writing.place))
    place = dataclasses.replace(writing.place, is_inside=True)
    if writing.renaming and await ShownHtaccess(writing.renaming, place).current() is not None:
        return Way(writing.renaming, place, Htaccess(writing.renaming, place))
    return None


async def in_the_way(found: Way, work: Work) -> list[str]:
    """Files of a former site in the folder itself: Apache would show them, and not those of a release.

    :raises PublishingError: some are not ours.
    """
    if not found.place.is_inside:
        return []
    ours = await _of_the_site_in_place(found)
    if await found.pointer.current() is not None:
        return sorted(ours)  # the publication that was to take them away was cut
    inside = await transfer.listing(found.store, found.place.folder, found.place.apart_inside)
    there = [path for path in inside.files if path != htaccess.FILE and not path.startswith(f"{VERSIONS}/")]
    conflicts = [path for path in there if path in work.new.files and path not in ours]
    if conflicts and not work.is_adopting:
        raise PublishingError(
            f"Là où le site doit aller se trouvent des fichiers qui ne sont pas à lui : {', '.join(conflicts[:_SHOWN])}. Rien n'a changé. "
            "Mettez-les ailleurs, ou, si c'est bien l'ancien site, ajoutez --adopt : ils seront remplacés."
        )
    if work.is_adopting and {*there} - ours:
        named = [path for path in there if manifest.is_safe(path) and path.encode(errors="ignore").decode() == path]  # a name may be no UTF-8
        adopted = Manifest(identifier="", files={path: inside.files[path] for path in named})
        await found.store.write(found.place.manifest, adopted.to_bytes())  # should this one be cut, the next publication knows them too
    return [path for path in there if path in ours or work.is_adopting]


async def clear(found: Way, paths: list[str], work: Work) -> None:
    """Take a former site away, once readers get another: first what the other has too, then pages, last what these need."""
    if not paths:
        return
    folder, again = found.place.folder, [path for path in paths if path in work.new.files]
    pages = [path for path in paths if path not in work.new.files and is_page(path)]
    for stage in (again, pages, sorted({*paths} - {*again, *pages})):
        await transfer.each(stage, lambda path: found.store.remove(f"{folder}/{path}"))
    await transfer.remove_folders(found.store, folder, {above for path in paths for above in files.parents(path)})
    for path in (found.place.manifest, found.place.owned, found.place.pending):
        await found.store.remove(path)


async def _of_the_site_in_place(found: Way) -> set[str]:
    raw = await found.store.read(found.place.manifest)
    try:
        online = manifest.from_bytes(raw) if raw else None
    except ManifestError:
        return set()
    return {*online.files, *online.retiring} - {htaccess.FILE} if online else set()


async def _has_releases(reader: Reader, place: Place) -> bool:
    """Whether a link of ours stands there, or may: in the place of nothing, or of an empty folder."""
    leads = await reader.link_target(place.folder)
    return place.linked(leads) is not None if leads is not None else not await reader.entries(place.folder)
