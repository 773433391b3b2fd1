"""Netlify and Cloudflare: doubles of their interfaces, with the faults that true ones have."""

from __future__ import annotations

import itertools
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from plancher.publishing import Cloudflare, Netlify, manifest
from plancher.publishing.errors import PublishingError
from plancher.publishing.host import Limits, Title, title_of
from plancher.publishing.stores import interface, netlify
from plancher.publishing.stores.cloudflare import CloudflareHost, CloudflareReader
from plancher.publishing.stores.netlify import NetlifyHost, NetlifyReader
from plancher.web import rest

from tests.http_service import served
from tests.publishing import cloudflare_double, netlify_double
from tests.publishing.cloudflare_double import CloudflareDouble
from tests.publishing.conftest import free_port, signed_certificate
from tests.publishing.netlify_double import NetlifyDouble
from tests.publishing.sites import FIRST, Publisher

EDITED = {**FIRST, "2024/un/index.html": "un, corrigé"}
MANY = {**FIRST, **{f"{number}/index.html": str(number) for number in range(40)}}
Double = NetlifyDouble | CloudflareDouble
TOKENS = {NetlifyDouble: netlify_double.TOKEN, CloudflareDouble: cloudflare_double.TOKEN}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(netlify, "_PAUSE", 0.01)
    before = rest.Rest.__init__
    monkeypatch.setattr(rest.Rest, "__init__", lambda self, *words: before(self, *words, pause=0.01))


@pytest.fixture(params=[NetlifyDouble, CloudflareDouble], ids=["netlify", "cloudflare"])
def host(request: pytest.FixtureRequest) -> Iterator[Double]:
    with request.param().open() as double:
        yield double


@pytest.fixture
def there(host: Double, tmp_path: Path) -> Publisher:
    return Publisher(host.target(), tmp_path / "ici", {"PLANCHER_PASSWORD": TOKENS[type(host)]})


def sent(host: Double) -> int:
    return len(host.uploads() if isinstance(host, NetlifyDouble) else host.sent)


def is_upload(request: web.Request) -> bool:
    return ("/files/" in request.path and request.method == "PUT") or request.path.endswith("/assets/upload")


def at_upload(number: int, answer: Callable[[web.Request], web.StreamResponse | None]) -> Callable[[web.Request], web.StreamResponse | None]:
    """A fault of one upload alone."""
    count = itertools.count(1)
    return lambda request: answer(request) if is_upload(request) and next(count) == number else None


def cut(request: web.Request) -> None:
    request.transport.abort()


def test_only_files_that_the_host_lacks_are_sent(there: Publisher, host: Double) -> None:
    there.publish(FIRST)
    assert sent(host) == len(FIRST)
    there.publish(FIRST)
    there.publish(EDITED)
    assert sent(host) == len(FIRST) + 1
    there.publish({**EDITED, "2024/copie/index.html": EDITED["2024/un/index.html"]})
    assert (sent(host), host.online()["2024/copie/index.html"]) == (len(FIRST) + 1, "un, corrigé")


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: web.Response(status=429, headers={"Retry-After": "0"}),
        lambda _: web.Response(status=429, headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()))}),
        lambda _: web.Response(status=503, text="<html>later"),
        cut,
    ],
    ids=["429", "reset", "503", "cut"],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_host_that_says_later_is_asked_again(there: Publisher, host: Double, answer, number: int) -> None:
    host.faults.append(at_upload(number, answer))
    there.publish(FIRST)
    assert host.online() == FIRST


def test_the_time_that_a_host_asks_for_is_waited(there: Publisher, host: Double) -> None:
    host.faults.append(at_upload(1, lambda _: web.Response(status=429, headers={"Retry-After": "1"})))
    began = time.monotonic()
    there.publish({"index.html": "un"})
    assert time.monotonic() - began >= 1


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (401, {}, "jeton d'accès.*périmé.*PLANCHER_PASSWORD"),
        (403, {}, "jeton d'accès"),
        (429, {"Retry-After": "7200"}, "trop de demandes.*Attendez"),
        (500, {}, "répond « 500 »"),
        (422, {}, "répond « 422 »"),
    ],
)
def test_what_a_host_refuses_is_told_and_readers_keep_the_old_site_until_the_next_run(
    there: Publisher, host: Double, status: int, headers: dict[str, str], words: str
) -> None:
    there.publish(FIRST)
    host.faults.append(lambda request: web.Response(status=status, headers=headers) if request.method in {"PUT", "POST"} else None)
    with pytest.raises(PublishingError, match=words) as stopped:
        there.publish(MANY)
    assert "jeton" not in str(stopped.value).replace("jeton d'accès", "")
    assert host.online() == FIRST
    host.faults.clear()
    there.publish(MANY)
    assert host.online() == MANY


def test_a_line_that_stays_cut_is_told_and_what_was_sent_is_not_sent_again(there: Publisher, host: Double) -> None:
    there.publish(FIRST)
    uploads = itertools.count(1)
    host.faults.append(lambda request: cut(request) if is_upload(request) and next(uploads) > 6 else None)
    with pytest.raises(PublishingError, match=r"coupée.*Recommencez"):
        there.publish(MANY)
    assert host.online() == FIRST
    host.faults.clear()
    before = sent(host)
    there.publish(MANY)
    assert host.online() == MANY
    assert sent(host) - before < 40


def test_a_site_that_the_host_does_not_know_is_told(there: Publisher, host: Double) -> None:
    wrong = {"site": "autre.example"} if isinstance(host, NetlifyDouble) else {"account": "f" * 32}
    publisher = Publisher(host.target(**wrong), there.folder, there.environment)
    with pytest.raises(PublishingError, match="ne connaît pas"):
        publisher.publish(FIRST)


def test_somebody_who_published_meanwhile_is_seen_before_readers_get_ours(there: Publisher, host: Double) -> None:
    there.publish(FIRST)
    uploads = itertools.count(1)

    def overtake(request: web.Request) -> None:
        if is_upload(request) and next(uploads) == 2:
            host.publish_as_somebody_else()

    host.faults.append(overtake)
    with pytest.raises(PublishingError, match=r"Quelqu'un d'autre vient de publier.*pas en ligne"):
        there.publish(MANY)
    assert host.online() != MANY


def test_one_returns_to_somebody_who_published_between_our_last_look_and_our_switch(there: Publisher, host: Double) -> None:
    there.publish(FIRST)

    def overtake(request: web.Request) -> None:
        is_last = is_upload(request) and sent(host) == len(MANY) - 1
        if request.path.endswith(f"/scripts/{cloudflare_double.PROJECT}") or (isinstance(host, NetlifyDouble) and is_last):
            host.faults.clear()
            host.publish_as_somebody_else("Publication 20990101T000000 sienne")

    host.faults.append(overtake)
    there.publish(MANY)
    assert host.online() == MANY
    assert len(there.status().releases) == 3
    there.rollback()
    assert there.status().identifier == "20990101T000000"


def test_a_site_that_readers_have_is_no_failure_although_its_place_in_the_list_cannot_be_mended(there: Publisher, host: Double) -> None:
    there.publish(FIRST)
    begun: list[str] = []

    def overtake(request: web.Request) -> web.Response | None:
        if request.method == "POST" and request.path.endswith("/deploys"):
            begun.append(request.path)
            return web.json_response({}, status=500) if len(begun) > 1 else None
        if isinstance(host, NetlifyDouble) and is_upload(request) and sent(host) == len(MANY) - 1:
            host.publish_as_somebody_else("Publication 20990101T000000 sienne")
        return None

    host.faults.append(overtake)
    assert there.publish(MANY).is_switched
    assert host.online() == MANY
    assert (len(begun) > 1) == isinstance(host, NetlifyDouble)  # the other makes a version and shows it in one request


def test_a_host_that_keeps_what_it_should_forget_is_told_and_not_asked_for_ever(there: Publisher, host: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "PAUSE", 0.0)
    there.publish(FIRST)
    host.faults.append(lambda request: web.json_response({}, status=404) if request.method == "DELETE" else None)
    with pytest.raises(PublishingError, match="garde d'anciennes versions"):
        there.publish(EDITED, forgetting=True)
    assert host.online() == EDITED


def test_too_large_a_site_is_told_before_the_first_byte(there: Publisher, host: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = NetlifyReader if isinstance(host, NetlifyDouble) else CloudflareReader
    monkeypatch.setattr(reader, "limits", Limits(files=10, size=100))
    with pytest.raises(PublishingError, match=r"46 fichiers.*en prend 10.*Rien n'a changé"):
        there.publish(MANY)
    with pytest.raises(PublishingError, match=r"film\.webm pèse 101\s.*100\soctets au plus"):
        there.publish({"index.html": "un", "film.webm": "f" * 101})
    assert (sent(host), host.online()) == (0, {})


def test_a_file_that_the_host_finds_too_large_is_no_lack_of_room(there: Publisher, host: Double) -> None:
    there.publish(FIRST)
    host.faults.append(lambda request: web.json_response({"message": "Too large"}, status=413) if is_upload(request) else None)
    name = "été 2024/film.webm" if isinstance(host, NetlifyDouble) else ""
    heavy = f"« {name} »" if name else "un fichier du site"
    with pytest.raises(PublishingError, match=f"trouve {heavy} trop lourd.*Rien n'a changé.*Allégez-le"):
        there.publish({**FIRST, "été 2024/film.webm": "film"})
    assert host.online() == FIRST


def test_a_token_that_is_missing_is_told(host: Double, tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=r"Il manque le jeton d'accès.*PLANCHER_PASSWORD"):
        Publisher(host.target(), tmp_path).publish(FIRST)


@pytest.mark.parametrize("is_expired", [False, True])
def test_a_certificate_that_proves_nothing_stops_before_the_token_leaves(tmp_path: Path, is_expired: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = signed_certificate(tmp_path, is_expired=is_expired)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if is_expired:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with served(web.Application(), context) as address, pytest.raises(PublishingError, match=r"certificat est périmé.*Rien n'est envoyé"):
        Publisher(Netlify("a.example", address), tmp_path, {"PLANCHER_PASSWORD": "jeton"}).publish(FIRST)


def test_a_host_that_does_not_answer_is_told(tmp_path: Path) -> None:
    target = Cloudflare("0" * 32, "carnet", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(PublishingError, match=r"ne répond pas"):
        Publisher(target, tmp_path, {"PLANCHER_PASSWORD": "jeton"}).publish(FIRST)


def test_a_network_that_answers_for_everybody_is_told(tmp_path: Path) -> None:
    async def portal(request: web.Request) -> web.Response:
        return web.Response(text="<html>Bienvenue à l'hôtel", content_type="text/html")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", portal)
    with served(application) as address, pytest.raises(PublishingError, match="ce qui n'est pas de lui"):
        Publisher(Netlify("a.example", address), tmp_path, {"PLANCHER_PASSWORD": "jeton"}).publish(FIRST)


def test_a_dry_run_and_a_status_are_given_nothing_that_can_write() -> None:
    writing = {"deploy", "restore"}
    for reader, writer in ((NetlifyReader, NetlifyHost), (CloudflareReader, CloudflareHost)):
        assert not writing & {*dir(reader)}
        assert writing <= {*dir(writer)}


def test_what_a_server_obeys_is_compared_although_a_host_lists_it_nowhere(there: Publisher, host: Double) -> None:
    site = {**FIRST, "_headers": "/*\n  X-A: a\n", "_redirects": "/a /b 301\n"}
    there.publish(site)
    assert host.online() == site
    before = sent(host)
    assert there.publish(site).plan.is_empty
    there.publish({**site, "_redirects": "/a /c 301\n"})
    assert host.online()["_redirects"] == "/a /c 301\n"
    assert sent(host) - before <= 1


def test_a_name_that_netlify_refuses_is_told(tmp_path: Path) -> None:
    with NetlifyDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": netlify_double.TOKEN})
        with pytest.raises(PublishingError, match=r"« un#deux\.html » porte"):
            publisher.publish({"index.html": "a", "un#deux.html": "b"})


def test_a_deployment_that_netlify_cannot_make_is_told(tmp_path: Path) -> None:
    with NetlifyDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": netlify_double.TOKEN})
        failed = {"id": "d1", "state": "error", "error_message": "plan exceeded"}
        double.faults.append(lambda request: web.json_response(failed) if request.method == "GET" and "/deploys/" in request.path else None)
        with pytest.raises(PublishingError, match=r"plan exceeded.*Rien n'a changé"):
            publisher.publish(FIRST)


def test_more_files_than_a_page_of_netlify_lists_are_all_seen(tmp_path: Path) -> None:
    with NetlifyDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": netlify_double.TOKEN})
        many = {"index.html": "a", **{f"images/{number}.png": str(number) for number in range(220)}}
        publisher.publish(many)
        assert publisher.look({**many, "index.html": "b"}).sent == ("index.html",)
        assert publisher.status().files == 221


def test_a_token_of_cloudflare_that_ends_during_an_upload_is_asked_for_again(tmp_path: Path) -> None:
    with CloudflareDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": cloudflare_double.TOKEN})
        double.faults.append(at_upload(3, lambda _: cloudflare_double.failure(401, "expired")))
        publisher.publish(MANY)
        assert double.online() == MANY


def test_the_types_of_files_are_told_to_cloudflare_and_its_manifest_is_no_file(tmp_path: Path) -> None:
    with CloudflareDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": cloudflare_double.TOKEN})
        publisher.publish({**FIRST, "un.txt": "pareil", "un.html": "pareil"})
        kinds = {kind for _, kind in double.blobs.values()}
        assert {"application/atom+xml; charset=utf-8", "text/html; charset=utf-8", "text/plain; charset=utf-8"} <= kinds
        assert {*double.online()} == {*FIRST, "un.txt", "un.html"}


def test_a_manifest_that_cloudflare_lost_loses_nothing(tmp_path: Path) -> None:
    with CloudflareDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": cloudflare_double.TOKEN})
        publisher.publish(FIRST)
        for version in double.versions.values():
            version["modules"] = []
        assert publisher.look(FIRST).is_empty
        before = len(double.sent)
        publisher.publish(EDITED)
        assert (double.online(), len(double.sent) - before) == (EDITED, 1)


def test_a_file_of_the_former_site_that_cloudflare_lost_is_left_out(tmp_path: Path) -> None:
    with CloudflareDouble().open() as double:
        publisher = Publisher(double.target(), tmp_path, {"PLANCHER_PASSWORD": cloudflare_double.TOKEN})
        publisher.publish(FIRST)
        del double.blobs[next(digest for digest, (content, _) in double.blobs.items() if content == b"a")]
        second = {name: text for name, text in FIRST.items() if name != "theme/a.css"} | {"theme/b.css": "b"}
        publisher.publish(second)
        assert double.online() == second


def test_a_title_says_what_it_was_made_from() -> None:
    title = Title("20260101T000000Z", "0123456789abcdef").carrying(["theme/un été.css", "b.js"])
    assert title_of(str(title)) == title
    assert title_of("Merge branch main").identifier == ""
    assert title_of("Publication ").identifier == ""
    full = Title("a", "b").carrying(f"theme/{number}.css" for number in range(900))
    assert 10 < len(full.carried) < 100
    assert len(str(full)) <= 1000


def test_of_two_people_who_look_in_the_same_second_each_site_is_kept(there: Publisher, host: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "newer", lambda identifier, _newest: identifier)  # neither has seen the other's
    sites = [{**FIRST, "index.html": name} for name in ("avant", "elle", "lui")]
    there.publish(sites[0])
    for files in sites[1:]:
        there._number = 1
        there.publish(files)
    assert len(there.status().releases) == 3
    for files in (sites[1], sites[0]):
        there.rollback()
        assert host.online() == files


def test_somebody_else_who_was_faster_is_not_replaced_even_where_nothing_is_to_be_sent(there: Publisher, host: Double) -> None:
    there.publish(FIRST)
    there.publish({**FIRST, "index.html": "autre"})
    with pytest.raises(PublishingError, match="vient de publier"):
        there.publish(FIRST, confirm=lambda _: host.publish_as_somebody_else())
    assert host.online() != FIRST
