"""A web in small, on this machine: hosts that do everything a link checker meets, and an archive."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import secrets
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from aiohttp import web

from tests.http_service import listening


@dataclasses.dataclass
class Small:
    """The hosts, and what was asked of them."""

    port: int = 0
    tls_port: int = 0
    asked: list[tuple[float, str, str, str]] = dataclasses.field(default_factory=list)
    """When, method, host, path."""
    dead: set[str] = dataclasses.field(default_factory=set)
    """Paths that are gone."""
    lacking: set[str] = dataclasses.field(default_factory=set)
    """Addresses of which the archive has no copy."""
    waits: int = 1
    """How often « /attendre » asks to wait."""
    days: list[str] = dataclasses.field(default_factory=list)
    """The days that the archive was asked for."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def answer(self, request: web.Request) -> web.StreamResponse:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one case for each way to behave
        host, path = request.host.partition(":")[0], request.path
        self.asked.append((time.monotonic(), request.method, host, request.path_qs))
        if path in self.dead:
            return web.Response(status=404, text="perdu")
        if path.startswith("/etat/"):
            return web.Response(status=int(path.rsplit("/", 1)[1]), text="" if path.endswith("204") else "page")
        if path.startswith("/vers/"):
            _, _, code, target = path.split("/", 3)
            return web.Response(status=int(code), headers={"Location": f"/{target}"})
        match path:
            case "/page" | "/deux" | "/revient" | "/":
                return web.Response(
                    text=f"<html><head><link rel='alternate' type='application/atom+xml' href='/flux.xml'></head>Bonjour {path}</html>",
                    content_type="text/html",
                )
            case "/rond":
                return web.Response(status=302, headers={"Location": "/rond2"})
            case "/rond2":
                return web.Response(status=302, headers={"Location": "/rond"})
            case "/loin":
                number = int(request.query.get("n", "0"))
                return web.Response(status=302, headers={"Location": f"/loin?n={number + 1}"})
            case "/sans-head":
                return web.Response(status=405 if request.method == "HEAD" else 200, text="page")
            case "/attendre":
                self.waits -= 1
                return web.Response(status=429, headers={"Retry-After": "1"}) if self.waits >= 0 else web.Response(text="page")
            case "/attendre-longtemps":
                return web.Response(status=429, headers={"Retry-After": "86400"})
            case "/attendre-demain":
                return web.Response(status=503, headers={"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"})
            case "/attendre-jamais":
                return web.Response(status=503, headers={"Retry-After": "Fri, 31 Dec 9999 23:59:59 -1200"})
            case "/attendre-un-carré":
                return web.Response(status=503, headers={"Retry-After": "\u00b2"})
            case "/attendre-toujours":
                return web.Response(status=429, headers={"Retry-After": "1"})
            case "/head-en-rond" if request.method == "HEAD":
                return web.Response(status=302, headers={"Location": path})
            case "/head-pendu" if request.method == "HEAD":
                await asyncio.sleep(3)
                return web.Response()
            case "/head-coupé" if request.method == "HEAD":
                request.transport.close()
                return web.Response()
            case "/head-en-rond" | "/head-pendu" | "/head-coupé":
                return web.Response(text="page")
            case "/biscuit":
                if request.cookies.get("vu") == "oui":
                    return web.Response(text="page")
                return web.Response(status=302, headers={"Location": path, "Set-Cookie": "vu=oui; Path=/; HttpOnly"})
            case "/flux-illisible" | "/flux-piégé":
                feed = "http://[votre-site]/feed" if path == "/flux-illisible" else "/flux\x01\x0b.xml"
                return web.Response(text=f'<link rel="alternate" type="application/rss+xml" href="{feed}">', content_type="text/html")
            case "/lent":
                await asyncio.sleep(5)
                return web.Response(text="tard")
            case "/corps-lent" | "/sans-fin":
                response = web.StreamResponse(headers={"Content-Type": "text/html"})
                await response.prepare(request)
                with contextlib.suppress(ConnectionError):
                    for _ in range(1000):
                        await response.write(b"x" * (1 if path == "/corps-lent" else 65536))
                        await asyncio.sleep(0.2 if path == "/corps-lent" else 0)
                return response
            case "/mauvaise-longueur":
                transport = request.transport
                transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\ncourt")
                transport.close()
                return web.Response()
            case "/mauvais-codage":
                return web.Response(body=b"\x1f\x8b\x08pas du gzip", headers={"Content-Encoding": "gzip", "Content-Type": "text/html; charset=inconnu"})
            case "/accueil":
                return web.Response(status=301, headers={"Location": "/"})
            case "/interne":
                return web.Response(status=302, headers={"Location": "http://10.0.0.1/"})
            case "/hors-du-web":
                return web.Response(status=301, headers={"Location": "ftp://exemple.fr/"})
            case "/vers-un-courriel":
                return web.Response(status=302, headers={"Location": "mailto:a@exemple.fr"})
            case "/vers-rien":
                return web.Response(status=302, headers={"Location": "http://[/"})
        if path == "/seconde":
            await asyncio.sleep(0.5)
            return web.Response(text="page")
        if host == "127.0.0.5":  # whatever is unknown leads home
            return web.Response(status=302, headers={"Location": "/"})
        if host == "127.0.0.6" and path != "/vraie":  # says so, in a page that is never the same twice
            return web.Response(
                text=f"<html><meta name=csrf content='{secrets.token_hex(16)}'><script>var t={time.time()}</script><h1>Page introuvable</h1>"
                f"<p>Demande n° {secrets.token_urlsafe(24)}, serveur {secrets.token_hex(4)}</p></html>",
                content_type="text/html",
            )
        if host == "127.0.0.3":  # every address is the same page
            return web.Response(text=f"Page introuvable : {path}, le {time.time()}")
        if host == "127.0.0.4":
            return web.Response(text=f"Ce nom de domaine est à vendre ! {path}")
        if path == "/vraie":
            return web.Response(text="Une vraie page")
        return web.Response(status=404, text="introuvable")

    async def wayback(self, request: web.Request) -> web.Response:
        url, stamp = request.query["url"], request.query["timestamp"]
        self.days.append(stamp)
        if url.endswith("/assez"):
            return web.Response(status=429, headers={"Retry-After": "3600"})
        if url in self.lacking:
            return web.json_response({"url": url, "archived_snapshots": {}})
        status = "404" if url.endswith("/page-d-erreur") else "200"
        closest = {"status": status, "available": True, "url": f"http://web.archive.org/web/{stamp}120000/{url}", "timestamp": f"{stamp}120000"}
        return web.json_response({"url": url, "archived_snapshots": {"closest": closest}})

    async def timegate(self, request: web.Request) -> web.Response:
        if "accept-datetime" in request.headers:
            return web.Response(status=302, headers={"Location": f"/memento/web/20080912101112/{request.match_info['url']}"})
        return web.Response(status=400)

    async def memento(self, _: web.Request) -> web.Response:
        return web.Response(text="copie", headers={"Memento-Datetime": "Fri, 12 Sep 2008 10:11:12 GMT"})

    async def save(self, request: web.Request) -> web.Response:
        if request.match_info["url"].endswith("/assez"):
            return web.Response(status=429)
        if request.match_info["url"].endswith("/etat/200"):
            return web.Response(status=520)
        return web.Response(text="fait", headers={"Content-Location": f"/web/20261124101112/{request.match_info['url']}"})


@contextlib.contextmanager
def playing(folder: Path) -> Iterator[Small]:
    """The small web, in a thread of its own."""
    small = Small()
    certificate = folder / "certificat.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=exemple.fr", "-keyout", certificate, "-out", folder / "c.pem"],
        check=True,
        capture_output=True,
        timeout=60,
    )

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c.pem", certificate)
    app = web.Application()
    app.router.add_get("/wayback/available", small.wayback)
    app.router.add_route("*", "/timegate/{url:.*}", small.timegate)
    app.router.add_route("*", "/memento/{url:.*}", small.memento)
    app.router.add_get("/save/{url:.*}", small.save)
    app.router.add_route("*", "/{path:.*}", small.answer)
    with listening(app, ("0.0.0.0", None), ("127.0.0.1", context)) as (small.port, small.tls_port):
        yield small
