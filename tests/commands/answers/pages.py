"""A small web on this machine: what it says at each path is a line of a table."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import Any

from aiohttp import web

from tests.http_service import listening

Said = web.Response | str | bytes | int | dict[str, Any] | list[Any] | None


@dataclasses.dataclass
class Pages:
    """What the servers say, by path: data, HTML, a number for a status, « vers … » for a redirection; a list is said one after the other, its last for ever."""

    port: int = 0
    said: dict[str, Any] = dataclasses.field(default_factory=dict)
    asked: list[str] = dataclasses.field(default_factory=list)
    headers: list[dict[str, str]] = dataclasses.field(default_factory=list)
    kinds: dict[str, str] = dataclasses.field(default_factory=dict)
    """Content types that are not HTML."""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def forget(self) -> None:
        for table in (self.said, self.asked, self.headers, self.kinds):
            table.clear()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        self.headers.append(dict(request.headers))
        content = self.said.get(request.path)
        if isinstance(content, list):
            content = content.pop(0) if len(content) > 1 else content[0]
        if callable(content):
            content = content(request)
        if content is None or isinstance(content, int):
            return web.Response(status=content or 404)
        if isinstance(content, dict):
            return web.json_response(content)
        if isinstance(content, str) and content.startswith("vers "):
            return web.Response(status=302, headers={"Location": content.removeprefix("vers ")})
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        return web.Response(body=raw, headers={"Content-Type": self.kinds.get(request.path, "text/html; charset=utf-8")})


@contextlib.contextmanager
def playing() -> Iterator[Pages]:
    made, app = Pages(), web.Application()
    app.router.add_get("/{path:.*}", made.answer)
    with listening(app, ("127.0.0.1", None)) as (made.port,):
        yield made
