"""A bucket: a real S3 server (moto), and one that refuses."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from plancher.outputs.discovery import serving
from plancher.publishing import Bucket, leasing
from plancher.publishing.errors import PublishingError
from plancher.publishing.stores import bucket, bucket_place, bucket_session
from plancher.publishing.stores.bucket import BucketStore
from plancher.publishing.stores.bucket_session import BucketSession

from tests.http_service import served
from tests.publishing.conftest import ObjectServer, free_port, signed_certificate
from tests.publishing.sites import FIRST, Publisher
from tests.publishing.slow_line import SlowLine

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}
NUMBERS = itertools.count()
SETTLED = bucket_place.SETTLED
"""For what is about several at once, which a busy machine makes slower."""


@pytest.fixture(autouse=True)
def _no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_place, "SETTLED", 0.05)


@pytest.fixture
def name(s3: ObjectServer) -> str:
    made = f"blog-{next(NUMBERS)}"
    s3.ask("PUT", made)
    return made


@pytest.fixture
def there(s3: ObjectServer, name: str, tmp_path: Path) -> Publisher:
    return Publisher(s3.target(name), tmp_path / "ici", {"PLANCHER_PASSWORD": "motsecret"})


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    sent: list[str] = []
    before = BucketStore.replace

    async def noted(self: BucketStore, path: str, source: Path) -> None:
        sent.append(path.strip("/"))
        await before(self, path, source)

    monkeypatch.setattr(BucketStore, "replace", noted)
    return sent


def test_an_edit_sends_its_object_alone_in_the_order_of_the_plan(there: Publisher, s3: ObjectServer, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = counted(monkeypatch)
    there.publish(FIRST)
    assert s3.online(name) == FIRST
    order = [sent.index(path) for path in ("theme/a.css", "2024/un/index.html", "index.html", "feeds/atom.xml")]
    assert order == sorted(order)
    sent.clear()
    there.publish(EDITED)
    assert sent == ["2024/un/index.html"]


def test_each_object_says_what_it_is_and_how_long_it_may_be_kept(there: Publisher, s3: ObjectServer, name: str) -> None:
    there.publish({**FIRST, "theme/site.0123456789.css": "a", "theme/site.webmanifest": "{}", "feeds/feed.json": "{}"})
    told = {path: s3.ask("GET", f"{name}/{path}")[1] for path in ("2024/un/index.html", "feeds/atom.xml", "theme/site.0123456789.css", "feeds/feed.json")}
    assert [one["Content-Type"] for one in told.values()] == [
        "text/html; charset=utf-8",
        "application/atom+xml; charset=utf-8",
        "text/css; charset=utf-8",
        "application/feed+json",
    ]
    assert told["theme/site.0123456789.css"]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert told["2024/un/index.html"]["Cache-Control"] == told["feeds/atom.xml"]["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("feeds/tag/pme.rss.xml", "application/rss+xml; charset=utf-8"),
        ("feeds/liens.json", "application/feed+json"),
        ("preuves.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("videos/un.vtt", "text/vtt; charset=utf-8"),
        ("theme/site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("images/PHOTO.JPG", "image/jpeg"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_types_are_those_that_readers_need(path: str, kind: str) -> None:
    assert serving.headers_of(path)["Content-Type"] == kind


@pytest.mark.parametrize("path", ["images/rapport.2024010112.pdf", "images/affiche.deadbeef00.jpg", "2024/un/site.0123456789.css"])
def test_a_file_of_an_author_is_never_kept_for_a_year_whatever_its_name(path: str) -> None:
    assert serving.headers_of(path)["Cache-Control"] in {"public, max-age=300", "public, max-age=86400"}


@pytest.mark.parametrize(
    ("path", "seconds"),
    [
        ("index.html", 300),
        ("feeds/atom.xml", 300),
        ("images/été.jpg", 86_400),
        ("2024/05/un/plan.png", 86_400),
        ("2024/05/un/carte.png", 86_400),
        ("videos/un.webm", 86_400),
        ("theme/icons/partage.png", 86_400),
        ("images/rapport.pdf", 300),
        ("theme/js/site.0123456789abcdef.js", 31_536_000),
        ("theme/js/site.js", 300),
    ],
)
def test_each_kind_of_file_is_kept_as_long_as_behind_a_server(path: str, seconds: int) -> None:
    assert f"max-age={seconds}" in serving.headers_of(path)["Cache-Control"].replace(", immutable", "").split(", ")


@pytest.mark.parametrize("prefix", ["", "blog", "sites/blog"])
def test_our_own_objects_stand_under_a_name_that_nobody_can_guess(s3: ObjectServer, name: str, tmp_path: Path, prefix: str) -> None:
    publisher = Publisher(s3.target(name, prefix=prefix), tmp_path / "ici")
    publisher.publish(FIRST)
    assert s3.online(name, prefix) == FIRST
    ours = [key for key in s3.keys(name) if ".plancher-" in key]
    folders = {key.rpartition("/")[0] for key in ours}
    assert len(folders) == 1
    assert len(folders.pop().rpartition("-")[2]) == 32
    assert {s3.ask("GET", f"{name}/{key}")[1]["Cache-Control"] for key in ours} == {"no-store"}
    assert {key.rpartition("/")[2] for key in ours} == {"begun", "manifest.json", "owned"}
    Publisher(s3.target(name, prefix=prefix), tmp_path / "là-bas").publish(EDITED)
    assert {key.rpartition("/")[0] for key in s3.keys(name) if ".plancher-" in key} == {ours[0].rpartition("/")[0]}


def test_who_publish_first_at_once_take_the_same_place(there: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_place, "SETTLED", SETTLED)

    async def one(session: BucketSession, later: float) -> str:
        await asyncio.sleep(later)
        return (await bucket_place.place_of(session, is_first_made=True)).state

    async def all_at_once() -> set[str]:
        with bucket_session.connected(there.target, {}) as session:
            return set(await asyncio.gather(*(one(session, later) for later in (0, 0, 0.1, 0.5))))

    assert len(asyncio.run(all_at_once())) == 1


def test_who_comes_while_others_choose_a_place_waits_for_their_choice(there: Publisher, s3: ObjectServer, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_place, "SETTLED", SETTLED)
    chosen, other = (f".plancher-{sign * 32}" for sign in "0f")
    s3.ask("PUT", f"{name}/{other}/begun")

    async def late() -> str:
        with bucket_session.connected(there.target, {}) as session:
            coming = asyncio.create_task(bucket_place.place_of(session, is_first_made=True))
            await asyncio.sleep(0.5)
            await asyncio.to_thread(s3.ask, "DELETE", f"{name}/{other}/begun")  # its machine saw the one that was there before
            await asyncio.to_thread(s3.ask, "PUT", f"{name}/{chosen}/begun")
            return (await coming).state

    assert asyncio.run(late()) == chosen


def test_objects_of_somebody_else_stay(there: Publisher, s3: ObjectServer, name: str) -> None:
    s3.ask("PUT", f"{name}/boutique/a.php")
    there.publish(FIRST)
    there.publish({"index.html": "seul"})
    there.publish({"index.html": "seul"})
    assert s3.online(name) == {"index.html": "seul", "boutique/a.php": ""}


def test_what_tells_a_server_what_to_do_is_not_shown(there: Publisher, s3: ObjectServer, name: str) -> None:
    there.publish({**FIRST, "_headers": "a", "_redirects": "b", ".htaccess": "c", "feeds/.htaccess": "d"})
    assert s3.online(name) == FIRST


def test_a_lost_manifest_loses_nothing(there: Publisher, s3: ObjectServer, name: str) -> None:
    there.publish(FIRST)
    lost = next(key for key in s3.keys(name) if key.endswith("manifest.json"))
    s3.ask("DELETE", f"{name}/{lost}")
    there.publish(EDITED)
    assert s3.online(name) == EDITED


def locked(there: Publisher, content: bytes) -> bool:
    async def create() -> bool:
        with bucket_session.connected(there.target, {}) as session:
            return await BucketStore(session).create("verrou", content)

    return asyncio.run(create())


def test_a_lock_is_made_once(there: Publisher, s3: ObjectServer, name: str) -> None:
    assert locked(there, b"un")
    assert not locked(there, b"deux")
    assert s3.ask("GET", f"{name}/verrou")[0] == b"un"


@pytest.mark.parametrize("answer", [None, NotImplementedError("condition")])
def test_a_service_that_heeds_no_condition_has_a_lock_too(there: Publisher, monkeypatch: pytest.MonkeyPatch, answer: Exception | None) -> None:
    before = bucket.obstore.put

    def without_condition(store, path, content, *, mode="overwrite", **options):
        if mode == "create" and answer:
            raise answer
        return before(store, path, content, **options)

    monkeypatch.setattr(bucket.obstore, "put", without_condition)
    assert locked(there, b"un")
    assert not locked(there, b"deux")


def test_of_two_who_write_a_lock_at_once_there_one_has_it(there: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket_place, "SETTLED", SETTLED)
    before = bucket.obstore.put

    def without_condition(store, path, content, *, mode="", **options):
        return before(store, path, content, **options)

    monkeypatch.setattr(bucket.obstore, "put", without_condition)

    async def both() -> list[bool]:
        with bucket_session.connected(there.target, {}) as session:
            return await asyncio.gather(*(BucketStore(session).create("verrou", f"{number}".encode()) for number in range(5)))

    assert sorted(asyncio.run(both())) == [False, False, False, False, True]


def test_who_publishes_is_told_to_the_second(there: Publisher, s3: ObjectServer, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    there.publish(FIRST)
    state = next(key for key in s3.keys(name) if key.endswith("begun")).rpartition("/")[0]
    monkeypatch.setattr(leasing.lease.Lease, "is_orphan", lambda _: False)

    async def hold() -> None:
        with bucket_session.connected(there.target, {}) as session:
            async with leasing.locked(BucketStore(session), f"{state}/lock.json", 0.0):
                with pytest.raises(PublishingError, match="publie en ce moment"):
                    await asyncio.to_thread(there.publish, EDITED)

    asyncio.run(hold())
    assert s3.online(name) == FIRST


def test_a_line_that_is_cut_leaves_pages_that_have_what_they_need_and_the_next_run_goes_on(
    s3: ObjectServer, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SlowLine(s3.port, 0.002).open() as line:
        publisher = Publisher(Bucket(name, f"http://127.0.0.1:{line.port}", user="a"), tmp_path / "ici")
        publisher.publish(FIRST)
        before, count = BucketStore.replace, 0
        many = {**FIRST, **{f"{number}/index.html": str(number) for number in range(80)}}

        async def cut(self: BucketStore, path: str, source: Path) -> None:
            nonlocal count
            count += 1
            if count == 70:
                raise PublishingError("coupé")
            await before(self, path, source)

        monkeypatch.setattr(BucketStore, "replace", cut)
        with pytest.raises(PublishingError, match="coupé"):
            publisher.publish(many)
        shown = s3.online(name)
        assert {path: shown[path] for path in FIRST} == FIRST
        monkeypatch.setattr(BucketStore, "replace", before)
        line.cut()  # connections that were kept open are no more: they are opened again
        sent = counted(monkeypatch)
        publisher.publish(many)
    assert s3.online(name) == many
    assert 0 < len(sent) < 80


@contextlib.contextmanager
def refusing(status: int, code: str, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A service that answers each request in the same way."""

    async def answer(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(status=status, text=f"<Error><Code>{code}</Code><Message>no</Message></Error>", content_type="application/xml")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    with served(application, context) as address:
        yield address


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, "InvalidAccessKeyId", r"refuse la clé d'accès.*PLANCHER_PASSWORD"),
        (403, "SignatureDoesNotMatch", r"refuse la clé d'accès.*PLANCHER_PASSWORD"),
        (400, "ExpiredToken", r"périmée"),
        (404, "NoSuchBucket", r"Il n'y a pas de bucket « blog »"),
        (301, "PermanentRedirect", r"autre région"),
        (507, "QuotaExceeded", r"plein.*Faites de la place"),
        (400, "Autre", r"répond « Autre »"),
    ],
)
def test_a_service_that_refuses_is_told_in_one_sentence(tmp_path: Path, status: int, code: str, words: str) -> None:
    with refusing(status, code) as address, pytest.raises(PublishingError, match=words) as stopped:
        Publisher(Bucket("blog", address, user="a"), tmp_path / "ici", {"PLANCHER_PASSWORD": "motsecret"}).publish(FIRST)
    assert "motsecret" not in str(stopped.value)


@pytest.mark.parametrize("is_expired", [False, True])
def test_a_certificate_that_proves_nothing_is_told(tmp_path: Path, is_expired: bool) -> None:
    certificate = signed_certificate(tmp_path, is_expired=is_expired)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    trusted = str(certificate) if is_expired else ""
    with refusing(404, "NoSuchBucket", context) as address, pytest.raises(PublishingError, match=r"ne prouve pas.*Rien n'est envoyé"):
        Publisher(Bucket("blog", address, user="a", certificate=trusted), tmp_path / "ici").publish(FIRST)


def test_a_certificate_that_the_owner_knows_is_trusted(tmp_path: Path) -> None:
    certificate = signed_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with refusing(404, "NoSuchBucket", context) as address, pytest.raises(PublishingError, match="Il n'y a pas de bucket"):
        Publisher(Bucket("blog", address, user="a", certificate=str(certificate)), tmp_path / "ici").publish(FIRST)


def test_a_service_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=r"ne répond pas.*Recommencez"):
        Publisher(Bucket("blog", f"http://127.0.0.1:{free_port()}", user="a"), tmp_path / "ici").publish(FIRST)


def test_the_process_ends_well_right_after_the_last_object(s3: ObjectServer, name: str, tmp_path: Path) -> None:
    (tmp_path / "un.html").write_text("un", encoding="utf-8")
    code = f"""
import asyncio, pathlib
from plancher.publishing import Bucket
from plancher.publishing.stores import bucket, bucket_session
async def send():
    with bucket_session.connected(Bucket({name!r}, {s3.address!r}, user="a"), {{}}) as session:
        store = bucket.BucketStore(session)
        await asyncio.gather(*(store.replace(f"{{number}}.html", pathlib.Path({str(tmp_path / "un.html")!r})) for number in range(100)))
asyncio.run(send())
"""
    for _ in range(3):
        assert subprocess.run([sys.executable, "-c", code], cwd="plugins", capture_output=True, timeout=60, check=False).returncode == 0
