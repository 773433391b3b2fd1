"""Netlify's interface as its document describes it (open-api.netlify.com): what a publication asks of it, and its ways to fail."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterator

from aiohttp import web
from plancher.publishing import Netlify

from tests.http_service import served

TOKEN, SITE = "jeton", "carnet.netlify.app"
Fault = Callable[[web.Request], web.StreamResponse | None]


@dataclasses.dataclass
class Deploy:
    files: dict[str, str]
    title: str
    state: str = "preparing"


class NetlifyDouble:
    """One site."""

    def __init__(self) -> None:
        self.address = ""
        self.blobs: dict[str, bytes] = {}
        self.deploys: dict[str, Deploy] = {}
        self.published = ""
        self.asked: list[str] = []
        self.faults: list[Fault] = []
        self._numbers = itertools.count(1)

    def target(self, **other: object) -> Netlify:
        return Netlify(**{"site": SITE, "interface": f"{self.address}/api/v1", **other})

    def online(self) -> dict[str, str]:
        shown = self.deploys[self.published].files if self.published else {}
        return {path.lstrip("/"): self.blobs[digest].decode() for path, digest in shown.items()}

    def uploads(self) -> list[str]:
        return [line.partition("/files/")[2] for line in self.asked if line.startswith("PUT ")]

    def publish_as_somebody_else(self, title: str = "Merge branch main") -> None:
        blob = b"un autre"
        digest = hashlib.sha1(blob).hexdigest()
        self.blobs[digest] = blob
        name = f"d{next(self._numbers)}"
        self.deploys[name] = Deploy({"/index.html": digest, "/autre.html": digest}, title, "ready")
        self.published = name

    @contextlib.contextmanager
    def open(self) -> Iterator[NetlifyDouble]:
        application = web.Application(middlewares=[self._middleware], client_max_size=2**26)
        begin = "/api/v1"
        application.router.add_get(f"{begin}/sites/{{site}}", self._site)
        application.router.add_get(f"{begin}/sites/{{site}}/files", self._files)
        application.router.add_get(f"{begin}/sites/{{site}}/deploys", self._list)
        application.router.add_post(f"{begin}/sites/{{site}}/deploys", self._create)
        application.router.add_post(f"{begin}/sites/{{site}}/deploys/{{deploy}}/restore", self._restore)
        application.router.add_get(f"{begin}/deploys/{{deploy}}", self._show)
        application.router.add_post(f"{begin}/deploys/{{deploy}}/cancel", self._cancel)
        application.router.add_put(f"{begin}/deploys/{{deploy}}/files/{{path:.+}}", self._upload)
        application.router.add_delete(f"{begin}/deploys/{{deploy}}", self._delete)
        with served(application) as self.address:
            yield self

    @web.middleware
    async def _middleware(self, request: web.Request, handler: Callable) -> web.StreamResponse:
        for fault in self.faults:
            if (answer := fault(request)) is not None:
                return answer
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"code": 401, "message": "Access Denied"}, status=401)
        if request.match_info.get("site", SITE) != SITE:
            return web.json_response({"code": 404, "message": "Not Found"}, status=404)
        self.asked.append(f"{request.method} {request.path}")
        return await handler(request)

    async def _site(self, request: web.Request) -> web.Response:
        return web.json_response({"id": "s1", "name": "carnet", "published_deploy": self._described(self.published) if self.published else None})

    async def _files(self, request: web.Request) -> web.Response:
        page, size = int(request.query.get("page", 1)), int(request.query.get("per_page", 100))
        listed = sorted((self.deploys[self.published].files if self.published else {}).items())[(page - 1) * size : page * size]
        # What it obeys is no file of the site for it.
        return web.json_response(
            [
                {"id": path, "path": path, "sha": digest, "size": len(self.blobs[digest]), "mime_type": ""}
                for path, digest in listed
                if path not in {"/_headers", "/_redirects"}
            ]
        )

    async def _list(self, request: web.Request) -> web.Response:
        return web.json_response(
            [self._described(name) for name in reversed(self.deploys) if self.deploys[name].state == request.query.get("state", self.deploys[name].state)]
        )

    async def _create(self, request: web.Request) -> web.Response:
        asked = await request.json()
        name = f"d{next(self._numbers)}"
        self.deploys[name] = Deploy(asked["files"], request.query.get("title", ""))
        assert asked["async"] is True
        return web.json_response({"id": name, "state": "preparing", "required": []})

    async def _delete(self, request: web.Request) -> web.Response:
        del self.deploys[request.match_info["deploy"]]
        return web.Response(status=204)

    async def _show(self, request: web.Request) -> web.Response:
        deploy = self.deploys[request.match_info["deploy"]]
        if deploy.state == "preparing":
            deploy.state = "prepared"
        self._ready(request.match_info["deploy"])
        return web.json_response(self._described(request.match_info["deploy"]))

    async def _upload(self, request: web.Request) -> web.Response:
        content, deploy = await request.read(), self.deploys[request.match_info["deploy"]]
        digest = hashlib.sha1(content).hexdigest()
        if deploy.files.get(f"/{request.match_info['path']}") != digest:
            return web.json_response({"code": 422, "message": "digest mismatch"}, status=422)
        self.blobs[digest] = content
        deploy.state = "uploading"
        self._ready(request.match_info["deploy"])
        return web.json_response({"id": request.match_info["path"], "sha": digest})

    async def _cancel(self, request: web.Request) -> web.Response:
        self.deploys[request.match_info["deploy"]].state = "error"
        return web.json_response({}, status=201)

    async def _restore(self, request: web.Request) -> web.Response:
        self.published = request.match_info["deploy"]
        return web.json_response(self._described(self.published), status=201)

    def _ready(self, name: str) -> None:
        deploy = self.deploys[name]
        if deploy.state in {"prepared", "uploading"} and not self._required(deploy):
            deploy.state = "ready"
            self.published = name

    def _required(self, deploy: Deploy) -> list[str]:
        return sorted({digest for digest in deploy.files.values() if digest not in self.blobs})

    def _described(self, name: str) -> dict[str, object]:
        deploy = self.deploys[name]
        required = self._required(deploy) if deploy.state != "preparing" else []
        return {"id": name, "state": deploy.state, "title": deploy.title, "required": required, "error_message": None}
