"""Asks our own site, as a reader would, and compares what comes with what was sent."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import urllib.parse
from collections.abc import AsyncIterator
from pathlib import Path

from plancher.base import addresses
from plancher.outputs.announcing.settings import AnnouncingSettings
from plancher.publishing.after import reasons
from plancher.publishing.after.faults import Fault, What
from plancher.web.answer import Answer
from plancher.web.client import Web

_SIZE = 50_000_000
"""Bytes of the largest page or feed that is compared."""
_NOBODY = (".example", ".test", ".invalid", ".localhost")
"""Names that never lead anywhere (RFC 2606): a blog that has not chosen its own yet."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OwnSite:
    """The site online, and the folder it was sent from."""

    web: Web[AnnouncingSettings]
    address: str
    """Without a slash at its end."""
    folder: Path

    def url(self, path: str) -> str:
        """Where a file of the site is online."""
        return f"{self.address}/{addresses.quote(_folder(path))}"

    async def get(self, path: str, query: str = "") -> Answer:
        """What a reader gets there.

        :raises Exception: one of ``reasons.FAILURES``.
        """
        return await self.web.ask("GET", self.url(path) + query, read=True)

    def is_as_sent(self, answer: Answer, path: str) -> bool:
        """Whether a reader gets the file that was sent."""
        body = answer.body
        if answer.headers.get("content-encoding", "").lower() == "gzip":  # a host that does not listen to what it is asked
            with contextlib.suppress(OSError, EOFError):
                body = gzip.decompress(body)
        return body == (self.folder / path).read_bytes()


@contextlib.asynccontextmanager
async def opened(settings: AnnouncingSettings, address: str, folder: Path) -> AsyncIterator[OwnSite]:
    """Our own site; it may stand on a machine of our own network."""
    host = urllib.parse.urlsplit(address).hostname or ""
    mine = dataclasses.replace(settings, delay=0.0, size=_SIZE, allowed=(*settings.allowed, host))
    async with Web(mine) as web:
        yield OwnSite(web=web, address=address, folder=folder)


def leads_nowhere(address: str) -> bool:
    """Whether no reader can come to this address, whatever is online: there is none, or it is an example."""
    host = urllib.parse.urlsplit(address).hostname or ""
    return not host or f".{host}".endswith(_NOBODY)


def silence(url: str, error: Exception) -> Fault:
    """Nobody answers there."""
    what = What.CERTIFICATE if reasons.certificate(error) else What.MISSING
    return Fault(what=what, words=f"{url} {reasons.of(error)}.", is_error=True)


def _folder(path: str) -> str:
    """A page is asked for by its folder."""
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path
