"""A release on its way, in a folder that no reader sees; an upload that was cut goes on where it stopped."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from plancher.base import files
from plancher.publishing import transfer
from plancher.publishing.checkpoint import Checkpoint
from plancher.publishing.manifest import FileState, Manifest
from plancher.publishing.place import Place
from plancher.publishing.store import RenamingStore
from plancher.publishing.work import Work

_SMALL = 1_000_000
"""Bytes of a file that is read whole: a style, a script, a picture of the theme."""


class Building:
    """The next release."""

    def __init__(self, store: RenamingStore, place: Place, work: Work) -> None:
        self._store, self._place, self._work = store, place, work
        self._notes = Checkpoint(work.checkpoint)
        self._is_resumed = False

    async def begin(self, spare: tuple[str, Manifest] | None) -> None:
        """Go on with what this machine began, or begin.

        :param spare: an old release that may become the new one, and what it holds.
        """
        raw = await self._store.read(self._place.token)
        self._notes.begin(raw.decode("ascii", "replace") if raw else "")
        self._is_resumed = raw is not None and bool(self._notes.files) and await self._store.entries(self._place.building) is not None
        if self._is_resumed:
            return
        await transfer.remove_tree(self._store, self._place.building)
        token = secrets.token_hex(8)
        self._notes.begin(token)
        if spare:
            identifier, known = spare
            await self._store.remove(self._place.manifest_of(identifier))
            await self._store.rename(self._place.release(identifier), self._place.building)
            for path, state in {**known.files, **known.retiring}.items():
                self._notes.note(path, state)
        else:
            await self._store.make_folder(self._place.building)
        await self._store.write(self._place.token, token.encode())  # last: without it, all is begun again

    async def fill(self, wanted: Manifest, online: Manifest | None) -> Manifest:
        """Make it hold these files, and no other.

        :returns: what it holds: without the assets of the former site that the target cannot copy.
        """
        whole = {**wanted.files, **wanted.retiring}
        # A second name of a file of another release is removed, and never written through.
        await self._remove([path for path, state in self._notes.files.items() if whole.get(path) != state], whole)
        missing = [path for path in whole if path not in self._notes.files]
        await transfer.make_folders(self._store, self._place.building, missing)
        former = {**online.files, **online.retiring} if online else {}
        done = len(whole) - len(missing)

        def note(path: str) -> None:
            nonlocal done
            self._notes.note(path, whole[path])
            done += 1
            self._work.on_progress(done, len(whole))

        async def repeat(path: str) -> None:
            if await self._repeat(path, online.identifier if online and former.get(path) == whole[path] else ""):
                note(path)

        await transfer.each(missing, repeat)
        to_send = [path for path in missing if path in self._work.new.files and path not in self._notes.files]
        await transfer.send(self._store, transfer.Route(self._work.site, self._place.building, is_seen=False), to_send, note)
        if online:
            await self._bring({path: whole[path] for path in missing if path in wanted.retiring and path not in self._notes.files}, online.identifier)
        carried = {path: state for path, state in wanted.retiring.items() if path in self._notes.files}
        return Manifest(identifier=wanted.identifier, files=wanted.files, retiring=carried)

    def close(self) -> None:
        """Keep the notes for the next attempt, if there must be one."""
        self._notes.close()

    async def become(self, made: Manifest) -> None:
        """Take its place among the releases."""
        await self._store.write(self._place.manifest_of(made.identifier), made.to_bytes())
        await self._store.remove(self._place.token)
        await self._store.rename(self._place.building, self._place.release(made.identifier))
        self._notes.done()

    async def _repeat(self, path: str, same_in: str) -> bool:
        """Have a file there from the release that has it already, if there is one; whether it is there."""
        there = f"{self._place.building}/{path}"
        if self._is_resumed:
            await self._store.remove(there)  # what was cut in the middle of it
        return bool(same_in) and await self._store.copy(f"{self._place.release(same_in)}/{path}", there)

    async def _bring(self, lost: Mapping[str, FileState], same_in: str) -> None:
        """What pages of the former site load, where the target copies nothing: read there and written, if it is small."""

        async def bring(path: str) -> None:
            content = await self._store.read(f"{self._place.release(same_in)}/{path}")
            if content is not None and len(content) == lost[path].size:
                await self._store.write(f"{self._place.building}/{path}", content)
                self._notes.note(path, lost[path])

        await transfer.each([path for path, state in lost.items() if state.size <= _SMALL], bring)

    async def _remove(self, paths: list[str], whole: Mapping[str, FileState]) -> None:
        async def remove(path: str) -> None:
            self._notes.forget(path)
            await self._store.remove(f"{self._place.building}/{path}")

        await transfer.each(paths, remove)
        kept = {folder for path in whole for folder in files.parents(path)}
        empty = {folder for path in paths for folder in files.parents(path)} - kept
        await transfer.remove_folders(self._store, self._place.building, empty)
