"""A host without a disk that one sees, whose account is full in the middle of a publication: it is told, readers keep a site, and room heals."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores import bucket_place, netlify

from tests.http_service import served
from tests.publishing import cloudflare_double, netlify_double, reader
from tests.publishing.cloudflare_double import CloudflareDouble
from tests.publishing.conftest import ObjectServer
from tests.publishing.netlify_double import NetlifyDouble
from tests.publishing.sites import Publisher

OLD, NEW = reader.site(0), reader.site(1)
_NUMBERS = itertools.count()


@dataclasses.dataclass
class Account:
    """Of so many uploads, and then none."""

    refusal: tuple[int, str]
    left: int | None = None
    """None: there is room."""

    def refused(self, request: web.Request) -> web.Response | None:
        """What is said once it is full."""
        is_upload = request.method == "PUT" or request.path.endswith("/assets/upload")
        if self.left is None or not is_upload or "/.plancher-" in request.path:
            return None
        self.left -= 1
        return web.Response(status=self.refusal[0], text=self.refusal[1]) if self.left < 0 else None


@dataclasses.dataclass
class Full:
    """One target of such an account."""

    publisher: Publisher
    account: Account
    read: Callable[[str], str | None]
    is_whole: bool


@contextlib.contextmanager
def in_netlify(account: Account, folder: Path, s3: ObjectServer) -> Iterator[Full]:
    with NetlifyDouble().open() as host:
        host.faults.append(account.refused)
        yield Full(Publisher(host.target(), folder, {"PLANCHER_PASSWORD": netlify_double.TOKEN}), account, lambda path: host.online().get(path), is_whole=True)


@contextlib.contextmanager
def in_cloudflare(account: Account, folder: Path, s3: ObjectServer) -> Iterator[Full]:
    with CloudflareDouble().open() as host:
        host.faults.append(account.refused)
        token = cloudflare_double.TOKEN
        yield Full(Publisher(host.target(), folder, {"PLANCHER_PASSWORD": token}), account, lambda path: host.online().get(path), is_whole=True)


@contextlib.contextmanager
def in_a_bucket(account: Account, folder: Path, s3: ObjectServer) -> Iterator[Full]:
    """The real server has no bounds: what stands before it has."""
    name = f"plein-{next(_NUMBERS)}"
    s3.ask("PUT", name)

    async def pass_on(request: web.Request) -> web.Response:
        if (refused := account.refused(request)) is not None:
            return refused
        headers = {key: value for key, value in request.headers.items() if key.lower() != "host"}
        async with (
            aiohttp.ClientSession(auto_decompress=False) as session,
            session.request(request.method, f"{s3.address}{request.raw_path}", headers=headers, data=await request.read()) as answer,
        ):
            told = {key: value for key, value in answer.headers.items() if key.lower() not in {"transfer-encoding", "connection"}}
            return web.Response(status=answer.status, headers=told, body=await answer.read())

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", pass_on)
    with served(application) as address:
        target = dataclasses.replace(s3.target(name), endpoint=address)
        yield Full(Publisher(target, folder, {"PLANCHER_PASSWORD": "a"}), account, lambda path: s3.online(name).get(path), is_whole=False)


XML = '<?xml version="1.0"?><Error><Code>{}</Code><Message>no</Message></Error>'
REFUSALS = {
    "netlify, by status": (in_netlify, (507, '{"code": 507, "message": "Insufficient Storage"}')),
    "netlify, by words": (in_netlify, (403, '{"code": 403, "message": "Account usage limit reached"}')),
    "netlify, unpaid": (in_netlify, (402, '{"code": 402, "message": "Payment Required"}')),
    "cloudflare, by status": (in_cloudflare, (507, '{"success": false, "errors": [{"code": 10027, "message": "Full"}]}')),
    "cloudflare, by words": (in_cloudflare, (400, '{"success": false, "errors": [{"code": 1, "message": "Storage quota exceeded"}]}')),
    "bucket, as a right": (in_a_bucket, (403, XML.format("QuotaExceeded"))),
    "bucket, as a fault": (in_a_bucket, (400, XML.format("XMinioAdminBucketQuotaExceeded"))),
    "bucket, of its disk": (in_a_bucket, (507, XML.format("XMinioStorageFull"))),
}


@pytest.mark.parametrize("left", [0, 3])
@pytest.mark.parametrize("kind", REFUSALS)
def test_it_is_told_with_its_remedy_readers_keep_a_site_and_the_next_run_heals(
    kind: str, left: int, s3: ObjectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket_place, "SETTLED", 0.05)
    monkeypatch.setattr(netlify, "_PAUSE", 0.01)
    opened, refusal = REFUSALS[kind]
    with opened(Account(refusal), tmp_path / "ici", s3) as full:
        full.publisher.publish(OLD)
        full.account.left = left
        with pytest.raises(PublishingError, match=r"place.*Faites(-y)? de la place.*recommencez|plein.*Faites de la place, puis recommencez"):
            full.publisher.publish(NEW)
        pages, lost = reader.crawl(full.read)
        either = {(path, text) for files in (OLD, NEW) for path, text in files.items()}
        assert (lost, {*pages.items()} <= either) == ([], True)
        assert not full.is_whole or pages == reader.of(OLD)
        full.account.left = None
        full.publisher.publish(NEW)
        assert reader.crawl(full.read) == (reader.of(NEW), [])
