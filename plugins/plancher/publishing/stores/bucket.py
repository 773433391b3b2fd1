"""A bucket of objects (obstore): folders are but names there, and an object is the old one or the new one, whole."""

from __future__ import annotations

import asyncio
import contextlib
import posixpath
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

from plancher.outputs.discovery import serving
from plancher.publishing.store import Entry, Kind, Room
from plancher.publishing.stores import bucket_place, bucket_refusals
from plancher.publishing.stores.bucket_place import PRIVATE
from plancher.publishing.stores.bucket_session import BucketSession

_KEPT = (serving.TYPE, serving.CACHE)
"""What an object can be sent with: no bucket keeps the others."""


def _key(path: str) -> str:
    """The name of an object: a site at the root of a bucket has no folder before it."""
    return path.strip("/")


class BucketReader:
    """Looks at it."""

    def __init__(self, session: BucketSession) -> None:
        self._session, self._store = session, session.store

    async def read(self, path: str) -> bytes | None:
        """The content of a small object."""

        def read() -> bytes | None:
            try:
                return bytes(obstore.get(self._store, _key(path)).bytes())
            except FileNotFoundError:
                return None

        return await self._session.run(path, read)

    async def entries(self, folder: str) -> list[Entry]:
        """What stands under a name; nothing, where there is no such folder: it needs not be made."""
        level = await self._session.run(folder, lambda: obstore.list_with_delimiter(self._store, _key(folder) or None))
        folders = [posixpath.basename(one) for one in level["common_prefixes"]]
        objects = [Entry(posixpath.basename(one["path"]), Kind.FILE, one["size"]) for one in level["objects"]]
        return [*(Entry(name, Kind.FOLDER, 0) for name in folders if not name.startswith(bucket_place.STATE)), *objects]

    async def link_target(self, path: str) -> str | None:
        """None: a bucket has no links."""
        return None

    async def room(self, folder: str) -> Room | None:
        """None: it is never full."""
        return None


class BucketStore(BucketReader):
    """Changes it."""

    async def create(self, path: str, content: bytes) -> bool:
        """Make an object that did not exist."""
        if await self.read(path) is not None or not await self._session.run(path, lambda: self._make(path, content)):
            return False
        if await self._session.run(path, lambda: self._make(path, content)):
            # A second one was made over it: this service heeds no condition. Whoever wrote last has it.
            await asyncio.sleep(bucket_place.SETTLED)
        return await self.read(path) == content

    def _make(self, path: str, content: bytes) -> bool:
        """Write it where nothing stands (« If-None-Match », RFC 9110, 13.1.2), as far as the service heeds that."""
        try:
            obstore.put(self._store, _key(path), content, mode="create", attributes=PRIVATE)
        except (AlreadyExistsError, PreconditionError):
            return False
        except (BaseError, NotImplementedError) as error:
            if not bucket_refusals.knows_no_condition(error):
                raise
            obstore.put(self._store, _key(path), content, attributes=PRIVATE)
        return True

    async def write(self, path: str, content: bytes) -> None:
        """Replace a small object."""
        await self._session.run(path, lambda: obstore.put(self._store, _key(path), content, attributes=PRIVATE))

    async def put(self, path: str, source: Path) -> None:
        """Make an object."""
        await self.replace(path, source)

    async def replace(self, path: str, source: Path) -> None:
        """Replace an object that readers see, with what they are told of it."""
        whole = serving.headers_of(_key(path.removeprefix(self._session.target.prefix)))
        told = {name: whole[name] for name in _KEPT}
        await self._session.run(path, lambda: obstore.put(self._store, _key(path), source, attributes=told))

    async def make_folder(self, folder: str) -> None:
        """Nothing to do."""

    async def remove(self, path: str) -> None:
        """Nothing stands there any more."""

        def remove() -> None:
            with contextlib.suppress(FileNotFoundError):
                obstore.delete(self._store, _key(path))

        await self._session.run(path, remove)

    async def remove_folder(self, folder: str) -> bool:
        """It goes with the last object of it."""
        return True
