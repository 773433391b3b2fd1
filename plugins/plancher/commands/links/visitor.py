"""One visit to one link: what it answers, and whether that looks like the page."""

from __future__ import annotations

import asyncio
import contextlib
import html
import re
import secrets
import urllib.parse
from collections import defaultdict

import httpx

from plancher.base import digest
from plancher.commands.links import troubles
from plancher.components.links import state
from plancher.components.links.health import Finding, Health, Visit
from plancher.components.links.settings import LinkSettings
from plancher.web.client import Answer, LoopError, Web, wait_asked

_GONE = frozenset({404, 410})
_PARKED = re.compile(
    rb"sedoparking|parkingcrew|bodis\.com|afternic|hugedomains|dan\.com/buy|parklogic|cashparking|domain(?: name)? (?:is|may be) for sale"
    rb"|buy this domain|ce (?:nom de )?domaine est (?:\xc3\xa0|a) vendre|domaine (?:\xc3\xa0|a) vendre",
    re.IGNORECASE,
)
_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"type\s*=\s*[\"']?application/(?:atom|rss)\+xml", re.IGNORECASE)
_ALTERNATE = re.compile(rb"rel\s*=\s*[\"']?[^\"'>]*\balternate\b", re.IGNORECASE)
_HREF = re.compile(rb"href\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_UNSEEN = re.compile(rb"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<(/?[a-zA-Z][\w:-]*)[^<>]*>")
"""Its attributes hold tokens that are new each time."""
_CHANGING = re.compile(rb"\b(?=[\w-]*\d)[\w-]{6,}|\b[0-9a-fA-F]{8,}\b|[A-Za-z0-9+/_=-]{20,}|\d+|\s+")
"""Numbers of a request, tokens, moments, white space."""
_TOO_MANY = 429
_LONG = 8
"""Letters of an address that stand nowhere else."""


class PostponedError(Exception):
    """The host asks for more time than we have: its other links are left for another day."""


class Visitor:
    """Visits links; what it learns of a host serves for its other links."""

    def __init__(self, web: Web[LinkSettings]) -> None:
        self.web = web
        self.mine = web.mine
        self.heard = False
        """Whether anybody at all has answered: else it may be our own line that is cut."""
        self._strangers: dict[str, str] = {}
        """For each host, what it answers for a page that cannot exist; empty: that there is none."""
        self._asked: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waited: dict[str, float] = defaultdict(float)
        """Seconds that each host has made us wait."""
        self._read: set[str] = set()
        """Hosts of which a page was read for its feed."""

    async def visit(self, address: str, before: Health) -> Visit:
        """One visit; whatever goes wrong is its result, and stops no other.

        :raises PostponedError: the host asks us to come back later.
        """
        try:
            answer = await self._first(address)
        except PostponedError:
            raise
        except Exception as error:  # noqa: BLE001 - the reason says which
            self.heard = self.heard or isinstance(error, LoopError)
            return troubles.judge(error)
        if answer.status in _GONE:
            return Visit(finding=Finding.GONE, reason=str(answer.status))
        if not httpx.codes.is_success(answer.status):
            finding = Finding.SILENT if httpx.codes.is_server_error(answer.status) else Finding.TROUBLE
            return Visit(finding=finding, reason=str(answer.status))
        try:
            return await self._looked_at(address, answer, before)
        except PostponedError:
            raise
        except Exception as error:  # noqa: BLE001 - the page itself has answered
            return Visit(finding=Finding.TROUBLE, reason=troubles.judge(error).reason)

    async def _first(self, address: str) -> Answer:
        """Ask for as little as can be; hosts that refuse that, hang on it or turn it in circles are asked for the page."""
        with contextlib.suppress(LoopError, TimeoutError, httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError):
            answer = await self._patiently("HEAD", address)
            if answer.status < httpx.codes.BAD_REQUEST or answer.status == _TOO_MANY:
                return answer
        return await self._patiently("GET", address)

    async def _looked_at(self, address: str, answer: Answer, before: Health) -> Visit:
        """Whether what answers is the page, and where it is now."""
        doubt = await self._doubt(address, answer)
        if doubt:
            return Visit(finding=Finding.DOUBTFUL, reason=doubt)
        feed = await self._feed(answer, before)
        if answer.moved:
            return Visit(finding=Finding.MOVED, moved=answer.moved, feed=feed)
        return Visit(finding=Finding.GOOD, feed=feed)

    async def _patiently(self, method: str, address: str) -> Answer:
        """Ask, and once more after the wait that the host asks for, so long as it does not ask for too much in all."""
        answer = await self._ask(method, address)
        wait, host = wait_asked(answer), urllib.parse.urlsplit(address).netloc
        if wait is None or answer.status not in {_TOO_MANY, httpx.codes.SERVICE_UNAVAILABLE}:
            return answer
        if self._waited[host] + wait <= self.mine.patience:
            self._waited[host] += wait
            await asyncio.sleep(wait)
            answer = await self._ask(method, address)
        # « Too many » is said of all that we ask; « unavailable », of this page.
        if answer.status == _TOO_MANY:
            raise PostponedError(address)
        return answer

    async def _ask(self, method: str, address: str) -> Answer:
        answer = await self.web.ask(method, address, read=method == "GET")
        self.heard = True
        return answer

    async def _doubt(self, address: str, answer: Answer) -> str:
        """Why what answers may not be the page; empty when nothing says so."""
        here, there = urllib.parse.urlsplit(address), urllib.parse.urlsplit(answer.url)
        is_home = not there.path.strip("/") and not there.query
        if here.path.strip("/") and answer.moved and is_home:
            return "redirigé vers l’accueil"
        stranger = await self._stranger(there)
        if not stranger:
            return ""
        body = answer.body or (await self._ask("GET", answer.url)).body
        if _PARKED.search(body):
            return "domaine à vendre"
        if here.path.strip("/") and _face(body, there) == stranger:
            return "la même page que pour une adresse inventée"
        return ""

    async def _stranger(self, there: urllib.parse.SplitResult) -> str:
        """What this host answers for a page that cannot exist, asked once."""
        host = f"{there.scheme}://{there.netloc}"
        async with self._asked[host]:
            if host not in self._strangers:
                self._strangers[host] = ""
                invented = f"{host}/{secrets.token_hex(12)}"
                try:
                    answer = await self._ask("GET", invented)
                except Exception:  # noqa: BLE001 - whatever it is, it says nothing of the page
                    return ""
                if httpx.codes.is_success(answer.status):
                    self._strangers[host] = _face(answer.body, urllib.parse.urlsplit(answer.url))
        return self._strangers[host]

    async def _feed(self, answer: Answer, before: Health) -> str:
        """The feed that the page announces; one page a host is read for that, and none at a first visit."""
        body, host = answer.body, urllib.parse.urlsplit(answer.url).netloc
        if not body and before.checked and not before.feed and host not in self._read and "html" in answer.headers.get("content-type", "html"):
            self._read.add(host)
            body = (await self._ask("GET", answer.url)).body
        return announced(body, answer.url) if body else ""


def announced(body: bytes, page: str) -> str:
    """The address of the feed that a page announces in its head; « - » when it announces none."""
    for link in _LINK.findall(body):
        if _FEED_TYPE.search(link) and _ALTERNATE.search(link):
            found = _HREF.search(link)
            address = html.unescape(next(filter(None, found.groups()), b"").decode("utf-8", "replace")) if found else ""
            with contextlib.suppress(ValueError):
                address = urllib.parse.urljoin(page, address)
                if state.is_feed(address):
                    return address
    return state.NO_FEED


def _face(body: bytes, asked: urllib.parse.SplitResult) -> str:
    """What tells two pages of a host apart: their words, without the address that was asked for, and without what changes at each visit."""
    text = _UNSEEN.sub(b"", body)
    for part in sorted({asked.path, urllib.parse.unquote(asked.path), asked.path.strip("/")}, key=len, reverse=True):
        # A short word may stand anywhere in the page.
        text = text.replace(part.encode(), b"") if part.startswith("/") or len(part) >= _LONG else text
    return digest.of_bytes(_CHANGING.sub(b"", _TAG.sub(rb"<\1>", text))) or "-"
