"""Cloudflare, by the interface of static files of Workers: hashes of all files, those it lacks, then one version of a Worker.

Source: developers.cloudflare.com, « Direct uploads » of static assets, and the
reference of its interface. Pages has an upload of its own too, which is in no
document. Our manifest is a module of the Worker beside its one line of code:
readers get files, and never a module.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from plancher.outputs.discovery import serving
from plancher.publishing import manifest, transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.host import Deployed, Limits, Online, Source, Title, title_of
from plancher.publishing.manifest import FileState, Manifest, ManifestError
from plancher.publishing.stores.interface import Interface, Value, remove_all
from plancher.web.rest import Call

_TOGETHER = 3
_CODE = b"export default { fetch: (request, env) => env.ASSETS.fetch(request) };\n"
"""For addresses where no file is: the page of error 404."""
_MAIN, _MANIFEST = "site.js", "manifeste.txt"
_CODE_TYPE, _TEXT_TYPE = "application/javascript+module", "text/plain"
_COMPATIBLE = "2026-01-01"
_SETTINGS = ("_headers", "_redirects")
"""Files that are told with a version, and are no files of the site there."""
_MESSAGE = "workers/message"
_KEPT = 30


class CloudflareReader:
    """Looks at it."""

    limits = Limits(files=20_000, size=25 * 1024 * 1024)

    def __init__(self, interface: Interface, account: str) -> None:
        self._interface, self._account = interface, f"/accounts/{account}/workers"
        self._script = f"{self._account}/scripts/{interface.site}"
        self._versions = f"{self._account}/workers/{interface.site}/versions"

    def digested(self, new: Manifest, site: Path) -> Manifest:
        """Each file with the hash that tells it apart: of its content, and of what its name says it is."""
        return dataclasses.replace(new, files={path: FileState(_hash(site / path), state.size) for path, state in new.files.items()})

    async def online(self) -> Online | None:
        """The version that gets all requests."""
        found = await self._interface.ask_if_there(Call(method="GET", path=f"{self._script}/deployments"))
        deployments = (found or {}).get("result", {}).get("deployments") or []
        if not deployments:
            return None
        name = str(deployments[0]["versions"][0]["version_id"])
        version = (await self._interface.ask(Call(method="GET", path=f"{self._versions}/{name}", query={"include": "modules"})))["result"]
        title = _title(version)
        return Online(Deployed(name, title), _manifest(version, title))

    async def kept(self) -> Sequence[Deployed]:
        """The last versions."""
        found = await self._interface.ask(Call(method="GET", path=self._versions, query={"per_page": str(_KEPT)}))
        return [Deployed(str(one["id"]), _title(one)) for one in found["result"]]


class CloudflareHost(CloudflareReader):
    """Changes it."""

    async def deploy(self, whole: Manifest, title: Title, source: Source) -> None:
        """Send what it lacks, then make a version of it, which gets all requests at once."""
        done = await self._sent(whole, source)
        held = {path: state for path, state in whole.retiring.items() if path in done.files}
        await self._check(source.before)
        await self._make(dataclasses.replace(whole, retiring=held), title, done.token, source.site)

    async def restore(self, deployed: Deployed) -> None:
        """Have a former version get all requests."""
        value = {"strategy": "percentage", "versions": [{"percentage": 100, "version_id": deployed.name}]}
        await self._interface.ask(Call(method="POST", path=f"{self._script}/deployments", value=value))

    async def forget_all_but_online(self) -> None:
        """Remove every other version."""
        online = await self.online()

        async def left() -> list[str]:
            return [one.name for one in await self.kept() if online and one.name != online.deployed.name]

        await remove_all(left, lambda name: self._interface.ask_if_there(Call(method="DELETE", path=f"{self._versions}/{name}")))

    async def _sent(self, whole: Manifest, source: Source) -> _Sent:
        """All files are there; former ones that are no more are left out."""
        files = {path: state for path, state in {**whole.files, **whole.retiring}.items() if path not in _SETTINGS}
        for _ in range(_SESSIONS):
            listed = {f"/{path}": {"hash": state.digest, "size": state.size} for path, state in files.items()}
            begun = (await self._interface.ask(Call(method="POST", path=f"{self._script}/assets-upload-session", value={"manifest": listed})))["result"]
            buckets, token = begun.get("buckets") or [], str(begun.get("jwt") or "")
            wanted = {one for bucket in buckets for one in bucket}
            lost = {path for path, state in files.items() if state.digest in wanted and path not in whole.files}
            if lost:
                files = {path: state for path, state in files.items() if path not in lost}
                continue
            completed = await self._fill(buckets, token, whole, source) if buckets else token
            if completed:
                return _Sent(completed, frozenset(files))
        raise PublishingError("Cloudflare redemande sans cesse des fichiers qu'il a reçus. Rien n'a changé en ligne ; recommencez plus tard.")

    async def _fill(self, buckets: Sequence[Sequence[str]], token: str, whole: Manifest, source: Source) -> str:
        """Send these files; the token that says that all are there. Empty: the session is over, and goes on in another."""
        paths = {state.digest: path for path, state in whole.files.items()}
        total, done, completed = sum(map(len, buckets)), 0, ""

        async def send(number: str) -> None:
            nonlocal done, completed
            bucket = [one for one in buckets[int(number)] if one in paths]
            parts = await asyncio.to_thread(lambda: tuple(_part(source.site, paths[one], one) for one in bucket))
            answer = await self._interface.answer(
                Call(method="POST", path=f"{self._account}/assets/upload", query={"base64": "true"}, token=token, parts=parts)
            )
            if answer.status in _OVER:
                return
            completed = str(self._interface.read(answer)["result"].get("jwt") or "") or completed
            done += len(bucket)
            source.on_progress(done, total)

        await transfer.each(map(str, range(len(buckets))), send, _TOGETHER)
        return completed

    async def _check(self, before: str) -> None:
        """:raises PublishingError: somebody else has published since this began."""
        online = await self._interface.ask_if_there(Call(method="GET", path=f"{self._script}/deployments"))
        deployments = (online or {}).get("result", {}).get("deployments") or []
        if deployments and str(deployments[0]["versions"][0]["version_id"]) != before:
            raise PublishingError("Quelqu'un d'autre vient de publier ce site. Votre version n'est pas en ligne ; prenez la sienne, puis recommencez.")

    async def _make(self, whole: Manifest, title: Title, token: str, site: Path) -> None:
        config = {name: (site / name).read_text(encoding="utf-8") for name in _SETTINGS if name in whole.files}
        metadata = {
            "main_module": _MAIN,
            "compatibility_date": _COMPATIBLE,
            "assets": {"jwt": token, "config": {**config, "html_handling": "auto-trailing-slash", "not_found_handling": "404-page"}},
            "bindings": [{"name": "ASSETS", "type": "assets"}],
            "annotations": {_MESSAGE: str(title)},
        }
        parts = (
            ("metadata", ("metadata.json", json.dumps(metadata).encode(), "application/json")),
            (_MAIN, (_MAIN, _CODE, _CODE_TYPE)),
            (_MANIFEST, (_MANIFEST, whole.to_bytes(), _TEXT_TYPE)),
        )
        await self._interface.ask(Call(method="PUT", path=self._script, parts=parts))


@dataclasses.dataclass(frozen=True, slots=True)
class _Sent:
    """What an upload came to."""

    token: str
    files: Collection[str]


_SESSIONS = 4
"""Uploads begun again: a token lasts an hour."""
_OVER = frozenset({401, 403})


def _title(version: Value) -> Title:
    return title_of(str((version.get("annotations") or {}).get(_MESSAGE) or ""))


def _manifest(version: Mapping[str, Value], title: Title) -> Manifest:
    """The one that stands beside the code; one that is lost leaves nothing to compare with."""
    for module in version.get("modules") or ():
        if module.get("name") == _MANIFEST:
            try:
                return manifest.from_bytes(base64.b64decode(module["content_base64"]))
            except (ManifestError, ValueError):
                break
    return Manifest(identifier=title.identifier, files={})


def _part(site: Path, path: str, name: str) -> tuple[str, tuple[str, bytes, str]]:
    return name, (name, base64.b64encode((site / path).read_bytes()), serving.headers_of(path)[serving.TYPE])


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        total = hashlib.file_digest(file, "sha256")
    total.update(PurePosixPath(path).suffix.encode())
    return total.hexdigest()[:32]
