"""Netlify, by its own interface: it is told the digests of all files, asks for those it lacks, and shows the whole once it has them.

Source: open-api.netlify.com, and the page « Get started with the Netlify API » of its documentation.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import urllib.parse
from collections.abc import Collection, Sequence
from pathlib import Path

from plancher.publishing import transfer
from plancher.publishing.errors import PublishingError
from plancher.publishing.host import Deployed, Limits, Online, Source, Title, title_of
from plancher.publishing.manifest import FileState, Manifest, is_safe
from plancher.publishing.stores.interface import Interface, Value, remove_all
from plancher.web.rest import Call

_TOGETHER = 10
"""Files under way: 500 requests a minute are allowed."""
_PAUSE = 1.0
"""Seconds between two looks at a deployment on its way."""
_LOOKS = 600
"""Looks until it must be there."""
_PAGE = 100
_FAILED = frozenset({"error", "rejected"})
_FORBIDDEN = frozenset("#?")
"""Signs that no name may hold there."""


class NetlifyReader:
    """Looks at it."""

    limits = Limits(files=50_000, size=2**31)

    def __init__(self, interface: Interface) -> None:
        self._interface = interface
        self._site = f"/sites/{urllib.parse.quote(interface.site, safe='')}"

    def digested(self, new: Manifest, site: Path) -> Manifest:
        """Each file with its SHA-1.

        :raises PublishingError: a name that this host refuses.
        """
        wrong = next((path for path in new.files if _FORBIDDEN & {*path}), None)
        if wrong:
            raise PublishingError(f"« {wrong} » porte un « # » ou un « ? », que Netlify refuse. Rien n'a changé. Renommez ce fichier.")
        return dataclasses.replace(new, files={path: FileState(_sha1(site / path), state.size) for path, state in new.files.items()})

    async def online(self) -> Online | None:
        """The deployment that is published."""
        found = await self._interface.ask(Call(method="GET", path=self._site))
        shown = found.get("published_deploy") or {}
        if not shown.get("id"):
            return None
        title = title_of(str(shown.get("title") or ""))
        whole = await self._files()
        own = {path: state for path, state in whole.items() if path not in title.carried}
        carried = {path: whole[path] for path in title.carried if path in whole}
        return Online(Deployed(str(shown["id"]), title), Manifest(identifier=title.identifier, files=own, retiring=carried))

    async def kept(self) -> Sequence[Deployed]:
        """The last deployments that were whole."""
        found = await self._interface.ask(Call(method="GET", path=f"{self._site}/deploys", query={"per_page": "50", "state": "ready"}))
        return [Deployed(str(one["id"]), title_of(str(one.get("title") or ""))) for one in found if one.get("state") == "ready"]

    async def _files(self) -> dict[str, FileState]:
        """What the published deployment holds, page by page as the interface gives it."""
        files: dict[str, FileState] = {}
        number = 1
        while True:
            query = {"page": str(number), "per_page": str(_PAGE)}
            listed = await self._interface.ask(Call(method="GET", path=f"{self._site}/files", query=query))
            fresh = {path: state for one in listed if (path := str(one.get("path", "")).lstrip("/")) not in files for state in _state(path, one)}
            files |= fresh
            if len(listed) < _PAGE or not fresh:  # the second: an interface that gives all at once gives them again
                return files
            number += 1


class NetlifyHost(NetlifyReader):
    """Changes it."""

    async def deploy(self, whole: Manifest, title: Title, source: Source) -> None:
        """Send what it lacks; once it has the last file, readers get the new site."""
        title = title.carrying(whole.retiring)
        files = {**whole.files, **{path: whole.retiring[path] for path in title.carried}}
        digests = {f"/{path}": state.digest for path, state in files.items()}
        call = Call(method="POST", path=f"{self._site}/deploys", query={"title": str(title)}, value={"files": digests, "async": True})
        await self._check(source.before)  # where the host has all files, readers get them at once
        deployment = str((await self._interface.ask(call))["id"])
        try:
            prepared = await self._until(deployment, {"prepared", "uploading", "uploaded", "processing", "ready"})
            await self._send(deployment, _wanted(prepared, whole), source)
            await self._until(deployment, {"ready"})
        except PublishingError:
            with contextlib.suppress(PublishingError):  # what went wrong first is told
                await self._interface.answer(Call(method="POST", path=f"/deploys/{deployment}/cancel"))
            raise
        with contextlib.suppress(PublishingError):  # readers have the new site, whatever its place in the list
            if await self._has_passed_another(deployment):
                await self.deploy(whole, title, dataclasses.replace(source, before=deployment))

    async def restore(self, deployed: Deployed) -> None:
        """Have readers get a former deployment."""
        await self._interface.ask(Call(method="POST", path=f"{self._site}/deploys/{deployed.name}/restore"))

    async def forget_all_but_online(self) -> None:
        """Remove every other deployment: each has an address of its own."""
        online = await self.online()

        async def left() -> list[str]:
            listed = await self._interface.ask(Call(method="GET", path=f"{self._site}/deploys"))
            return [str(one["id"]) for one in listed if online and str(one["id"]) != online.deployed.name]

        await remove_all(left, lambda name: self._interface.ask_if_there(Call(method="DELETE", path=f"/deploys/{name}")))

    async def _has_passed_another(self, deployment: str) -> bool:
        """Whether readers get it although one that began later was whole before: deployments are kept in the order in which they began.

        One would return from it to what came before both, and never to the other.
        """
        newest = next(iter(await self.kept()), None)
        online = await self._interface.ask(Call(method="GET", path=self._site))
        return newest is not None and newest.name != deployment and (online.get("published_deploy") or {}).get("id") == deployment

    async def _send(self, deployment: str, paths: Sequence[str], source: Source) -> None:
        done = 0

        async def send(path: str) -> None:
            nonlocal done
            content = await asyncio.to_thread((source.site / path).read_bytes)
            await self._interface.ask(Call(method="PUT", path=f"/deploys/{deployment}/files/{urllib.parse.quote(path)}", content=content))
            done += 1
            source.on_progress(done, len(paths))

        if paths:  # else readers have it already
            await transfer.each(paths[:-1], send, _TOGETHER)
            await self._check(source.before)
            await send(paths[-1])

    async def _check(self, before: str) -> None:
        """:raises PublishingError: somebody else has published since this began."""
        found = await self._interface.ask(Call(method="GET", path=self._site))
        if str((found.get("published_deploy") or {}).get("id") or "") != before:
            raise PublishingError("Quelqu'un d'autre vient de publier ce site. Votre version n'est pas en ligne ; prenez la sienne, puis recommencez.")

    async def _until(self, deployment: str, states: Collection[str]) -> Value:
        """Wait for a deployment."""
        for _ in range(_LOOKS):
            found = await self._interface.ask(Call(method="GET", path=f"/deploys/{deployment}"))
            if found.get("state") in states:
                return found
            if found.get("state") in _FAILED:
                told = str(found.get("error_message") or found["state"])[:200]
                raise PublishingError(f"Netlify n'a pas pu mettre le site en place ({told}). Rien n'a changé en ligne ; recommencez.")
            await asyncio.sleep(_PAUSE)
        raise PublishingError("Netlify met trop longtemps à mettre le site en place. Regardez « invoke publish --status » dans quelques minutes.")


def _state(path: str, one: Value) -> list[FileState]:
    return [FileState(str(one.get("sha", "")), int(one.get("size") or 0))] if is_safe(path) else []


def _wanted(deployment: Value, whole: Manifest) -> list[str]:
    """One path for each digest that the host lacks."""
    paths = {state.digest: path for path, state in whole.files.items()}
    return sorted(paths[wanted] for wanted in deployment.get("required") or () if wanted in paths)


def _sha1(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
