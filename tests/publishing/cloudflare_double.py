"""Cloudflare's interface of static files of Workers as its documents describe it: what a publication asks of it, and its ways to fail."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
from collections.abc import Callable, Iterator

from aiohttp import web
from plancher.publishing import Cloudflare

from tests.http_service import served

TOKEN, ACCOUNT, PROJECT = "jeton", "0123456789abcdef0123456789abcdef", "carnet"
_IN_A_BUCKET = 3
Fault = Callable[[web.Request], web.StreamResponse | None]


class CloudflareDouble:
    """One Worker of one account."""

    def __init__(self) -> None:
        self.address = ""
        self.blobs: dict[str, tuple[bytes, str]] = {}
        self.versions: dict[str, dict] = {}
        self.deployments: list[str] = []
        self.sent: list[str] = []
        self.faults: list[Fault] = []
        self._sessions: dict[str, dict[str, str]] = {}
        self._numbers = itertools.count(1)

    def target(self, **other: object) -> Cloudflare:
        return Cloudflare(**{"account": ACCOUNT, "project": PROJECT, "interface": f"{self.address}/client/v4", **other})

    def online(self) -> dict[str, str]:
        if not self.deployments:
            return {}
        version = self.versions[self.deployments[-1]]
        config = version["metadata"]["assets"]["config"]
        settings = {name: config[name] for name in ("_headers", "_redirects") if name in config}
        return {path.lstrip("/"): self.blobs[digest][0].decode() for path, digest in version["files"].items()} | settings

    def publish_as_somebody_else(self, title: str = "Merge branch main") -> None:
        self._add({"files": {}, "metadata": {"assets": {"config": {}}, "annotations": {"workers/message": title}}, "modules": []})

    @contextlib.contextmanager
    def open(self) -> Iterator[CloudflareDouble]:
        application = web.Application(middlewares=[self._middleware], client_max_size=2**27)
        begin = f"/client/v4/accounts/{ACCOUNT}/workers"
        application.router.add_post(f"{begin}/scripts/{PROJECT}/assets-upload-session", self._begin)
        application.router.add_post(f"{begin}/assets/upload", self._upload)
        application.router.add_put(f"{begin}/scripts/{PROJECT}", self._script)
        application.router.add_get(f"{begin}/scripts/{PROJECT}/deployments", self._deployments)
        application.router.add_post(f"{begin}/scripts/{PROJECT}/deployments", self._deploy)
        application.router.add_get(f"{begin}/workers/{PROJECT}/versions", self._list)
        application.router.add_get(f"{begin}/workers/{PROJECT}/versions/{{version}}", self._show)
        application.router.add_delete(f"{begin}/workers/{PROJECT}/versions/{{version}}", self._delete)
        with served(application) as self.address:
            yield self

    @web.middleware
    async def _middleware(self, request: web.Request, handler: Callable) -> web.StreamResponse:
        for fault in self.faults:
            if (answer := fault(request)) is not None:
                return answer
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        is_upload = request.path.endswith("/assets/upload")
        if token not in (self._sessions if is_upload else {TOKEN}):
            return failure(401, "Authentication error")
        return await handler(request)

    async def _begin(self, request: web.Request) -> web.Response:
        listed = (await request.json())["manifest"]
        assert all(len(one["hash"]) == 32 for one in listed.values())
        files = {path: one["hash"] for path, one in listed.items()}
        token = f"jwt-{next(self._numbers)}"
        self._sessions[token] = files
        lacking = sorted({digest for digest in files.values() if digest not in self.blobs})
        buckets = [lacking[start : start + _IN_A_BUCKET] for start in range(0, len(lacking), _IN_A_BUCKET)]
        return success({"jwt": token, "buckets": buckets})

    async def _upload(self, request: web.Request) -> web.Response:
        assert request.query["base64"] == "true"
        async for part in await request.multipart():
            self.blobs[part.name] = (base64.b64decode(await part.read()), part.headers["Content-Type"])
            self.sent.append(part.name)
        token = request.headers["Authorization"].removeprefix("Bearer ")
        is_whole = all(digest in self.blobs for digest in self._sessions[token].values())
        return success({"jwt": token} if is_whole else {}, 201 if is_whole else 202)

    async def _script(self, request: web.Request) -> web.Response:
        metadata, modules = {}, []
        async for part in await request.multipart():
            content = await part.read()
            if part.name == "metadata":
                metadata = json.loads(content)
            else:
                modules.append({"name": part.filename, "content_type": part.headers["Content-Type"], "content_base64": base64.b64encode(content).decode()})
        files = self._sessions.get(metadata["assets"]["jwt"])
        if files is None or any(digest not in self.blobs for digest in files.values()):
            return failure(400, "invalid assets token")
        assert metadata["main_module"] in {module["name"] for module in modules}
        self._add({"files": files, "metadata": metadata, "modules": modules})
        return success({"id": PROJECT})

    def _add(self, version: dict) -> None:
        name = f"v{next(self._numbers)}"
        self.versions[name] = version
        self.deployments.append(name)

    async def _deployments(self, request: web.Request) -> web.Response:
        if not self.deployments:
            return failure(404, "This Worker does not exist on your account.")
        return success({"deployments": [{"id": name, "versions": [{"version_id": name, "percentage": 100}]} for name in reversed(self.deployments)]})

    async def _deploy(self, request: web.Request) -> web.Response:
        asked = await request.json()
        assert asked["strategy"] == "percentage"
        self.deployments.append(asked["versions"][0]["version_id"])
        return success({"id": "d"})

    async def _list(self, request: web.Request) -> web.Response:
        return success([self._described(name) for name in reversed(self.versions)])

    async def _delete(self, request: web.Request) -> web.Response:
        del self.versions[request.match_info["version"]]
        return success({})

    async def _show(self, request: web.Request) -> web.Response:
        name = request.match_info["version"]
        modules = {"modules": self.versions[name]["modules"]} if request.query.get("include") == "modules" else {}
        return success(self._described(name) | modules)

    def _described(self, name: str) -> dict[str, object]:
        return {"id": name, "annotations": self.versions[name]["metadata"].get("annotations", {})}


def success(result: object, status: int = 200) -> web.Response:
    return web.json_response({"success": True, "errors": [], "messages": [], "result": result}, status=status)


def failure(status: int, message: str) -> web.Response:
    return web.json_response({"success": False, "errors": [{"code": 10000, "message": message}], "messages": [], "result": None}, status=status)
