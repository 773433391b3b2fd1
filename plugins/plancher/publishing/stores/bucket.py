"""A bucket of objects (obstore): folders are but names there, and an object is the old one or the new one, whole."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
import functools
import posixpath
import secrets
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from plancher.outputs.discovery import serving
from plancher.publishing import transfer
from plancher.publishing.place import Place
from plancher.publishing.store import Entry, Kind, Room
from plancher.publishing.stores import bucket_refusals
from plancher.publishing.targets import SECRETS, Bucket

if TYPE_CHECKING:  # they do not exist at run time
    from obstore.store import ClientConfig, RetryConfig, S3Config

T = TypeVar("T")
_CONNECT = dt.timedelta(seconds=10)
_RETRIES: RetryConfig = {
    "max_retries": 4,
    "retry_timeout": dt.timedelta(seconds=30),
    "backoff": {"init_backoff": dt.timedelta(milliseconds=200), "max_backoff": dt.timedelta(seconds=5), "base": 2},
}
_STATE = ".plancher-"
_SETTLED = 2.0
"""Seconds after which two first publications see what the other has made."""
_NEVER_KEPT = "no-store"
_KEPT = (serving.TYPE, serving.CACHE)
"""What an object can be sent with: no bucket keeps the others."""
_PRIVATE = {"Content-Type": "application/octet-stream", "Cache-Control": _NEVER_KEPT}


@dataclasses.dataclass(frozen=True)
class _Session:
    """Threads and not asyncio: obstore's coroutines abort the process when it ends right after them."""

    target: Bucket
    store: S3Store
    threads: ThreadPoolExecutor

    async def run(self, path: str, work: Callable[[], T]) -> T:
        with bucket_refusals.told(self.target, path):
            return await asyncio.get_running_loop().run_in_executor(self.threads, work)


@contextlib.contextmanager
def connected(target: Bucket, environment: Mapping[str, str]) -> Iterator[_Session]:
    """A session; nothing is asked yet."""
    with bucket_refusals.told(target, target.certificate):
        store = S3Store(
            target.bucket,
            endpoint=target.endpoint.rstrip("/"),
            region=target.region,
            client_options=_client(target),
            retry_config=_RETRIES,
            config=_keys(target, environment),
        )
    with ThreadPoolExecutor(transfer.TOGETHER, thread_name_prefix="bucket") as threads:
        yield _Session(target, store, threads)


def _keys(target: Bucket, environment: Mapping[str, str]) -> S3Config:
    """Ours, else those that the tools of S3 use."""
    found: S3Config = {
        "access_key_id": target.user or environment.get("AWS_ACCESS_KEY_ID", ""),
        "secret_access_key": environment.get(SECRETS[0]) or environment.get("AWS_SECRET_ACCESS_KEY", ""),
    }
    token = environment.get("AWS_SESSION_TOKEN")
    if token and not environment.get(SECRETS[0]):
        found["session_token"] = token
    return found


def _client(target: Bucket) -> ClientConfig:
    options: ClientConfig = {"allow_http": target.endpoint.startswith("http:"), "timeout": dt.timedelta(minutes=5), "connect_timeout": _CONNECT}
    if target.certificate:
        options["root_certificate"] = Path(target.certificate).expanduser().read_bytes()
    return options


async def place_of(session: _Session, *, is_first_made: bool) -> Place:
    """Where the site stands, and our own objects: under a name that nobody can guess, since readers may ask for all of a bucket.

    :param is_first_made: whether to make that name where there is none yet.
    """
    parent, name = posixpath.split(session.target.prefix)
    begin = posixpath.join(parent, f"{_STATE}{name}-" if name else _STATE)
    found = await _states(session, parent, begin)
    if not found and is_first_made:
        made = f"{begin}{secrets.token_hex(16)}"
        await session.run(made, lambda: obstore.put(session.store, f"{made}/begun", b"", attributes=_PRIVATE))
        await asyncio.sleep(_SETTLED)
        found = await _states(session, parent, begin)
    return Place(session.target.prefix, apart=found[0] if found else f"{begin}none")


async def _states(session: _Session, parent: str, begin: str) -> list[str]:
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


def _key(path: str) -> str:
    """The name of an object: a site at the root of a bucket has no folder before it."""
    return path.strip("/")


class BucketReader:
    """Looks at it."""

    def __init__(self, session: _Session) -> None:
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
        return [*(Entry(name, Kind.FOLDER, 0) for name in folders if not name.startswith(_STATE)), *objects]

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
            await asyncio.sleep(_SETTLED)
        return await self.read(path) == content

    def _make(self, path: str, content: bytes) -> bool:
        """Write it where nothing stands (« If-None-Match », RFC 9110, 13.1.2), as far as the service heeds that."""
        try:
            obstore.put(self._store, _key(path), content, mode="create", attributes=_PRIVATE)
        except (AlreadyExistsError, PreconditionError):
            return False
        except (BaseError, NotImplementedError) as error:
            if not bucket_refusals.knows_no_condition(error):
                raise
            obstore.put(self._store, _key(path), content, attributes=_PRIVATE)
        return True

    async def write(self, path: str, content: bytes) -> None:
        """Replace a small object."""
        await self._session.run(path, lambda: obstore.put(self._store, _key(path), content, attributes=_PRIVATE))

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
