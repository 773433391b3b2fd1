"""Sites that are cited, those that take webmentions for them, a hub and a search engine: one real server on this machine, and what it was told."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from aiohttp import web

from tests.http_service import listening

BLOG, OTHERS = "127.0.0.1", "127.0.0.2"
"""Machines: that of the blog, and that of the sites it cites."""


@dataclasses.dataclass
class Page:
    """What an address answers."""

    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200
    kind: str = "text/html; charset=utf-8"


@dataclasses.dataclass
class Village:
    """The server."""

    port: int = 0
    pages: dict[str, Page] = dataclasses.field(default_factory=dict)
    """By path."""
    answers: dict[str, int] = dataclasses.field(default_factory=dict)
    """The status of what takes a form, by path; 202 otherwise."""
    told: list[tuple[str, dict[str, list[str]]]] = dataclasses.field(default_factory=list)
    """The path with its query, and the form that came."""
    sent: list[tuple[str, object]] = dataclasses.field(default_factory=list)
    """The same, of what came as JSON."""
    asked: list[str] = dataclasses.field(default_factory=list)
    """Each host and path that was asked for."""
    at_once: dict[str, int] = dataclasses.field(default_factory=dict)
    """The most requests that a machine had at a time."""
    pause: float = 0.0
    """Seconds before each answer."""
    folder: Path | None = None
    """What the machine of the blog shows."""
    is_down: bool = False
    """Whether that machine hangs up."""
    _now: dict[str, int] = dataclasses.field(default_factory=dict)

    def url(self, path: str, host: str = OTHERS) -> str:
        return f"http://{host}:{self.port}{path}"

    def forget(self) -> None:
        """Begin to count again."""
        for known in (self.told, self.sent, self.asked, self.at_once):
            known.clear()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host = request.host.partition(":")[0]
        self._now[host] = self._now.get(host, 0) + 1
        self.at_once[host] = max(self.at_once.get(host, 0), self._now[host])
        try:
            await asyncio.sleep(self.pause)
            return await self._answer(request, host)
        finally:
            self._now[host] -= 1

    async def _answer(self, request: web.Request, host: str) -> web.StreamResponse:
        self.asked.append(f"{request.method} {host}{request.path}")
        if request.method == "POST":
            raw = (await request.read()).decode()
            if request.content_type == "application/json":
                self.sent.append((request.path_qs, await request.json()))
            else:
                self.told.append((request.path_qs, urllib.parse.parse_qs(raw, keep_blank_values=True)))
            return web.Response(status=self.answers.get(request.path, 202))
        if self.folder is not None and host == BLOG:
            return self._file(request)
        page = self.pages.get(request.path, Page("Introuvable", status=404))
        headers = [("Content-Type", page.kind), *((name, value.replace("{port}", str(self.port))) for name, value in page.headers)]
        return web.Response(status=page.status, headers=headers, body=page.body.replace("{port}", str(self.port)).encode())

    def _file(self, request: web.Request) -> web.StreamResponse:
        assert self.folder is not None
        if self.is_down:
            request.transport.close()
            return web.Response()
        path = self.folder / request.path.lstrip("/") / ("index.html" if request.path.endswith("/") else "")
        if path.is_file():
            return web.Response(body=path.read_bytes(), content_type="text/html" if path.suffix == ".html" else "application/octet-stream")
        return web.Response(status=404, body=(self.folder / "404.html").read_bytes(), content_type="text/html")


@contextlib.contextmanager
def playing() -> Iterator[Village]:
    """The village, in a thread of its own."""
    village, app = Village(), web.Application()
    app.router.add_route("*", "/{path:.*}", village.answer)
    with listening(app, ("0.0.0.0", None)) as (village.port,):
        yield village
