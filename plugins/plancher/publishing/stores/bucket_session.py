"""A session with a service of buckets: its keys, its patience, and its refusals in French."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from obstore.store import S3Store

from plancher.publishing import transfer
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


@dataclasses.dataclass(frozen=True)
class BucketSession:
    """Asks one bucket in threads, and not by asyncio: obstore's coroutines abort the process when it ends right after them."""

    target: Bucket
    store: S3Store
    threads: ThreadPoolExecutor

    async def run(self, path: str, work: Callable[[], T]) -> T:
        """What this work gives, away from the loop.

        :param path: what it is about, for the sentence.
        :raises PublishingError: the service refuses, or is gone.
        """
        with bucket_refusals.told(self.target, path):
            return await asyncio.get_running_loop().run_in_executor(self.threads, work)


@contextlib.contextmanager
def connected(target: Bucket, environment: Mapping[str, str]) -> Iterator[BucketSession]:
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
        yield BucketSession(target, store, threads)


def _keys(target: Bucket, environment: Mapping[str, str]) -> S3Config:
    """Ours, else those that the tools of S3 use."""
    keys: S3Config = {
        "access_key_id": target.user or environment.get("AWS_ACCESS_KEY_ID", ""),
        "secret_access_key": environment.get(SECRETS[0]) or environment.get("AWS_SECRET_ACCESS_KEY", ""),
    }
    token = environment.get("AWS_SESSION_TOKEN")
    if token and not environment.get(SECRETS[0]):
        keys["session_token"] = token
    return keys


def _client(target: Bucket) -> ClientConfig:
    options: ClientConfig = {"allow_http": target.endpoint.startswith("http:"), "timeout": dt.timedelta(minutes=5), "connect_timeout": _CONNECT}
    if target.certificate:
        options["root_certificate"] = Path(target.certificate).expanduser().read_bytes()
    return options
